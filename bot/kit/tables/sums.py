"""Rows of sums below a table: they say themselves what they are."""

from bot.kit.folding import fold
from bot.kit.tables.currencies import CURRENCIES
from bot.kit.tables.values import Row, text_of

_WORDS = frozenset(
    map(
        fold,
        (
            *("razem", "suma", "sumy", "ogółem", "łącznie", "podsumowanie"),
            *("total", "totals", "sum", "subtotal", "összesen", "végösszeg", "mindösszesen"),
            *("summe", "gesamt", "saldo", "egyenleg"),
        ),
    )
)
_BESIDE = frozenset(
    [
        "grand",
        "brutto",
        "netto",
        "vat",
        "amount",
        "gross",
        "net",
        "obrotow",
        "kwota",
        "faktur",
        "do",
        "zaplaty",
        "poczatkowe",
        "koncowe",
        "na",
        "poczatek",
        "koniec",
        "dzien",
        "rachunku",
    ]
)
_LONGEST = 40


def is_sum(row: Row) -> bool:
    """Whether the first cell that is no number says so: *Razem*, *Suma:*, *Grand total*."""
    for cell in row:
        text = text_of(cell).strip()
        if text and any(sign.isalpha() for sign in text):
            return says_sum(text)
    return False


def says_sum(text: str) -> bool:
    """A word for a sum, alone or with what is summed; *Total Polska sp. z o.o.* says none."""
    words = fold(text).split() if len(text) <= _LONGEST else []
    rest = [word for word in words if word not in _WORDS]
    return len(rest) < len(words) and all(
        word in _BESIDE or word in CURRENCIES or word.isdigit() for word in rest
    )
