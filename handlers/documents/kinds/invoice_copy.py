"""Invoice copy: an electronic invoice as a picture for reading; not a new document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

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
from handlers.documents.kinds.parts.books import Values
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.figures import account_number, amounts, long_day
from handlers.documents.kinds.parts.figures import total as total_of
from handlers.documents.kinds.parts.invoice_lines import InvoiceLine, table
from handlers.documents.kinds.parts.parties import Party, panel
from handlers.documents.model.asked import Asked
from handlers.documents.model.names import Names
from handlers.ledger.service import lookup as ledger
from storage.turn import Turn

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
# what a file does not say about a party, its picture does not either
_SPARSE = frozenset({"address", "tax_id"})


@dataclass(frozen=True, kw_only=True)
class VatSum:
    """The sums of one VAT rate."""

    rate: Annotated[str, Field(N_("VAT rate"), free=True)]
    net: Annotated[Money, Field(N_("Net amount"))]
    vat: Annotated[Money, Field(N_("VAT"))]


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is asked for beyond the total, or with a minus taken off it."""

    reason: Annotated[str, Field(N_("Reason"), free=True)]
    amount: Annotated[Money, Field(N_("Amount"))]


@dataclass(frozen=True, kw_only=True)
class InvoiceCopy:
    """The facts of an invoice, as its file tells them: no letter of its sender's keeps it from
    being shown.
    """

    number: Annotated[str, Field(N_("Invoice number"), free=True)]
    kind: Annotated[str, Field(N_("Kind of invoice"), needed=False)] = "invoice"
    """``invoice, correction, credit_note, advance, final, cancellation, proforma`` or
    ``replacement``.
    """
    issued_on: Annotated[date, Field(N_("Issue date"))]
    sold_on: Annotated[date | None, Field(N_("Date of sale"), needed=False)] = None
    period: Annotated[tuple[date, ...], Field(N_("Period"), needed=False)] = ()
    due_on: Annotated[tuple[date, ...], Field(N_("Due date"), needed=False)] = ()
    seller: Annotated[Party, Field(N_("Seller"), but=_SPARSE, free=True)]
    buyer: Annotated[Party, Field(N_("Buyer"), but=_SPARSE, free=True)]
    others: Annotated[tuple[tuple[str, str], ...], Field(N_("Name"), needed=False, free=True)] = ()
    """Whoever else it names: as what, and who."""
    lines: Annotated[tuple[InvoiceLine, ...], Field(N_("Invoice line"), needed=False)] = ()
    lines_before: Annotated[
        tuple[InvoiceLine, ...], Field(N_("Line before the correction"), needed=False)
    ] = ()
    """Of a correction that tells both: how these lines stood."""
    ordered: Annotated[tuple[InvoiceLine, ...], Field(N_("Line of the order"), needed=False)] = ()
    """Of an advance invoice: what was ordered and is not sold yet."""
    ordered_before: Annotated[
        tuple[InvoiceLine, ...], Field(N_("Line of the order"), needed=False)
    ] = ()
    vat: Annotated[tuple[VatSum, ...], Field(N_("VAT sum"), needed=False)] = ()
    vat_accounted: Annotated[Money | None, Field(N_("VAT"), needed=False)] = None
    """In the currency of the books, where that is not the invoice's."""
    total: Annotated[Money, Field(N_("Total"))]
    settled: Annotated[tuple[Change, ...], Field(N_("Settlement"), needed=False)] = ()
    rounding: Annotated[Money | None, Field(N_("Rounding"), needed=False)] = None
    marked_paid: Annotated[bool, Field(N_("Paid"), needed=False)] = False
    prepaid: Annotated[Money | None, Field(N_("Paid in advance"), needed=False)] = None
    to_pay: Annotated[Money | None, Field(N_("To pay"), needed=False)] = None
    payment_method: Annotated[str, Field(N_("Method of payment"), needed=False, free=True)] = ""
    terms: Annotated[tuple[str, ...], Field(N_("Terms of payment"), needed=False, free=True)] = ()
    account: Annotated[str, Field(N_("Account number"), needed=False, free=True)] = ""
    other_accounts: Annotated[
        tuple[str, ...], Field(N_("Account number"), needed=False, free=True)
    ] = ()
    references: Annotated[
        tuple[str, ...], Field(N_("Buyer's reference"), needed=False, free=True)
    ] = ()
    earlier: Annotated[tuple[str, ...], Field(N_("Earlier invoices"), needed=False, free=True)] = ()
    """Advance invoices and others that it follows and does not correct."""
    corrects: Annotated[
        tuple[str, ...], Field(N_("Corrected invoice"), needed=False, free=True)
    ] = ()
    reason: Annotated[str, Field(N_("Reason of the correction"), needed=False, free=True)] = ""
    notes: Annotated[
        tuple[str, ...], Field(N_("Note on the invoice"), needed=False, free=True)
    ] = ()
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
            Panels(
                (
                    panel(seller, facts.seller, words, facts.buyer),
                    panel(buyer, facts.buyer, words, facts.seller),
                    _to_pay(facts, words),
                )
            ),
            Details(_details(facts, words)),
            *_lines(facts, words),
            *_vat(facts, words),
            *_settled(facts, words),
            *_notes(facts, words),
            *_ksef(facts, words),
        ),
    )


