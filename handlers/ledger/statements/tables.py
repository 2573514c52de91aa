"""Banks' own tables: rows below headings that are guessed, or confirmed, become statements."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import islice, pairwise

from bot.kit.days import is_kept
from bot.kit.folding import fold
from bot.kit.tables import amounts, delimited, guesser
from bot.kit.tables.layout import Layout, key_of
from bot.kit.tables.values import Row, Sheet, TableBroken, text_of
from handlers.ledger.statements.accounts import account_key, compact, is_iban
from handlers.ledger.statements.field86 import meaningful
from handlers.ledger.statements.problems import (
    CellUnreadable,
    ColumnsUnknown,
    NoStatement,
    TooManyEntries,
)
from handlers.ledger.statements.signs import Line, convention, directions, overlooked, unclear_in
from handlers.ledger.statements.values import Entry, Statement, statement
from handlers.ledger.statements.vocabulary import CLOSING, LABELS, NOT_BOOKED, OPENING, STATEMENTS

ASKED_LAST = True  # nearly any text could be a table
FORMATS = ("csv",)
MAX_ROWS = 200_000
_NAME = "statement"
_NUMBER_26 = re.compile(r"(?:[A-Z]{2}\s?)?(?:[0-9][ \-]?){16,30}")
_CURRENCY = re.compile(r"\b(PLN|HUF|EUR|USD|CHF|GBP|CZK)\b")
_Groups = dict[tuple[str | None, str | None], list["_Booked"]]


def fits(head: str) -> bool:
    """Whether a file that begins so has headings that we know."""
    return _sheet(head.encode())[1] > 0


def guess(data: bytes) -> Layout:
    """The layout of a file; raises :class:`ColumnsUnknown` that names what was not found."""
    sheet, _ = _sheet(data)
    layout = guesser.guess(sheet, STATEMENTS)
    if layout is None:
        raise ColumnsUnknown(missing="a date or an amount")
    layout = directions(_with_titles(layout), sheet)
    currency = _own_currency(_head(sheet, layout))
    if currency and not layout.places("currency"):
        layout = replace(layout, constants={**layout.constants, "currency": currency})
    return layout


def read(data: bytes, confirmed: Layout | None = None) -> list[Statement]:
    """The statements of a file (one for each account and currency in it), with a guessed or a
    confirmed layout. What the file leaves open is refused, naming the cell.
    """
    try:
        return _read(data, confirmed)
    except TableBroken as broken:
        raise NoStatement from broken


def _read(data: bytes, confirmed: Layout | None) -> list[Statement]:
    layout = confirmed or guess(data)
    sheet, _ = _sheet(data, layout)
    if confirmed:
        layout = _as_here(sheet, confirmed)
        _refuse_overlooked(sheet, layout)
    elif unclear := guesser.unclear(sheet, layout, STATEMENTS):
        raise unclear
    statements = _Reading(sheet, layout).statements()
    if not statements:
        raise NoStatement
    return statements


def with_direction(data: bytes, confirmed: Layout) -> Layout | None:
    """A confirmed layout with the column of directions that it leaves out and this file tells."""
    sheet, _ = _sheet(data, confirmed)
    return overlooked(confirmed, guesser.below(sheet, confirmed))


def _refuse_overlooked(sheet: Sheet, layout: Layout) -> None:
    """What somebody confirmed is not obeyed where the table says that money went out."""
    wider = overlooked(layout, guesser.below(sheet, layout))
    if wider:
        number, row = next(guesser.below(sheet, wider))
        raise unclear_in(Line(row, wider, number))


def _sheet(data: bytes, layout: Layout | None = None) -> tuple[Sheet, int]:
    key = layout.key if layout else None

    def sureness(row: Row) -> int:
        return int(key_of(row) == key) if key else STATEMENTS.sureness(row)

    return delimited.sheet(_NAME, lambda: BytesIO(data), sureness)


def _as_here(sheet: Sheet, layout: Layout) -> Layout:
    """Its currency is the file's own where the file names one."""
    head = _head(sheet, layout)
    own_currency = _own_currency(head)
    return (
        replace(layout, constants={**layout.constants, "currency": own_currency})
        if own_currency
        else layout
    )


