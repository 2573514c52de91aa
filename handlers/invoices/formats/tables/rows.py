"""Rows of a table become invoice documents, by a layout of its columns."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from bot.kit.folding import fold, is_hungarian_tax
from bot.kit.tables.amounts import amount as amount_in
from bot.kit.tables.amounts import unit_of
from bot.kit.tables.currencies import currency_of
from bot.kit.tables.days import day as day_in
from bot.kit.tables.guesser import below
from bot.kit.tables.layout import Layout
from bot.kit.tables.sums import is_sum, says_sum
from bot.kit.tables.values import Cell, Row, Sheet, text_of
from bot.kit.words import N_
from handlers.invoices.formats.document import (
    Corrected,
    Finding,
    Instalment,
    InvoiceDocument,
    Kind,
    Party,
    Rule,
)
from handlers.invoices.formats.parts.codes import signed
from handlers.invoices.formats.tables.paid_words import state_of, tells_state
from handlers.invoices.formats.tables.vocabulary import INVOICES

_SOURCE = "How this table is laid out"
AMOUNT_UNREADABLE = Rule(
    "amount.unreadable",
    "error",
    N_("Line {line}: the amount “{text}” in column {column} cannot be read."),
    _SOURCE,
)
AMOUNT_OF_ANOTHER = Rule(
    "amount.currency",
    "error",
    N_("Line {line}: the amount “{text}” in column {column} is not in the currency of its row."),
    _SOURCE,
)
DAY_UNREADABLE = Rule(
    "date.unreadable",
    "error",
    N_("Line {line}: the date “{text}” in column {column} cannot be read."),
    _SOURCE,
)
NUMBER_IS_DAY = Rule(
    "number.day",
    "error",
    N_(
        "Line {line}: the spreadsheet made the day {text} of the number in column {column}. Write "
        "the number there as text."
    ),
    _SOURCE,
)
PAID_PARTLY = Rule(
    "paid.partly",
    "warning",
    N_(
        "Line {line}: “{text}” in column {column} says that a part is paid, but not how much. All "
        "of it counts as open."
    ),
    _SOURCE,
)
PAID_UNKNOWN = Rule(
    "paid.unknown",
    "warning",
    N_(
        "Line {line}: “{text}” in column {column} does not say whether it is paid. All of it "
        "counts as open."
    ),
    _SOURCE,
)
CANCELLED = Rule(
    "paid.cancelled",
    "warning",
    N_("Line {line}: “{text}” in column {column} says that it is cancelled. Nothing is asked for."),
    _SOURCE,
)
_REMARKS = {"partly": PAID_PARTLY, "": PAID_UNKNOWN, "cancelled": CANCELLED}
NUMBER_EMPTY = Rule("number.missing", "error", N_("Line {line} has no invoice number."), _SOURCE)

_GROUPING = re.compile(r"[\s.-]+")
_LONGEST = 1_000
_BLANK = ("", None)
_TOLD_OF_INVOICES = ("issued_on", "due_on", "seller_name", "buyer_name")
_ASKED = frozenset({"total", "to_pay"})
_ONE = "1"  # yes, or an amount of one: nobody can know
_Sums = tuple[Decimal | None, Decimal | None, Decimal | None, bool | None]
_KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("cancellation", ("storno", "sztorno", "cancel", "anulo", "anulu")),
    ("proforma", ("proforma", "pro forma", "dijbekero")),
    ("credit_note", ("credit", "jovairo", "jovairas", "nota kredytowa", "uznaniowa")),
    ("correction", ("kor", "correct", "helyesbit", "modosit")),
    ("advance", ("zal", "advance", "prepayment", "eloleg")),
    ("final", ("roz", "konc", "final", "vegszamla")),
)


def documents(sheet: Sheet, layout: Layout, format_: str) -> Iterator[InvoiceDocument]:
    """A document for each row; blank rows and rows of sums are passed over."""
    reading, in_order = _RowReading(sheet, layout, format_), _ordering(layout)
    whole = before = Decimal(0)  # of all rows above, and of those above the last row of sums
    for line, row in below(sheet, layout):
        cells = in_order(row)
        if not _is_invoice(cells, row):
            continue
        document = reading.document(line, cells)
        total, issued_on = document.total, cells[2]
        is_dateless = issued_on in _BLANK
        if is_dateless and total in (whole, whole - before) and _is_unnumbered(row, layout):
            before = whole
            continue
        if total is not None:
            whole += total
        yield document


def _is_unnumbered(row: Row, layout: Layout) -> bool:
    """Whether a row whose amount is what stands above it is a sum, whatever its word is (*Total
    general*, *Σ*): no number has no digit, and no invoice tells neither a day nor a party.
    """
    number = _told(row, layout, "number")
    told = (_told(row, layout, name) for name in _TOLD_OF_INVOICES)
    return bool(number) and not any(map(str.isdigit, number)) and not any(told)


def _told(row: Row, layout: Layout, field: str) -> str:
    places = layout.places(field)
    return text_of(row[places[0]]).strip() if places and places[0] < len(row) else ""


def _ordering(layout: Layout) -> Callable[[Row], Sequence[Cell]]:
    """What puts the cells of a row in the order of the fields; what no cell tells, the layout's
    constants tell.
    """
    fields, width = INVOICES.fields, len(layout.headings)
    constants = {name: text for name, text in layout.constants.items() if text is not None}
    rest = (None, *constants.values())
    behind = {name: width + place for place, name in enumerate(constants, 1)}
    places = behind | {name: each[0] for name, each in layout.columns.items() if each}
    pick = itemgetter(*(places.get(name, width) for name in fields))
    told_twice = {
        place: constants[name]
        for place, name in enumerate(fields)
        if name in constants and layout.places(name)
    }

    def in_order(row: Row) -> Sequence[Cell]:
        whole = row if len(row) == width else [*row, *[None] * width][:width]
        cells: Sequence[Cell] = pick((*whole, *rest))
        if not told_twice:
            return cells
        return [
            told_twice.get(place, cell) if cell in _BLANK else cell
            for place, cell in enumerate(cells)
        ]

    return in_order


def _is_invoice(cells: Sequence[Cell], row: Row) -> bool:
    """A row with a number, or with anything but amounts; sums have a word for what they are in the
    place of the number, or no words at all.
    """
    number, issued_on = cells[0], cells[2]
    if number not in _BLANK and text_of(number).strip():
        return issued_on not in _BLANK or not says_sum(text_of(number))
    if issued_on not in _BLANK and text_of(issued_on).strip() and not is_sum(row):
        return True
    words = [text for cell in row if any(map(str.isalpha, text := text_of(cell)))]
    return bool(words) and not any(map(says_sum, words)) and _has_amount(cells)


def _has_amount(cells: Sequence[Cell]) -> bool:
    return any(sign.isdigit() for cell in (cells[7], cells[9]) for sign in text_of(cell))


class _RowReading:
    """Reads one row after the other; ``noticed`` is what was noticed about the present one."""

    __slots__ = (
        *("currency", "days", "decimal", "format", "has_status", "layout", "line", "noticed"),
        "sheet",
    )

    def __init__(self, sheet: Sheet, layout: Layout, format_: str) -> None:
        self.sheet, self.layout, self.format, self.line = sheet, layout, format_, 0
        self.decimal, self.days = layout.decimal, layout.days
        self.has_status = INVOICES.is_broad(layout.heading("paid"))
        self.currency: str | None = None
        self.noticed: list[Finding] = []

    def document(self, line: int, cells: Sequence[Cell]) -> InvoiceDocument:
        (
            number,
            kind,
            issued_on,
            due_on,
            currency,
            net,
            tax,
            total,
            prepaid,
            to_pay,
            paid,
            paid_on,
            seller_name,
            seller_tax_id,
            seller_country,
            buyer_name,
            buyer_tax_id,
            buyer_country,
            account,
            corrects,
            ksef_number,
        ) = cells
        self.line, self.noticed, self.currency = line, [], _currency(currency)
        written, corrected = self.number(number), _text(corrects)
        total_, to_pay_, prepaid_, marked_paid = self.sums(total, to_pay, prepaid, paid)
        document = InvoiceDocument(
            self.format,
            _kind(kind, corrected),
            written,
            self.day("issued_on", issued_on),
            self.currency,
            total_,
            to_pay_,
            _party(seller_name, seller_tax_id, seller_country),
            _party(buyer_name, buyer_tax_id, buyer_country),
            _due(self.day("due_on", due_on)),
            prepaid_,
            marked_paid,
            self.day("paid_on", paid_on),
            _accounts(account),
            _corrected(corrected),
            (),
            _text(ksef_number),
            self.amount("net", net),
            self.amount("tax", tax),
        )
        return signed(document._replace(noticed=tuple(self.noticed)) if self.noticed else document)

    def number(self, cell: Cell) -> str | None:
        """A spreadsheet makes days of numbers like 1/2026; which number it was nobody can know."""
        if isinstance(cell, date):
            self._notice(NUMBER_IS_DAY, "number", cell)
            return None
        text = _text(cell)
        if text is None:
            self.noticed.append(Finding(NUMBER_EMPTY, {"line": self.sheet.line(self.line)}))
        return text

    def sums(self, total: Cell, to_pay: Cell, prepaid: Cell, paid: Cell) -> _Sums:
        """Total, amount to pay, what was prepaid, and whether all is: as the row tells them, or as
        follows from it.
        """
        whole, left, before = (
            self.amount("total", total),
            self.amount("to_pay", to_pay),
            self.amount("prepaid", prepaid),
        )
        is_paid, amount_paid = (None, None) if paid in _BLANK else self.paid(paid)
        if self.noticed and self.noticed[-1].rule is CANCELLED:
            return whole if whole is not None else left, Decimal(0), before, None
        if amount_paid is not None:
            before = amount_paid = _signed_as(left if whole is None else whole, amount_paid)
        if whole is None and left is not None:
            whole = left + (before or 0)
        if is_paid is None and amount_paid is not None and whole is not None:
            is_paid = amount_paid >= whole if whole >= 0 else amount_paid <= whole
        return whole, _to_pay(whole, left, before, is_paid), before, is_paid

    def amount(self, field: str, cell: Cell) -> Decimal | None:
        if cell is None or cell == "":
            return None
        read = amount_in(cell, self.decimal)
        if read is None and str(cell).strip():
            self._notice(AMOUNT_UNREADABLE, field, cell)
        if field in _ASKED and (unit_of(cell) or self.currency) != self.currency:
            self._notice(AMOUNT_OF_ANOTHER, field, cell)
            return None
        return read

    def day(self, field: str, cell: Cell) -> date | None:
        if cell is None or cell == "":
            return None
        read = day_in(cell, self.days)
        if read is None and str(cell).strip():
            self._notice(DAY_UNREADABLE, field, cell)
        return read

    def paid(self, cell: Cell) -> tuple[bool | None, Decimal | None]:
        """The column may say whether, or how much."""
        if self.has_status and not tells_state(cell):
            return None, None
        if isinstance(cell, bool):
            return cell, None
        text = text_of(cell)
        state = state_of(text)
        if state == "" and any(map(str.isdigit, text)) and text.strip() != _ONE:
            return None, self.amount("paid", cell)
        if state in _REMARKS:
            self._notice(_REMARKS[state], "paid", cell)
        return {"paid": True, "blank": None}.get(state, False), None

    def _notice(self, rule: Rule, field: str, cell: Cell) -> None:
        line, column = self.sheet.line(self.line), self.layout.heading(field)[:40]
        text = text_of(cell.date() if isinstance(cell, datetime) else cell)[:40]
        self.noticed.append(Finding(rule, {"line": line, "text": text, "column": column}))


def _text(cell: Cell) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return cell[:_LONGEST].strip() or None
    return text_of(cell)


@lru_cache(1_000)
def _currency(cell: Cell) -> str | None:
    code = _text(cell)
    return currency_of(code) if code else None


@lru_cache(50_000)
def _accounts(cell: Cell) -> tuple[str, ...]:
    account = _text(cell)
    return ("".join(account.split()),) if account else ()


@lru_cache(10_000)
def _due(day: date | None) -> tuple[Instalment, ...]:
    return (Instalment(day),) if day else ()


def _corrected(numbers: str | None) -> tuple[Corrected, ...]:
    if not numbers:
        return ()
    written = (number.strip() for number in numbers.split(";"))
    return tuple(Corrected(number) for number in written if number)


@lru_cache(50_000)
def _compact(cell: Cell) -> str | None:
    """Without the blanks and dashes by which people group digits."""
    return "".join(_GROUPING.split(_text(cell) or "")) or None


@lru_cache(50_000)
def _party(name: Cell, tax_id: Cell, country: Cell) -> Party:
    """The same parties come in row after row."""
    number, written = _text(tax_id), _text(country) or ""
    home = written.upper() or ("HU" if is_hungarian_tax(number) else None)
    return Party(_text(name), _compact(tax_id), home)


@lru_cache(1_000)
def _kind(cell: Cell, corrects: str | None) -> Kind:
    folded = fold(_text(cell) or "")
    for kind, beginnings in _KINDS:
        if any(f" {folded}".find(f" {beginning}") >= 0 for beginning in beginnings):
            return kind
    return "correction" if corrects else "invoice"


def _signed_as(total: Decimal | None, paid: Decimal) -> Decimal:
    """What was paid of a credit was paid back, whichever sign it is written with."""
    return -abs(paid) if total is not None and total < 0 else paid


def _to_pay(
    total: Decimal | None, stated: Decimal | None, prepaid: Decimal | None, marked_paid: bool | None
) -> Decimal | None:
    if stated is not None or total is None:
        return stated
    if marked_paid:
        return Decimal(0)
    return total - prepaid if prepaid else total
