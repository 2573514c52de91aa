"""The register of documents: each that was asked for, what was made of it, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    insert,
    select,
    update,
)

from storage.base import Id, Json, Key, Moment, metadata
from storage.turn import Turn

documents = Table(
    "documents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("number", Key, nullable=False),
    Column("kind", Key, nullable=False),
    Column("customer", Id),
    Column("language", String(2), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("requester", Key, nullable=False),
    Column("origin", Key, nullable=False),  # what asked for it: the same asks once
    Column("code", String(32), nullable=False),
    Column("template_version", String(16), nullable=False),
    Column("facts", Json, nullable=False),  # given by a person where no book knew them
    Column("state", String(16), nullable=False),  # asked, made, failed, refused, withdrawn
    Column("sha256", String(64)),
    Column("pages", Integer),
    Column("asked_at", Moment, nullable=False),
    Column("made_at", Moment),
    Column("expires_on", Date),
    Column("invoice", Id),  # where it is about one
    UniqueConstraint("workspace", "number"),
    UniqueConstraint("workspace", "origin"),
    Index(None, "workspace", "code"),
    Index(None, "workspace", "sha256"),
    Index(None, "workspace", "kind", "customer"),
)


@dataclass(frozen=True)
class Document:
    """A row of the register."""

    id: int
    number: str
    kind: str
    customer: int | None
    language: str
    as_of: date
    requester: str
    code: str
    template_version: str
    facts: Mapping[str, Any]
    state: str
    sha256: str | None
    pages: int | None
    made_at: datetime | None
    expires_on: date | None
    invoice: int | None


_COLUMNS = [documents.c[name] for name in Document.__dataclass_fields__]


def add(turn: Turn, **facts: Any) -> int:
    """Register that a document was asked for; returns its id."""
    row = {
        **facts,
        "workspace": turn.workspace,
        "requester": turn.actor.id,
        "state": "asked",
        "asked_at": turn.now,
    }
    added: int = turn.db.execute(
        insert(documents).values(row).returning(documents.c.id)
    ).scalar_one()
    return added


def of_requester(turn: Turn, person: str, most: int) -> list[Document]:
    """What somebody asked for, the newest first."""
    asked = (documents.c.workspace == turn.workspace, documents.c.requester == person)
    newest = select(*_COLUMNS).where(*asked).order_by(documents.c.id.desc()).limit(most)
    return [Document(**row._mapping) for row in turn.db.execute(newest)]


def by_origin(turn: Turn, origin: str) -> Document | None:
    """What this request asked for before."""
    return _one(turn, documents.c.origin == origin)


def get(turn: Turn, document_id: int) -> Document:
    found = _one(turn, documents.c.id == document_id)
    if found is None:
        raise KeyError(document_id)
    return found


def by_mark(turn: Turn, sha256: str, code: str) -> Document | None:
    """The document with these bytes, or else with this verification code."""
    return _one(turn, documents.c.sha256 == sha256) or _one(turn, documents.c.code == code)


def newer(turn: Turn, than: Document) -> Document | None:
    """The newest document of the same kind about the same, as of the same day, if it is not this
    one.
    """
    same = (
        documents.c.kind == than.kind,
        documents.c.customer.is_not_distinct_from(than.customer),
        documents.c.invoice.is_not_distinct_from(than.invoice),
        documents.c.as_of == than.as_of,
        documents.c.language == than.language,
        documents.c.state == "made",
        documents.c.id > than.id,
    )
    return _one(turn, *same)


def set_made(turn: Turn, document_id: int, sha256: str, pages: int) -> None:
    _change(turn, document_id, state="made", sha256=sha256, pages=pages, made_at=turn.now)


def set_failed(turn: Turn, document_id: int) -> None:
    _change(turn, document_id, state="failed")


def set_refused(turn: Turn, document_id: int) -> None:
    _change(turn, document_id, state="refused")


def hold(turn: Turn, document_id: int) -> None:
    """Nobody else changes it until the turn ends."""
    mine = (documents.c.workspace == turn.workspace, documents.c.id == document_id)
    turn.db.execute(select(documents.c.id).where(*mine).with_for_update())


def _change(turn: Turn, document_id: int, **facts: Any) -> None:
    mine = (documents.c.workspace == turn.workspace, documents.c.id == document_id)
    turn.db.execute(update(documents).where(*mine).values(**facts))


def _one(turn: Turn, *conditions: Any) -> Document | None:
    found = select(*_COLUMNS).where(documents.c.workspace == turn.workspace, *conditions)
    row = turn.db.execute(found.order_by(documents.c.id.desc()).limit(1)).one_or_none()
    return Document(**row._mapping) if row else None