def _asked(facts: InvoiceCopy) -> Money:
    return facts.total if facts.to_pay is None else facts.to_pay


def _left(facts: InvoiceCopy) -> Money:
    """What neither settlement nor rounding explains; KSeF's settlement leaves advances out, others
    take them off.
    """
    told = total_of((change.amount for change in facts.settled), facts.total.currency)
    if facts.rounding:
        told += facts.rounding
    return _asked(facts) - facts.total - told


def _to_pay(facts: InvoiceCopy, words: Words) -> Panel:
    label, amount = _demand(facts, words)
    due = words.list(long_day(on, words) for on in facts.due_on)
    if not due or _asked(facts).minor <= 0:
        return Panel(label, (amount,))
    return Panel(label, (amount, words.say("payable by {day}", day=due)))


def _demand(facts: InvoiceCopy, words: Words) -> tuple[str, str]:
    """What is asked for, and how much; a correction that lowers gives money back."""
    asked = _asked(facts)
    if asked.minor < 0:
        return words.say("To be returned"), words.money(-asked)
    return words.say("To pay"), words.money(asked)


def _details(facts: InvoiceCopy, words: Words) -> tuple[tuple[str, str], ...]:
    accounts = filter(None, (facts.account, *facts.other_accounts))
    return (
        (words.say("Issue date"), long_day(facts.issued_on, words)),
        (words.say("Date of sale"), long_day(facts.sold_on, words) if facts.sold_on else ""),
        (words.say("Period"), " – ".join(long_day(on, words) for on in facts.period)),
        (words.say("Buyer's reference"), ", ".join(facts.references)),
        (words.say("Earlier invoices"), ", ".join(facts.earlier)),
        (words.say("Corrected invoice"), ", ".join(facts.corrects)),
        (words.say("Reason of the correction"), facts.reason),
        (words.say("Method of payment"), facts.payment_method),
        (words.say("Terms of payment"), "; ".join(facts.terms)),
        (
            words.say("Account number"),
            ", ".join(map(_unbroken, accounts)),
        ),
        (
            words.say("Paid in advance"),
            words.money(facts.prepaid) if facts.prepaid and not _left(facts) else "",
        ),
        *facts.others,
        (words.say("KSeF number"), facts.ksef_number),
    )


def _unbroken(account: str) -> str:
    """As people read it, and not over two lines."""
    return account_number(account).replace(" ", "\xa0")


def _lines(facts: InvoiceCopy, words: Words) -> tuple[Block, ...]:
    """Under headings, where they are of more than one sort or not of a sale."""
    sold = N_("After the correction") if facts.lines_before else ""
    ordered = N_("Order after the correction") if facts.ordered_before else N_("Order")
    parts = (
        (N_("Before the correction"), facts.lines_before),
        (sold, facts.lines),
        (N_("Order before the correction"), facts.ordered_before),
        (ordered, facts.ordered),
    )
    blocks: list[Block] = []
    for label, lines in parts:
        if lines and label:
            blocks.append(Heading(words.say(label)))
        if lines:
            blocks += table(lines, words)
    return tuple(blocks)


