"""Invoices, their instalments, what nets against them, and what was paid. Amounts in minor units of the currency."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    tuple_,
    update,
)

from bot.kit.folding import fold_number
from storage.base import Id, Json, Key, Moment, metadata
from storage.customers import customers
from storage.dialect import upsert
from storage.turn import Turn

invoices = Table(
    "invoices",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("seller_tax", String(32), nullable=False),  # folded; '' when unknown
    Column("number", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("digest", String(64), nullable=False),  # of what the document says: another one is a conflict
    Column("kind", String(16), nullable=False),
    Column("direction", String(16), nullable=False),  # receivable, payable, none
    Column("customer", Id, ForeignKey("customers.id")),
    Column("issued_on", Date),
    Column("currency", String(3), nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("to_pay", BigInteger, nullable=False),
    Column("marked_paid", Boolean, nullable=False),
    Column("first_due_on", Date),
    Column("account", String(64)),
    Column("ksef_number", String(64)),
    Column("document", Json, nullable=False),  # as it was read; what is asked of it stands in the columns
    Column("findings", Json, nullable=False),
    Column("disputed", Text),  # why
    Column("promised_until", Date),
    Column("is_draft", Boolean, nullable=False),
    Column("is_written_off", Boolean, nullable=False),
    Column("known_at", Moment, nullable=False),
    UniqueConstraint("workspace", "seller_tax", "folded"),
    Index(None, "workspace", "folded"),
    Index(None, "workspace", "customer", "first_due_on"),
    Index(None, "workspace", "direction", "first_due_on"),
)

instalments = Table(
    "instalments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("invoice", Id, ForeignKey("invoices.id"), nullable=False, index=True),
    Column("due_on", Date),
    Column("amount", BigInteger, nullable=False),
    Column("next_on", Date),  # the reminders' next day; none where nothing is to come
    Index(None, "next_on"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("by_invoice", Id, ForeignKey("invoices.id"), nullable=False, index=True),
    Column("seller_tax", String(32), nullable=False),
    Column("folded", Text, nullable=False),  # of the corrected number
    Column("number", Text, nullable=False),
    Column("share", BigInteger),  # signed, where the document tells it
    Column("invoice", Id, ForeignKey("invoices.id"), index=True),  # once the original is known
    Column("amount", BigInteger, nullable=False),  # netted against it
    Index(None, "workspace", "seller_tax", "folded"),
)

payments = Table(
    "payments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("invoice", Id, ForeignKey("invoices.id"), nullable=False, index=True),
    Column("amount", BigInteger, nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("source", Key, nullable=False),  # hand, statement, tryton …
    Column("reference", Key, nullable=False),  # unique within the source
    Column("by_person", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Column("taken_back_at", Moment),
    UniqueConstraint("workspace", "source", "reference", "invoice"),
)

sources = Table(
    "payment_sources",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("source", Key, primary_key=True),  # an account number, hand, a connector
    Column("known_until", Moment, nullable=False),
)


@dataclass(frozen=True)
class NewInvoice:
    """An invoice to be booked. ``corrected`` are (number, share or None) of what it changes."""

    seller_tax: str
    number: str
    digest: str
    kind: str
    direction: str
    customer: int | None
    issued_on: date | None
    currency: str
    total: int
    to_pay: int
    marked_paid: bool
    account: str | None
    ksef_number: str | None
    document: Mapping[str, Any]
    findings: Sequence[Mapping[str, Any]] = ()
    instalments: Sequence[tuple[date | None, int]] = ()
    corrected: Sequence[tuple[str, int | None]] = ()


@dataclass(frozen=True)
class Invoice:
    """An invoice with everything that its state is computed from."""

    id: int
    number: str
    kind: str
    direction: str
    customer: int | None
    issued_on: date | None
    currency: str
    total: int
    to_pay: int
    marked_paid: bool
    account: str | None
    ksef_number: str | None
    document: Mapping[str, Any]
    findings: Sequence[Mapping[str, Any]]
    disputed: str | None
    promised_until: date | None
    is_draft: bool
    is_written_off: bool
    instalments: tuple[tuple[date | None, int], ...] = ()
    netted: int = 0  # by corrections of it, signed
    spent: int = 0  # for a correction: what it gave to others, signed
    is_cancelled: bool = False
    corrected_by: tuple[str, ...] = ()
    paid: int = 0
    customer_name: str = ""
    owner: str = ""
    payments: tuple[tuple[date, int], ...] = field(default=())


def known(turn: Turn, identities: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, str]]:
    """Of the identities (seller's tax number, folded number) that are booked: id and digest."""
    wanted = list(set(identities))
    found = select(invoices.c.seller_tax, invoices.c.folded, invoices.c.id, invoices.c.digest).where(
        invoices.c.workspace == turn.workspace,
        tuple_(invoices.c.seller_tax, invoices.c.folded).in_(wanted),
    )
    return {(row.seller_tax, row.folded): (row.id, row.digest) for row in turn.db.execute(found)} if wanted else {}


def add(turn: Turn, new: Sequence[NewInvoice]) -> list[int]:
    """Book invoices that are not known; their ids, in the same order."""
    if not new:
        return []
    rows = [_row(turn, one) for one in new]
    added = turn.db.execute(insert(invoices).returning(invoices.c.id, sort_by_parameter_order=True), rows)
    ids = list(added.scalars())
    _add_parts(turn, list(zip(ids, new, strict=True)))
    return ids


def _add_parts(turn: Turn, booked: Sequence[tuple[int, NewInvoice]]) -> None:
    parts = [
        {"invoice": id_, "due_on": due_on, "amount": amount, "next_on": None}
        for id_, one in booked
        for due_on, amount in one.instalments
    ]
    if parts:
        turn.db.execute(insert(instalments), parts)
    changes = [
        {
            "workspace": turn.workspace,
            "by_invoice": id_,
            "seller_tax": one.seller_tax,
            "folded": fold_number(number),
            "number": number,
            "share": share,
            "amount": 0,
        }
        for id_, one in booked
        for number, share in one.corrected
    ]
    if changes:
        turn.db.execute(insert(corrections), changes)


def touched_corrections(turn: Turn, ids: Sequence[int]) -> list[int]:
    """The correcting invoices that these ids are, or that correct one of these: their netting is to be done anew."""
    mine = corrections.c.workspace == turn.workspace
    originals = select(invoices.c.seller_tax, invoices.c.folded).where(invoices.c.id.in_(ids))
    same = tuple_(corrections.c.seller_tax, corrections.c.folded).in_(originals)
    found = select(corrections.c.by_invoice).where(mine, or_(corrections.c.by_invoice.in_(ids), same)).distinct()
    return list(turn.db.execute(found.order_by(corrections.c.by_invoice)).scalars())


@dataclass(frozen=True)
class Netting:
    """One line of a correction: the share that it tells, the original once known, what is open of that."""

    id: int
    share: int | None
    invoice: int | None
    open: int


def nettings(turn: Turn, by_invoice: int) -> tuple[int, list[Netting]]:
    """What a correcting invoice has to give (its amount to pay), and the lines that it gives to."""
    mine = (invoices.c.workspace == turn.workspace, invoices.c.id == by_invoice)
    giver = turn.db.execute(select(invoices.c.to_pay, invoices.c.currency).where(*mine)).one()
    original = invoices.alias("original")
    same = and_(
        original.c.workspace == corrections.c.workspace,
        original.c.seller_tax == corrections.c.seller_tax,
        original.c.folded == corrections.c.folded,
        original.c.currency == giver.currency,
        original.c.id != by_invoice,
    )
    found = (
        select(corrections.c.id, corrections.c.share, original.c.id.label("invoice"), original.c.to_pay)
        .outerjoin(original, same)
        .where(corrections.c.by_invoice == by_invoice)
        .order_by(original.c.first_due_on, corrections.c.id)
    )
    rows = turn.db.execute(found).all()
    others = _netted_by_others(turn, [row.invoice for row in rows if row.invoice], by_invoice)
    lines = [Netting(r.id, r.share, r.invoice, (r.to_pay or 0) + others.get(r.invoice, 0)) for r in rows]
    return giver.to_pay, lines


def _netted_by_others(turn: Turn, ids: Sequence[int], by_invoice: int) -> dict[int, int]:
    found = (
        select(corrections.c.invoice, func.sum(corrections.c.amount))
        .where(corrections.c.invoice.in_(ids), corrections.c.by_invoice != by_invoice)
        .group_by(corrections.c.invoice)
    )
    return {row[0]: int(row[1]) for row in turn.db.execute(found)} if ids else {}


def net(turn: Turn, amounts: Mapping[int, tuple[int | None, int]]) -> None:
    """Set what each line of a correction gives: line id to (original's id, signed amount)."""
    for line, (invoice, amount) in amounts.items():
        turn.db.execute(update(corrections).where(corrections.c.id == line).values(invoice=invoice, amount=amount))


# -- the gate: who sees which invoices


@dataclass(frozen=True)
class Gate:
    """What an actor may see: everything, or the invoices of the customers they own."""

    everything: bool
    owner: str

    def condition(self) -> ColumnElement[bool]:
        return true() if self.everything else customers.c.owner == literal(self.owner)


def find(turn: Turn, gate: Gate, *conditions: ColumnElement[bool], most: int = 50) -> list[Invoice]:
    """The invoices that fit and that the gate lets through, the most urgent first."""
    found = (
        select(invoices, customers.c.name.label("customer_name"), customers.c.owner)
        .outerjoin(customers, customers.c.id == invoices.c.customer)
        .where(invoices.c.workspace == turn.workspace, gate.condition(), *conditions)
        .order_by(invoices.c.first_due_on, invoices.c.id)
        .limit(most)
    )
    return _complete(turn, turn.db.execute(found).all())


def get(turn: Turn, gate: Gate, invoice_id: int) -> Invoice | None:
    """One invoice, if the gate lets it through."""
    return next(iter(find(turn, gate, invoices.c.id == invoice_id)), None)


def by_number(turn: Turn, gate: Gate, folded: Iterable[str]) -> list[Invoice]:
    """By folded numbers, as they stand."""
    return find(turn, gate, invoices.c.folded.in_(set(folded)))


def by_part(turn: Turn, gate: Gate, folded: str, most: int = 10) -> list[Invoice]:
    """By a beginning of the folded number, or the words in it."""
    return find(turn, gate, invoices.c.folded.contains(folded, autoescape=True), most=most)


def of_customer(turn: Turn, gate: Gate, customer: int, most: int = 500) -> list[Invoice]:
    """All of one customer's invoices."""
    return find(turn, gate, invoices.c.customer == customer, most=most)


def _complete(turn: Turn, rows: Sequence[Any]) -> list[Invoice]:
    ids = [row.id for row in rows]
    parts, given, spent, paid = _parts(turn, ids), _given(turn, ids), _spent(turn, ids), _paid(turn, ids)
    names = set(Invoice.__dataclass_fields__)
    return [
        Invoice(
            **{k: v for k, v in row._mapping.items() if k in names and k not in ("customer_name", "owner")},
            customer_name=row.customer_name or "",
            owner=row.owner or "",
            instalments=tuple(parts.get(row.id, ())),
            netted=sum(amount for amount, _, _ in given.get(row.id, ())),
            spent=spent.get(row.id, 0),
            is_cancelled=any(kind == "cancellation" for _, kind, _ in given.get(row.id, ())),
            corrected_by=tuple(number for _, _, number in given.get(row.id, ())),
            payments=tuple(paid.get(row.id, ())),
            paid=sum(amount for _, amount in paid.get(row.id, ())),
        )
        for row in rows
    ]


def _parts(turn: Turn, ids: Sequence[int]) -> dict[int, list[tuple[date | None, int]]]:
    found = select(instalments).where(instalments.c.invoice.in_(ids)).order_by(instalments.c.due_on, instalments.c.id)
    grouped: dict[int, list[tuple[date | None, int]]] = {}
    for row in turn.db.execute(found):
        grouped.setdefault(row.invoice, []).append((row.due_on, row.amount))
    return grouped


def _given(turn: Turn, ids: Sequence[int]) -> dict[int, list[tuple[int, str, str]]]:
    found = (
        select(corrections.c.invoice, corrections.c.amount, invoices.c.kind, invoices.c.number)
        .join(invoices, invoices.c.id == corrections.c.by_invoice)
        .where(corrections.c.invoice.in_(ids))
        .order_by(corrections.c.id)
    )
    grouped: dict[int, list[tuple[int, str, str]]] = {}
    for row in turn.db.execute(found):
        grouped.setdefault(row.invoice, []).append((row.amount, row.kind, row.number))
    return grouped


def _spent(turn: Turn, ids: Sequence[int]) -> dict[int, int]:
    found = select(corrections.c.by_invoice, func.sum(corrections.c.amount)).where(corrections.c.by_invoice.in_(ids))
    return {row[0]: int(row[1]) for row in turn.db.execute(found.group_by(corrections.c.by_invoice))}


def _paid(turn: Turn, ids: Sequence[int]) -> dict[int, list[tuple[date, int]]]:
    found = select(payments.c.invoice, payments.c.booked_on, payments.c.amount).where(
        payments.c.invoice.in_(ids), payments.c.taken_back_at.is_(None)
    )
    grouped: dict[int, list[tuple[date, int]]] = {}
    for row in turn.db.execute(found.order_by(payments.c.booked_on, payments.c.id)):
        grouped.setdefault(row.invoice, []).append((row.booked_on, row.amount))
    return grouped


# -- what people and banks say of them


def set_facts(turn: Turn, invoice_id: int, **facts: Any) -> None:
    """Dispute, promise, write-off: what a person says of an invoice."""
    mine = (invoices.c.workspace == turn.workspace, invoices.c.id == invoice_id)
    turn.db.execute(update(invoices).where(*mine).values(**facts))


def book_payment(turn: Turn, invoice_id: int, amount: int, booked_on: date, *, source: str, reference: str) -> bool:
    """Book a payment once; false when this reference of this source is booked already."""
    row = {
        "workspace": turn.workspace,
        "invoice": invoice_id,
        "amount": amount,
        "booked_on": booked_on,
        "source": source,
        "reference": reference,
        "by_person": turn.actor.id,
        "at": turn.now,
    }
    booked = turn.db.execute(upsert(turn.db, payments).values(row).on_conflict_do_nothing())
    return bool(booked.rowcount)


def note_known_until(turn: Turn, source: str, until: datetime) -> None:
    """Payments of this source are known up to this moment; a later one stays."""
    row = {"workspace": turn.workspace, "source": source, "known_until": until}
    later = func.max if turn.db.dialect.name == "sqlite" else func.greatest
    newest = {"known_until": later(sources.c.known_until, literal(until, Moment()))}
    turn.db.execute(
        upsert(turn.db, sources).values(row).on_conflict_do_update(index_elements=["workspace", "source"], set_=newest)
    )


def known_until(turn: Turn) -> datetime | None:
    """Up to when the payments of the freshest source are known; None when none was ever told."""
    found = select(func.max(sources.c.known_until)).where(sources.c.workspace == turn.workspace)
    moment: datetime | None = turn.db.execute(found).scalar()
    return moment


def _row(turn: Turn, one: NewInvoice) -> dict[str, Any]:
    dues = [due_on for due_on, _ in one.instalments if due_on]
    return {
        "workspace": turn.workspace,
        "seller_tax": one.seller_tax,
        "number": one.number,
        "folded": fold_number(one.number),
        "digest": one.digest,
        "kind": one.kind,
        "direction": one.direction,
        "customer": one.customer,
        "issued_on": one.issued_on,
        "currency": one.currency,
        "total": one.total,
        "to_pay": one.to_pay,
        "marked_paid": one.marked_paid,
        "first_due_on": min(dues, default=None),
        "account": one.account,
        "ksef_number": one.ksef_number,
        "document": dict(one.document),
        "findings": list(one.findings),
        "is_draft": False,
        "is_written_off": False,
        "known_at": turn.now,
    }
