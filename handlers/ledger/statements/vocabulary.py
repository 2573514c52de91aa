"""How banks head the columns of a CSV, in Polish, Hungarian, English and German: a further
bank is a further word here.

Within a field the earlier heading is the better one: a booking date before a value date, the amount
in the account's currency before the one in the transaction's.
"""

from bot.kit.folding import fold
from bot.kit.tables.vocabulary import Vocabulary

_WORDS = {
    "booked_on": """
        data ksiegowania|data zaksiegowania|data rozliczenia|data operacji|data transakcji
        booking date|posting date|date completed utc|completed date|finished on
        konyveles datuma|konyvelesi datum|konyveles napja|buchungstag|buchungsdatum
        tranzakcio datuma|tranzakcio idopontja|tranzakcio napja|transaction date|data|date
        datum|data waluty|data zlecenia|value date|erteknap|valuta""",
    "amount": """
        kwota transakcji waluta rachunku|kwota w walucie rachunku|kwota operacji
        kwota transakcji|kwota|amount|transaction amount|osszeg|tranzakcio osszege|forgalom
        betrag|obciazenia uznania|wartosc""",
    "debit": """
        obciazenia|obciazenie|kwota obciazenia|winien|wn|wyplaty|wydatki|debit|debit amount
        amount debit|money out|paid out|withdrawal|terheles|terheles osszege|soll
        wydatek|rozchod|rozchody|expense|outflow""",
    "credit": """
        uznania|uznanie|kwota uznania|ma|wplaty|wplywy|credit|credit amount
        amount credit|money in|paid in|deposit|jovairas|jovairas osszege|haben
        wplyw|wplata|przychod|przychody|income|inflow""",
    "direction": """
        terheles vagy jovairas t j|terheles jovairas t j|t j|terheles jovairas|strona
        strona operacji|wn ma|d c|dc|debit credit|credit debit|cdtdbtind|kierunek
        bejovo kimeno|irany|direction|debit or credit|dr cr|cr dr|s h|soll haben
        soll haben kennzeichen|haben soll|wn ma strona|ma wn|obciążenie uznanie
        uznanie obciążenie|strona wn ma""",
    "currency": """
        waluta rachunku|waluta operacji|waluta|currency|payment currency|osszeg devizaneme
        devizanem|deviza|penznem|ccy|Waehrung|Währung""",
    "title": """
        tytul|tytul operacji|tytul przelewu|tytulem|tytul platnosci|opis transakcji
        szczegoly transakcji|kozlemeny|kozlemeny 1|kozlemeny 2|kozlemeny 3|kozlemeny 4
        payment reference|reference|remittance information|opis operacji|opis|description
        details|memo|narrative|megjegyzes|leiras|verwendungszweck|szczegoly""",
    "counterparty": """
        nadawca odbiorca|odbiorca zleceniodawca|odbiorca nadawca|dane kontrahenta|kontrahent
        nazwa kontrahenta|nazwa i adres kontrahenta|partner neve|partner nev
        partner elnevezese|partner|ellenoldali nev|ellenoldal neve|counterparty
        counterparty name|beneficiary orderer|name|auftraggeber empfänger
        empfänger auftraggeber|beguenstigter zahlungspflichtiger|beteiligter""",
    "payer": """
        nadawca|nazwa nadawcy|payer|payer name|sender|fizeto neve|kuldo neve""",
    "payee": """
        odbiorca|nazwa odbiorcy|payee|payee name|beneficiary|recipient|kedvezmenyezett neve
        kedvezmenyezett""",
    "counterparty_account": """
        numer rachunku kontrahenta|rachunek kontrahenta|nr rachunku kontrahenta
        na konto z konta|numer konta kontrahenta|partner szamlaszama|partner szamla
        partner bankszamla|partner bankszamlaszama|ellenoldali szamlaszam|ellenoldali szamla
        counterparty account|counterparty iban|iban|numer konta|nr rachunku|nr konta""",
    "payer_account": """
        numer rachunku nadawcy|rachunek nadawcy|rachunek zrodlowy|payer account number""",
    "payee_account": """
        numer rachunku odbiorcy|rachunek odbiorcy|rachunek docelowy|payee account number""",
    "account": """
        numer rachunku karty|numer rachunku|rachunek|konto|konyvelesi szamla|szamlaszam
        szamla szam|account number|account|own account""",
    "reference": """
        numer referencyjny|nr referencyjny|nr transakcji|numer transakcji
        identyfikator transakcji|identyfikator operacji|referencje banku
        tranzakcio azonosito|tranzakcio azonositoja|azonosito|bank reference|transaction id
        transferwise id|id""",
    "balance": """
        saldo po operacji|saldo po transakcji|saldo|saldo rachunku|balance|running balance
        konyvelt egyenleg|egyenleg|uj konyvelt egyenleg""",
    "state": """
        state|status|stan|statusz|allapot""",
    "perhaps_direction": """
        type|transaction type|typ operacji|typ transakcji|typ|rodzaj operacji|rodzaj transakcji
        rodzaj|tipus|tranzakcio tipusa|buchungstext|umsatzart|buchungsart|art""",
}
STATEMENTS = Vocabulary(
    kind="payments",
    words=_WORDS,
    needed=(("booked_on",), ("amount", "debit", "credit")),
    amounts=("amount", "debit", "credit", "balance"),
    days=("booked_on",),
    several=frozenset({"title"}),
    fewest=3,
    own=("perhaps_direction",),
)
"""A column that is headed *type* says which way money went where its words do, and no amount has a
minus.
"""

LABELS = {
    "tytul": "title",
    "nazwa nadawcy": "counterparty",
    "nazwa odbiorcy": "counterparty",
    "rachunek nadawcy": "counterparty_account",
    "rachunek odbiorcy": "counterparty_account",
    "numer rachunku": "counterparty_account",
    "referencje wlasne zleceniodawcy": "end_to_end",
}
"""Cells that name themselves (``Tytuł: …``), as PKO BP writes into columns without a heading."""


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split("|")))


OPENING = _folded("saldo początkowe|saldo otwarcia|opening balance|nyitó egyenleg|anfangssaldo")
CLOSING = _folded("saldo końcowe|saldo zamknięcia|closing balance|záró egyenleg|endsaldo")
NOT_BOOKED = _folded("pending|reverted|declined|oczekująca|oczekujące|zablokowana|függő|vorgemerkt")
