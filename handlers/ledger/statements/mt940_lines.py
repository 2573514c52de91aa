"""Fields 60 to 62 of MT940, the balances and the lines between them, as banks really write them.

The amount of a line ends where its type begins. The standard has digits and one comma; banks also
group thousands, write a point or put a minus before it. What is none of that is refused: a sum
that is read in part is worse than a file that is not read.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import mt940
from babel.numbers import get_currency_precision
from mt940.processors import date_fixup_pre_processor

_CONTEXT = mt940.models.Transactions(options=mt940.Options.all())
_AMOUNT = r"(?P<amount>[-+]?[0-9.,'’\x20\xa0\u202f]{1,40}?)"
_USUAL = re.compile(r"([0-9]{1,15}),([0-9]{0,2})")
_STANDARD = re.compile(r"0*([0-9]{1,15})(?:,([0-9]{0,8}))?|,([0-9]{1,8})")
_POINTED = re.compile(r"0*([0-9]{1,15})\.([0-9]{1,2})")
_GROUPED = re.compile(
    r"([0-9]{1,3}(?:([.,'’ \xa0\u202f])[0-9]{3})(?:\2[0-9]{3}){0,3})(?:(?!\2)[.,]([0-9]{0,2}))?"
)
_ONE_GROUP = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_READING_FAILS = (RuntimeError, ValueError, ArithmeticError)


class _Balance(mt940.tags.BalanceBase):
    """A balance; some banks leave the currency out."""

    pattern: ClassVar[
        str
    ] = rf"""^(?P<status>[DC])(?P<year>\d{{2}})(?P<month>\d{{2}})(?P<day>\d{{2}})
    (?P<currency>[A-Z]{{3}})?\s?{_AMOUNT}(?=\s*(?:\n|$)|\s+[^0-9\s])"""


class _Line(mt940.tags.Statement):
    """A line: references of any length, and the marks of what is only expected (``EC``, ``ED``)."""

    pattern: ClassVar[str] = rf"""^
    (?P<year>\d{{2}})(?P<month>\d{{2}})(?P<day>\d{{2}})
    (?P<entry_month>\d{{2}}|\s{{2}})?(?P<entry_day>\d{{2}}|\s{{2}})?
    (?P<status>[RE]?[DC])(?P<funds_code>[A-Z])?[\n\ ]?
    {_AMOUNT}\ ?(?=[A-Z/\n]|$)
    (?P<id>[A-Z][A-Z0-9\ ]{{3}})?
    (?P<customer_reference>[^\s/]\S{{16,99}}?(?=//)|(?:(?!//)[^\n]){{0,16}})
    (?://(?P<bank_reference>\S{{24,99}}|.{{0,23}}))?
    (?:\n?(?P<extra_details>.*))?
    $"""


_BALANCE, _LINE = _Balance(), _Line()


class Unreadable(ValueError):
    """The field is not as MT940 has it, or its amount can be read in more than one way."""


@dataclass(frozen=True, slots=True)
class Line:
    """What field 61 says. ``turned`` where a minus stands before the amount besides the mark."""

    booked_on: date
    amount: Decimal
    turned: bool
    expected: bool
    own_reference: str | None
    bank_reference: str | None
    extra: str


def read_balance(text: str) -> tuple[Decimal, str | None]:
    """The balance, signed, and its currency; raises :class:`Unreadable`."""
    values = _parsed(_BALANCE, text)
    currency = values["currency"] and values["currency"].upper()
    amount, turned = _amount(values["amount"], currency)
    owed = (values["status"].upper() == "D") != turned
    return (-amount if owed else amount), currency


def read_line(text: str, currency: str | None) -> Line:
    """A line of a statement in ``currency``; raises :class:`Unreadable`."""
    values = _parsed(_LINE, text)
    mark = values["status"].upper()
    amount, turned = _amount(values["amount"], currency)
    is_out = mark in ("D", "RC", "ED")
    return Line(
        booked_on=_booked_on({**values, "amount": "0", "status": "C"}),
        amount=-amount if is_out != turned else amount,
        turned=turned,
        expected=mark.startswith("E"),
        own_reference=values["customer_reference"],
        bank_reference=values["bank_reference"],
        extra=" ".join((values["extra_details"] or "").split()),
    )


def _parsed(tag: mt940.tags.Tag, text: str) -> dict[str, Any]:
    try:
        return dict(tag.parse(_CONTEXT, text))
    except _READING_FAILS as fails:
        raise Unreadable from fails


def _booked_on(values: dict[str, Any]) -> date:
    """The booking day, whose year is the value day's or one beside it."""
    try:
        days = _LINE(_CONTEXT, date_fixup_pre_processor(_CONTEXT, _LINE, values))
    except _READING_FAILS as fails:
        raise Unreadable from fails
    booked_on: Any = days.get("entry_date")
    day: Any = booked_on if isinstance(booked_on, date) else days["date"]
    return date(day.year, day.month, day.day)


def _amount(written: str, currency: str | None) -> tuple[Decimal, bool]:
    """The amount without a sign, and whether a minus stands before it."""
    if usual := _USUAL.fullmatch(written):
        return Decimal(f"{usual[1]}.{usual[2] or 0}"), False
    text = written.strip()
    plain = text.lstrip("+-")
    if len(text) - len(plain) > 1 or _is_unclear(plain, currency):
        raise Unreadable
    if standard := _STANDARD.fullmatch(plain):
        whole, decimals = standard[1], standard[2] or standard[3]
    elif pointed := _POINTED.fullmatch(plain):
        whole, decimals = pointed[1], pointed[2]
    elif grouped := _GROUPED.fullmatch(plain):
        whole, decimals = re.sub("[^0-9]", "", grouped[1]), grouped[3]
    else:
        raise Unreadable
    return Decimal(f"{whole or 0}.{decimals or 0}"), text.startswith("-")


def _is_unclear(plain: str, currency: str | None) -> bool:
    """``1,234`` and ``1.234`` are thousands or thousandths; only dinars have thousandths."""
    if not _ONE_GROUP.fullmatch(plain):
        return False
    return "." in plain or not currency or get_currency_precision(currency) < 3