def _head(sheet: Sheet, layout: Layout) -> list[Row]:
    """The rows above the headings; raises :class:`ColumnsUnknown` where these are not there."""
    head = [row for _, row in islice(sheet.rows(), delimited.HEAD_ROWS)]
    place = next((i for i, row in enumerate(head) if key_of(row) == layout.key), None)
    if place is None:
        raise ColumnsUnknown(missing=" ".join(layout.headings[0].split()))
    return head[:place]


def _with_titles(layout: Layout) -> Layout:
    """Columns without a heading behind the title go on with it."""
    titles, headings = layout.places("title"), layout.headings
    if not titles or headings[-1].strip():
        return layout
    blank = (i for i in range(titles[-1] + 1, len(headings)) if not headings[i].strip())
    return replace(layout, columns={**layout.columns, "title": (*titles, *blank)})


def _own_account(head: Sequence[Row]) -> str | None:
    for row in head:
        for cell in map(text_of, row):
            number = _NUMBER_26.search(cell.upper())
            if number and (is_iban(number[0]) or len(compact(number[0]) or "") in (16, 24, 26, 28)):
                return compact(number[0])
    return None


def _own_currency(head: Sequence[Row]) -> str | None:
    code = _CURRENCY.search(" ".join(text_of(cell) for row in head for cell in row))
    return code[1] if code else None


class _Booked:
    """A line of the table with what it says, once its sign is known."""

    __slots__ = ("balance", "entry")

    def __init__(self, entry: Entry, balance: Decimal | None) -> None:
        self.entry, self.balance = entry, balance


