"""Tickets: what was asked of a department, in which state it is, and who may see and change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    CompoundSelect,
    ForeignKey,
    Index,
    Integer,
    Select,
    SmallInteger,
    String,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    and_,
    delete,
    false,
    or_,
    select,
    text,
    union,
    update,
)

from bot.kit.catalogue import PRIORITIES, Priority
from storage import counters
from storage.base import Id, Json, Key, Moment, index_of_those, metadata
from storage.dialect import skipping_locked, upsert, upsert_of
from storage.statements import Prepared
from storage.tickets.viewers import Viewer
from storage.turn import Turn

State = Literal["new", "in_progress", "waiting", "resolved", "closed", "cancelled", "merged"]
Wait = Literal["requester", "third_party", "approval"]
OPEN: tuple[State, ...] = ("new", "in_progress", "waiting")

_IN_QUEUE = "state IN ('new', 'in_progress', 'waiting') AND snoozed_until IS NULL"

tickets = Table(
    "tickets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("number", Integer, nullable=False),
    Column("origin", Key, nullable=False),  # a form's view, a message; it makes no second one
    Column("request_type", Key, nullable=False),
    Column("is_type_guessed", Boolean, nullable=False, server_default=false()),
    Column("department", Key, nullable=False),
    Column("subject", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("fields", Json, nullable=False),  # the request type's own, by key
    Column("priority", SmallInteger, nullable=False),  # the place in PRIORITIES
    Column("state", String(16), nullable=False),
    Column("waiting_for", String(16)),
    Column("is_private", Boolean, nullable=False),
    Column("requester", Key, nullable=False),
    Column("author", Key, nullable=False),  # who made it, perhaps on the requester's behalf
    Column("assignee", Key),
    Column("channel", Key),  # with the thread: where the requester follows it, if not in person
    Column("thread_ts", Key),
    # Which triage card is the living one: each move to a department adds one.
    Column("triage_card_no", Integer, nullable=False),
    Column("requester_card_no", Integer, nullable=False),  # the same for the requester's card
    Column("resolve_count", Integer, nullable=False),  # how often it was resolved
    Column("linked_to", Id, ForeignKey("tickets.id")),  # merged into, split from, opened after
    Column("about", Key),  # what it is about: ``invoice:17``
    Column("snoozed_until", Moment),
    Column("created_at", Moment, nullable=False),
    Column("assigned_at", Moment),
    Column("nudged_at", Moment),
    Column("answered_at", Moment),  # the first answer to the requester
    Column("resolved_at", Moment),
    Column("ended_at", Moment),
    Column("touched_at", Moment, nullable=False),
    Column("rating", SmallInteger),
    Column("rating_comment", Text),
    UniqueConstraint("workspace", "number"),
    UniqueConstraint("workspace", "origin"),
    Index(None, "workspace", "department", "assigned_at"),
    Index(None, "workspace", "requester", "id"),
    Index(None, "workspace", "author", "id"),
    Index(None, "workspace", "assignee", "state"),
)

Index(
    "ix_tickets_queue",
    *(tickets.c.workspace, tickets.c.department, tickets.c.priority.desc(), tickets.c.id),
    *(tickets.c.state, tickets.c.snoozed_until),  # so that SQLite counts by the index alone
    sqlite_where=text(_IN_QUEUE),
    postgresql_where=text(_IN_QUEUE),
)

# Of most tickets there is none of these: the others stand in an index that those do not have to be
# written into.
index_of_those(tickets.c.linked_to, where=tickets.c.linked_to.is_not(None))
index_of_those(
    tickets.c.workspace,
    tickets.c.channel,
    tickets.c.thread_ts,
    where=tickets.c.thread_ts.is_not(None),
)
index_of_those(tickets.c.state, tickets.c.resolved_at, where=tickets.c.resolved_at.is_not(None))
index_of_those(tickets.c.snoozed_until, where=tickets.c.snoozed_until.is_not(None))

participants = Table(
    "ticket_participants",  # people beyond requester, author, assignee and the department's agents
    metadata,
    Column("ticket", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("person", Key, primary_key=True),
    Column("role", String(16), primary_key=True),  # follower, approver
    Index(None, "person"),
)


@dataclass(frozen=True)
class Request:
    """What somebody asks for, whichever way they came in. The turn's actor is its author."""

    origin: str
    """What made it (``view:V1``, ``message:C1:1.2``): the same origin makes one ticket."""
    request_type: str
    subject: str = ""
    description: str = ""
    priority: Priority | None = None
    requester: str | None = None
    author: str | None = None
    """Who is taken to have made it; the actor, unless told."""
    followers: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    channel: str | None = None
    thread_ts: str | None = None
    about: str | None = None
    linked_to: int | None = None
    is_private: bool = False
    """Nobody else's business, even where its type is everybody's."""
    is_type_guessed: bool = False  # by its words or place: its requester may say otherwise
    files: Sequence[Mapping[str, Any]] = ()
    """Slack's files that came with it: ``id, name, size, mimetype, url_private`` of each."""


