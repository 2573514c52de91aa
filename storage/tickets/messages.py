"""What people said about a ticket: each message once, whatever side it was written on, with its
later edits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    cast,
    literal,
    or_,
    select,
    update,
)

from storage.base import Id, Json, Key, Moment, metadata
from storage.dialect import upsert, upsert_of
from storage.outbox import outbox_messages
from storage.statements import Prepared
from storage.tickets.tickets import Ticket, of_system, tickets
from storage.turn import Turn

Side = Literal["requester", "triage"]
Role = Literal["description", "reply", "note"]

messages = Table(
    "ticket_messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("ticket", Id, ForeignKey("tickets.id"), nullable=False),
    Column(
        "origin", Key, nullable=False
    ),  # ``C1:17.5`` for a message in Slack, ``view:V1`` for a form
    Column("role", String(16), nullable=False),
    Column("side", String(16), nullable=False),
    Column("author", Key, nullable=False),
    Column("text", Text, nullable=False),
    Column("styled", Text),  # with its formatting, as safe mrkdwn, where it has any
    Column("files", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Column("edited_at", Moment),
    Column("is_deleted", Boolean, nullable=False),
    UniqueConstraint("workspace", "origin"),
    Index(None, "ticket", "id"),
    Index(None, "workspace", "author", "id"),
)


threads = Table(
    "ticket_threads",  # in which a ticket was followed once, and is no more
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("channel", Key, primary_key=True),
    Column("thread_ts", Key, primary_key=True),
    Column("ticket", Id, ForeignKey("tickets.id"), primary_key=True),
    Index(None, "ticket"),
)


@dataclass(frozen=True)
class Message:
    """Something said. A ``note`` stays with the agents; the ``description`` is what made the
    ticket.
    """

    id: int
    ticket: int
    origin: str
    role: Role
    side: Side
    author: str
    text: str
    files: Sequence[Mapping[str, Any]]
    at: datetime
    edited_at: datetime | None
    is_deleted: bool
    styled: str | None = None

    @property
    def key(self) -> str:
        """What its mirror in the other thread is called in the outbox."""
        return f"ticket:{self.ticket}:message:{self.id}"

    @property
    def attached(self) -> dict[int, Mapping[str, Any]]:
        """Its files by their place, without those that were taken out of it since."""
        return {place: file for place, file in enumerate(self.files) if not file.get("is_removed")}

    @property
    def file_names(self) -> list[str]:
        """What its files are called."""
        return [str(file["name"]) for file in self.attached.values()]


def add(
    turn: Turn,
    ticket: Ticket,
    *,
    origin: str,
    role: Role,
    side: Side,
    author: str,
    text: str,
    files: Sequence[Mapping[str, Any]] = (),
    at: datetime | None = None,
    styled: str | None = None,
) -> Message | None:
    """Note a message, of now unless told; None when it is known already."""
    row: dict[str, Any] = {
        "ticket": ticket.id,
        "origin": origin,
        "role": role,
        "side": side,
        "author": author,
        "text": text,
        "styled": styled,
        "files": list(files),
        "at": at or turn.now,
        "edited_at": None,
        "is_deleted": False,
    }
    id = _added.value(turn.db, {**row, "workspace": turn.workspace})
    return None if id is None else Message(**{**row, "id": id})


@Prepared
def _added(dialect: str) -> Any:
    once = upsert_of(dialect, messages).on_conflict_do_nothing(
        index_elements=["workspace", "origin"]
    )
    return once.returning(messages.c.id)


def written_as(turn: Turn, origin: str) -> Message | None:
    """The message that was noted from there."""
    conditions = (messages.c.workspace == turn.workspace, messages.c.origin == origin)
    row = turn.db.execute(select(messages).where(*conditions)).one_or_none()
    return _message(row) if row else None


def numbered(turn: Turn, id: int) -> Message:
    """A message by its id, for the bot's own work."""
    conditions = (messages.c.workspace == turn.workspace, messages.c.id == id)
    return _message(turn.db.execute(select(messages).where(*conditions)).one())


def descriptions(turn: Turn, ticket: Ticket) -> list[Message]:
    """What makes up the description, oldest first: several messages where somebody
    wrote in bursts.
    """
    return [message for message in of(turn, ticket, notes=False) if message.role == "description"]


