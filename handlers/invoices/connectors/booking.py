"""From what a source tells to the ledger: booked once, told anew by its own source alone, never
merged into others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.kit.folding import fold
from bot.kit.money import Money
from handlers.invoices.connectors.protocol import Connector, SourceInvoice
from handlers.invoices.connectors.protocol import Payment as ToldPayment
from handlers.invoices.formats.bounds import bounded
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.model.checks import check
from handlers.invoices.service import account_alarm
from handlers.invoices.service.document_booking import is_bookable, to_ledger, us
from handlers.invoices.service.document_reader import Read
from handlers.ledger.service import booking as ledger
from handlers.ledger.service import outstanding_amounts, payment_watches
from handlers.ledger.service import payments as ledger_payments
from handlers.ledger.service.booking import Booked
from handlers.ledger.service.payments import SAME_MONEY, Payment
from storage.invoices import (
    booking,
    connections,
    customers,
    invoices,
    originals,
    payments,
    revisions,
)
from storage.invoices.booking import NewInvoice
from storage.invoices.connections import Link
from storage.invoices.invoices import UNGATED, Invoice
from storage.reminders import reminders
from storage.turn import Turn

TWICE = "reference"
_ANOTHER = frozenset({"kind", "currency", "total", "party", TWICE})
"""In these two invoices differ that only share a number: what is paid on one is not paid on the
other.
"""


@dataclass
class Sums:
    """What became of the invoices of a reading."""

    read: int = 0
    imported: int = 0
    revised: int = 0
    unchanged: int = 0
    conflicts: int = 0
    drafts: int = 0
    paid: int = 0
    taken_back: int = 0


def take(
    turn: Turn,
    source: Connector,
    source_invoices: Sequence[SourceInvoice],
    as_of: datetime,
    done: Sums,
) -> None:
    """Book a page of what a source tells; adds to ``done``. The same page again changes nothing."""
    ripe, reads = _ripe(turn, source, source_invoices)
    done.read += len(source_invoices)
    done.drafts += len(source_invoices) - len(ripe)
    new = to_ledger(turn, reads)
    booked = ledger.book(turn, new)
    existing = connections.links(turn, source.name, (item.reference for item in ripe))
    owners = connections.references(turn, source.name, (item.invoice for item in booked))
    links: list[Link] = []
    revised: list[int] = []
    for item, what, became in zip(ripe, new, booked, strict=True):
        is_first = owners.setdefault(became.invoice, item.reference) == item.reference
        link = _settle(
            turn, item.reference, what, became, existing.get(item.reference), is_first, as_of
        )
        links.append(link)
        _count(done, link, became)
        if source.capabilities.has_payments and not _ANOTHER.intersection(link.differing.split()):
            _take_payments(turn, source.name, item, link.invoice, done)
        if _is_revised(link, became):
            revised.append(link.invoice)
    connections.link(turn, source.name, links)
    payment_watches.tell_settled(turn, booking.netted_with(turn, revised))
    _say_what_is_new(turn, new, booked)


def _ripe(
    turn: Turn, source: Connector, source_invoices: Iterable[SourceInvoice]
) -> tuple[list[SourceInvoice], list[Read]]:
    """What can be booked, and beside it how it is read."""
    ripe: list[SourceInvoice] = []
    reads: list[Read] = []
    for item in source_invoices:
        read = _read(turn, source, item)
        if read is not None:
            ripe.append(item)
            reads.append(read)
    return ripe, reads


def _read(turn: Turn, source: Connector, source_invoice: SourceInvoice) -> Read | None:
    """As a file would be read; None for what cannot be booked yet."""
    document = bounded(_with_our_number(turn, source_invoice))
    if source_invoice.is_draft or not is_bookable(document):
        return None
    return Read(f"{source.name}:{source_invoice.reference}", document, check(document))


def _with_our_number(turn: Turn, source_invoice: SourceInvoice) -> InvoiceDocument:
    ours, document = us(turn.catalogue.company), source_invoice.document
    side = "seller" if source_invoice.direction == "receivable" else "buyer"
    party = getattr(document, side)
    if party.tax_id or not ours.tax_id:
        return document
    return document._replace(
        **{side: party._replace(tax_id=ours.tax_id, country=party.country or ours.country)}
    )


def _settle(
    turn: Turn,
    reference: str,
    new_invoice: NewInvoice,
    became: Booked,
    link: Link | None,
    is_first: bool,
    as_of: datetime,
) -> Link:
    """What the ledger's invoice is to the source's: its own, the same from elsewhere, or a
    conflict.
    """
    is_own = is_first and (became.outcome == "imported" or (link is not None and link.is_own))
    differing = "" if is_first else TWICE
    if became.outcome == "conflict" and is_own:
        _revise(turn, became.invoice, new_invoice)
    elif became.outcome == "conflict" and is_first:
        differing = " ".join(_differing(turn, became.invoice, new_invoice))
    is_told = not differing or (link is not None and link.differing == differing and link.is_told)
    return Link(
        reference,
        became.invoice,
        is_own,
        "conflict" if differing else "booked",
        differing,
        is_told,
        as_of,
    )


def _count(done: Sums, link: Link, became: Booked) -> None:
    if link.differing:
        done.conflicts += 1
    elif became.outcome == "imported":
        done.imported += 1
    elif _is_revised(link, became):
        done.revised += 1
    else:
        done.unchanged += 1


def _is_revised(link: Link, became: Booked) -> bool:
    return became.outcome == "conflict" and link.is_own


def _revise(turn: Turn, invoice_id: int, new_invoice: NewInvoice) -> None:
    revisions.revise(turn, invoice_id, new_invoice)
    originals.forget(turn, invoice_id)
    outstanding_amounts.refresh(turn, [invoice_id])
    ledger.renet(turn, booking.touched_corrections(turn, [(invoice_id, new_invoice)]))
    reminders.look_again(turn, [invoice_id])
    turn.record("invoice.revised", f"invoice:{invoice_id}")


def _differing(turn: Turn, invoice_id: int, new_invoice: NewInvoice) -> list[str]:
    """In what the booked invoice and the told one differ, of what both tell."""
    booked = invoices.find(turn, UNGATED, invoices.invoices.c.id == invoice_id)[0]
    differing: list[str] = []
    for name, (item, other) in _compared(turn, booked, new_invoice).items():
        if item and other and item != other:
            differing.append(name)
    return sorted(differing)


def _compared(
    turn: Turn, booked: Invoice, new_invoice: NewInvoice
) -> Mapping[str, tuple[object, object]]:
    return {
        "kind": (_sort(booked.kind), _sort(new_invoice.kind)),
        "currency": (booked.currency, new_invoice.currency),
        "total": (booked.total, new_invoice.total),
        "party": (_name(turn, booked.customer), _name(turn, new_invoice.customer)),
        "issued_on": (str(booked.issued_on or ""), new_invoice.issued_on),
        "due_on": (_days(booked.instalments), _days(new_invoice.instalments)),
        "account": (booked.account, new_invoice.account),
    }


def _days(instalments: Iterable[tuple[date | str | None, int]]) -> list[str]:
    return sorted(str(day) for day, _ in instalments if day)


def _name(turn: Turn, customer: int | None) -> str:
    """The same name is the same party, even if one of the two tells no tax number."""
    return fold(customers.get(turn, customer).name) if customer else ""


def _sort(kind: str) -> str:
    """Whether it asks for money or gives some back; finer kinds not every source tells apart."""
    return "lowering" if kind in ("correction", "credit_note", "cancellation") else "asking"


def _take_payments(
    turn: Turn, source: str, source_invoice: SourceInvoice, invoice_id: int, done: Sums
) -> None:
    """Exactly what the source tells now stands on the invoice from it, save what another source
    told first.
    """
    currency = source_invoice.document.currency or ""
    standing = payments.on_invoice(turn, invoice_id)
    others = [item for item in standing if item.source != source]
    wanted = _not_told_elsewhere(source_invoice.payments, currency, others)
    for item in standing:
        if item.source == source and wanted.get(item.reference) != (item.amount, item.booked_on):
            ledger_payments.take_back(turn, item.id)
            done.taken_back += 1
    new: list[Payment] = []
    for reference, (minor, day) in wanted.items():
        new.append(Payment(invoice_id, minor, day, source, reference))
    if new:
        done.paid += len(ledger_payments.book_all(turn, new))


def _not_told_elsewhere(
    told_payments: Iterable[ToldPayment], currency: str, others: Sequence[payments.Booked]
) -> dict[str, tuple[int, date]]:
    """By reference the payments that no statement or person has told: of the same amount, about the
    same day.
    """
    left = list(others)
    wanted = {}
    for item in told_payments:
        minor = Money.of(item.amount, currency).minor
        same = _nearest(minor, item.booked_on, left)
        if same:
            left.remove(same)
        elif minor:
            wanted[item.reference] = (minor, item.booked_on)
    return wanted


def _nearest(minor: int, day: date, others: Sequence[payments.Booked]) -> payments.Booked | None:
    """Of those of the same amount about the same day the one that is nearest to it."""
    equal = (other for other in others if other.amount == minor)
    nearest = min(equal, key=lambda other: abs(other.booked_on - day), default=None)
    if nearest is None or abs(nearest.booked_on - day) > SAME_MONEY:
        return None
    return nearest


def _say_what_is_new(turn: Turn, new: Sequence[NewInvoice], booked: Sequence[Booked]) -> None:
    """One event for a page of imports, and the alarm for suppliers' changed accounts."""
    fresh: list[int] = []
    suspect: list[int] = []
    for item, what in zip(booked, new, strict=True):
        if item.outcome != "imported":
            continue
        fresh.append(item.invoice)
        if account_alarm.is_suspect(what.findings):
            suspect.append(item.invoice)
    if fresh:
        turn.record("invoices.imported", f"invoice:{fresh[0]}", count=len(fresh), last=fresh[-1])
    account_alarm.sound(turn, suspect)
