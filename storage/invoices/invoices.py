"""Invoices as they are asked for: the tables, the gate, finding. Amounts are minor units of the
invoice's currency.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    literal_column,
    select,
    true,
    update,
)

from storage.base import Id, Key, Moment, Sorted, metadata
from storage.dialect import among, as_check
from storage.invoices.customers import customers
from storage.invoices.instalments import plans
from storage.invoices.payments import payments
from storage.invoices.write_offs import standing
from storage.turn import Turn

invoices = Table(
    "invoices",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("seller_tax", String(64), nullable=False),  # folded; the seller's name without one
    Column("number", Text, nullable=False),  # as it is written: with the seller, the identity
    Column("folded", Sorted, nullable=False),
    Column("tail", Sorted, nullable=False),  # folded, backwards: an end of it is a beginning here
    Column("partition_no", Integer, nullable=False, server_default="0"),  # see `PARTITION`
    Column(
        "digest", String(64), nullable=False
    ),  # of what the document says: another one is a conflict
    Column("kind", String(16), nullable=False),
    Column("direction", String(16), nullable=False),  # receivable, payable, none
    Column("customer", Id, ForeignKey("customers.id")),
    Column("issued_on", Date),
    Column("currency", String(3), nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("to_pay", BigInteger, nullable=False),
    Column(
        "outstanding", BigInteger, nullable=False
    ),  # after corrections and payments; kept by `refresh`
    Column("marked_paid", Boolean, nullable=False),
    Column("first_due_on", Date),  # of its instalments with something left; kept by `refresh`
    Column("account", String(64)),
    Column("ksef_number", String(64)),
    Column("document", Text, nullable=False),  # JSON: what no column holds of it
    Column("findings", Text, nullable=False),  # JSON
    Column("disputed", Text),  # why
    Column("is_disputed", Boolean, nullable=False, server_default=false()),  # kept by `set_facts`
    Column("promised_until", Date),
    Column("is_draft", Boolean, nullable=False),
    Column("is_written_off", Boolean, nullable=False),
    Column("is_split", Boolean, nullable=False, server_default=false()),  # in instalments
    Column("known_at", Moment, nullable=False),
    Column("policy", Key, nullable=False, server_default=""),  # of reminders; '' for the customer's
    UniqueConstraint("workspace", "folded", "seller_tax", "number"),  # folded follows from number
    Index(None, "workspace", "partition_no", "tail"),
    Index(None, "partition_no", "customer", "first_due_on"),
    Index(None, "workspace", "issued_on"),
)
PARTITION = 65_536
"""So many invoices, one after the other, stand together in the indexes whose order is not that in
which they come.

An import then writes into the small part of the newest one and not all over the index, and an
invoice costs the same to book among ten thousand and among five million. A search goes
from partition to partition.
"""
PLAIN = "invoice"
"""The kind that corrects nothing."""
REPLACEMENT = "replacement"
"""The kind of document that is asked for in the place of an earlier one."""
CANCELLING = ("cancellation", REPLACEMENT)
"""Kinds after which nothing is asked for on what they change."""
_outstanding = invoices.c.outstanding != 0
_stands = (
    _outstanding,  # the words of the partial index: SQLite does not see that "above" implies it
    invoices.c.is_draft.is_(False),
    invoices.c.is_written_off.is_(False),
)
is_owed = and_(*_stands, invoices.c.outstanding > 0)
"""Something is to be paid on it."""
owed_checked = and_(*_stands, as_check(invoices.c.outstanding) > 0)
"""The same, where one's own way in is by something else: a customer."""
workspace_checked = as_check(invoices.c.workspace)
Index(
    "ix_invoices_unsettled",
    invoices.c.workspace,
    invoices.c.direction,
    invoices.c.first_due_on,
    sqlite_where=_outstanding,
    postgresql_where=_outstanding,
    # What everybody owes in sum is told by the index alone, without the rows of the table.
    postgresql_include=[
        *("currency", "outstanding", "is_split"),
        *("is_written_off", "is_disputed", "promised_until"),
    ],
)
Index(
    "ix_invoices_unsettled_of_customer",  # by partition: an import stays as quick
    invoices.c.partition_no,
    invoices.c.customer,
    sqlite_where=_outstanding,
    postgresql_where=_outstanding,
)
Index(
    "ix_invoices_unsettled_outstanding",
    invoices.c.partition_no,
    invoices.c.outstanding,
    sqlite_where=_outstanding,
    postgresql_where=_outstanding,
)
has_ksef_number = invoices.c.ksef_number.is_not(None)
Index(
    "ix_invoices_ksef_number",
    invoices.c.ksef_number,
    sqlite_where=has_ksef_number,
    postgresql_where=has_ksef_number,
)
is_split = and_(_outstanding, invoices.c.is_split == true())
Index(
    "ix_invoices_unsettled_split",
    invoices.c.workspace,
    invoices.c.direction,
    sqlite_where=is_split,
    postgresql_where=is_split,
)