@dataclass(frozen=True)
class Ticket:
    """A ticket as it stands."""

    id: int
    number: int
    origin: str
    request_type: str
    is_type_guessed: bool
    department: str
    subject: str
    description: str
    fields: Mapping[str, Any]
    priority: Priority
    state: State
    waiting_for: Wait | None
    is_private: bool
    requester: str
    author: str
    assignee: str | None
    channel: str | None
    thread_ts: str | None
    triage_card_no: int
    requester_card_no: int
    resolve_count: int
    linked_to: int | None
    about: str | None
    snoozed_until: datetime | None
    created_at: datetime
    assigned_at: datetime | None
    nudged_at: datetime | None
    answered_at: datetime | None
    resolved_at: datetime | None
    ended_at: datetime | None
    touched_at: datetime
    rating: int | None
    rating_comment: str | None

    @property
    def key(self) -> str:
        """What audit events and letters call it."""
        return f"ticket:{self.id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


_ASKERS = {"requester": tickets.c.requester, "author": tickets.c.author}


def may_see(turn: Turn, viewer: Viewer) -> ColumnElement[bool]:
    """Those to which one of the viewer's ties gives them a right."""
    if not viewer.departments:
        return tickets.c.id.in_(concerning_ids(turn, viewer))
    others = [tickets.c.is_private.is_(False)] if "other agent" in viewer.sees else []
    concerning = tickets.c.id.in_(concerning_ids(turn, viewer))
    return or_(tickets.c.department.in_(viewer.worked(viewer.sees)), *others, concerning)


def concerning_ids(turn: Turn, viewer: Viewer) -> CompoundSelect[tuple[int]]:
    """The tickets that somebody has a tie to themselves, and may see by it; each way has its
    index.
    """
    here, person = tickets.c.workspace == turn.workspace, viewer.person
    own = [
        select(tickets.c.id).where(here, column == person)
        for tie, column in _ASKERS.items()
        if tie in viewer.sees
    ]
    if "assignee" in viewer.sees:
        own.append(select(tickets.c.id).where(here, tickets.c.assignee == person, _at_home(viewer)))
    if "follower" in viewer.sees:
        conditions = (participants.c.person == person, participants.c.role == "follower")
        own.append(select(participants.c.ticket).where(*conditions))
    if "lead" in viewer.sees:
        own.append(_led(here, viewer))
    if "asked" in viewer.sees:
        own.append(select(tickets.c.id).where(here, tickets.c.id.in_(viewer.asked)))
    return union(*own)


def _led(here: ColumnElement[bool], viewer: Viewer) -> Select[tuple[int]]:
    """Those that somebody heard of in the lead's place, while they stand in there."""
    conditions = (participants.c.person == viewer.person, participants.c.role == "lead")
    led = select(tickets.c.id).join(participants, participants.c.ticket == tickets.c.id)
    return led.where(here, *conditions, tickets.c.department.in_(viewer.stands_in_for))


def _at_home(viewer: Viewer) -> ColumnElement[bool]:
    """Where somebody works, or stands in, and what is nobody's: elsewhere a ticket that they held
    is not theirs any more.
    """
    home = tickets.c.department.in_(viewer.departments | viewer.stands_in_for)
    return or_(home, tickets.c.department.not_in(viewer.known))


def in_queue() -> TextClause:
    """Open and awake; written as the queue's index has it, so that both engines take that index."""
    return text(_IN_QUEUE)


