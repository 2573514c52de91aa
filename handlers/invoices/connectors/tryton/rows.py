"""From Tryton's rows to what is told of an invoice: its document, its instalments, its payments.
Pure.

Tryton keeps no due date and no "overdue": due dates are those of the lines to pay. What settles an
invoice are the lines of its payments and whatever its lines were reconciled with: bank lines,
write-offs, credit notes.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from handlers.invoices.connectors.protocol import Direction, Payment, SourceInvoice
from handlers.invoices.connectors.tryton.fields import INVOICE
from handlers.invoices.connectors.tryton.wire import Row
from handlers.invoices.formats.document import Corrected, Instalment, InvoiceDocument, Kind, Party

ZERO = Decimal(0)
_FINAL = ("posted", "paid", "cancelled")


@dataclass(frozen=True)
class Line:
    """A line of the books on the invoice's account: ``amount`` in the invoice's currency, as the
    invoice is signed.

    ``amount`` is None for a line in another currency. ``settled_in`` names the reconciliation that
    it is in.
    """

    id: int
    amount: Decimal | None
    day: date | None
    settled_in: int | None
    of_invoice: int | None  # that made it: a credit note


def other_invoices(row: Row) -> set[int]:
    """The invoices whose own lines settle this one: credit notes, or what a credit note was set
    against.
    """
    others: set[int] = set()
    for line in (*_lines(row, "payment_lines"), *_lines(row, "reconciliation_lines")):
        if line.of_invoice and line.of_invoice != row["id"]:
            others.add(line.of_invoice)
    return others


def invoices_of(row: Row, corrected_by: AbstractSet[int], customer: Row) -> Iterator[SourceInvoice]:
    """What a row tells: the invoice, and the entry that took it back where the books alone did so.

    ``corrected_by`` are, among :func:`other_invoices`, those that correct this one or that it
    corrects. ``customer`` says where its party is written to.
    """
    is_out = row["type"] == "out"
    number = row["number"] if is_out else row.get("reference") or row["number"]
    is_draft = not row["number"] or row["state"] not in _FINAL
    document = _document(row, number if not is_draft else None, customer)
    payments = () if is_draft else tuple(_payments(row, corrected_by))
    direction: Direction = "receivable" if is_out else "payable"
    yield SourceInvoice(str(row["id"]), direction, is_draft, document, payments)
    if row["state"] == "cancelled" and not is_draft and not _is_credited(row):
        yield SourceInvoice(f"{row['id']}:cancelled", direction, False, _taken_back(row, document))


def _document(row: Row, number: str | None, customer: Row) -> InvoiceDocument:
    ours = Party(_of(row, "company", "party", "name"), _of(row, "tax_identifier", "code"))
    country = _of(row, "invoice_address", "country", "code")
    theirs = Party(
        _of(row, "party", "name"),
        _of(row, "party_tax_identifier", "code"),
        country,
        email=_email(customer),
        language=_language(customer),
    )
    is_out, total = row["type"] == "out", row["total_amount"]
    origins: list[Row] = []
    if total < 0:
        origins = [item for item in row.get("origin_invoices") or () if item.get("number")]
    return InvoiceDocument(
        format="tryton",
        kind=_kind(total, origins),
        number=number,
        issued_on=row["invoice_date"],
        currency=_of(row, "currency", "code"),
        total=total,
        to_pay=total,
        seller=ours if is_out else theirs,
        buyer=theirs if is_out else ours,
        instalments=tuple(_instalments(row)),
        corrects=tuple(Corrected(origin["number"]) for origin in origins),
        net=row.get("untaxed_amount"),
        tax=row.get("tax_amount"),
    )


def _email(customer: Row) -> str | None:
    """The address of e-mail that is meant for invoices, else the first."""
    mechanisms = customer.get("contact_mechanisms") or ()
    emails = [item for item in mechanisms if item.get("type") == "email" and item.get("value")]
    emails.sort(key=lambda item: not item.get("invoice"))
    return str(emails[0]["value"]).strip() if emails else None


def _language(customer: Row) -> str | None:
    """Its two letters: Tryton writes ``es_419`` and ``pt_BR`` too."""
    code = _of(customer, "lang", "code")
    return str(code)[:2].lower() if code else None


def _kind(total: Decimal, origins: Sequence[Row]) -> Kind:
    for origin in origins:
        if origin.get("state") == "cancelled":
            return "cancellation"
    return "credit_note" if total < 0 else "invoice"


def _instalments(row: Row) -> Iterator[Instalment]:
    """The lines to pay by their day; those that a new schedule has replaced cancel each
    other out.
    """
    lines = _lines(row, "lines_to_pay", "maturity_date")
    within: dict[int, Decimal] = {}
    for line in lines:
        if line.settled_in is not None:
            within[line.settled_in] = within.get(line.settled_in, ZERO) + (line.amount or ZERO)
    replaced = {settled for settled, left in within.items() if left == 0}
    by_day: dict[date | None, Decimal] = {}
    for line in lines:
        if line.settled_in not in replaced and line.amount is not None:
            by_day[line.day] = by_day.get(line.day, ZERO) + line.amount
    for day, amount in sorted(by_day.items(), key=lambda each: str(each[0])):
        yield Instalment(day, amount)


def _payments(row: Row, corrected_by: AbstractSet[int]) -> Iterator[Payment]:
    """What was paid, line by line and never more in all than is settled; what no line explains is
    one payment more.
    """
    if row["state"] == "cancelled":
        return
    total = row["total_amount"]
    sign = -1 if total < 0 else 1
    settling = _settling(row)
    credited = ZERO
    for line in settling:
        if line.of_invoice in corrected_by and line.amount is not None:
            credited += line.amount
    left = sign * (total - row["amount_to_pay"] - credited)
    for line in settling:
        if line.of_invoice in corrected_by or line.amount is None or line.day is None:
            continue
        amount = min(sign * line.amount, left)
        if amount > 0:
            left -= amount
            yield Payment(f"line:{line.id}", sign * amount, line.day)
    if left > 0:
        yield Payment("rest", sign * left, row.get("reconciled") or _last_day(settling, row))


def _settling(row: Row) -> list[Line]:
    """The lines of payments, then what else the lines were reconciled with; each once, by day."""
    lines: dict[int, Line] = {}
    for line in (*_lines(row, "payment_lines"), *_lines(row, "reconciliation_lines")):
        lines[line.id] = _from_the_other_side(line, row["id"])
    return sorted(lines.values(), key=lambda line: (str(line.day), line.id))


def _from_the_other_side(line: Line, invoice: int) -> Line:
    """What settles an invoice counts against it, and is not of the invoice itself."""
    amount = None if line.amount is None else -line.amount
    other = None if line.of_invoice == invoice else line.of_invoice
    return Line(line.id, amount, line.day, None, other)


def _last_day(settling: Sequence[Line], row: Row) -> date:
    days = filter(None, (line.day for line in settling))
    return max(days, default=row["invoice_date"])


def _is_credited(row: Row) -> bool:
    """Whether a credit note of its own took it back; the books alone do so by a move of
    no invoice.
    """
    return str(_of(row, "cancel_move", "origin") or "").startswith(f"{INVOICE},")


def _taken_back(row: Row, document: InvoiceDocument) -> InvoiceDocument:
    """The entry that takes an invoice back, as a document: its number and the entry's."""
    entry = _of(row, "cancel_move", "id") or row["id"]
    total = document.total or ZERO
    return InvoiceDocument(
        format="tryton",
        kind="cancellation",
        number=f"{document.number}–{entry}",
        issued_on=_of(row, "cancel_move", "date") or document.issued_on,
        currency=document.currency,
        total=-total,
        to_pay=-total,
        seller=document.seller,
        buyer=document.buyer,
        corrects=(Corrected(document.number or ""),),
    )


def _lines(row: Row, name: str, day: str = "date") -> list[Line]:
    currency = _of(row, "currency", "code")
    books = _of(row, "company", "currency", "code")
    sign = 1 if row["type"] == "out" else -1
    return [
        Line(
            each["id"],
            _amount(each, currency, books, sign),
            each.get(day),
            each.get("reconciliation"),
            _invoice_of(each.get("move_origin")),
        )
        for each in row[name]
    ]


def _amount(
    line: Mapping[str, Any], currency: str | None, books: str | None, sign: int
) -> Decimal | None:
    second = _of(line, "second_currency", "code")
    if second == currency and line.get("amount_second_currency") is not None:
        return sign * Decimal(line["amount_second_currency"])
    if books is None or books == currency:
        return sign * Decimal(line["debit"] - line["credit"])
    return None


def _invoice_of(origin: object) -> int | None:
    model, _, record = str(origin or "").partition(",")
    return int(record) if model == INVOICE and record.isdecimal() else None


def _of(row: Any, *path: str) -> Any:
    """A field of a related record; None where there is no record."""
    for name in path:
        row = row.get(name) if isinstance(row, Mapping) else None
    return row