def _vat(facts: InvoiceCopy, words: Words) -> tuple[Block, ...]:
    """The sums by VAT rate; the total alone where the file has none."""
    total = words.say("Total in {currency}", currency=facts.total.currency)
    if not facts.vat:
        return (
            Table(
                (Column("", grows=True), Column("", "right")),
                [],
                ((total, words.money(facts.total)),),
            ),
        )
    nets, taxes = [rate.net for rate in facts.vat], [rate.vat for rate in facts.vat]
    net = amounts([*nets, total_of(nets, facts.total.currency)], words)
    vat = amounts([*taxes, total_of(taxes, facts.total.currency)], words)
    gross = amounts([*(v.net + v.vat for v in facts.vat), facts.total], words)
    titles = (words.say("Net amount"), words.say("VAT"), words.say("Gross amount"))
    columns = (
        Column(words.say("VAT rate"), grows=True),
        *(Column(title, "right") for title in titles),
    )
    rates = [rate.rate for rate in facts.vat]
    *rows, sum_ = zip([*rates, total], net, vat, gross, strict=True)
    sums = [sum_]
    if facts.vat_accounted:
        (amount,) = amounts([facts.vat_accounted], words)
        sums.append(
            (words.say("VAT in {currency}", currency=facts.vat_accounted.currency), "", amount, "")
        )
    return (Together((Table(columns, rows, tuple(sums)),)),)


def _settled(facts: InvoiceCopy, words: Words) -> tuple[Block, ...]:
    """How the amount to pay comes of the total, where it is another."""
    to_pay, left = _asked(facts), _left(facts)
    if to_pay == facts.total:
        return ()
    rows = [(change.reason, change.amount) for change in facts.settled]
    rows += [(words.say("Rounding"), facts.rounding)] if facts.rounding else []
    rows += [(words.say("Paid in advance"), -facts.prepaid)] if facts.prepaid and left else []
    shown, rest = [(words.say("Total"), words.money(facts.total))], to_pay - facts.total
    for reason, amount in rows:
        shown.append((reason, words.money(amount)))
        rest -= amount
    if rest:
        label = words.say("Paid already") if facts.marked_paid else words.say("Other amounts")
        shown.append((label, words.money(rest)))
    columns = (Column(words.say("Settlement"), grows=True), Column(words.say("Amount"), "right"))
    return (Together((Table(columns, shown, (_demand(facts, words),)),)),)


def _notes(facts: InvoiceCopy, words: Words) -> tuple[Block, ...]:
    if not facts.notes:
        return ()
    return (Heading(words.say("Notes")), *map(Text, facts.notes))


def _ksef(facts: InvoiceCopy, words: Words) -> tuple[Block, ...]:
    if not facts.ksef_link:
        return ()
    text = words.say("Check in KSeF that your invoice is there: scan the code.")
    return (
        Together(
            (
                Gap(6),
                Code(facts.ksef_link, tuple(filter(None, (facts.ksef_number, text)))),
            )
        ),
    )


def source(turn: Turn, request: Asked) -> Values:
    """An invoice as it was booked; NothingFound where the actor may not see it."""
    entry = ledger.get(turn, request.invoice or 0)
    booked, document = entry.invoice, entry.invoice.document
    prepaid = document.get("prepaid")
    return {
        "number": booked.number,
        "kind": booked.kind,
        "issued_on": booked.issued_on,
        "due_on": tuple(due for due, _ in booked.instalments if due),
        "seller": _party_of(document.get("seller")),
        "buyer": _party_of(document.get("buyer")),
        "vat": _vat_of(document, booked.currency),
        "total": entry.money(booked.total),
        "prepaid": Money.of(prepaid, booked.currency) if prepaid else None,
        "to_pay": entry.money(booked.to_pay),
        "marked_paid": bool(document.get("marked_paid")),
        "account": booked.account or "",
        "corrects": tuple(document.get("corrects") or ()),
        "ksef_number": booked.ksef_number or "",
    }


def _vat_of(document: Mapping[str, Any], currency: str) -> tuple[VatSum, ...]:
    """One sum, where the invoice tells net and VAT and not by which rate."""
    if "net" not in document or "tax" not in document:
        return ()
    net, vat = Money.of(document["net"], currency), Money.of(document["tax"], currency)
    return (VatSum(rate="–", net=net, vat=vat),)


def _party_of(facts: Mapping[str, Any] | None) -> Party:
    """What the invoice says of a party, and nothing that it does not."""
    existing = facts or {}
    return Party(
        name=existing.get("name") or "",
        address=(),
        tax_id=existing.get("tax_id") or "",
        country=existing.get("country") or "",
    )


KIND = Kind(
    key="invoice_copy",
    label=N_("Invoice copy"),
    named_by=Names(
        (
            (r"copy|copies|duplicat|kopi|duplikat|odpis|masolat|masodpeld|szamlamas",),
            (r"invoice|faktur|szaml", r"pdf"),
        ),
    ),
    template_version="5",
    facts=InvoiceCopy,
    sheet=sheet,
    about="invoice",
    source=source,
)