payable = invoices.c.direction == literal_column("'payable'")
Index(
    "ix_invoices_double",  # what a supplier sends is compared with what they sent before
    invoices.c.customer,
    invoices.c.issued_on,
    invoices.c.total,
    sqlite_where=payable,
    postgresql_where=payable,
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("by_invoice", Id, ForeignKey("invoices.id"), nullable=False, index=True),
    Column("seller_tax", String(64), nullable=False),
    Column("folded", Text, nullable=False),  # of the corrected number
    Column("number", Text, nullable=False),
    Column(
        "share", BigInteger
    ),  # signed, where the document tells it; of a replacement, what stays on the original
    Column("invoice", Id, ForeignKey("invoices.id"), index=True),  # once the original is known
    Column("amount", BigInteger, nullable=False),  # netted against it
    Index(None, "workspace", "seller_tax", "folded"),
)


class Change(NamedTuple):
    """What one document changes of what an invoice asks for, signed."""

    number: str
    kind: str
    issued_on: date | None
    amount: int


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
    document_json: str
    findings_json: str
    disputed: str | None
    promised_until: date | None
    is_draft: bool
    is_written_off: bool
    instalments: tuple[tuple[date | None, int], ...] = ()
    written_off_on: date | None = None
    netted: int = 0  # by corrections of it, signed
    changes: tuple[Change, ...] = ()  # these corrections, one by one
    # for a correction: what it gave to others, signed; for a replacement: what stays on the
    # replaced
    spent: int = 0
    is_cancelled: bool = False
    corrected_by: tuple[str, ...] = ()
    paid: int = 0
    customer_name: str = ""
    owner: str = ""
    payments: tuple[tuple[date, int], ...] = field(default=())
    policy: str = ""

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """What no column holds of it."""
        document: dict[str, Any] = json.loads(self.document_json)
        return document

    @cached_property
    def findings(self) -> Sequence[Mapping[str, Any]]:
        findings: list[dict[str, Any]] = json.loads(self.findings_json)
        return findings


_FACTS = tuple(name for name in Invoice.__dataclass_fields__ if name in invoices.c)
_facts_of = itemgetter(*(invoices.c.keys().index(name) for name in _FACTS))
"""Of a row that begins with the columns of an invoice: thousands are taken apart by place."""


@dataclass(frozen=True)
class Gate:
    """What an actor may see: everything, or the invoices of the customers they own."""

    everything: bool
    owner: str

    def condition(self) -> ColumnElement[bool]:
        if self.everything:
            return true()
        return customers.c.owner == literal(self.owner) if self.owner else false()


NOBODY = Gate(False, "")
"""For guests, and for who left."""
UNGATED = Gate(True, "")
"""For what the house works out by itself: who reads of it passes a gate of their own."""


def find(
    turn: Turn,
    gate: Gate,
    *conditions: ColumnElement[bool],
    most: int = 50,
    after: int = 0,
    workspace: ColumnElement[str] = invoices.c.workspace,
) -> list[Invoice]:
    """The invoices that fit and that the gate lets through, the earliest due first, without the
    first ``after``.
    """
    query = (
        select(invoices, customers.c.name.label("customer_name"), customers.c.owner)
        .outerjoin(customers, customers.c.id == invoices.c.customer)
        .where(workspace == turn.workspace, gate.condition(), *conditions)
        .order_by(invoices.c.first_due_on, invoices.c.id)
        .limit(most)
        .offset(after)
    )
    return _complete(turn, turn.db.execute(query).all())


def by_ids(turn: Turn, gate: Gate, ids: Sequence[int], most: int = 50) -> list[Invoice]:
    """Those of the ids that the gate lets through."""
    return find(turn, gate, among(invoices.c.id, ids), most=most, workspace=workspace_checked)


def get(turn: Turn, gate: Gate, invoice_id: int) -> Invoice | None:
    """One invoice, if the gate lets it through."""
    return next(iter(find(turn, gate, invoices.c.id == invoice_id)), None)


def in_any_partition(turn: Turn) -> ColumnElement[bool]:
    """Every invoice, so that an index by partition can be used."""
    return invoices.c.partition_no.in_(partitions(turn))


