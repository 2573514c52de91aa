"""Rows of a table become invoice documents, by a mapping of its columns."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from bot.kit.folding import fold
from bot.kit.words import N_
from handlers.invoices.formats.codes import signed
from handlers.invoices.formats.document import Corrected, Finding, Instalment, InvoiceDocument, Kind, Party, Rule
from handlers.invoices.formats.guessing import CURRENCIES, Cell
from handlers.invoices.formats.mapping import ColumnMapping, DayOrder
from handlers.invoices.formats.tables import Table

_SOURCE = "The column mapping of this table"
AMOUNT_UNREADABLE = Rule(
    "amount.unreadable", "error", N_("Line {line}: the amount “{text}” in column {column} cannot be read."), _SOURCE
)
DAY_UNREADABLE = Rule(
    "date.unreadable", "error", N_("Line {line}: the date “{text}” in column {column} cannot be read."), _SOURCE
)
NUMBER_EMPTY = Rule("number.missing", "error", N_("Line {line} has no invoice number."), _SOURCE)

_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?")
# Between what people write around it: a currency, a minus or brackets, ``,-`` for no hundredths.
_AMOUNT = re.compile(r"(?P<before>[^0-9]{0,8})(?P<digits>[0-9](?:[0-9.,'’\s]*[0-9])?)(?:[.,]-)?(?P<after>[^0-9]{0,8})")
_SPACES = re.compile(r"['’\s]+")
_DAY = re.compile(r"([0-9]{1,4})[./ -]+([0-9]{1,2})[./ -]+([0-9]{1,4})\.?(?:[T ].*)?")
_GROUPING = re.compile(r"[\s.-]+")
_LONGEST = 1_000
_LONGEST_AMOUNT = 60
_BLANK = ("", None)
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
_NO = {"no", "n", "false", "unpaid", "open", "nie", "niezaplacona", "nieoplacona", "czesciowo", "partly", "partially"}
_NO |= {"nem", "kifizetetlen", "rendezetlen", "reszben", "partial", "overdue", "sent", "issued", "wystawiona"}
_KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("cancellation", ("storno", "sztorno", "cancel", "anulo", "anulu")),
    ("proforma", ("proforma", "pro forma", "dijbekero")),
    ("credit_note", ("credit", "jovairo", "jovairas", "nota kredytowa", "uznaniowa")),
    ("correction", ("kor", "correct", "helyesbit", "modosit")),
    ("advance", ("zal", "advance", "prepayment", "eloleg")),
    ("final", ("roz", "konc", "final", "vegszamla")),
)


def documents(table: Table, format_: str) -> Iterator[InvoiceDocument]:
    """A document for each row with a number or a day of issue; blank rows and rows of sums are passed over."""
    headings, mapping = list(table.headings), table.mapping
    places = [(field, headings.index(heading)) for field, heading in mapping.columns.items()]
    for line, row in table.rows:
        width = len(row)
        cells = {field: row[place] for field, place in places if place < width and row[place] not in _BLANK}
        reading = _RowReading(line, {**mapping.constants, **cells} if mapping.constants else cells, mapping)
        if reading.is_invoice():
            yield reading.document(format_)


class _RowReading:
    """The cells of one row by field, and what was noticed about them."""

    __slots__ = ("cells", "line", "mapping", "noticed")

    def __init__(self, line: int, cells: dict[str, Cell], mapping: ColumnMapping) -> None:
        self.line, self.cells, self.mapping = line, cells, mapping
        self.noticed: list[Finding] = []

    def is_invoice(self) -> bool:
        """Whether there is a number, or at least a day: a row of sums has neither."""
        return self.text("number") is not None or self.text("issued_on") is not None

    def document(self, format_: str) -> InvoiceDocument:
        total, to_pay, prepaid = self.amount("total"), self.amount("to_pay"), self.amount("prepaid")
        marked_paid, paid = self.paid()
        prepaid = prepaid if paid is None else paid
        if total is None and to_pay is not None:
            total = to_pay + (prepaid or 0)
        if marked_paid is None and paid is not None and total is not None:
            marked_paid = paid >= total
        due_on, corrects = self.day("due_on"), self.text("corrects")
        number, account = self.text("number"), self.text("account")
        if number is None:
            self.noticed.append(Finding(NUMBER_EMPTY, {"line": self.line}))
        return signed(
            InvoiceDocument(
                format=format_,
                kind=_kind(self.text("kind"), corrects),
                number=number,
                issued_on=self.day("issued_on"),
                currency=_currency(self.text("currency")),
                total=total,
                to_pay=_to_pay(total, to_pay, prepaid, marked_paid),
                seller=self.party("seller"),
                buyer=self.party("buyer"),
                instalments=(Instalment(due_on),) if due_on else (),
                prepaid=prepaid,
                marked_paid=marked_paid,
                paid_on=self.day("paid_on"),
                accounts=("".join(account.split()),) if account else (),
                corrects=tuple(Corrected(n.strip()) for n in corrects.split(";") if n.strip()) if corrects else (),
                ksef_number=self.text("ksef_number"),
                net=self.amount("net"),
                tax=self.amount("tax"),
                noticed=tuple(self.noticed),
            )
        )

    def text(self, field: str) -> str | None:
        cell = self.cells.get(field)
        return None if cell is None else _text(cell)

    def party(self, side: str) -> Party:
        get = self.cells.get
        return _party(get(f"{side}_name"), get(f"{side}_tax_id"), get(f"{side}_country"))

    def amount(self, field: str) -> Decimal | None:
        cell = self.cells.get(field)
        if cell is None:
            return None
        read = amount_in(cell, self.mapping.decimal)
        if read is None and str(cell).strip():
            self._notice(AMOUNT_UNREADABLE, field, cell)
        return read

    def day(self, field: str) -> date | None:
        cell = self.cells.get(field)
        if cell is None:
            return None
        read = day_in(cell, self.mapping.days)
        if read is None and str(cell).strip():
            self._notice(DAY_UNREADABLE, field, cell)
        return read

    def paid(self) -> tuple[bool | None, Decimal | None]:
        """The column may say whether, or how much."""
        cell = self.cells.get("paid")
        if cell is None or isinstance(cell, bool):
            return cell, None
        word = fold(str(cell)).partition(" ")[0]
        if not word or word in _YES or word in _NO:
            return (word in _YES) if word else None, None
        return None, self.amount("paid")

    def _notice(self, rule: Rule, field: str, cell: Cell) -> None:
        column = self.mapping.columns.get(field, field)
        self.noticed.append(Finding(rule, {"line": self.line, "text": str(cell)[:40], "column": column[:40]}))


def _text(cell: Cell) -> str | None:
    if isinstance(cell, str):
        return cell[:_LONGEST].strip() or None
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


@lru_cache(50_000)
def _compact(cell: Cell) -> str | None:
    """Without the blanks and dashes by which people group digits."""
    return None if cell is None else "".join(_GROUPING.split(_text(cell) or "")) or None


@lru_cache(50_000)
def _party(name: Cell, tax_id: Cell, country: Cell) -> Party:
    """The same parties come in row after row."""
    written = None if country is None else _text(country)
    return Party(None if name is None else _text(name), _compact(tax_id), written.upper() if written else None)


def amount_in(cell: Cell, decimal: str) -> Decimal | None:
    """An amount of a cell: ``1 234,50 zł``, ``(12.00)``, ``12.00-``, or a number of a spreadsheet."""
    if isinstance(cell, str):
        if decimal == "." and _PLAIN.fullmatch(cell):
            return Decimal(cell)
        return _amount(cell, decimal)
    if isinstance(cell, bool) or not isinstance(cell, (int, float, Decimal)):
        return None
    # A spreadsheet keeps binary fractions: what is beyond six decimals is none of the amount.
    return _amount(f"{cell:.6f}".rstrip("0").rstrip("."), ".") if isinstance(cell, float) else Decimal(cell)


def _amount(text: str, decimal: str) -> Decimal | None:
    if len(text) > _LONGEST_AMOUNT:
        return None
    written = _AMOUNT.fullmatch(text.strip().replace("\u2212", "-"))
    if not written:
        return None
    before, digits, after = written["before"], written["digits"], written["after"]
    if (before + after).count("-") > 1 or "." in before or "," in before:
        return None
    digits = _SPACES.sub("", digits.replace("," if decimal == "." else ".", "")).replace(decimal, ".")
    if not _PLAIN.fullmatch(digits):
        return None
    negative = "-" in before or "(" in before or after.startswith("-")
    return -Decimal(digits) if negative else Decimal(digits)


def day_in(cell: Cell, order: DayOrder) -> date | None:
    """A day of a cell, by the order in which the table writes days; or a spreadsheet's day, plain or as its number."""
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
def _kind(text: str | None, corrects: str | None) -> Kind:
    folded = fold(text or "")
    for kind, beginnings in _KINDS:
        if any(f" {folded}".find(f" {beginning}") >= 0 for beginning in beginnings):
            return kind
    return "correction" if corrects else "invoice"


@lru_cache(1_000)
def _currency(text: str | None) -> str | None:
    """Codes in capitals, and the signs that people write for them."""
    if text is None:
        return None
    return CURRENCIES.get(fold(text) or text, text.upper())


def _to_pay(
    total: Decimal | None, stated: Decimal | None, prepaid: Decimal | None, marked_paid: bool | None
) -> Decimal | None:
    if stated is not None or total is None:
        return stated
    return Decimal(0) if marked_paid else total - (prepaid or 0)