class _Reading:
    """One table by one layout."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self.sheet, self.layout = sheet, layout
        head = _head(sheet, layout)
        self.account, self.currency = _own_account(head), layout.constants.get("currency")
        self.balances = _told_balances(head, layout)

    def statements(self) -> list[Statement]:
        lines = list(self._lines())
        amount_of = convention(lines, self.layout)
        groups: _Groups = {}
        for line in lines:
            booked_on, amount = line.day, amount_of(line)
            if booked_on is None or not is_kept(booked_on):
                raise self._unreadable(line, "booked_on")
            own = line.text("account") or self.account
            currency = line.text("currency") or self.currency
            booked = _Booked(_entry(line, booked_on, amount, currency, own), line.balance)
            groups.setdefault((own, currency), []).append(booked)
        balances = self.balances if len(groups) == 1 else {}
        return [_grouped(key, booked, balances) for key, booked in groups.items()]

    def _lines(self) -> Iterator[Line]:
        """Every row with money in it; a row that says something else is passed over, and one that
        should say money and cannot be read is refused.
        """
        below = guesser.below(self.sheet, self.layout)
        for count, (number, row) in enumerate(below):
            if count > MAX_ROWS:
                raise TooManyEntries(limit=MAX_ROWS)
            line = Line(row, self.layout, number)
            if line.is_told and fold(line.text("state")) not in NOT_BOOKED:
                self._check(line)
                yield line
            else:
                self.balances |= _told_balances([row], self.layout)

    def _check(self, line: Line) -> None:
        for name in ("amount", "credit", "debit"):
            if line.text(name) and line.money(name) is None:
                raise self._unreadable(line, name)
        if line.day is None:
            raise self._unreadable(line, "booked_on")
        if not line.has_amount:
            raise self._unreadable(line, line.first_amount)

    def _unreadable(self, line: Line, name: str) -> CellUnreadable:
        text, heading = line.text(name)[:40], self.layout.heading(name)
        return CellUnreadable(line=line.number, text=text, column=heading)


def _told_balances(rows: Sequence[Row], layout: Layout) -> dict[str, Decimal]:
    """Opening and closing balances where a line of the file says them."""
    labelled: dict[str, Decimal] = {}
    for row in rows:
        for label, value in pairwise(row):
            name = fold(text_of(label))
            which = _balance_of(name)
            amount = amounts.amount(value, layout.decimal) if which else None
            if which and amount is not None:
                labelled[which] = amount
    return labelled


def _balance_of(label: str) -> str | None:
    if label in OPENING:
        return "opening"
    return "closing" if label in CLOSING else None


def _labelled(line: Line) -> dict[str, str]:
    """What cells say that name themselves; the other text of the title is under ``rest``."""
    labelled: dict[str, str] = {}
    for cell in line.cells("title"):
        label, colon, value = cell.partition(":")
        name = LABELS.get(fold(label), "rest") if colon else "rest"
        labelled[name] = f"{labelled.get(name, '')} {value if name != 'rest' else cell}".strip()
    return labelled


def _entry(
    line: Line, booked_on: date, amount: Decimal, currency: str | None, own: str | None
) -> Entry:
    side = "payer" if amount >= 0 else "payee"
    labelled = _labelled(line)
    account = line.text("counterparty_account") or line.text(f"{side}_account")
    account = account or labelled.get("counterparty_account", "")
    other = compact(account) if account_key(account) != account_key(own) else None
    name = line.text("counterparty") or line.text(side) or labelled.get("counterparty", "")
    return Entry(
        booked_on=booked_on,
        amount=amount,
        currency=currency,
        title=labelled.get("title") or labelled.get("rest", ""),
        counterparty=name or None,
        counterparty_account=other,
        reference=meaningful(line.text("reference")),
        end_to_end=meaningful(labelled.get("end_to_end")),
    )


def _grouped(
    key: tuple[str | None, str | None], booked: list[_Booked], labelled: dict[str, Decimal]
) -> Statement:
    """Oldest first. Balances come from the file's words or from its balance column."""
    if _is_newest_first(booked):
        booked = booked[::-1]
    opening, closing = labelled.get("opening"), labelled.get("closing")
    first, last = booked[0], booked[-1]
    if first.balance is not None and last.balance is not None and None in (opening, closing):
        opening, closing = first.balance - first.entry.amount, last.balance
    read = statement(
        format="csv",
        account=compact(key[0]),
        currency=key[1],
        opening=opening,
        closing=closing,
        entries=[line.entry for line in booked],
    )
    return replace(read, balanced=_proved(read, booked, labelled))


def _is_newest_first(booked: Sequence[_Booked]) -> bool:
    """By the days; where all are one day, by the balances. No other order is made of the rows so
    that their balances fit.
    """
    first, last = booked[0].entry.booked_on, booked[-1].entry.booked_on
    if first != last:
        return first > last
    return _runs(booked) is False and _runs(booked[::-1]) is True


def _runs(booked: Sequence[_Booked]) -> bool | None:
    """Whether each balance follows from the one before it; None where fewer than two are told."""
    lines = [(line.balance, line.entry.amount) for line in booked if line.balance is not None]
    if len(lines) < 2:
        return None
    return all(after == before + amount for (before, _), (after, amount) in pairwise(lines))


def _proved(
    read: Statement, booked: Sequence[_Booked], labelled: dict[str, Decimal]
) -> bool | None:
    """Only balances that the file says apart from its rows prove every row's sign: an opening
    balance that was computed from the first row proves nothing of it.
    """
    if read.balanced is False or _runs(booked) is False:
        return False
    if labelled.keys() >= {"opening", "closing"}:
        return read.balanced
    is_whole = all(line.balance is not None for line in booked)
    if "opening" in labelled and is_whole:
        return booked[0].balance == labelled["opening"] + booked[0].entry.amount
    return None