def partitions(turn: Turn) -> range:
    """The numbers of the partitions, the oldest first."""
    newest = turn.db.execute(select(func.max(invoices.c.id))).scalar() or 0
    return range(newest // PARTITION + 1)


def of_customers(turn: Turn, ids: Iterable[int]) -> ColumnElement[bool]:
    """The invoices of these customers, paid ones too."""
    return and_(
        in_any_partition(turn),
        among(invoices.c.customer, set(ids)),
        workspace_checked == turn.workspace,
    )


def of_customer(turn: Turn, gate: Gate, customer: int, most: int = 500) -> list[Invoice]:
    """One customer's invoices, paid ones too."""
    return find(turn, gate, of_customers(turn, [customer]), most=most, workspace=workspace_checked)


def ids_of(turn: Turn, numbers: Iterable[str]) -> dict[str, int]:
    """The ids of invoices by their numbers as they are written."""
    conditions = (invoices.c.workspace == turn.workspace, invoices.c.number.in_(set(numbers)))
    return {
        row.number: row.id
        for row in turn.db.execute(select(invoices.c.number, invoices.c.id).where(*conditions))
    }


def set_facts(turn: Turn, invoice_id: int, **facts: Any) -> None:
    """Dispute, promise, write-off: what a person says of an invoice."""
    conditions = (invoices.c.workspace == turn.workspace, invoices.c.id == invoice_id)
    if "disputed" in facts:
        facts["is_disputed"] = facts["disputed"] is not None
    turn.db.execute(update(invoices).where(*conditions).values(**facts))


def hold(turn: Turn, ids: Iterable[int]) -> None:
    """What stands on these invoices changes in nobody else's hands until the turn ends."""
    conditions = (workspace_checked == turn.workspace, among(invoices.c.id, set(ids)))
    held = select(invoices.c.id).where(*conditions).order_by(invoices.c.id)
    turn.db.execute(held.with_for_update(key_share=True)).all()


def changes_of(turn: Turn, ids: Iterable[int]) -> dict[int, list[Change]]:
    """What other documents change on these invoices."""
    return _given(turn, sorted(set(ids)))


def held(turn: Turn, ids: Iterable[int]) -> list[Invoice]:
    """These invoices, held: what others book on them at the same time is then either seen here, or
    counted by them.
    """
    wanted = select(invoices).where(among(invoices.c.id, sorted(set(ids)))).order_by(invoices.c.id)
    rows = turn.db.execute(wanted.with_for_update(key_share=True)).all()
    return _complete(turn, rows)


def keep_outstanding(turn: Turn, left: Mapping[int, tuple[int, date | None]]) -> None:
    """Set what is outstanding on invoices, and the day on which the first of it is due."""
    kept: dict[str, Any] = {"outstanding": bindparam("left"), "first_due_on": bindparam("due")}
    query = update(invoices).where(invoices.c.id == bindparam("of")).values(**kept)
    if left:
        rows = [{"of": of, "left": minor, "due": due} for of, (minor, due) in left.items()]
        turn.db.execute(query, rows)


def _complete(turn: Turn, rows: Sequence[Any]) -> list[Invoice]:
    ids = [row.id for row in rows]
    if not ids:
        return []
    split = [row.id for row in rows if row.is_split]
    parts = plans(turn, split) if split else {}
    given, paid = _given(turn, ids), _paid(turn, ids)
    correcting = [row.id for row in rows if row.kind != PLAIN]
    spent = _spent(turn, correcting) if correcting else {}
    written_off = standing(turn, [row.id for row in rows if row.is_written_off])
    return [
        Invoice(
            **dict(zip(_FACTS, _facts_of(row), strict=True)),
            document_json=row.document,
            findings_json=row.findings,
            customer_name=getattr(row, "customer_name", None) or "",
            owner=getattr(row, "owner", None) or "",
            instalments=tuple(parts.get(row.id) or [(row.first_due_on, row.to_pay)]),
            netted=sum(change.amount for change in given.get(row.id, ())),
            changes=tuple(given.get(row.id, ())),
            spent=spent.get(row.id, 0),
            written_off_on=written_off[row.id].on_day if row.id in written_off else None,
            is_cancelled=any(change.kind in CANCELLING for change in given.get(row.id, ())),
            corrected_by=tuple(change.number for change in given.get(row.id, ())),
            payments=tuple(paid.get(row.id, ())),
            paid=sum(amount for _, amount in paid.get(row.id, ())),
        )
        for row in rows
    ]


def _given(turn: Turn, ids: Sequence[int]) -> dict[int, list[Change]]:
    by = invoices.c
    query = (
        select(corrections.c.invoice, by.number, by.kind, by.issued_on, corrections.c.amount)
        .join(invoices, by.id == corrections.c.by_invoice)
        .where(among(corrections.c.invoice, ids))
        .order_by(corrections.c.id)
    )
    grouped: dict[int, list[Change]] = {}
    for invoice, *change in turn.db.execute(query):
        grouped.setdefault(invoice, []).append(Change(*change))
    return grouped


def _spent(turn: Turn, ids: Sequence[int]) -> dict[int, int]:
    given = case(
        (invoices.c.kind == REPLACEMENT, func.coalesce(corrections.c.share, 0)),
        else_=corrections.c.amount,
    )
    query = select(corrections.c.by_invoice, func.sum(given)).join(
        invoices, invoices.c.id == corrections.c.by_invoice
    )
    query = query.where(among(corrections.c.by_invoice, ids)).group_by(corrections.c.by_invoice)
    return {row[0]: int(row[1]) for row in turn.db.execute(query)}


def _paid(turn: Turn, ids: Sequence[int]) -> dict[int, list[tuple[date, int]]]:
    query = select(payments.c.invoice, payments.c.booked_on, payments.c.amount).where(
        among(payments.c.invoice, ids), payments.c.taken_back_at.is_(None)
    )
    grouped: dict[int, list[tuple[date, int]]] = {}
    for row in turn.db.execute(query.order_by(payments.c.booked_on, payments.c.id)):
        grouped.setdefault(row.invoice, []).append((row.booked_on, row.amount))
    return grouped