def edit(
    turn: Turn,
    message: Message,
    text: str,
    role: Role,
    files: Sequence[Mapping[str, Any]],
    styled: str | None = None,
) -> Message:
    now = {"text": text, "styled": styled, "role": role, "files": list(files)}
    return _change(turn, message, **now, edited_at=turn.now)


def delete(turn: Turn, message: Message) -> Message:
    return _change(turn, message, is_deleted=True)


def of(turn: Turn, ticket: Ticket, *, notes: bool) -> list[Message]:
    """Everything said, oldest first, without what was deleted; the agents' ``notes`` only when
    asked for.
    """
    roles = ("description", "reply", "note") if notes else ("description", "reply")
    conditions = (messages.c.workspace == turn.workspace, messages.c.ticket == ticket.id)
    there = (messages.c.is_deleted.is_(False), messages.c.role.in_(roles))
    return [
        _message(row)
        for row in turn.db.execute(
            select(messages).where(*conditions, *there).order_by(messages.c.id)
        )
    ]


def triage_card(ticket: Ticket) -> str:
    """The key of the living card in the department's channel."""
    return f"{ticket.key}:triage:{ticket.triage_card_no}"


def place_of(turn: Turn, card: str) -> str | None:
    """The channel for which a card was written, if it was."""
    conditions = (outbox_messages.c.workspace == turn.workspace, outbox_messages.c.key == card)
    return turn.db.execute(select(outbox_messages.c.addressee).where(*conditions)).scalar()


def requester_card(ticket: Ticket) -> str:
    """The key of the living card that the requester sees."""
    return f"{ticket.key}:requester:{ticket.requester_card_no}"


def begun_by(turn: Turn, person: str, channel: str, since: datetime) -> Ticket | None:
    """The open ticket that somebody began in a channel, and described there last not before
    ``since``.
    """
    described = (
        messages.c.workspace == turn.workspace,
        messages.c.author == person,
        messages.c.role == "description",
        messages.c.at >= since,
        messages.c.origin.startswith(f"{channel}:", autoescape=True),
    )
    last = select(messages.c.ticket).where(*described).order_by(messages.c.id.desc()).limit(1)
    begun = turn.db.execute(last).scalar()
    ticket = of_system(turn, begun) if begun else None
    return ticket if ticket and ticket.is_open and ticket.requester == person else None


def posted_beneath(turn: Turn, ticket: Ticket) -> list[str]:
    """The keys of what was posted about a ticket under its triage cards and in its requester's
    channel.
    """
    triage_cards = [
        triage_card(replace(ticket, triage_card_no=triage_card_no))
        for triage_card_no in range(ticket.triage_card_no + 1)
    ]
    place = or_(
        outbox_messages.c.under_key.in_(triage_cards),
        outbox_messages.c.under_channel == (ticket.channel or ""),
    )
    conditions = (
        outbox_messages.c.workspace == turn.workspace,
        outbox_messages.c.subject == ticket.key,
        place,
    )
    return list(
        turn.db.execute(
            select(outbox_messages.c.key).where(*conditions).order_by(outbox_messages.c.id)
        ).scalars()
    )


def private_letters_in(turn: Turn, channel: str) -> list[tuple[str, int]]:
    """The keys of what was posted to a channel about private tickets, each with its ticket."""
    about = outbox_messages.c.subject == literal("ticket:") + cast(tickets.c.id, String)
    conditions = (
        outbox_messages.c.workspace == turn.workspace,
        outbox_messages.c.addressee == channel,
        outbox_messages.c.state != "gone",
    )
    query = select(outbox_messages.c.key, tickets.c.id).join(
        tickets, and_(about, tickets.c.workspace == outbox_messages.c.workspace)
    )
    rows = turn.db.execute(
        query.where(*conditions, tickets.c.is_private.is_(True)).order_by(outbox_messages.c.id)
    )
    return [(row.key, row.id) for row in rows]


def shown_as(turn: Turn, key: str) -> list[str]:
    """The letters in which a message, or a file of it, is shown: its mirror and the copies."""
    copies = outbox_messages.c.key.startswith(f"{key}:", autoescape=True)
    conditions = (
        outbox_messages.c.workspace == turn.workspace,
        or_(outbox_messages.c.key == key, copies),
    )
    return list(turn.db.execute(select(outbox_messages.c.key).where(*conditions)).scalars())


