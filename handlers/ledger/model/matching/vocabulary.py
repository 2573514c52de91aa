"""Words around invoice numbers in transfer titles, folded, in Polish, Hungarian, English and
German.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GENERIC = _words(
    """
    faktura faktury fakture faktur fakturze fakturami fakt faktvat nr numer numery no num number za
    z i oraz
    vat dot dotyczy wg zaplata zaplaty platnosc naleznosc przelew rachunek rach rachunku rozliczenie
    invoice invoices payment for of bill nos our your
    szla szamla szamlaszam szamlat szamlak szamlaja szamlai szamlaszamu sorszam sorszamu szam szamu
    szerint
    kiegyenlitese kifizetese befizetes
    rechnung rechnungen zu
    fra ra fact factura
    """
)
"""Say that an invoice number follows, and nothing of which series."""

INTRODUCING = GENERIC - _words(
    "z i oraz za for of our your zu dot dotyczy wg vat przelew payment nr no num numer"
)
"""Those of them that speak of an invoice."""

SERIES = _words(
    """
    inv invno rg rgnr rnr re sz f fv fa fs fvs fvat fak fkt fvp fvz fz fvf ff fve sp si szl ksz rv
    vs
    e a s r v n b g p u h
    """
)
"""Abbreviations that stand before a number: of its series, or just for the word invoice."""

NUMERATORS = _words(
    """
    nr numer no num number nos szam szamu sorszam sorszama sorszamu sz hrsz
    vat sprzedazy zaliczkowa zaliczkowej koncowa koncowej kosztowa elektroniczna elektronicznej
    zbiorcza
    vegszamla eloleg elolegszamla
    """
)
"""Words between a document's name and its number, which say nothing by themselves."""

AFTER_NUMBER = _words(
    "szamla szamlat szamlak szamlaja szamlai szamlara szamlaert szla sorszamu szamu sz es as os"
)
"""Hungarian names the document behind its number (``55. számla``, ``777-es számla``)."""

OTHER_DOCUMENTS = _words(
    """
    kor korekta korekty korekte korygujaca korygujacej fk fkor kfv kfs kf kfvs kv
    proforma proformy forma pf pro prof wz pz mm zam zamowienie zamowienia zamowieniu zlecenie
    zlecenia zlec
    umowa umowy umowe um aneks oferta oferty polisa polisy decyzja decyzji mandat sygn sprawa
    paragon par
    wniosek wyciag nota noty noten reklamacja pit cit zus nip regon pesel krs tel fax konto
    rachunkowi kod
    order orders po contract quote offer policy receipt credit note debit ticket case agreement
    lease
    rendeles rendelesi szerzodes dijbekero ajanlat szallitolevel helyesbito sztorno jovairo ugyszam
    hatarozat
    kotveny adoszam ugyfelszam ugyfel
    auftrag bestellung vertrag angebot gutschrift kunde kundennr lieferschein
    """
)
"""A number after one of these is not an invoice's, unless that word is part of the invoice's own
number.
"""

DATES = _words(
    """
    dnia dn dniu data daty termin terminie platne do od okres okresu miesiac miesiaca mc rok roku
    z of dated date due on from to period month until
    kelt datum kelte napjan hatarido hataridovel ho havi idoszak
    vom datum faellig
    """
)
"""What follows one of these is a date or a period."""

MONTHS = _words(
    """
    styczen stycznia luty lutego marzec marca kwiecien kwietnia maj maja czerwiec czerwca lipiec
    lipca sierpien
    sierpnia wrzesien wrzesnia pazdziernik pazdziernika listopad listopada grudzien grudnia
    january february march april may june july august september october november december
    januar februar marcius aprilis majus junius julius augusztus szeptember oktober november
    december
    """
)

UNITS = _words(
    "szt sztuk kg t km m m2 l op opak kpl godz h x db darab ora pcs pc units hours qty stk"
)
"""What counts something else."""

OTHER_BEHIND = _words(
    "ugyszam ugyszamu szerzodes szerzodesszam rendeles rendelesszam dijbekero ajanlat"
)
"""Hungarian names of other documents behind the number."""

LISTING = _words("i oraz a and es und plus meg valamint")
"""Words between the numbers of a list."""

