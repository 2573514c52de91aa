"""Words by which tables say whether an invoice is paid, by their beginnings: every form of a word
is known.
"""

from functools import lru_cache
from typing import Literal

from bot.kit.folding import fold
from bot.kit.tables.values import Cell

State = Literal["paid", "open", "partly", "cancelled", "blank", ""]

_PARTLY = ("czesc", "part", "resz", "teilw", "niecal", "nie w pelni", "nie w calosci")
_CANCELLED = ("anul", "cancel", "void", "uniewazn", "wycof", "storn", "sztorn", "ervenytelen")
_NOT = (
    "nie ",
    "not ",
    "nem ",
    "nincs ",
    "un",
    "niezapl",
    "nieopl",
    "nierozl",
    "nieureg",
    "nezapl",
    "nicht",
)
_NOT_INSIDE = ("fizetetlen", "rendezetlen", "kiegyenlitetlen")
_PAID = (
    *("paid", "settled", "fully paid", "payment received", "closed"),
    *("zaplac", "oplac", "rozlicz", "ureguluj", "uregulow", "splac", "w calosci"),
    *("fizetve", "fizetett", "kifizet", "befizet", "rendezve", "rendezett", "kiegyenlit"),
    *("bezahlt", "beglichen"),
)
_OPEN = (
    *("open", "outstanding", "overdue", "sent", "issued", "due", "draft", "pending", "unpaid"),
    *("wystaw", "otwart", "wyslan", "przetermin", "po terminie", "oczek", "do zaplaty", "brak"),
    *("nyitott", "lejart", "kikuld", "kiallit", "esedekes", "fuggo", "offen", "uberfallig"),
)
# What is still to come: *do zapłacenia*, *to be paid*, *kifizetésre vár*, *kifizetendő*.
_TO_COME = ("do ", "to ", "will ", "zu ", "wird ", "bedzie ", "awaiting", "waiting", "scheduled")
_TO_COME_WORDS = frozenset({"czeka", "oczekuje", "pending", "var", "varakozik", "varhato"})
_TO_COME_ENDINGS = ("ando", "endo")
_YES = frozenset({"yes", "y", "true", "tak", "t", "igen", "i", "x", "ja"})
_NO = frozenset({"no", "n", "false", "nie", "nem", "nein", "not"})
_SIGNS: dict[str, State] = {
    **dict.fromkeys("✓✔☑✅", "paid"),
    **dict.fromkeys("✗✘✖×☐❌", "open"),
}
_NOTHING = frozenset("-‐‑‒–—−/.… ")
"""A cell of these alone was left empty."""
_LOOKS = dict.fromkeys(map(ord, "\ufe0e\ufe0f"))  # in colour or not: the sign before is the same


@lru_cache(1_000)
def state_of(text: str) -> State:
    """What a cell says; empty for a word or a sign that says neither."""
    folded = fold(text)
    if not folded:
        return _of_signs(text.translate(_LOOKS).strip())
    if folded in _YES or folded in _NO:
        return "paid" if folded in _YES else "open"
    words = folded.split(" ")
    for state, beginnings in (("cancelled", _CANCELLED), ("partly", _PARTLY)):
        if any(word.startswith(beginnings) for word in words) or folded.startswith(beginnings):
            return "cancelled" if state == "cancelled" else "partly"
    if folded.startswith(_NOT) or any(word.endswith(_NOT_INSIDE) for word in words):
        return "open"
    if _is_to_come(folded, words):
        return "open"
    if any(folded.startswith(beginning) for beginning in _PAID) or words[-1].startswith(_PAID):
        return "paid"
    return "open" if folded.startswith(_OPEN) else ""


def tells_state(cell: Cell) -> bool:
    """Whether a cell speaks of payment by itself: a yes, a number or another word may speak of
    anything.
    """
    return (
        isinstance(cell, str)
        and fold(cell) not in _YES | _NO
        and state_of(cell) not in ("", "blank")
    )


def _of_signs(signs: str) -> State:
    return "blank" if _NOTHING.issuperset(signs) else _SIGNS.get(signs, "")


def _is_to_come(folded: str, words: list[str]) -> bool:
    is_awaited = not _TO_COME_WORDS.isdisjoint(words)
    return is_awaited or folded.startswith(_TO_COME) or words[0].endswith(_TO_COME_ENDINGS)
