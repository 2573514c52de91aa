"""Numbers of invoices by their pattern: ``FV/2026/11/0042`` is one of ``fv.2026.M.W``, and so are
the thousands that differ from it in month and running number alone.

A pattern is a folded number in which a year stands as it is and ``M``, ``N`` and ``W`` stand for
digits: two at most up to 12, other two, and more than two. Digits that begin with a year keep it:
``FV20260042`` is one of ``fv.2026W``.
"""

import re
from collections.abc import Iterable, Sequence
from string import digits as DIGITS

from sqlalchemy import Column, Table, select

from bot.kit.folding import fold
from storage.base import Key, Sorted, metadata
from storage.dialect import upsert
from storage.turn import Turn

number_patterns = Table(
    "invoice_number_patterns",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("pattern", Sorted, primary_key=True),
)

MONTH, NARROW, WIDE = "M", "N", "W"
_YEAR = re.compile(r"20[0-4][0-9]")
_WIDE = re.compile(
    r"(?<![0-9])(?!0*20[0-4][0-9](?![0-9]))(?:(20[0-4][0-9])[0-9]+|[0-9]{3,})(?![0-9])"
)
_YEARS = ("200", "201", "202", "203", "204")
"""What years begin with."""
_PARTS = re.compile(r"[a-z]+|[0-9]+")
_LAST_MONTH = 12


def note(turn: Turn, numbers: Iterable[str]) -> None:
    """Note of which patterns these numbers are, so that a part of one is enough to find it."""
    noted = [
        {"workspace": turn.workspace, "pattern": each} for each in sorted(patterns_of(numbers))
    ]
    if noted:
        turn.db.execute(upsert(turn.db, number_patterns).on_conflict_do_nothing(), noted)


def patterns(turn: Turn) -> Sequence[str]:
    """The patterns of all numbers."""
    query = select(number_patterns.c.pattern).where(number_patterns.c.workspace == turn.workspace)
    return turn.db.execute(query).scalars().all()


def patterns_of(numbers: Iterable[str]) -> set[str]:
    """The patterns of numbers as they are written: of a million a handful."""
    short = {_without_running_number(number) for number in numbers}
    alike = {_WIDE.sub(r"\g<1>000", number) for number in short}
    return {_pattern(number) for number in alike}


def _without_running_number(number: str) -> str:
    """The same with ``000`` for wide digits at its end or else at its beginning.

    Before the expression, which costs ten times as much: so few of a series are left to it.
    """
    rest = number.rstrip(DIGITS)
    if _is_surely_wide(number[len(rest) :]):
        return rest + "000"
    rest = number.lstrip(DIGITS)
    return "000" + rest if _is_surely_wide(number[: len(number) - len(rest)]) else number


def _is_surely_wide(running: str) -> bool:
    return len(running) > 2 and not running.lstrip("0").startswith(_YEARS)


def kinds_of(digits: str) -> tuple[str, ...]:
    """What may stand in a pattern for digits without the zeros before them."""
    if _YEAR.fullmatch(digits):
        return (digits,)
    if len(digits) > 2:
        return (digits[:4] + WIDE, WIDE) if _begins_with_year(digits) else (WIDE,)
    return (MONTH if int(digits) <= _LAST_MONTH else NARROW, WIDE)


def _pattern(number: str) -> str:
    words = _PARTS.findall(fold(number))
    return ".".join(map(_kind, words))


def _kind(digits: str) -> str:
    """What stands for digits as they are written; letters stand for themselves."""
    if not digits.isdigit():
        return digits
    bare = digits.lstrip("0")
    if _YEAR.fullmatch(bare):
        return bare
    if _begins_with_year(digits):
        return digits[:4] + WIDE
    if len(digits) > 2:
        return WIDE
    return MONTH if int(digits) <= _LAST_MONTH else NARROW


def _begins_with_year(digits: str) -> bool:
    return len(digits) > 4 and _YEAR.match(digits) is not None
