"""Banks' own CSV, read through a mapping of its columns that is guessed from the headings, shown
and kept.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import islice, pairwise

from bot.kit.days import is_kept
from bot.kit.decoding import decode
from bot.kit.folding import fold
from handlers.ledger.statements import csv_cells as cells
from handlers.ledger.statements.accounts import account_key, compact, is_iban
from handlers.ledger.statements.csv_headings import (
    CLOSING,
    LABELS,
    NOT_BOOKED,
    OPENING,
    OUTGOING,
    assigned,
)
from handlers.ledger.statements.field86 import meaningful
from handlers.ledger.statements.problems import (
    CellUnreadable,
    ColumnsUnknown,
    NoStatement,
    TooManyEntries,
)
from handlers.ledger.statements.values import Entry, Statement, statement

FORMATS = ("csv",)
MAX_ROWS = 200_000
_HEAD_ROWS = 60
_SAMPLE_ROWS = 500
_DELIMITERS = (";", ",", "\t", "|")
_NUMBER_26 = re.compile(r"(?:[A-Z]{2}\s?)?(?:[0-9][ \-]?){16,30}")
_CURRENCY = re.compile(r"\b(PLN|HUF|EUR|USD|CHF|GBP|CZK)\b")

Row = list[str]


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one bank's CSV is read: a value that can be shown to a person, corrected and kept.

    ``columns`` gives the column numbers of each field of :data:`csv_headings.HEADINGS`;
    ``headings`` is the row that they were guessed from, by which a later file of the same bank is
    recognised. ``decimal`` is the decimal sign, ``dates`` the order of a date's parts.
    """

    delimiter: str
    headings: tuple[str, ...]
    columns: tuple[tuple[str, tuple[int, ...]], ...]
    decimal: str = ","
    dates: str = "ymd"
    account: str | None = None
    currency: str | None = None

    def of(self, field: str) -> tuple[int, ...]:
        return dict(self.columns).get(field, ())

    def kept(self) -> str:
        """As JSON, to be remembered; :meth:`from_kept` reads it back."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_kept(cls, text: str) -> "Mapping":
        said = json.loads(text)
        columns = tuple((field, tuple(numbers)) for field, numbers in said["columns"])
        return cls(**{**said, "headings": tuple(said["headings"]), "columns": columns})

    def shown(self) -> list[tuple[str, str]]:
        """Field and heading, in the file's order: what a person confirms."""
        pairs = [(i, field) for field, numbers in self.columns for i in numbers]
        return [(field, self.headings[i].strip(" #") or f"{i + 1}.") for i, field in sorted(pairs)]


def fits(head: str) -> bool:
    """Whether a file that begins so has headings that we know."""
    return _table(head) is not None


def guess(data: bytes) -> Mapping:
    """The mapping for a file; raises :class:`ColumnsUnknown` that names what was not found."""
    return _guessed(decode(data))


def laid_out(
    data: bytes,
    is_heading: Callable[[Row], bool],
    columns: tuple[tuple[str, tuple[int, ...]], ...],
    decimal: str,
    dates: str,
) -> Mapping:
    """The mapping that a person gave, for a file with these headings; its account and currency are
    its own.
    """
    text = decode(data)
    for delimiter in _DELIMITERS:
        rows = list(islice(_split(text, delimiter), _HEAD_ROWS))
        for place, row in enumerate(rows):
            if is_heading(row):
                head = rows[:place]
                own = (_own_account(head), _own_currency(head))
                return Mapping(delimiter, tuple(row), columns, decimal, dates, *own)
    raise ColumnsUnknown(missing="the row of headings")


def read(data: bytes, mapping: Mapping | None = None) -> list[Statement]:
    """The statements of a file (one for each account and currency in it), with a guessed or a given
    mapping.
    """
    text = decode(data)
    mapping = mapping or _guessed(text)
    found = _split(text, mapping.delimiter)
    start = next(
        (i for i, row in enumerate(islice(found, _HEAD_ROWS)) if tuple(row) == mapping.headings),
        None,
    )
    if start is None:
        raise ColumnsUnknown(missing=" ".join(mapping.headings[0].split()))
    head = list(islice(_split(text, mapping.delimiter), start))
    statements = _statements(found, start + 2, mapping, head)
    if not statements:
        raise NoStatement
    return statements


