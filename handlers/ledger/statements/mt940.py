"""MT940 and MT942: fields found here, lines read by ``mt-940`` (:mod:`mt940_lines`), field 86 by
:mod:`field86`.

The library reads a whole file into dictionaries, joins an entry without a type to the one before it
and gives the statement's closing remark to the last entry; so its field readers are used one at a
time.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from bot.kit.files.encodings import decode
from handlers.ledger.statements.accounts import account_key, compact, is_iban, without_currency
from handlers.ledger.statements.field86 import Details, joined_parts, meaningful, read_details
from handlers.ledger.statements.mt940_lines import Line, Unreadable, read_balance, read_line
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
_TAG = re.compile("20|21|13[CD]?|25P?|28C?|34F|60[FM]?|61|62[FM]?|64|65F?|86|90[CD]|NS")
_WITHIN = frozenset({"61", "62", "62F", "62M", "86"})  # what a statement goes on with after a line
_BEGINS = re.compile(r"(?:^|\n)\s{0,8}(?:\{4:\s*)?:(?:20|25|28C?|60[FM]|61|86):")
_PURPOSE = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14")
_NAME = ("15", "16")
_ENDS = re.compile(r"-(?:\}.*|XXX)?\s*$")

# The library logs what it cannot read, which is what people wrote to each other.
logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)


@dataclass(slots=True)
class _Field:
    tag: str
    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(map(str.rstrip, self.lines)).strip()

    @property
    def beginning(self) -> str:
        return " ".join(self.text.split())[:40]


@dataclass(frozen=True, slots=True)
class _Booked:
    """An entry with the fields that describe it, and what its line says."""

    field: _Field
    details: list[_Field]
    line: Line


@dataclass
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

    @cached_property
    def key(self) -> str | None:
        return account_key(self.account)


def fits(head: str) -> bool:
    """Whether a file that begins so is MT940."""
    return bool(_BEGINS.search(head))


def read(data: bytes) -> list[Statement]:
    """The statements of a file; raises a :class:`Problem` that names the line when one cannot be
    read.
    """
    statements = list(map(_statement, _blocks(decode(data))))
    if not statements:
        raise NoStatement
    return statements


def _fields(text: str) -> Iterator[_Field]:
    if text.count("\n") > MAX_LINES:
        raise TooManyEntries(limit=MAX_ENTRIES)
    reader = _Fields()
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > MAX_LINE:
            raise LineTooLong(line=number, length=len(line))
        if done := reader.ended(number, line):
            yield done
    if reader.current:
        yield reader.current


@dataclass(slots=True)
class _Fields:
    """Lines put together to fields.

    A title is wrapped anywhere: what looks like a tag that MT940 does not have belongs to it, and
    so does a lone ``-`` after which the same statement goes on.
    """

    current: _Field | None = None
    after_end: list[str] | None = None

    @property
    def is_in_title(self) -> bool:
        return self.current is not None and self.current.tag == "86"

    def ended(self, number: int, line: str) -> _Field | None:
        """Takes a line; the field that is complete with it."""
        plain = line.lstrip("\x01\ufeff \t")
        plain = plain.partition("{4:")[2].lstrip() if plain.startswith("{1:") else plain
        tag = _FIELD.match(plain)
        if tag and (_TAG.fullmatch(tag[1]) or not self.is_in_title):
            return self._begin(_Field(tag[1], number, [plain[tag.end() :]]))
        if not self.current or plain.startswith("{"):
            return None
        if self.after_end is not None:
            _add(self.after_end, line)
        elif not _ENDS.match(plain):
            _add(self.current.lines, line)
        elif self.is_in_title and plain.strip() == "-":
            self.after_end = [line]
        else:
            return self._begin(None)
        return None

    def _begin(self, following: _Field | None) -> _Field | None:
        done, after_end = self.current, self.after_end
        if done and after_end and following and following.tag in _WITHIN:
            done.lines = [*done.lines, *after_end][:_MAX_DETAIL]
        self.current, self.after_end = following, None
        return done


def _add(lines: list[str], line: str) -> None:
    if len(lines) < _MAX_DETAIL:
        lines.append(line)


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
            match_ = re.search(r"[A-Z]{3}", item.text)
            block.currency = block.currency or (match_[0] if match_ else None)
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
        return read_balance(item.text)
    except Unreadable as fails:
        raise _unreadable(item) from fails


def _statement(block: _Block) -> Statement:
    booked: list[_Booked] = []
    for item, details in zip(block.entries, block.details, strict=True):
        line = _line(item, block.currency)
        if not line.expected:
            booked.append(_Booked(item, details, line))
    sign = _sign_of_turned(block, booked)
    interim = block.interim and block.opening is None and block.closing is None
    return statement(
        format="mt942" if interim else "mt940",
        account=without_currency(block.account),
        currency=block.currency,
        opening=block.opening,
        closing=block.closing,
        entries=[_entry(each.line, each.details, block, sign) for each in booked],
    )


def _line(item: _Field, currency: str | None) -> Line:
    try:
        return read_line(item.text, currency)
    except Unreadable as fails:
        raise _unreadable(item) from fails


def _unreadable(item: _Field) -> EntryUnreadable:
    return EntryUnreadable(line=item.line, text=item.beginning, field=item.tag)


def _sign_of_turned(block: _Block, booked: Iterable[_Booked]) -> int:
    """1 where a minus before an amount turns what the mark says, -1 where it only repeats it.

    Banks write both, so the balances have to prove one of them.
    """
    first: _Field | None = None
    as_marked = in_turned = Decimal(0)
    for each in booked:
        if not each.line.turned:
            as_marked += each.line.amount
        elif each.line.amount:
            in_turned += each.line.amount
            first = first or each.field
    if first is None:
        return 1
    if block.opening is not None and block.closing is not None:
        change = block.closing - block.opening
        fitting = [sign for sign in (1, -1) if as_marked + sign * in_turned == change]
        if len(fitting) == 1:
            return fitting[0]
    raise _unreadable(first)


def _entry(line: Line, details: list[_Field], block: _Block, sign: int) -> Entry:
    told = _details(details)
    account = told.account or (compact(line.extra) if is_iban(line.extra) else None)
    own = meaningful(line.own_reference)
    return Entry(
        booked_on=line.booked_on,
        amount=line.amount * sign if line.turned else line.amount,
        currency=block.currency,
        title=told.title or line.extra,
        counterparty=told.counterparty,
        counterparty_account=None if account_key(account) == block.key else account,
        reference=meaningful(line.bank_reference) or own,
        virtual_account=told.virtual_account,
        end_to_end=told.end_to_end,
    )


def _details(items: list[_Field]) -> Details:
    if items and items[0].tag == "NS":
        return _non_swift(items[0].lines)
    lines: list[str] = []
    for item in items:
        lines += item.lines
    return read_details(lines)


def _non_swift(lines: list[str]) -> Details:
    """``:NS:`` of StarMoney and of Sberbank: 01 to 14 the purpose, 15 and 16 the name, 33 and 34
    the account.
    """
    parts = {line[:2]: line[2:].strip() for line in lines if line[:2].isdigit()}
    return Details(
        title=joined_parts(parts, _PURPOSE),
        counterparty=joined_parts(parts, _NAME) or None,
        account=(parts.get("33", "") + parts.get("34", "")) or parts.get("20") or None,
    )