DOUBTFUL = _words(
    """
    odsetki odsetek odsetkowa odsetkowej odsetkami rekompensata rekompensaty zwrot zwrotu kaucja
    kaucji wadium storno
    nadplata nadplaty kara kary kar nota noty note obciazeniowa obciazeniowej obciazenie obciazenia
    koszt koszty kosztow
    windykacja windykacji windykacyjne windykacyjna windykacyjnych sad sadowe sadowych sadowa
    komornik komornika
    komornicze egzekucja egzekucji egzekucyjne egzekucyjnych monit monitu monity upomnienie
    upomnienia
    prowizja prowizji odszkodowanie odszkodowania odszk ods kompensata kompensaty potracenie
    potracenia grzywna mandat
    kor korekta korekty korekte korekt korygujaca korygujacej proforma proformy pro reklamacja
    reklamacji
    rabat rabatu skonto skonta bonus anulowanie anulowana anulowanej bez zamiast oprocz poza
    interest refund return deposit compensation overpayment penalty penalties fine fee fees charge
    charges surcharge
    cost costs collection court legal damages correction corrected offset netting discount rebate
    cancelled cancellation complaint commission without instead except
    kamat kamata kamatok kesedelmi visszautalas visszaterites kaucio potdij kotber birsag birsaga
    koltseg koltsege
    koltsegek koltsegatalany koltsegatalanya behajtas behajtasi perkoltseg karterites beszamitas
    kompenzalas
    helyesbito helyesbites sztorno jovairo jovairas dijbekero jutalek kedvezmeny engedmeny nelkul
    helyett kiveve
    zinsen verzugszinsen erstattung rueckzahlung ruckzahlung kaution mahnung mahngebuehr
    mahngebuehren mahngebuhr
    mahngebuhren mahnkosten gebuehr gebuhr gebuehren gebuhren kosten strafe vertragsstrafe
    gutschrift schadenersatz
    verrechnung rabatt provision statt ohne
    """
)
"""Money that is not simply the price on the invoice; then only the exact amount is certain."""

IN_PARTS = _words(
    """
    czesc czesci czesciowa czesciowo czesciowej czesciowe rata raty rate ratka ratalna pierwsza
    druga trzecia czwarta
    ostatnia kolejna reszta reszty pozostala zaliczka zaliczki zaliczke zadatek
    part partial partially instalment installment balance rest advance first second third last
    remaining
    reszlet reszletek reszlete resz reszfizetes reszletfizetes reszkifizetes reszosszeg eloleg elso
    masodik harmadik
    utolso maradek teilzahlung teil anzahlung restzahlung abschlag
    """
)
"""Say that a part of the price is paid."""

COURTESY = _words(
    """
    wplata splata uregulowanie regulowanie naleznosci zobowiazania tytulem tytul kwota kwocie
    krajowy elixir w na po
    dziekuje dziekujemy pozdrawiam prosze nip
    transfer pay paid paying amount the in by on thanks thank you regards sepa
    atutalas utalas fizetes fizetesi osszeg osszege koszonom koszonjuk koszonettel a az adoszam
    ueberweisung uberweisung zahlung betrag danke ust
    pln eur huf zl ft usd
    """
)
"""Stand in a title without saying anything of what is paid."""

LEGAL_FORMS = _words(
    """
    sp spolka z o oo zoo s c sc sa a k spk spj j jawna komandytowa akcyjna ograniczona
    odpowiedzialnoscia psa
    kft zrt nyrt rt bt kkt ev kv kht
    ltd limited llc inc plc co corp company
    gmbh ag kg ohg ug mbh bv nv ab as oy sro spol srl sarl sas
    """
)
"""How a company is founded; the name before it is the name."""

TRADE_WORDS = _words(
    """
    firma firmy przedsiebiorstwo handlowe handlowa handlowo uslugowe uslugowa uslugowo produkcyjne
    produkcyjno
    zaklad phu fhu pphu phup fh fu ppu pph pw pphw biuro sklep hurtownia grupa group the es and i w
    kereskedelmi szolgaltato es korlatolt felelossegu tarsasag egyeni vallalkozo
    """
)
"""Words of company names that are left out or shortened as people like."""

HARMLESS = (
    GENERIC
    | SERIES
    | NUMERATORS
    | AFTER_NUMBER
    | DATES
    | MONTHS
    | LISTING
    | IN_PARTS
    | COURTESY
    | LEGAL_FORMS
    | TRADE_WORDS
)
"""A part payment whose title has only these beside the number and the names is one of the price."""
