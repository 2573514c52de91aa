"""Finding invoices by their numbers: as typed, by a part, with one slip of the finger. Every way uses an index."""

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, and_, or_, select

from bot.kit.folding import fold_number
from storage.invoices import Gate, Invoice, find, invoices
from storage.turn import Turn

_LETTERS_FIRST = re.compile(r"^(?:[a-z]+\.)+")
_AFTER_EVERYTHING = "{"  # sorts behind every character of a folded number
_LOOKED_AT = 200  # of the fitting numbers that an index gives, before they are put in order


def bare(folded: str) -> str:
    """A folded number without the letters that it begins with: ``fv.2026.11.42`` is ``2026.11.42``."""
    return _LETTERS_FIRST.sub("", folded)


def by_number(turn: Turn, gate: Gate, folded: Iterable[str]) -> list[Invoice]:
    """By folded numbers, as they stand."""
    return find(turn, gate, invoices.c.folded.in_(set(folded)))


def by_part(turn: Turn, gate: Gate, folded: str, most: int = 10) -> list[Invoice]:
    """By a beginning of the folded number, with or without its letters, or by an end; whole parts before pieces."""
    found: list[Invoice] = []
    for fitting in _parts_of(folded):
        if not found:
            some = select(invoices.c.id).where(invoices.c.workspace == turn.workspace, fitting).limit(_LOOKED_AT)
            found = find(turn, gate, invoices.c.id.in_(some), most=most)
    return found


def by_typo(turn: Turn, gate: Gate, folded: str, most: int = 10) -> list[Invoice]:
    """Numbers that are one slip away: a sign too many, too few, another one, or two changed about."""
    return find(turn, gate, invoices.c.folded.in_(set(slips(folded))), most=most)


def slips(folded: str) -> Iterator[str]:
    """Every number that is one slip away from a folded one, folded itself."""
    for i, sign in enumerate(folded):
        yield fold_number(folded[:i] + folded[i + 1 :])
        yield fold_number(folded[:i] + folded[i + 1 : i + 2] + sign + folded[i + 2 :])
        for other in _likely(sign):
            yield fold_number(folded[:i] + other + folded[i + 1 :])
    for i in range(len(folded) + 1):
        for more in "0123456789.":
            yield fold_number(folded[:i] + more + folded[i:])


def _likely(sign: str) -> str:
    """What may have been meant: a digit for a digit, a letter for a letter."""
    return "0123456789" if sign.isdigit() else "abcdefghijklmnopqrstuvwxyz" if sign.isalpha() else ""


def _parts_of(folded: str) -> Iterator[ColumnElement[bool]]:
    whole, reversed_ = f"{folded}.", folded[::-1]
    naked = bare(folded)
    begins = _begins(invoices.c.bare, naked) if naked else _begins(invoices.c.folded, folded)
    with_letters = _begins(invoices.c.folded, folded) if naked != folded else None
    yield _begins(invoices.c.tail, f"{reversed_}.")
    yield or_(_begins(invoices.c.folded, whole), _begins(invoices.c.bare, whole))
    yield begins if with_letters is None else and_(begins, with_letters)
    yield _begins(invoices.c.tail, reversed_)


def _begins(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    return and_(column >= text, column < text + _AFTER_EVERYTHING)