def may_change(viewer: Viewer) -> ColumnElement[bool]:
    """Those on which one of the viewer's ties lets them work."""
    given = and_(
        tickets.c.assignee.is_not(None), tickets.c.assignee == viewer.person, _at_home(viewer)
    )  # never NULL: it is negated too
    worked = tickets.c.department.in_(viewer.worked(viewer.changes))
    return or_(worked, given) if "assignee" in viewer.changes else worked


def seen(turn: Turn, viewer: Viewer, id: int) -> Ticket | None:
    """A ticket that the viewer may see."""
    return _one(turn, tickets.c.id == id, may_see(turn, viewer))


def numbered(turn: Turn, viewer: Viewer, number: int) -> Ticket | None:
    """The ticket of this number, if the viewer may see it."""
    return _one(turn, tickets.c.number == number, may_see(turn, viewer))


def changeable(turn: Turn, viewer: Viewer, id: int) -> Ticket | None:
    """A ticket that the viewer may change, held until the turn ends: whoever comes
    meanwhile waits.
    """
    return _one(turn, tickets.c.id == id, may_change(viewer), hold=True)


def own(turn: Turn, person: str, ties: frozenset[str], id: int) -> Ticket | None:
    """A ticket that is somebody's by one of these ties, held until the turn ends."""
    columns = [column for tie, column in _ASKERS.items() if tie in ties]
    theirs = or_(*(column == person for column in columns))
    return _one(turn, tickets.c.id == id, theirs, hold=True) if columns else None


def of_system(turn: Turn, id: int) -> Ticket:
    """A ticket for the bot's own work (jobs, mirrors, cards), held until the turn ends; never shown
    from here.
    """
    result = _one(turn, tickets.c.id == id, hold=True)
    if result is None:
        raise KeyError(id)
    return result


def number_of(turn: Turn, id: int) -> int:
    """The number alone, of a ticket that another one names; nothing is held for it."""
    conditions = (tickets.c.workspace == turn.workspace, tickets.c.id == id)
    return int(turn.db.execute(select(tickets.c.number).where(*conditions)).scalar_one())


def made_by(turn: Turn, origin: str) -> Ticket:
    """The ticket that this origin made before; KeyError where it made none."""
    result = _one(turn, tickets.c.origin == origin)
    if result is None:
        raise KeyError(origin)
    return result


def merged_into(turn: Turn, id: int) -> list[Ticket]:
    """Those that go on in the ticket of this id, also by way of another; oldest first."""
    result: dict[int, Ticket] = {}
    ids = [id]
    while ids:
        merged = (tickets.c.linked_to.in_(ids), tickets.c.state == "merged")
        query = select(tickets).where(tickets.c.workspace == turn.workspace, *merged)
        rows = [ticket_of(row) for row in turn.db.execute(query)]
        ids = [each.id for each in rows if each.id not in result]
        result.update((each.id, each) for each in rows)
    return [result[id] for id in sorted(result)]


def successor(turn: Turn, ticket: Ticket) -> Ticket | None:
    """The newest open ticket that was opened because this one had ended."""
    after = (
        tickets.c.linked_to == ticket.id,
        tickets.c.origin.startswith("after:"),
        tickets.c.state.in_(OPEN),
    )
    return _one(turn, *after, newest=True)


def submit(
    turn: Turn, request: Request, *, department: str, is_private: bool, priority: Priority
) -> Ticket | None:
    """A new ticket with the next number; None when its origin made one already."""
    row: dict[str, Any] = {
        "workspace": turn.workspace,
        "number": counters.following(turn, "tickets"),
        "origin": request.origin,
        "request_type": request.request_type,
        "is_type_guessed": request.is_type_guessed,
        "department": department,
        "subject": request.subject,
        "description": request.description,
        "fields": dict(request.fields),
        "priority": PRIORITIES.index(priority),
        "state": "new",
        "is_private": is_private,
        "requester": request.requester or turn.actor.id,
        "author": request.author or turn.actor.id,
        "channel": request.channel,
        "thread_ts": request.thread_ts,
        "triage_card_no": 0,
        "requester_card_no": 0,
        "resolve_count": 0,
        "about": request.about,
        "linked_to": request.linked_to,
        "created_at": turn.now,
        "touched_at": turn.now,
    }
    id = _submitted.value(turn.db, row)
    if id is None:
        counters.give_back(turn, "tickets")
        return None
    made: dict[str, Any] = {**dict.fromkeys(_SHOWN), **row, "id": id, "priority": priority}
    return Ticket(**{name: made[name] for name in _SHOWN})


