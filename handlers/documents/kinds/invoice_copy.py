"""Invoice copy: an electronic invoice as a picture for reading; not a new document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import compress, count
from typing import Annotated

from babel.numbers import format_decimal

from bot.kit.money import Money
from bot.kit.pdf import (
    Block,
    Code,
    Column,
    Details,
    Gap,
    Heading,
    Letterhead,
    Panel,
    Panels,
    Sheet,
    Table,
    Text,
    Together,
)
from bot.kit.words import N_, Words
from handlers.documents.kinds import Kind
from handlers.documents.kinds._fields import Field
from handlers.documents.kinds._figures import account_number, amounts, long_day
from handlers.documents.kinds._parties import Party, panel

_TITLES = {
    "invoice": N_("Invoice {number}"),
    "correction": N_("Correcting invoice {number}"),
    "replacement": N_("Correcting invoice {number}"),
    "credit_note": N_("Credit note {number}"),
    "advance": N_("Advance invoice {number}"),
    "final": N_("Final invoice {number}"),
    "cancellation": N_("Cancelling invoice {number}"),
    "proforma": N_("Pro forma {number}"),
}
_SPARSE = frozenset({"address", "tax_id"})  # what a file does not say about a party, its picture does not either


@dataclass(frozen=True, kw_only=True)
class InvoiceLine:
    """A line as the invoice has it; what it does not say stays empty."""

    name: Annotated[str, Field(N_("Goods or service"), free=True)]
    quantity: Annotated[Decimal | None, Field(N_("Quantity"), needed=False)] = None
    unit: Annotated[str, Field(N_("Unit"), needed=False, free=True)] = ""
    unit_price: Annotated[Decimal | None, Field(N_("Unit price"), needed=False)] = None
    vat_rate: Annotated[str, Field(N_("VAT rate"), needed=False, free=True)] = ""
    net: Annotated[Money | None, Field(N_("Net amount"), needed=False)] = None
    gross: Annotated[Money | None, Field(N_("Gross amount"), needed=False)] = None
    """Where the invoice tells no net amount."""


@dataclass(frozen=True, kw_only=True)
class VatSum:
    """The sums of one VAT rate."""

    rate: Annotated[str, Field(N_("VAT rate"), free=True)]
    net: Annotated[Money, Field(N_("Net amount"))]
    vat: Annotated[Money, Field(N_("VAT"))]


@dataclass(frozen=True, kw_only=True)
class InvoiceCopy:
    """The facts of an invoice, as its file tells them."""

    number: Annotated[str, Field(N_("Invoice number"))]
    kind: Annotated[str, Field(N_("Kind of invoice"), needed=False)] = "invoice"
    """``invoice, correction, credit_note, advance, final, cancellation, proforma`` or ``replacement``."""
    issued_on: Annotated[date, Field(N_("Issue date"))]
    sold_on: Annotated[date | None, Field(N_("Date of sale"), needed=False)] = None
    due_on: Annotated[tuple[date, ...], Field(N_("Due date"), needed=False)] = ()
    seller: Annotated[Party, Field(N_("Seller"), but=_SPARSE)]
    buyer: Annotated[Party, Field(N_("Buyer"), but=_SPARSE)]
    lines: Annotated[tuple[InvoiceLine, ...], Field(N_("Invoice line"), needed=False)] = ()
    lines_before: Annotated[tuple[InvoiceLine, ...], Field(N_("Line before the correction"), needed=False)] = ()
    """Of a correction that tells both: how these lines stood."""
    vat: Annotated[tuple[VatSum, ...], Field(N_("VAT sum"), needed=False)] = ()
    total: Annotated[Money, Field(N_("Total"))]
    prepaid: Annotated[Money | None, Field(N_("Paid in advance"), needed=False)] = None
    to_pay: Annotated[Money | None, Field(N_("To pay"), needed=False)] = None
    payment_method: Annotated[str, Field(N_("Method of payment"), needed=False, free=True)] = ""
    account: Annotated[str, Field(N_("Account number"), needed=False)] = ""
    corrects: Annotated[tuple[str, ...], Field(N_("Corrected invoice"), needed=False)] = ()
    reason: Annotated[str, Field(N_("Reason of the correction"), needed=False, free=True)] = ""
    notes: Annotated[tuple[str, ...], Field(N_("Note on the invoice"), needed=False, free=True)] = ()
    ksef_number: Annotated[str, Field(N_("KSeF number"), needed=False)] = ""
    ksef_link: Annotated[str, Field(N_("KSeF verification link"), needed=False)] = ""
    """The address behind the QR code, as KSeF prescribes it."""


def sheet(facts: InvoiceCopy, words: Words) -> Sheet:
    seller, buyer = words.say("Seller"), words.say("Buyer")
    return Sheet(
        title=words.say(_TITLES.get(facts.kind, _TITLES["invoice"]), number=facts.number),
        subtitle=words.say("A picture of the invoice for reading; not a new document"),
        letterhead=Letterhead(facts.seller.name),
        blocks=(
            Panels((panel(seller, facts.seller, words), panel(buyer, facts.buyer, words), _to_pay(facts, words))),
            Details(_details(facts, words)),
            *_lines(facts, words),
            *_vat(facts, words),
            *_notes(facts, words),
            *_ksef(facts, words),
        ),
    )


def _to_pay(facts: InvoiceCopy, words: Words) -> Panel:
    asked = facts.total if facts.to_pay is None else facts.to_pay
    due = words.list(long_day(on, words) for on in facts.due_on)
    return Panel(words.say("To pay"), (words.money(asked), *((words.say("payable by {day}", day=due),) if due else ())))


def _details(facts: InvoiceCopy, words: Words) -> tuple[tuple[str, str], ...]:
    return (
        (words.say("Issue date"), long_day(facts.issued_on, words)),
        (words.say("Date of sale"), long_day(facts.sold_on, words) if facts.sold_on else ""),
        (words.say("Corrected invoice"), ", ".join(facts.corrects)),
        (words.say("Reason of the correction"), facts.reason),
        (words.say("Method of payment"), facts.payment_method),
        (words.say("Account number"), account_number(facts.account)),
        (words.say("Paid in advance"), words.money(facts.prepaid) if facts.prepaid else ""),
        (words.say("KSeF number"), facts.ksef_number),
    )


def _lines(facts: InvoiceCopy, words: Words) -> tuple[Block, ...]:
    if not facts.lines_before:
        return _table(facts.lines, words)
    before, after = _table(facts.lines_before, words), _table(facts.lines, words)
    headed = (Heading(words.say("After the correction")), *after) if after else ()
    return (Heading(words.say("Before the correction")), *before, *headed)


def _table(lines: tuple[InvoiceLine, ...], words: Words) -> tuple[Block, ...]:
    """With the columns that some line fills."""
    if not lines:
        return ()
    nets, grosses = _amounts([line.net for line in lines], words), _amounts([line.gross for line in lines], words)
    rows = [
        (
            str(n),
            " ".join(line.name.split()),
            _decimal(line.quantity, words),
            line.unit,
            _decimal(line.unit_price, words, "#,##0.00######"),
            line.vat_rate,
            net,
            gross,
        )
        for n, line, net, gross in zip(count(1), lines, nets, grosses, strict=False)
    ]
    filled = [any(column) for column in zip(*rows, strict=True)]
    return (Table(tuple(compress(_line_columns(words), filled)), [tuple(compress(row, filled)) for row in rows]),)


def _amounts(column: Sequence[Money | None], words: Words) -> list[str]:
    told = iter(amounts([amount for amount in column if amount is not None], words))
    return ["" if amount is None else next(told) for amount in column]


def _decimal(number: Decimal | None, words: Words, form: str = "#,##0.######") -> str:
    return "" if number is None else format_decimal(number, form, locale=words.locale)


def _line_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.say("No."), "right"),
        Column(words.say("Goods or service"), grows=True),
        Column(words.say("Quantity"), "right"),
        Column(words.say("Unit")),
        Column(words.say("Unit price"), "right"),
        Column(words.say("VAT rate"), "right"),
        Column(words.say("Net amount"), "right"),
        Column(words.say("Gross amount"), "right"),
    )


def _vat(facts: InvoiceCopy, words: Words) -> tuple[Block, ...]:
    """The sums by VAT rate; the total alone where the file has none."""
    total = words.say("Total in {currency}", currency=facts.total.currency)
    if not facts.vat:
        return (Table((Column("", grows=True), Column("", "right")), [], ((total, words.money(facts.total)),)),)
    net = amounts([*(v.net for v in facts.vat), sum((v.net for v in facts.vat), Money(0, facts.total.currency))], words)
    vat = amounts([*(v.vat for v in facts.vat), sum((v.vat for v in facts.vat), Money(0, facts.total.currency))], words)
    gross = amounts([*(v.net + v.vat for v in facts.vat), facts.total], words)
    titles = (words.say("Net amount"), words.say("VAT"), words.say("Gross amount"))
    columns = (Column(words.say("VAT rate"), grows=True), *(Column(title, "right") for title in titles))
    rows = [(v.rate, *row) for v, row in zip(facts.vat, zip(net, vat, gross, strict=True), strict=False)]
    return (Together((Table(columns, rows, ((total, net[-1], vat[-1], gross[-1]),)),)),)


def _notes(facts: InvoiceCopy, words: Words) -> tuple[Block, ...]:
    if not facts.notes:
        return ()
    return (Heading(words.say("Notes")), *(Text(note) for note in facts.notes))


def _ksef(facts: InvoiceCopy, words: Words) -> tuple[Block, ...]:
    if not facts.ksef_link:
        return ()
    said = words.say("Check in KSeF that your invoice is there: scan the code.")
    return (
        Together(
            (
                Gap(6),
                Code(facts.ksef_link, tuple(filter(None, (facts.ksef_number, said)))),
            )
        ),
    )


KIND = Kind(
    key="invoice_copy",
    label=N_("Invoice copy"),
    template_version="2",
    facts=InvoiceCopy,
    sheet=sheet,
)