def _split(text: str, delimiter: str) -> Iterator[Row]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as wrong:
        raise NoStatement from wrong


def _table(text: str) -> tuple[str, int, Row, dict[str, tuple[int, ...]]] | None:
    """Delimiter, row, headings and columns of the best heading row within the first lines."""
    best = None
    for delimiter in _DELIMITERS:
        for place, row in enumerate(islice(_split(text, delimiter), _HEAD_ROWS)):
            columns = assigned(row)
            whole = "booked_on" in columns and {"amount", "debit", "credit"} & columns.keys()
            if whole and len(columns) >= 3 and (best is None or len(columns) > len(best[3])):
                best = (delimiter, place, row, columns)
    return best


def _guessed(text: str) -> Mapping:
    table = _table(text)
    if table is None:
        raise ColumnsUnknown(missing="a date or an amount")
    delimiter, place, headings, columns = table
    rows = list(islice(_split(text, delimiter), place + 1 + _SAMPLE_ROWS))
    head, sample = rows[:place], rows[place + 1 :]
    if "title" in columns and headings[-1].strip() == "":
        named = columns["title"]
        blank = (i for i in range(named[-1] + 1, len(headings)) if not headings[i].strip())
        columns["title"] = (*named, *blank)
    money = [n for field in ("amount", "debit", "credit") for n in columns.get(field, ())]
    return Mapping(
        delimiter=delimiter,
        headings=tuple(headings),
        columns=tuple(columns.items()),
        decimal=cells.decimal_sign([row[n] for row in sample for n in money if n < len(row)]),
        dates=cells.date_order(
            row[n] for row in sample for n in columns["booked_on"] if n < len(row)
        ),
        account=_own_account(head),
        currency=_own_currency(head),
    )


def _own_account(head: Sequence[Row]) -> str | None:
    for row in head:
        for cell in row:
            found = _NUMBER_26.search(cell.upper())
            if found and (is_iban(found[0]) or len(compact(found[0]) or "") in (16, 24, 26, 28)):
                return compact(found[0])
    return None


def _own_currency(head: Sequence[Row]) -> str | None:
    found = _CURRENCY.search(" ".join(cell for row in head for cell in row))
    return found[1] if found else None


class _Line:
    """One row of the table, asked by field."""

    def __init__(self, row: Row, mapping: Mapping, number: int) -> None:
        self.row, self.mapping, self.number = row, mapping, number

    def text(self, field: str) -> str:
        values = (
            self.row[n].strip().strip("'").strip()
            for n in self.mapping.of(field)
            if n < len(self.row)
        )
        return " ".join(" ".join(values).split())

    def labelled(self) -> dict[str, str]:
        """What cells say that name themselves; the other text of the title is under ``rest``."""
        found: dict[str, str] = {}
        for n in self.mapping.of("title"):
            cell = self.row[n].strip().strip("'").strip() if n < len(self.row) else ""
            label, colon, value = cell.partition(":")
            field = LABELS.get(fold(label), "rest") if colon else "rest"
            found[field] = f"{found.get(field, '')} {value if field != 'rest' else cell}".strip()
        return found

    def amount(self) -> Decimal | None:
        whole = self._money("amount")
        if whole is not None:
            outgoing = fold(self.text("direction")) in OUTGOING
            return -abs(whole) if outgoing else whole
        credit, debit = self._money("credit"), self._money("debit")
        if credit is None and debit is None:
            return None
        return abs(credit or Decimal(0)) - abs(debit or Decimal(0))

    def _money(self, field: str) -> Decimal | None:
        text = self.text(field)
        value = cells.amount(text, self.mapping.decimal)
        if value is None and text and self.day() is not None:
            raise self.unreadable(field)
        return value

    def balance(self) -> Decimal | None:
        return cells.amount(self.text("balance"), self.mapping.decimal)

    def day(self) -> date | None:
        return cells.day(self.text("booked_on"), self.mapping.dates)

    def unreadable(self, field: str) -> CellUnreadable:
        heading = " ".join(self.mapping.headings[self.mapping.of(field)[0]].split())
        return CellUnreadable(line=self.number, text=self.text(field)[:40], column=heading)