@Prepared
def _submitted(dialect: str) -> Any:
    once = upsert_of(dialect, tickets).on_conflict_do_nothing(
        index_elements=["workspace", "origin"]
    )
    return once.returning(tickets.c.id)


def take(turn: Turn, id: int) -> Ticket | None:
    """The actor takes an open ticket that nobody has; None when somebody was first or it is not
    open.
    """
    free = (tickets.c.id == id, tickets.c.assignee.is_(None), tickets.c.state.in_(OPEN))
    return _change(turn, *free, assignee=turn.actor.id, assigned_at=turn.now)


def change(turn: Turn, ticket: Ticket, **values: Any) -> Ticket:
    """The ticket with these columns changed; ``priority`` by its name."""
    if "priority" in values:
        values["priority"] = PRIORITIES.index(values["priority"])
    changed = _change(turn, tickets.c.id == ticket.id, **values)
    if changed is None:
        raise KeyError(ticket.id)
    return changed


def add_participant(turn: Turn, ticket: Ticket, person: str, role: str) -> bool:
    """False when they were one already."""
    row = {"ticket": ticket.id, "person": person, "role": role}
    added = (
        upsert(turn.db, participants)
        .values(row)
        .on_conflict_do_nothing()
        .returning(participants.c.person)
    )
    return turn.db.execute(added).first() is not None


def remove_participant(turn: Turn, ticket: Ticket, person: str, role: str) -> None:
    conditions = (participants.c.person == person, participants.c.role == role)
    turn.db.execute(delete(participants).where(_here(turn, ticket), *conditions))


def has_participant(turn: Turn, ticket: Ticket, person: str, role: str) -> bool:
    return person in participants_of(turn, ticket, role)


def due_to_wake(turn: Turn, most: int) -> list[int]:
    """Snoozed tickets whose moment has come."""
    due = (tickets.c.workspace == turn.workspace, tickets.c.snoozed_until <= turn.now)
    query = select(tickets.c.id).where(*due).order_by(tickets.c.snoozed_until).limit(most)
    return list(skipping_locked(turn.db, query).scalars())


def due_to_close(turn: Turn, before: datetime, most: int) -> list[int]:
    """Tickets resolved before a moment and still only resolved."""
    due = (
        tickets.c.workspace == turn.workspace,
        tickets.c.state == "resolved",
        tickets.c.resolved_at <= before,
    )
    query = select(tickets.c.id).where(*due).order_by(tickets.c.resolved_at).limit(most)
    return list(skipping_locked(turn.db, query).scalars())


def participants_of(turn: Turn, ticket: Ticket, role: str) -> list[str]:
    query = select(participants.c.person).where(_here(turn, ticket), participants.c.role == role)
    return list(turn.db.execute(query.order_by(participants.c.person)).scalars())


def _here(turn: Turn, ticket: Ticket) -> ColumnElement[bool]:
    """The participants of a ticket of this workspace."""
    conditions = (tickets.c.workspace == turn.workspace, tickets.c.id == ticket.id)
    return participants.c.ticket.in_(select(tickets.c.id).where(*conditions))


def _one(
    turn: Turn, *where: ColumnElement[bool], hold: bool = False, newest: bool = False
) -> Ticket | None:
    query = select(tickets).where(tickets.c.workspace == turn.workspace, *where)
    if newest:
        query = query.order_by(tickets.c.id.desc()).limit(1)
    if hold:
        query = query.with_for_update(
            of=tickets, key_share=True
        )  # whoever only names it by its key waits for nobody
    row = turn.db.execute(query).one_or_none()
    return ticket_of(row) if row else None


def _change(turn: Turn, *where: ColumnElement[bool], **values: Any) -> Ticket | None:
    changed = update(tickets).where(tickets.c.workspace == turn.workspace, *where)
    row = turn.db.execute(
        changed.values(touched_at=turn.now, **values).returning(*tickets.c)
    ).one_or_none()
    return ticket_of(row) if row else None


_SHOWN = frozenset(Ticket.__dataclass_fields__)


def ticket_of(row: Any) -> Ticket:
    """A row of ``tickets`` as a ticket."""
    facts = {name: value for name, value in row._mapping.items() if name in _SHOWN}
    return Ticket(**{**facts, "priority": PRIORITIES[row.priority]})
