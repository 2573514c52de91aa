"""To whom a document was given, when and how; whether they said that they have it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Index, String, Table, insert, select, update

from storage.base import Id, Key, Moment, metadata
from storage.documents.register import documents
from storage.turn import Turn

receipts = Table(
    "document_receipts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("document", Id, ForeignKey("documents.id"), nullable=False),
    Column("addressee", Key, nullable=False),  # a person; '' for the customer
    Column("way", String(16), nullable=False),  # slack, post; agrees, differs
    Column("given_by", Key, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("received_at", Moment),
    Column("message", Key, nullable=False),  # the outbox's key of the file's message; ''
    Index(None, "workspace", "document"),
)


@dataclass(frozen=True)
class Receipt:
    """One handing over of a document."""

    id: int
    document: int
    addressee: str
    way: str
    given_by: str
    given_at: datetime
    received_at: datetime | None
    message: str


_COLUMNS = [receipts.c[name] for name in Receipt.__dataclass_fields__]


def add(turn: Turn, document: int, addressee: str, way: str, message: str = "") -> int:
    """A document is given to somebody now, with this message; returns the receipt's id."""
    row = {
        "workspace": turn.workspace,
        "document": document,
        "addressee": addressee,
        "way": way,
        "given_by": turn.actor.id,
        "given_at": turn.now,
        "message": message,
    }
    added: int = turn.db.execute(insert(receipts).values(row).returning(receipts.c.id)).scalar_one()
    return added


def get(turn: Turn, receipt: int) -> Receipt | None:
    this = (receipts.c.workspace == turn.workspace, receipts.c.id == receipt)
    row = turn.db.execute(select(*_COLUMNS).where(*this)).one_or_none()
    return Receipt(**row._mapping) if row else None


def of_document(turn: Turn, document: int) -> list[Receipt]:
    """Everybody it was given to, the first before the last."""
    given = (receipts.c.workspace == turn.workspace, receipts.c.document == document)
    rows = turn.db.execute(select(*_COLUMNS).where(*given).order_by(receipts.c.id))
    return [Receipt(**row._mapping) for row in rows]


def of_day(turn: Turn, kind: str, day: date, ways: Collection[str]) -> dict[int, Receipt]:
    """The newest in one of these ways of each document of a kind as of a day, by document."""
    given = (
        documents.c.workspace == turn.workspace,
        documents.c.kind == kind,
        documents.c.as_of == day,
        receipts.c.way.in_(ways),
    )
    together = receipts.join(documents, receipts.c.document == documents.c.id)
    query = select(*_COLUMNS).select_from(together).where(*given).order_by(receipts.c.id)
    return {row.document: Receipt(**row._mapping) for row in turn.db.execute(query)}


def set_received(turn: Turn, receipt: int) -> bool:
    """They say that they have it; false where they had said so."""
    unsaid = (
        receipts.c.workspace == turn.workspace,
        receipts.c.id == receipt,
        receipts.c.received_at.is_(None),
    )
    noted = update(receipts).where(*unsaid).values(received_at=turn.now)
    return turn.db.execute(noted).rowcount == 1
