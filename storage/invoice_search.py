"""Finding invoices by their numbers: as typed, by a part, with one slip of the finger. Every way uses an index."""

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, and_, select

from bot.kit.folding import fold, fold_number
from storage.invoices import Gate, Invoice, by_ids, find, invoices
from storage.turn import Turn

_LETTERS_FIRST = re.compile(r"^(?:[a-z]+\.)+")
_IMPLIED = re.compile(r"(?<=[a-z])\.(?=[0-9])|(?<=[0-9])\.(?=[a-z])")  # folding puts these back by itself
_AFTER_EVERYTHING = "{"  # sorts behind every character of a folded number
_DIGITS, _LETTERS = "0123456789", "abcdefghijklmnopqrstuvwxyz"
_LOOKED_AT = 200  # of the fitting numbers that an index gives, before they are put in order


def bare(folded: str) -> str:
    """A folded number without the letters that it begins with: ``fv.2026.11.42`` is ``2026.11.42``."""
    return _LETTERS_FIRST.sub("", folded)


def by_number(turn: Turn, gate: Gate, folded: Iterable[str]) -> list[Invoice]:
    """By folded numbers, as they stand."""
    return find(turn, gate, invoices.c.folded.in_(set(folded)))


def by_part(turn: Turn, gate: Gate, folded: str, most: int = 10) -> list[Invoice]:
    """By a beginning of the folded number, with or without its letters, or by an end; whole parts before pieces."""
    for fitting in _parts_of(folded):
        some = select(invoices.c.id).where(invoices.c.workspace == turn.workspace, fitting).limit(_LOOKED_AT)
        ids = turn.db.execute(some).scalars().all()
        if ids and (found := by_ids(turn, gate, ids, most)):
            return found
    return []


def by_typo(turn: Turn, gate: Gate, text: str, most: int = 10) -> list[Invoice]:
    """Numbers that are one slip away from what was typed: a sign too many, too few, another, two changed about."""
    return find(turn, gate, invoices.c.folded.in_(set(slips(text))), most=most)


def slips(text: str) -> Iterator[str]:
    """Every number, folded, that is one slip away from what was typed."""
    typed = _IMPLIED.sub("", fold(text).replace(" ", "."))
    for i, sign in enumerate(typed):
        yield fold_number(typed[:i] + typed[i + 1 :])
        yield fold_number(typed[:i] + typed[i + 1 : i + 2] + sign + typed[i + 2 :])
        for other in _likely(sign):
            yield fold_number(typed[:i] + other + typed[i + 1 :])
    for i in range(len(typed) + 1):
        beside = typed[max(0, i - 1) : i + 1]
        for more in _DIGITS + "." + (_LETTERS if any(sign.isalpha() for sign in beside) else ""):
            yield fold_number(typed[:i] + more + typed[i:])


def _likely(sign: str) -> str:
    """What may have been meant: a digit for a digit, a letter for a letter."""
    return _DIGITS if sign.isdigit() else _LETTERS if sign.isalpha() else ""


def _parts_of(folded: str) -> Iterator[ColumnElement[bool]]:
    yield _begins(invoices.c.tail, f"{folded[::-1]}.")
    for piece in (f"{folded}.", folded):
        yield _begins(invoices.c.folded, piece)
        yield _begins(invoices.c.bare, piece)
    yield _begins(invoices.c.tail, folded[::-1])


def _begins(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    return and_(column >= text, column < text + _AFTER_EVERYTHING)
