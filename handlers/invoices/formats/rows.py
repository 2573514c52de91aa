"""Rows of a table become invoice documents, by a mapping of its columns."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from bot.kit.folding import fold, is_hungarian_tax
from bot.kit.words import N_
from handlers.invoices.formats.codes import signed
from handlers.invoices.formats.document import (
    Corrected,
    Finding,
    Instalment,
    InvoiceDocument,
    Kind,
    Party,
    Rule,
)
from handlers.invoices.formats.guessing import CURRENCIES, Cell, Row
from handlers.invoices.formats.mapping import FIELDS, ColumnMapping, DayOrder
from handlers.invoices.formats.tables import Table

_SOURCE = "The column mapping of this table"
AMOUNT_UNREADABLE = Rule(
    "amount.unreadable",
    "error",
    N_("Line {line}: the amount “{text}” in column {column} cannot be read."),
    _SOURCE,
)
DAY_UNREADABLE = Rule(
    "date.unreadable",
    "error",
    N_("Line {line}: the date “{text}” in column {column} cannot be read."),
    _SOURCE,
)
NUMBER_EMPTY = Rule("number.missing", "error", N_("Line {line} has no invoice number."), _SOURCE)

_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?")
# Between what people write around it: a currency, a minus or brackets, ``,-`` for no hundredths.
_AMOUNT = re.compile(
    r"(?P<before>[^0-9]{0,8})(?P<digits>[0-9](?:[0-9.,'’\s]*[0-9])?)(?:[.,]-)?(?P<after>[^0-9]{0,8})"
)
_GROUPED = {sign: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+") for sign in ",."}
_SPACES = re.compile(r"['’\s]+")
_DAY = re.compile(r"([0-9]{1,4})[./ -]+([0-9]{1,2})[./ -]+([0-9]{1,4})\.?(?:[T ].*)?")
_GROUPING = re.compile(r"[\s.-]+")
_LONGEST = 1_000
_LONGEST_AMOUNT = 60
_BLANK = ("", None)
_Sums = tuple[Decimal | None, Decimal | None, Decimal | None, bool | None]
_EXCEL_DAYS = range(20_000, 80_000)
_EXCEL_EPOCH = date(1899, 12, 30)
_YES = {
    "yes",
    "y",
    "true",
    "paid",
    "settled",
    "tak",
    "t",
    "zaplacona",
    "zaplacono",
    "oplacona",
    "oplacono",
    "rozliczona",
}
_YES |= {"igen", "i", "fizetve", "kifizetve", "kifizetett", "rendezve", "rendezett", "x"}
_NO = {
    "no",
    "n",
    "false",
    "unpaid",
    "open",
    "nie",
    "niezaplacona",
    "nieoplacona",
    "czesciowo",
    "partly",
    "partially",
}
_NO |= {
    "nem",
    "kifizetetlen",
    "rendezetlen",
    "reszben",
    "partial",
    "overdue",
    "sent",
    "issued",
    "wystawiona",
}
_KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("cancellation", ("storno", "sztorno", "cancel", "anulo", "anulu")),
    ("proforma", ("proforma", "pro forma", "dijbekero")),
    ("credit_note", ("credit", "jovairo", "jovairas", "nota kredytowa", "uznaniowa")),
    ("correction", ("kor", "correct", "helyesbit", "modosit")),
    ("advance", ("zal", "advance", "prepayment", "eloleg")),
    ("final", ("roz", "konc", "final", "vegszamla")),
)


def documents(table: Table, format_: str) -> Iterator[InvoiceDocument]:
    """A document for each row with a number or a day of issue; blank rows and rows of sums are
    passed over.
    """
    reading, in_order = _RowReading(table.mapping, format_), _ordering(table)
    for line, row in table.rows:
        document = reading.document(line, in_order(row))
        if document is not None:
            yield document


def _ordering(table: Table) -> Callable[[Row], Sequence[Cell]]:
    """What puts the cells of a row in the order of ``FIELDS``; what no cell tells, the mapping's
    constants tell.
    """
    headings, mapping = list(table.headings), table.mapping
    width, constants = len(headings), tuple(mapping.constants.get(field) for field in FIELDS)
    places = {field: headings.index(heading) for field, heading in mapping.columns.items()}
    pick = itemgetter(*(places.get(field, width + i) for i, field in enumerate(FIELDS)))
    told_twice = [
        i for i, field in enumerate(FIELDS) if field in places and constants[i] is not None
    ]

    def in_order(row: Row) -> Sequence[Cell]:
        whole = row if len(row) == width else [*row, *[None] * width][:width]
        cells: Sequence[Cell] = pick((*whole, *constants))
        if not told_twice:
            return cells
        return [
            constants[i] if i in told_twice and cell in _BLANK else cell
            for i, cell in enumerate(cells)
        ]

    return in_order


class _RowReading:
    """Reads one row after the other; ``noticed`` is what was noticed about the present one."""

    __slots__ = ("format", "line", "mapping", "noticed")

    def __init__(self, mapping: ColumnMapping, format_: str) -> None:
        self.mapping, self.format, self.line = mapping, format_, 0
        self.noticed: list[Finding] = []

    def document(self, line: int, cells: Sequence[Cell]) -> InvoiceDocument | None:
        """None for a row of sums, which has neither a number nor a day."""
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
        written, corrected = _text(number), _text(corrects)
        if written is None and _text(issued_on) is None:
            return None
        self.line, self.noticed = line, [] if written else [Finding(NUMBER_EMPTY, {"line": line})]
        total_, to_pay_, prepaid_, marked_paid = self.sums(total, to_pay, prepaid, paid)
        document = InvoiceDocument(
            self.format,
            _kind(kind, corrected),
            written,
            self.day("issued_on", issued_on),
            _currency(currency),
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
        read = amount_in(cell, self.mapping.decimal)
        if read is None and str(cell).strip():
            self._notice(AMOUNT_UNREADABLE, field, cell)
        return read

    def day(self, field: str, cell: Cell) -> date | None:
        if cell is None or cell == "":
            return None
        read = day_in(cell, self.mapping.days)
        if read is None and str(cell).strip():
            self._notice(DAY_UNREADABLE, field, cell)
        return read

    def paid(self, cell: Cell) -> tuple[bool | None, Decimal | None]:
        """The column may say whether, or how much."""
        if isinstance(cell, bool):
            return cell, None
        word = fold(str(cell)).partition(" ")[0]
        if not word or word in _YES or word in _NO:
            return (word in _YES) if word else None, None
        return None, self.amount("paid", cell)

    def _notice(self, rule: Rule, field: str, cell: Cell) -> None:
        column = self.mapping.columns.get(field, field)
        self.noticed.append(
            Finding(rule, {"line": self.line, "text": str(cell)[:40], "column": column[:40]})
        )


def _text(cell: Cell) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return cell[:_LONGEST].strip() or None
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


@lru_cache(50_000)
def _accounts(cell: Cell) -> tuple[str, ...]:
    account = _text(cell)
    return ("".join(account.split()),) if account else ()


@lru_cache(10_000)
def _due(day: date | None) -> tuple[Instalment, ...]:
    return (Instalment(day),) if day else ()


def _corrected(numbers: str | None) -> tuple[Corrected, ...]:
    return (
        tuple(Corrected(number.strip()) for number in numbers.split(";") if number.strip())
        if numbers
        else ()
    )


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


def amount_in(cell: Cell, decimal: str) -> Decimal | None:
    """An amount of a cell: ``1 234,50 zł``, ``(12.00)``, ``12.00-``, or a number of a
    spreadsheet.
    """
    if isinstance(cell, str):
        pointed = cell if decimal == "." else cell.replace(",", ".") if "." not in cell else ""
        return Decimal(pointed) if _PLAIN.fullmatch(pointed) else _amount(cell, decimal)
    if isinstance(cell, bool) or not isinstance(cell, (int, float, Decimal)):
        return None
    # A spreadsheet keeps binary fractions: what is beyond six decimals is none of the amount.
    return (
        _amount(f"{cell:.6f}".rstrip("0").rstrip("."), ".")
        if isinstance(cell, float)
        else Decimal(cell)
    )


def _amount(text: str, decimal: str) -> Decimal | None:
    if len(text) > _LONGEST_AMOUNT:
        return None
    written = _AMOUNT.fullmatch(text.strip().replace("\u2212", "-"))
    if not written:
        return None
    before, digits, after = written["before"], written["digits"], written["after"]
    if (before + after).count("-") > 1 or "." in before or "," in before:
        return None
    thousands = "," if decimal == "." else "."
    whole, point, rest = _SPACES.sub("", digits).partition(decimal)
    if thousands in whole and not _GROUPED[thousands].fullmatch(whole):
        return None
    digits = f"{whole.replace(thousands, '')}.{rest}" if point else whole.replace(thousands, "")
    if not _PLAIN.fullmatch(digits):
        return None
    negative = "-" in before or "(" in before or after.startswith("-")
    return -Decimal(digits) if negative else Decimal(digits)


def day_in(cell: Cell, order: DayOrder) -> date | None:
    """A day of a cell, by the order in which the table writes days; or a spreadsheet's day, plain
    or as its number.
    """
    if isinstance(cell, str):
        return _day(cell, order)
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)) and int(cell) in _EXCEL_DAYS:
        return _EXCEL_EPOCH + timedelta(days=int(cell))
    return None


@lru_cache(50_000)
def _day(text: str, order: DayOrder) -> date | None:
    written = _DAY.fullmatch(text.strip()) if len(text) <= _LONGEST_AMOUNT else None
    if not written:
        return None
    first, second, third = int(written[1]), int(written[2]), int(written[3])
    if len(written[1]) == 4:
        year, month, day = first, second, third
    else:
        day, month = (second, first) if order == "mdy" else (first, second)
        year = third if len(written[3]) == 4 else 2000 + third
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(1_000)
def _kind(cell: Cell, corrects: str | None) -> Kind:
    folded = fold(_text(cell) or "")
    for kind, beginnings in _KINDS:
        if any(f" {folded}".find(f" {beginning}") >= 0 for beginning in beginnings):
            return kind
    return "correction" if corrects else "invoice"


@lru_cache(1_000)
def _currency(cell: Cell) -> str | None:
    """Codes in capitals, and the signs that people write for them."""
    text = _text(cell)
    if text is None:
        return None
    return CURRENCIES.get(fold(text) or text, text.upper())


def _signed_as(asked: Decimal | None, paid: Decimal) -> Decimal:
    """What was paid of a credit was paid back, whichever sign it is written with."""
    return -abs(paid) if asked is not None and asked < 0 else paid


def _to_pay(
    total: Decimal | None, stated: Decimal | None, prepaid: Decimal | None, marked_paid: bool | None
) -> Decimal | None:
    if stated is not None or total is None:
        return stated
    return Decimal(0) if marked_paid else total - prepaid if prepaid else total
