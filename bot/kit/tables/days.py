"""Days as people, banks and spreadsheets write them, and the order of their parts in a column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Literal

from babel.dates import get_month_names

from bot.kit.folding import fold
from bot.kit.tables.values import Cell, Since1904

DayOrder = Literal["ymd", "dmy", "mdy"]
ORDERS: tuple[DayOrder, ...] = ("ymd", "dmy", "mdy")
_PART = r"(?P<{}>[0-9]{{1,2}})"
_TIME = r"(?:[T ,]+[0-9]{1,2}[:.][0-9]{2}[^\n]{0,20})?"
_BETWEEN = r"\s?[./ -]\s?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}}){_BETWEEN}([0-9]{{1,2}}){_BETWEEN}([0-9]{{1,2}})\.?{_TIME}")
_YEAR_LAST = re.compile(
    rf"([0-9]{{1,2}})(?P<sign>{_BETWEEN})([0-9]{{1,2}}){_BETWEEN}([0-9]{{4}}|[0-9]{{2}})\.?{_TIME}"
)
_PACKED = re.compile(rf"((?:19|20)[0-9]{{2}})([0-9]{{2}})([0-9]{{2}}){_TIME}")
_NAMED = re.compile(
    r"(?P<first>[0-9]{1,4})\.?[ .-]{1,2}(?P<month>[^\W\d_]{3,14})\.?[ .,-]{1,2}(?P<last>[0-9]{1,4})"
    rf"\.?{_TIME}"
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>[^\W\d_]{{3,14}})\.? (?P<first>[0-9]{{1,2}}),? (?P<last>[0-9]{{4}}){_TIME}"
)
_LONGEST = 60
_MOST_YEARS = 9
"""By which the years of one column are apart at most."""
_EXCEL_DAYS = range(20_000, 80_000)
_EXCEL_EPOCH = date(1899, 12, 30)
_TO_1904 = (date(1904, 1, 1) - _EXCEL_EPOCH).days


@lru_cache(50_000, typed=True)
def day(cell: Cell, order: str) -> date | None:
    """The day of a cell; ``order`` tells which part is the month where the year comes last."""
    if isinstance(cell, str):
        return _written(cell, order)
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)):
        counted = cell + _TO_1904 if isinstance(cell, Since1904) else cell
        if _EXCEL_DAYS[0] <= counted <= _EXCEL_DAYS[-1]:
            return _EXCEL_EPOCH + timedelta(days=int(counted))
    return None


def _written(text: str, order: str) -> date | None:
    text = text.strip().strip("'\"")
    if len(text) > _LONGEST:
        return None
    if first := _YEAR_FIRST.fullmatch(text) or _PACKED.fullmatch(text):
        return _made(first[1], first[2], first[3])
    if last := _YEAR_LAST.fullmatch(text):
        if order == "ymd" and (len(last[4]) == 2 or _is_unclear(last)):
            return None
        item, other = last[1], last[3]
        month, day_ = (item, other) if order == "mdy" else (other, item)
        return _made(last[4], month, day_)
    return _with_name(text)


def _with_name(text: str) -> date | None:
    named = _NAMED.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    month = _months().get(fold(named["month"])) if named else None
    if named is None or month is None:
        return None
    first, last = named["first"], named["last"]
    year, day_ = (first, last) if len(first) == 4 else (last, first)
    return _made(year, str(month), day_) if len(year) in (2, 4) and len(day_) <= 2 else None


def _made(year: str, month: str, day_: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day_))
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Names of months, whole and short, in the languages that offices here read."""
    return {
        fold(name): number
        for language in ("en", "pl", "hu", "de")
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }


def _is_unclear(last: re.Match[str]) -> bool:
    """Only a stroke leaves it open: with points and dashes the day comes first."""
    item, other = int(last[1]), int(last[3])
    return "/" in last["sign"] and item <= 12 and other <= 12 and item != other


@dataclass
class Order:
    """What the days of a whole column tell of the order of their parts."""

    year_first: int = 0
    day_first: int = 0
    month_first: int = 0
    points: int = 0
    unclear: str = ""
    """A cell that either order reads."""
    ends: set[tuple[int, int]] = field(default_factory=set)
    """The first and the last part of each day whose year has two digits."""

    def see(self, cell: Cell) -> None:
        if isinstance(cell, str):
            for kind in _tells(cell):
                setattr(self, kind, cell if kind == "unclear" else getattr(self, kind) + 1)
            ends = _short_ends(cell)
            if ends and ends not in self.ends:
                self.ends.add(ends)
                if self.is_year_perhaps_first:
                    self.unclear = cell

    @property
    def is_year_perhaps_first(self) -> bool:
        """``26-01-02`` above ``26-01-31``: what would be the years are far apart, and the days are
        not.
        """
        firsts = [first for first, _ in self.ends] or [0]
        lasts = [last for _, last in self.ends] or [0]
        return max(lasts) - min(lasts) > _MOST_YEARS >= max(firsts) - min(firsts)

    @property
    def is_decided(self) -> bool:
        if self.is_year_perhaps_first:
            return False
        return bool(self.day_first or self.month_first or self.points) or not self.unclear

    def of(self, is_continental: bool) -> DayOrder | None:
        """The order; None where it cannot be known. Where cells contradict each other the order of
        the most holds, the others cannot be read, and a cell that fits both is asked about.
        """
        if self.is_year_perhaps_first or (self.month_first and self.day_first and self.unclear):
            return None
        if self.month_first > self.day_first:
            return "mdy"
        if self.day_first or self.points or (self.unclear and is_continental):
            return "dmy"
        if self.unclear:
            return None
        return "dmy" if self.ends else "ymd"


@lru_cache(50_000)
def _short_ends(cell: str) -> tuple[int, int] | None:
    last = _YEAR_LAST.fullmatch(cell.strip().strip("'\"")) if len(cell) <= _LONGEST else None
    return (int(last[1]), int(last[4])) if last and len(last[4]) == 2 else None


@lru_cache(50_000)
def _tells(cell: str) -> tuple[str, ...]:
    text = cell.strip().strip("'\"")
    last = _YEAR_LAST.fullmatch(text) if len(text) <= _LONGEST else None
    if last is None:
        return ("year_first",) if _YEAR_FIRST.fullmatch(text) or _PACKED.fullmatch(text) else ()
    if int(last[1]) > 12:
        return ("day_first",)
    if int(last[3]) > 12:
        return ("month_first",)
    if _is_unclear(last):
        return ("unclear",)
    return () if "/" in last["sign"] else ("points",)


def order_of(cells: Iterable[Cell]) -> Order:
    order = Order()
    for cell in cells:
        order.see(cell)
    return order
