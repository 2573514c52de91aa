"""The register of documents: each that was asked for, what was made of it, and for whom."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    false,
    or_,
    select,
    update,
)

from storage.base import Id, Json, Key, Moment, metadata
from storage.dialect import upsert
from storage.statements import Prepared
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
    Column("state", String(16), nullable=False),  # asked, made, failed, refused, kept, withdrawn
    Column("sha256", String(64)),
    Column("pages", Integer),
    Column("asked_at", Moment, nullable=False),
    Column("made_at", Moment),
    Column("expires_on", Date),
    Column("invoice", Id),  # where it is about one
    Column("name", Text, nullable=False, server_default=""),  # of the file that was stored
    Column("note", Text, nullable=False, server_default=""),
    Column("person", Key, nullable=False, server_default=""),  # whom it is about; '' for nobody
    Column("department", Key, nullable=False, server_default=""),  # whose paper it is
    Column("private", Boolean, nullable=False, server_default=false()),
    Column("retention", String(16), nullable=False, server_default=""),
    Column("series", Id),  # the first version of a stored one
    Column("version", Integer, nullable=False, server_default="1"),
    Column("size", Integer),  # bytes of a stored one
    Column("substance", String(64), nullable=False, server_default=""),  # digest of what it says
    Column("about", Key),  # a person (``person:U0EWA``) or a ticket (``ticket:12``)
    Column("claimed", Json),  # the invoices that an interest note asks for; none of one made before
    UniqueConstraint("workspace", "number"),
    UniqueConstraint("workspace", "origin"),
    Index(None, "workspace", "code"),
    Index(None, "workspace", "sha256"),
    Index(None, "workspace", "kind", "customer"),
    Index(None, "workspace", "kind", "as_of"),
    Index(None, "workspace", "series"),
    Index(None, "workspace", "requester"),
    Index(None, "workspace", "person"),
)
STANDING = ("made", "kept")
"""The states of a document that is there."""
ORDERED = ("asked", "made", "failed", "refused", "withdrawn")
"""The states of a document that was asked for here."""


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
    about: str | None
    name: str
    note: str
    person: str
    department: str
    private: bool
    retention: str
    series: int | None
    version: int
    size: int | None
    substance: str
    origin: str
    """What asked for it: a click, a command, or the message of a reminder (``reminder:12``)."""
    claimed: Sequence[int] | None = None
    """The invoices for whose delay it asks; None where nobody noted that."""

    @property
    def is_stored(self) -> bool:
        """Whether somebody brought it; the others were made here."""
        return self.series is not None


class StoredFile(NamedTuple):
    """A file of the archive, as the register knows it; the size in bytes."""

    number: str
    sha256: str
    size: int


COLUMNS = [documents.c[name] for name in Document.__dataclass_fields__]


def add(turn: Turn, **facts: Any) -> int | None:
    """Register that a document was asked for; its id, or None where its origin is registered."""
    row = {
        **facts,
        "workspace": turn.workspace,
        "requester": turn.actor.id,
        "state": "asked",
        "asked_at": turn.now,
    }
    return _add(turn, row)


def store(turn: Turn, **facts: Any) -> int | None:
    """Register a file that somebody brought; its id, or None where its origin is registered."""
    row = {
        **facts,
        "workspace": turn.workspace,
        "state": "kept",
        "asked_at": turn.now,
        "made_at": turn.now,
        "language": "",
        "template_version": "",
        "facts": {},
    }
    return _add(turn, row)


def _add(turn: Turn, row: Mapping[str, Any]) -> int | None:
    """Of two turns that add the same origin at once the second waits for the first, and adds
    nothing.
    """
    written = upsert(turn.db, documents).values(row)
    unregistered = written.on_conflict_do_nothing(index_elements=["workspace", "origin"])
    added: int | None = turn.db.execute(unregistered.returning(documents.c.id)).scalar()
    return added


def stored_files(db: Connection) -> list[StoredFile]:
    """Every file that somebody brought, of every workspace."""
    query = select(documents.c.number, documents.c.sha256, documents.c.size)
    rows = db.execute(query.where(documents.c.series.is_not(None)).order_by(documents.c.id))
    return [StoredFile(*row) for row in rows]


def set_version(turn: Turn, document_id: int, series: int, version: int) -> None:
    """It is this version of the stored document that began with ``series``."""
    _change(turn, document_id, series=series, version=version)


def of_bytes(turn: Turn, sha256: str) -> Document | None:
    """The newest document with these bytes, one that was made here before one that was stored."""
    row = _OF_BYTES.row(turn.db, {"workspace": turn.workspace, "sha256": sha256})
    return Document(*row) if row else None


def like(
    turn: Turn, document_id: int, kind: str, customer: int | None, person: str, name: str
) -> Document | None:
    """The newest other document that was stored of this kind, about the same, under this name."""
    same = (
        documents.c.id != document_id,
        documents.c.kind == kind,
        documents.c.customer.is_not_distinct_from(customer),
        documents.c.person == person,
        documents.c.name == name,
        documents.c.series.is_not(None),
    )
    return find(turn, *same)


def withdraw(turn: Turn, document_id: int) -> bool:
    """It counts no more; false where it did not any more."""
    standing = (
        documents.c.workspace == turn.workspace,
        documents.c.id == document_id,
        documents.c.state.in_(STANDING),
    )
    withdrawn = update(documents).where(*standing).values(state="withdrawn")
    return turn.db.execute(withdrawn).rowcount == 1


def by_origin(turn: Turn, origin: str) -> Document | None:
    """What this request asked for before."""
    return find(turn, documents.c.origin == origin)


def of_origin(turn: Turn, origin: str) -> Document:
    """The document that this request made; KeyError where it made none."""
    result = by_origin(turn, origin)
    if result is None:
        raise KeyError(origin)
    return result


def get(turn: Turn, document_id: int) -> Document:
    result = find(turn, documents.c.id == document_id)
    if result is None:
        raise KeyError(document_id)
    return result


def by_mark(turn: Turn, sha256: str, code: str) -> Document | None:
    """The document with these bytes, or else with this verification code."""
    return of_bytes(turn, sha256) or (find(turn, documents.c.code == code) if code else None)


def newer(turn: Turn, than: Document) -> Document | None:
    """The newest document of the same kind about the same, as of the same day, with other content;
    of a stored one its newest version, if it is not this one.
    """
    if than.is_stored:
        versions = (documents.c.series == than.series, documents.c.state == "kept")
        return find(turn, *versions, documents.c.id > than.id)
    same = (
        documents.c.series.is_(None),
        documents.c.sha256 != than.sha256,
        or_(documents.c.substance == "", documents.c.substance != than.substance),
        documents.c.kind == than.kind,
        documents.c.customer.is_not_distinct_from(than.customer),
        documents.c.invoice.is_not_distinct_from(than.invoice),
        documents.c.about.is_not_distinct_from(than.about),
        documents.c.as_of == than.as_of,
        documents.c.language == than.language,
        documents.c.state == "made",
        documents.c.id > than.id,
    )
    return find(turn, *same)


def made_of(
    turn: Turn, customer: int, kinds: Collection[str], since: date, before: date
) -> list[Document]:
    """What was made of these kinds about a customer, as of a day before another, the oldest
    first.
    """
    made = (
        documents.c.workspace == turn.workspace,
        documents.c.customer == customer,
        documents.c.kind.in_(kinds),
        documents.c.state == "made",
        documents.c.as_of >= since,
        documents.c.as_of < before,
    )
    query = select(*COLUMNS).where(*made).order_by(documents.c.as_of, documents.c.id)
    return [Document(**row._mapping) for row in turn.db.execute(query)]


def made_as_of(turn: Turn, kind: str, day: date) -> list[Document]:
    """What was made of a kind as of a day, the oldest first."""
    made = (
        documents.c.workspace == turn.workspace,
        documents.c.kind == kind,
        documents.c.state == "made",
        documents.c.as_of == day,
    )
    query = select(*COLUMNS).where(*made).order_by(documents.c.id)
    return [Document(**row._mapping) for row in turn.db.execute(query)]


def customers_of(turn: Turn, kind: str, day: date, states: Collection[str]) -> set[int]:
    """Whom a kind is about as of a day, in these states."""
    existing = (
        documents.c.workspace == turn.workspace,
        documents.c.kind == kind,
        documents.c.as_of == day,
        documents.c.state.in_(states),
        documents.c.customer.is_not(None),
    )
    return set(turn.db.execute(select(documents.c.customer).where(*existing)).scalars())


def is_about(turn: Turn, kind: str, customer: int, day: date, states: Collection[str]) -> bool:
    """Whether there is one of a kind about a customer as of a day, in these states."""
    existing = (
        documents.c.workspace == turn.workspace,
        documents.c.kind == kind,
        documents.c.customer == customer,
        documents.c.as_of == day,
        documents.c.state.in_(states),
    )
    return turn.db.execute(select(documents.c.id).where(*existing).limit(1)).scalar() is not None


def numbered(turn: Turn, number: str) -> Document | None:
    """The document of this number."""
    known = (documents.c.workspace == turn.workspace, documents.c.number == number)
    row = turn.db.execute(select(*COLUMNS).where(*known)).first()
    return Document(**row._mapping) if row else None


def set_made(
    turn: Turn,
    document_id: int,
    sha256: str,
    pages: int,
    substance: str,
    expires_on: date | None,
    claimed: Sequence[int] = (),
) -> None:
    """It is made; ``substance`` is the digest of what it says, apart from number and moment,
    ``claimed`` are the invoices for whose delay it asks.
    """
    made: dict[str, Any] = {"state": "made", "made_at": turn.now, "substance": substance}
    made["claimed"] = list(claimed)
    _change(turn, document_id, sha256=sha256, pages=pages, expires_on=expires_on, **made)


def set_failed(turn: Turn, document_id: int) -> None:
    _change(turn, document_id, state="failed")


def set_refused(turn: Turn, document_id: int) -> None:
    _change(turn, document_id, state="refused")


def hold(turn: Turn, document_id: int) -> None:
    """Nobody else changes it until the turn ends."""
    conditions = (documents.c.workspace == turn.workspace, documents.c.id == document_id)
    turn.db.execute(select(documents.c.id).where(*conditions).with_for_update())


_OF_BYTES = Prepared(
    select(*COLUMNS)
    .where(
        documents.c.workspace == bindparam("workspace"), documents.c.sha256 == bindparam("sha256")
    )
    .order_by(documents.c.series.is_not(None), documents.c.id.desc())
    .limit(1)
)


def _change(turn: Turn, document_id: int, **facts: Any) -> None:
    conditions = (documents.c.workspace == turn.workspace, documents.c.id == document_id)
    turn.db.execute(update(documents).where(*conditions).values(**facts))


def find(turn: Turn, *conditions: Any) -> Document | None:
    """The newest document for which these conditions hold."""
    query = select(*COLUMNS).where(documents.c.workspace == turn.workspace, *conditions)
    row = turn.db.execute(query.order_by(documents.c.id.desc()).limit(1)).one_or_none()
    return Document(**row._mapping) if row else None
