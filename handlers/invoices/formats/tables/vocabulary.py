"""The words by which tables of invoices head their columns, in English, Polish and Hungarian, the
surest first: a further system is a further word here.
"""

from bot.kit.tables.vocabulary import Vocabulary

# What may say that an invoice is paid, and may as well say that it is approved or sent.
_STATUS = """
    status|invoice status|document status|stan|status faktury|stan faktury|status dokumentu
    statusz|allapot|szamla statusza|szamla allapota|bizonylat statusza|bizonylat allapota"""

_WORDS = {
    "number": """
        invoice number|invoice no|invoice nr|invoice id|number|document number|document no
        doc no|invoice|no
        numer faktury|nr faktury|numer dokumentu|nr dokumentu|numer|nr|faktura|dokument
        szamlaszam|szamla szama|szamla sorszama|sorszam|bizonylatszam|bizonylat szama|szamla""",
    "kind": """
        invoice type|document type|kind|type|invoice kind
        rodzaj faktury|rodzaj dokumentu|typ faktury|typ dokumentu|rodzaj|typ
        szamla tipusa|bizonylat tipusa|szamlatipus|tipus""",
    "issued_on": """
        issued on|issue date|date of issue|invoice date|issued|document date|date
        data wystawienia|data faktury|data dokumentu|wystawiono|wystawiona|data
        kiallitas kelte|kiallitas datuma|kiallitas napja|szamla kelte|kelte|kelt|kiallitva
        kiallitas|datum""",
    "due_on": """
        due on|due date|payment due date|payment due|due|payment deadline|payment term
        termin platnosci|termin zaplaty|platne do|platnosc do|termin
        fizetesi hatarido|fizetes hatarideje|esedekesseg|esedekesseg datuma|esedekes|hatarido""",
    "currency": "currency|currency code|curr|waluta|kod waluty|penznem|devizanem|valuta|deviza",
    "net": """
        net|net amount|net total|net value|total net|amount net
        netto|wartosc netto|kwota netto|razem netto
        netto osszeg|netto ertek|netto osszesen|adoalap""",
    "tax": """
        tax|vat|tax amount|vat amount|total tax|total vat
        kwota vat|wartosc vat|podatek|podatek vat|kwota podatku
        afa|afa osszeg|afa osszege|afa ertek""",
    "total": """
        total|gross|gross amount|gross total|total gross|total amount|invoice total
        amount gross|grand total|invoice amount|amount
        brutto|wartosc brutto|kwota brutto|razem brutto|kwota naleznosci|razem|suma|kwota|wartosc
        brutto osszeg|brutto ertek|brutto osszesen|vegosszeg|szamla osszege|osszesen|osszeg""",
    "prepaid": (
        "prepaid|prepaid amount|advance paid|zaliczka|przedplata|kwota zaliczki|eloleg|eloleg "
        "osszege"
    ),
    "to_pay": """
        to pay|amount due|payable|balance due|amount payable|outstanding|open amount|balance
        left to pay|remaining
        do zaplaty|kwota do zaplaty|pozostalo do zaplaty|pozostalo|saldo|nalezne
        fizetendo|fizetendo osszeg|hatralek|fennallo osszeg|nyitott osszeg|egyenleg|tartozas""",
    "paid": f"""
        paid|amount paid|paid amount|payment status|is paid
        zaplacono|zaplacona|zaplacone|oplacona|oplacono|oplacone|wplacono|rozliczono|rozliczona
        kwota zaplacona|kwota wplaty|status platnosci|stan platnosci|status rozliczenia
        fizetve|kifizetve|kifizetett osszeg|befizetve|befizetett osszeg|rendezve
        fizetesi allapot|fizetesi statusz
        {_STATUS}""",
    "paid_on": """
        paid on|payment date|date paid|date of payment
        data zaplaty|data platnosci|data wplaty
        fizetes datuma|kifizetes datuma|fizetes napja|fizetve ekkor""",
    "seller_name": """
        seller|seller name|supplier|supplier name|vendor|vendor name|issuer|from
        sprzedawca|nazwa sprzedawcy|dostawca|nazwa dostawcy|wystawca|nazwa wystawcy
        elado|elado neve|szallito|szallito neve|kiallito|kiallito neve""",
    "seller_tax_id": """
        seller tax id|seller tax number|seller vat|seller vat number|seller vat id|supplier tax id
        supplier tax number|supplier vat|supplier vat number|vendor tax id|vendor tax number
        vendor vat
        nip sprzedawcy|nip dostawcy|nip wystawcy
        elado adoszama|szallito adoszama|kiallito adoszama""",
    "seller_country": (
        "seller country|supplier country|vendor country|kraj sprzedawcy|kraj dostawcy|elado orszaga"
    ),
    "buyer_name": """
        buyer|buyer name|customer|customer name|client|client name|bill to|recipient|company
        nabywca|nazwa nabywcy|klient|nazwa klienta|kontrahent|nazwa kontrahenta|odbiorca
        vevo|vevo neve|ugyfel|ugyfel neve|partner|partner neve|vasarlo|megrendelo""",
    "buyer_tax_id": """
        buyer tax id|buyer tax number|buyer vat|buyer vat number|buyer vat id|customer tax id
        customer tax number
        customer vat|customer vat number|client tax id|client vat|vat id|vat number|tax id
        tax number
        nip nabywcy|nip klienta|nip kontrahenta|nip odbiorcy|nip
        vevo adoszama|ugyfel adoszama|partner adoszama|adoszam""",
    "buyer_country": (
        "buyer country|customer country|client country|country|kraj nabywcy|kraj|vevo "
        "orszaga|orszag"
    ),
    "account": """
        account|bank account|account number|iban
        rachunek|rachunek bankowy|numer rachunku|nr rachunku|numer konta|konto bankowe|konto
        bankszamlaszam|bankszamla|szamlavezeto szamla""",
    "corrects": """
        corrects|corrected invoice|original invoice|credited invoice
        koryguje|faktura korygowana|numer faktury korygowanej|nr faktury korygowanej|do faktury
        eredeti szamla|eredeti szamlaszam|helyesbitett szamla|modositott szamla""",
    "ksef_number": "ksef number|ksef id|numer ksef|nr ksef|ksef|ksef szam",
}

INVOICES = Vocabulary(
    kind="invoices",
    words=_WORDS,
    needed=(("number",), ("total", "to_pay")),
    amounts=("total", "to_pay", "net", "tax", "prepaid", "paid"),
    days=("issued_on", "due_on", "paid_on"),
    within=True,
    needed_constants=frozenset({"currency"}),
    broad=_STATUS,
)
"""What a column can mean. The number and one of ``total`` and ``to_pay`` must be there."""