def standing(turn: Turn, prefix: str) -> list[str]:
    """The letters whose keys begin like this and that were not withdrawn."""
    conditions = (
        outbox_messages.c.workspace == turn.workspace,
        outbox_messages.c.key.startswith(prefix, autoescape=True),
        outbox_messages.c.body.cast(Text) != "{}",
    )
    return list(turn.db.execute(select(outbox_messages.c.key).where(*conditions)).scalars())


def copies_for_others(turn: Turn, ticket: Ticket) -> list[str]:
    """Where what was said of a ticket was shown to the requesters of those merged into it."""
    here = outbox_messages.c.key.startswith(f"{ticket.key}:message:", autoescape=True)
    conditions = (
        outbox_messages.c.workspace == turn.workspace,
        here,
        outbox_messages.c.key.contains(":to:"),
    )
    return list(turn.db.execute(select(outbox_messages.c.key).where(*conditions)).scalars())


def heading(turn: Turn, channel: str, ts: str) -> str | None:
    """The key of the letter that stands there, as far as it is a ticket's or an approval's."""
    conditions = (
        outbox_messages.c.workspace == turn.workspace,
        outbox_messages.c.channel == channel,
    )
    key = turn.db.execute(
        select(outbox_messages.c.key).where(*conditions, outbox_messages.c.ts == ts)
    ).scalar()
    return key if key and key.startswith(("ticket:", "approval:")) else None


def thread_of(turn: Turn, channel: str, thread_ts: str) -> tuple[int, Side] | None:
    """The ticket whose conversation this thread is, and which side writes here."""
    conditions = (
        outbox_messages.c.workspace == turn.workspace,
        outbox_messages.c.channel == channel,
        outbox_messages.c.ts == thread_ts,
    )
    key = turn.db.execute(select(outbox_messages.c.key).where(*conditions).limit(1)).scalar()
    if key and key.startswith("ticket:"):
        return _side(turn, key)
    place = (
        tickets.c.workspace == turn.workspace,
        tickets.c.channel == channel,
        tickets.c.thread_ts == thread_ts,
    )
    newest = select(tickets.c.id).where(*place).order_by(tickets.c.id.desc()).limit(1)
    id = turn.db.execute(newest).scalar()
    return (id, "requester") if id else None


def leave_thread(turn: Turn, ticket: Ticket) -> None:
    """It is followed elsewhere from now on; what is written there is still heard of."""
    if ticket.channel is None:
        return
    row = {"workspace": turn.workspace, "ticket": ticket.id}
    place = {"channel": ticket.channel, "thread_ts": ticket.thread_ts}
    turn.db.execute(upsert(turn.db, threads).values(**row, **place).on_conflict_do_nothing())


def was_followed_in(turn: Turn, ticket: Ticket, channel: str) -> bool:
    """Whether a thread of the channel was its requester's once."""
    conditions = (threads.c.workspace == turn.workspace, threads.c.ticket == ticket.id)
    query = select(threads.c.ticket).where(*conditions, threads.c.channel == channel).limit(1)
    return turn.db.execute(query).scalar() is not None


def once_followed_in(turn: Turn, channel: str, thread_ts: str) -> int | None:
    """The newest ticket whose requester's thread this was."""
    conditions = (
        threads.c.workspace == turn.workspace,
        threads.c.channel == channel,
        threads.c.thread_ts == thread_ts,
    )
    query = select(threads.c.ticket).where(*conditions).order_by(threads.c.ticket.desc()).limit(1)
    return turn.db.execute(query).scalar()


def _side(turn: Turn, key: str) -> tuple[int, Side] | None:
    """Whose thread hangs under a letter; that of a card which was moved away is
    nobody's any more.
    """
    _, id, what, *count = key.split(":")
    counted = {"requester": tickets.c.requester_card_no, "triage": tickets.c.triage_card_no}
    if what not in counted or len(count) != 1 or not count[0].isdigit():
        return None
    living = select(counted[what]).where(
        tickets.c.workspace == turn.workspace, tickets.c.id == int(id)
    )
    if turn.db.execute(living).scalar() != int(count[0]):
        return None
    return int(id), "requester" if what == "requester" else "triage"


def _change(turn: Turn, message: Message, **values: Any) -> Message:
    conditions = (messages.c.workspace == turn.workspace, messages.c.id == message.id)
    return _message(
        turn.db.execute(
            update(messages).where(*conditions).values(values).returning(*messages.c)
        ).one()
    )


def _message(row: Any) -> Message:
    return Message(**{name: value for name, value in row._mapping.items() if name != "workspace"})
