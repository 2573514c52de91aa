"""Banks' own tables: rows below headings that are guessed, or confirmed, become statements."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice, pairwise

from bot.kit.days import is_kept
from bot.kit.errors import Problem
from bot.kit.files import archives
from bot.kit.folding import fold
from bot.kit.tables import amounts, delimited, guesser, table_file, unseen
from bot.kit.tables.currencies import currency_of
from bot.kit.tables.layout import Layout, key_of
from bot.kit.tables.values import Row, Sheet, has_lost_digits, text_of
from bot.kit.tables.vocabulary import Vocabulary
from handlers.ledger.statements.accounts import account_key, compact, is_iban
from handlers.ledger.statements.field86 import meaningful
from handlers.ledger.statements.problems import (
    CellUnreadable,
    ColumnsUnknown,
    NoStatement,
    TableOfInvoices,
    TooManyEntries,
)
from handlers.ledger.statements.signs import Line, convention, directions, overlooked, unclear_in
from handlers.ledger.statements.values import Entry, Statement, statement
from handlers.ledger.statements.vocabulary import CLOSING, LABELS, NOT_BOOKED, OPENING, STATEMENTS

MAX_ROWS = 200_000
_MOST_KEPT = MAX_ROWS + delimited.HEAD_ROWS + 2  # so that one row too many is still seen
_NAME = "statement"
_NUMBER_26 = re.compile(r"(?:[A-Z]{2}\s?)?(?:[0-9][ \-]?){16,30}")
_CURRENCY = re.compile(r"\b(PLN|HUF|EUR|USD|CHF|GBP|CZK)\b")
_Groups = dict[tuple[str | None, str | None], list["_Booked"]]


def are_headed(head: str) -> bool:
    """Whether a text that begins so has headings that we know."""
    begins = head.encode()
    return delimited.sheet(_NAME, lambda: BytesIO(begins), STATEMENTS.sureness)[1] > 0


def guess(data: bytes) -> Layout:
    """The layout of a file, of several sheets that with the most columns; raises
    :class:`ColumnsUnknown` that names what was not found.
    """
    layouts = []
    for sheet in _sheets(data):
        layout = None if sheet.is_hidden else _guessed(sheet.kept(_MOST_KEPT))
        if layout:
            layouts.append(layout)
    if not layouts:
        raise ColumnsUnknown(missing="a date or an amount")
    return max(layouts, key=lambda layout: len(layout.columns))


def _guessed(sheet: Sheet, unlike: Vocabulary | None = None) -> Layout | None:
    layout = guesser.guess(sheet, STATEMENTS, unlike)
    if layout is None:
        return None
    layout = directions(_with_titles(layout), sheet)
    currency = _own_currency(_head(sheet, layout))
    if currency and not layout.places("currency"):
        layout = replace(layout, constants={**layout.constants, "currency": currency})
    return layout


def read(
    data: bytes, confirmed: Layout | None = None, *, unlike: Vocabulary | None = None
) -> list[Statement]:
    """The statements of a file (one for each sheet, account and currency in it), with a guessed or
    a confirmed layout. What the file leaves open is refused, naming the cell; nothing is guessed
    of a sheet whose headings are rather those of ``unlike``.
    """
    every = _sheets(data, confirmed)
    format_ = "xlsx" if archives.is_archive(data) else "csv"
    laid_out: list[tuple[Sheet, Layout]] = []
    statements: list[Statement] = []
    shown = [sheet for sheet in every if not sheet.is_hidden]
    for sheet in shown:
        kept = sheet.kept(_MOST_KEPT)
        if layout := _layout(kept, confirmed, unlike):
            laid_out.append((sheet, layout))
            statements += _Reading(kept, layout, format_).statements()
        if sum(len(item.entries) for item in statements) > MAX_ROWS:
            raise TooManyEntries(limit=MAX_ROWS)
    if not statements:
        raise _nothing_in(shown, laid_out, confirmed, unlike)
    remarks = tuple(remark for _, remark in unseen.remarks(every, laid_out))
    return [replace(statements[0], remarks=remarks), *statements[1:]] if remarks else statements


def _nothing_in(
    shown: Sequence[Sheet],
    laid_out: Sequence[tuple[Sheet, Layout]],
    confirmed: Layout | None,
    unlike: Vocabulary | None,
) -> Problem:
    if confirmed and not laid_out:
        return ColumnsUnknown(missing=" ".join(confirmed.headings[0].split()))
    if unlike and any(guesser.guess(sheet, unlike) for sheet in shown):
        return TableOfInvoices()
    return NoStatement()


def _layout(sheet: Sheet, confirmed: Layout | None, unlike: Vocabulary | None) -> Layout | None:
    """By which a sheet is read; None where its headings are others. Raises what it leaves open."""
    if confirmed:
        layout = _as_here(sheet, confirmed)
        if layout:
            _refuse_overlooked(sheet, layout)
        return layout
    layout = _guessed(sheet, unlike)
    unclear = guesser.unclear(sheet, layout, STATEMENTS) if layout else None
    if unclear:
        raise unclear
    return layout


def with_direction(data: bytes, confirmed: Layout) -> Layout | None:
    """A confirmed layout with the column of directions that it leaves out and this file tells."""
    for sheet in _sheets(data, confirmed):
        wider = None if sheet.is_hidden else overlooked(confirmed, guesser.below(sheet, confirmed))
        if wider:
            return wider
    return None


def _refuse_overlooked(sheet: Sheet, layout: Layout) -> None:
    """What somebody confirmed is not obeyed where the table says that money went out."""
    wider = overlooked(layout, guesser.below(sheet, layout))
    if wider:
        number, row = next(guesser.below(sheet, wider))
        raise unclear_in(Line(row, wider, number, sheet.title))


def _sheets(data: bytes, layout: Layout | None = None) -> list[Sheet]:
    key = layout.key if layout else None

    def sureness(row: Row) -> int:
        return int(key_of(row) == key) if key else STATEMENTS.sureness(row)

    return table_file.sheets(_NAME, len(data), lambda: BytesIO(data), sureness)


def _as_here(sheet: Sheet, layout: Layout) -> Layout | None:
    """Its currency is the sheet's own where the sheet names one; None where its headings are not
    there.
    """
    head = _above(sheet, layout)
    if head is None:
        return None
    own_currency = _own_currency(head)
    return (
        replace(layout, constants={**layout.constants, "currency": own_currency})
        if own_currency
        else layout
    )


def _above(sheet: Sheet, layout: Layout) -> list[Row] | None:
    """The rows above the headings; None where these are not there."""
    above: list[Row] = []
    for _, row in islice(sheet.rows(), delimited.HEAD_ROWS):
        if key_of(row) == layout.key:
            return above
        above.append(row)
    return None


def _head(sheet: Sheet, layout: Layout) -> list[Row]:
    return _above(sheet, layout) or []


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
    code = _CURRENCY.search(" ".join(map(text_of, chain.from_iterable(head))))
    return code[1] if code else None


class _Booked:
    """A line of the table with what it says, once its sign is known."""

    __slots__ = ("balance", "entry")

    def __init__(self, entry: Entry, balance: Decimal | None) -> None:
        self.entry, self.balance = entry, balance


class _Reading:
    """One table by one layout."""

    def __init__(self, sheet: Sheet, layout: Layout, format_: str) -> None:
        self.sheet, self.layout, self.format = sheet, layout, format_
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
            own = _whole(line.text("account")) or self.account
            currency = self._currency(line)
            booked = _Booked(_entry(line, booked_on, amount, currency, own), line.balance)
            groups.setdefault((own, currency), []).append(booked)
        balances = self.balances if len(groups) == 1 else {}
        return [_grouped(key, booked, balances, self.format) for key, booked in groups.items()]

    def _currency(self, line: Line) -> str | None:
        """As the row says it, else the table; refused where an amount says another one."""
        told, unit = line.text("currency") or self.currency, line.unit
        if unit and told and currency_of(told) != unit[1]:
            raise self._unreadable(line, unit[0])
        return told or (unit[1] if unit else None)

    def _lines(self) -> Iterator[Line]:
        """Every row with money in it; a row that says something else is passed over, and one that
        should say money and cannot be read is refused.
        """
        below = guesser.below(self.sheet, self.layout)
        for count, (number, row) in enumerate(below):
            if count > MAX_ROWS:
                raise TooManyEntries(limit=MAX_ROWS)
            line = Line(row, self.layout, number, self.sheet.title)
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
        return CellUnreadable(line=line.place, text=text, column=heading)


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


def _whole(account: str) -> str:
    """An account number; nothing of one that is not whole any more."""
    return "" if has_lost_digits(account) else account


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
    account = _whole(account or labelled.get("counterparty_account", ""))
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
    key: tuple[str | None, str | None],
    booked: list[_Booked],
    labelled: dict[str, Decimal],
    format_: str,
) -> Statement:
    """Oldest first. Balances come from the file's words or from its balance column."""
    if _is_newest_first(booked):
        booked = booked[::-1]
    opening, closing = labelled.get("opening"), labelled.get("closing")
    first, last = booked[0], booked[-1]
    if first.balance is not None and last.balance is not None and None in (opening, closing):
        opening, closing = first.balance - first.entry.amount, last.balance
    read = statement(
        format=format_,
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