@dataclass(slots=True)
class _Booked:
    entry: Entry
    balance: Decimal | None


def _statements(
    rows: Iterator[Row], first: int, mapping: Mapping, head: Sequence[Row]
) -> list[Statement]:
    groups: dict[tuple[str | None, str | None], list[_Booked]] = {}
    said = _said_balances(head, mapping)
    for number, row in enumerate(rows, first):
        if number > MAX_ROWS + first:
            raise TooManyEntries(limit=MAX_ROWS)
        line = _Line(row, mapping, number)
        booked_on, amount = line.day(), line.amount()
        if booked_on is None or amount is None or fold(line.text("state")) in NOT_BOOKED:
            said |= _said_balances([row], mapping)
            continue
        if not is_kept(booked_on):
            raise line.unreadable("booked_on")
        own = line.text("account") or mapping.account
        currency = line.text("currency") or mapping.currency
        entry = _entry(line, booked_on, amount, currency, own)
        groups.setdefault((own, currency), []).append(_Booked(entry, line.balance()))
    single = said if len(groups) == 1 else {}
    return [_grouped(key, booked, single) for key, booked in groups.items()]


def _said_balances(rows: Sequence[Row], mapping: Mapping) -> dict[str, Decimal]:
    """Opening and closing balances where a line of the file says them."""
    found: dict[str, Decimal] = {}
    for row in rows:
        for label, value in pairwise(row):
            name = fold(label)
            which = "opening" if name in OPENING else "closing" if name in CLOSING else None
            amount = cells.amount(value, mapping.decimal) if which else None
            if which and amount is not None:
                found[which] = amount
    return found


def _entry(
    line: _Line, booked_on: date, amount: Decimal, currency: str | None, own: str | None
) -> Entry:
    side = "payer" if amount >= 0 else "payee"
    said = line.labelled()
    account = line.text("counterparty_account") or line.text(f"{side}_account")
    account = account or said.get("counterparty_account", "")
    other = compact(account) if account_key(account) != account_key(own) else None
    name = line.text("counterparty") or line.text(side) or said.get("counterparty", "")
    return Entry(
        booked_on=booked_on,
        amount=amount,
        currency=currency,
        title=said.get("title") or said.get("rest", ""),
        counterparty=name or None,
        counterparty_account=other,
        reference=meaningful(line.text("reference")),
        end_to_end=meaningful(said.get("end_to_end")),
    )


def _grouped(
    key: tuple[str | None, str | None], booked: list[_Booked], said: dict[str, Decimal]
) -> Statement:
    """Newest-first files are turned round; balances come from the file's words or from its balance
    column.
    """
    if booked[0].entry.booked_on > booked[-1].entry.booked_on or _runs(booked[::-1]):
        booked = booked[::-1]
    opening, closing = said.get("opening"), said.get("closing")
    first, last = booked[0], booked[-1]
    if (
        first.balance is not None
        and last.balance is not None
        and (opening is None or closing is None)
    ):
        opening, closing = first.balance - first.entry.amount, last.balance
    return statement(
        format="csv",
        account=compact(key[0]),
        currency=key[1],
        opening=opening,
        closing=closing,
        entries=[line.entry for line in booked],
    )


def _runs(booked: Sequence[_Booked]) -> bool:
    """Whether each balance follows from the one before it."""
    known = [(line.balance, line.entry.amount) for line in booked if line.balance is not None]
    return len(known) > 1 and all(
        a[0] is not None and b[0] == a[0] + b[1] for a, b in pairwise(known)
    )
