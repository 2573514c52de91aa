"""MT940 and MT942: fields found by us and read by ``mt-940``, field 86 read by :mod:`field86`.

The library reads a whole file into dictionaries, joins an entry without a type to the one before it
and gives the statement's closing remark to the last entry; so its field readers are used one at a
time.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import mt940
from mt940.processors import date_fixup_pre_processor

from handlers.ledger.statements.accounts import compact, is_iban
from handlers.ledger.statements.decoding import decode
from handlers.ledger.statements.field86 import Details, joined, meaningful, read_details
from handlers.ledger.statements.problems import (
    EntryUnreadable,
    LineTooLong,
    NoStatement,
    TooManyEntries,
)
from handlers.ledger.statements.values import Entry, Statement, statement

FORMATS = ("mt940", "mt942")
MAX_LINE = 20_000
MAX_LINES = 1_500_000
MAX_ENTRIES = 100_000
_MAX_DETAIL = 60
_FIELD = re.compile(r":([0-9]{2}[A-Z]?|NS):")
_BEGINS = re.compile(r"(?:^|\n)\s{0,8}(?:\{4:\s*)?:(?:20|25|28C?|60[FM]|61|86):")
_ENDS = re.compile(r"-(?:\}.*|XXX)?\s*$")
_OPTIONS = mt940.Options.all()
_ENTRY = mt940.tags.Tags.STATEMENT.value
_READING_FAILS = (RuntimeError, ValueError, ArithmeticError)

# The library logs what it cannot read, which is what people wrote to each other.
logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)


class _Balance(mt940.tags.BalanceBase):
    """A balance; some banks leave the currency out."""

    pattern = r"""^(?P<status>[DC])(?P<year>\d{2})(?P<month>\d{2})(?P<day>\d{2})
    (?P<currency>[A-Z]{3})?\s?(?P<amount>\d[\d,]{0,30})"""


_BALANCE = _Balance()


@dataclass(slots=True)
class _Field:
    tag: str
    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines).strip()

    @property
    def beginning(self) -> str:
        return " ".join(self.text.split())[:40]


@dataclass(slots=True)
class _Block:
    """One statement while it is read."""

    account: str | None = None
    currency: str | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    interim: bool = False
    closed: bool = False
    entries: list[_Field] = field(default_factory=list)
    details: list[list[_Field]] = field(default_factory=list)


def fits(head: str) -> bool:
    """Whether a file that begins so is MT940."""
    return bool(_BEGINS.search(head))


def read(data: bytes) -> list[Statement]:
    """The statements of a file; raises a :class:`Problem` that names the line when one cannot be
    read.
    """
    statements = [_statement(block) for block in _blocks(decode(data))]
    if not statements:
        raise NoStatement
    return statements


def _fields(text: str) -> Iterator[_Field]:
    if text.count("\n") > MAX_LINES:
        raise TooManyEntries(limit=MAX_ENTRIES)
    current: _Field | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > MAX_LINE:
            raise LineTooLong(line=number, length=len(line))
        plain = line.lstrip("\x01\ufeff \t")
        plain = plain.partition("{4:")[2].lstrip() if plain.startswith("{1:") else plain
        found = _FIELD.match(plain)
        if found:
            if current:
                yield current
            current = _Field(found[1], number, [plain[found.end() :]])
        elif _ENDS.match(plain):
            if current:
                yield current
            current = None
        elif current and len(current.lines) < _MAX_DETAIL:
            current.lines.append(line)
    if current:
        yield current


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block | None = None
    count = 0
    for item in _fields(_mended(text)):
        count += item.tag in ("20", "61")
        if count > MAX_ENTRIES:
            raise TooManyEntries(limit=MAX_ENTRIES)
        if item.tag == "20":
            if block:
                yield block
            block = _Block()
        elif block:
            _file(item, block)
    if block:
        yield block


def _mended(text: str) -> str:
    """Some banks break the line within a tag (``:`` at its end, ``86:`` on the next)."""
    return re.sub(r"(?m)^:\r?\n(?=[0-9]{2}[A-Z]?:)", ":", text)


def _file(item: _Field, block: _Block) -> None:
    match item.tag:
        case "25" | "25P" if not block.entries and block.account is None:
            block.account = item.text.split("\n")[0].strip() or None
        case "60F" | "60M" | "60" if block.opening is None:
            block.opening, currency = _balance(item)
            block.currency = currency or block.currency
        case "62F" | "62M" | "62":
            block.closing, currency = _balance(item)
            block.currency = block.currency or currency
            block.closed = True
        case "13D" | "34F" | "90D" | "90C":
            block.interim = True
            found = re.search(r"[A-Z]{3}", item.text)
            block.currency = block.currency or (found[0] if found else None)
        case "61":
            block.closed = False
            block.entries.append(item)
            block.details.append([])
        case "86" | "NS" | "25" if (
            block.details and not block.closed and len(block.details[-1]) < _MAX_DETAIL
        ):
            block.details[-1].append(item)


def _balance(item: _Field) -> tuple[Decimal, str | None]:
    try:
        context = mt940.models.Transactions(options=_OPTIONS)
        values: dict[str, Any] = dict(_BALANCE.parse(context, item.text))
        amount: Any = _BALANCE(context, date_fixup_pre_processor(context, _BALANCE, values))[
            "balance"
        ]
    except _READING_FAILS as fails:
        raise EntryUnreadable(line=item.line, text=item.beginning, field=item.tag) from fails
    return amount.amount.amount, amount.amount.currency


def _statement(block: _Block) -> Statement:
    context = mt940.models.Transactions(options=_OPTIONS)
    entries = [
        _entry(item, details, block.currency, context)
        for item, details in zip(block.entries, block.details, strict=True)
    ]
    interim = block.interim and block.opening is None and block.closing is None
    return statement(
        format="mt942" if interim else "mt940",
        account=block.account,
        currency=block.currency,
        opening=block.opening,
        closing=block.closing,
        entries=entries,
    )


def _entry(
    item: _Field, details: list[_Field], currency: str | None, context: mt940.models.Transactions
) -> Entry:
    try:
        values: dict[str, Any] = dict(_ENTRY.parse(context, item.text))
        values = dict(_ENTRY(context, date_fixup_pre_processor(context, _ENTRY, values)))
    except _READING_FAILS as fails:
        raise EntryUnreadable(line=item.line, text=item.beginning, field="61") from fails
    said = _details(details)
    booked_on: date = (
        values["entry_date"] if isinstance(values.get("entry_date"), date) else values["date"]
    )
    own = meaningful(values.get("customer_reference"))
    extra = " ".join((values.get("extra_details") or "").split())
    return Entry(
        booked_on=date(booked_on.year, booked_on.month, booked_on.day),
        amount=values["amount"].amount,
        currency=currency,
        title=said.title or extra,
        counterparty=said.counterparty,
        counterparty_account=said.account or (compact(extra) if is_iban(extra) else None),
        reference=meaningful(values.get("bank_reference")) or own,
        virtual_account=said.virtual_account,
        end_to_end=said.end_to_end,
    )


def _details(items: list[_Field]) -> Details:
    if items and items[0].tag == "NS":
        return _non_swift(items[0].lines)
    return read_details(line for item in items for line in item.lines)


def _non_swift(lines: list[str]) -> Details:
    """``:NS:`` of StarMoney and of Sberbank: 01 to 14 the purpose, 15 and 16 the name, 33 and 34
    the account.
    """
    parts = {line[:2]: line[2:].strip() for line in lines if line[:2].isdigit()}
    return Details(
        title=joined(parts.get(f"{number:02d}", "") for number in range(1, 15)),
        counterparty=joined(parts.get(number, "") for number in ("15", "16")) or None,
        account=(parts.get("33", "") + parts.get("34", "")) or parts.get("20") or None,
    )
