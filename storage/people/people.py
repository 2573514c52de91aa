"""People, channels and who is in them: the directory's mirror of the workspace."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    false,
    or_,
    select,
    update,
)

from bot.kit.words import language_of
from bot.kit.working_time import QuietHours
from storage.base import Key, Moment, index_of_those, metadata
from storage.dialect import among_given, upsert
from storage.statements import Prepared
from storage.turn import Person, Turn

people = Table(
    "people",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("id", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("handle", Text),  # what stands behind the @ when the catalogue names somebody
    Column("locale", String(16), nullable=False),
    Column("language", String(2)),  # what the person chose; otherwise the locale tells
    Column("timezone", String(64), nullable=False),
    Column("status", Text, nullable=False),
    Column("is_external", Boolean, nullable=False),
    Column("is_admin", Boolean, nullable=False),
    Column("is_bot", Boolean, nullable=False),
    Column("is_deleted", Boolean, nullable=False),
    Column("direct_channel", Key),
    Column("seen_at", Moment, nullable=False),
    Column("picture", Text),  # where Slack keeps it
    Column("quiet_since", Integer),  # minutes from midnight in their zone
    Column("quiet_until", Integer),
)

channels = Table(
    "channels",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("id", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("is_private", Boolean, nullable=False),
    Column("is_shared", Boolean, nullable=False),
    Column("known_as", Key),  # what the catalogue calls it, where it was renamed since
    Column("is_archived", Boolean),
    Index(None, "workspace", "name"),
)
index_of_those(channels.c.workspace, channels.c.known_as, where=channels.c.known_as.is_not(None))

members = Table(
    "members",  # of a channel (C…, G…) or a user group (S…)
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("membership", Key, primary_key=True),
    Column("person", Key, primary_key=True),
)


_THESE = Prepared(
    select(people).where(
        people.c.workspace == bindparam("workspace"), among_given(people.c.id, "ids")
    )
)
_THIS = Prepared(
    select(people).where(
        people.c.workspace == bindparam("workspace"), people.c.id == bindparam("id")
    )
)


_HERE = Prepared(
    select(people).where(
        people.c.workspace == bindparam("workspace"),
        people.c.id == bindparam("id"),
        people.c.is_deleted == false(),
    )
)


def person(turn: Turn, person_id: str) -> Person | None:
    """Somebody of this workspace, or None when the directory has not met them."""
    existing: dict[str, Person] = turn.known.setdefault("people", {})
    if person_id not in existing:
        row = _THIS.row(turn.db, {"workspace": turn.workspace, "id": person_id})
        existing.update({row.id: person_of(row)} if row else {})
    return existing.get(person_id)


def is_here(turn: Turn, person_id: str) -> bool:
    """Whether somebody is a member of the workspace: not deactivated, no guest."""
    conditions = (people.c.workspace == turn.workspace, people.c.id == person_id)
    able = (people.c.is_deleted.is_(False), people.c.is_external.is_(False))
    return turn.db.execute(select(people.c.id).where(*conditions, *able)).scalar() is not None


def persons(turn: Turn, ids: Iterable[str]) -> dict[str, Person]:
    """Those of the ids that the directory knows."""
    existing: dict[str, Person] = turn.known.setdefault("people", {})
    wanted = set(ids)
    unread = wanted - existing.keys()
    if unread:
        rows = _THESE.rows(turn.db, {"workspace": turn.workspace, "ids": unread})
        existing.update((row.id, person_of(row)) for row in rows)
    return {id: existing[id] for id in wanted if id in existing}


def names(turn: Turn, ids: Collection[str]) -> dict[str, str]:
    """What each of them is called: whom the directory does not know by the id."""
    existing = persons(turn, ids)
    return {id: existing[id].name if id in existing else id for id in ids}


def find(turn: Turn, handle: str) -> Person | None:
    """By id, e-mail address, handle or name, as the catalogue and lists name people.

    Names are chosen freely: one counts only where nothing else is meant and nobody else bears it.
    """
    named: dict[str, Person | None] = turn.known.setdefault("people named", {})
    if handle not in named:
        named[handle] = _find(turn, handle)
    return named[handle]


def _find(turn: Turn, handle: str) -> Person | None:
    wanted = handle.removeprefix("@")
    if by_id := _HERE.row(turn.db, {"workspace": turn.workspace, "id": wanted}):
        return person_of(by_id)
    exact = or_(people.c.email == wanted, people.c.handle == wanted)
    called = people.c.name == wanted
    for named in (exact,) if "@" in handle else (exact, called):
        query = select(people).where(
            people.c.workspace == turn.workspace, people.c.is_deleted.is_(False), named
        )
        rows = turn.db.execute(query.order_by(people.c.is_external).limit(2)).all()
        if rows:
            is_plain = len(rows) == 1 or rows[0].is_external != rows[1].is_external
            return person_of(rows[0]) if is_plain else None
    return None


def save_person(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Take over what Slack says of somebody; what they chose with us stays."""
    _forget_people(turn)
    row = {**facts, "workspace": turn.workspace, "seen_at": turn.now}
    unique = ["workspace", "id"]
    turn.db.execute(
        upsert(turn.db, people).values(row).on_conflict_do_update(index_elements=unique, set_=row)
    )


def is_outsider(turn: Turn, person_id: str) -> bool:
    """Whether Slack said of somebody that they are a guest, or of another workspace."""
    conditions = (people.c.workspace == turn.workspace, people.c.id == person_id)
    return bool(turn.db.execute(select(people.c.is_external).where(*conditions)).scalar())


def choose_language(turn: Turn, person_id: str, language: str | None) -> None:
    """The language we speak to somebody from now on; None follows Slack's again."""
    _forget_people(turn)
    conditions = (people.c.workspace == turn.workspace, people.c.id == person_id)
    turn.db.execute(update(people).where(*conditions).values(language=language))


def chosen_language(turn: Turn, person_id: str) -> str | None:
    """The language that somebody chose with us; None while we follow Slack's."""
    conditions = (people.c.workspace == turn.workspace, people.c.id == person_id)
    return turn.db.execute(select(people.c.language).where(*conditions)).scalar()


def choose_quiet_hours(turn: Turn, person_id: str, quiet: QuietHours | None) -> None:
    """When somebody wants no reminders from now on; None ends it."""
    _forget_people(turn)
    conditions = (people.c.workspace == turn.workspace, people.c.id == person_id)
    since, until = (quiet.since, quiet.until) if quiet else (None, None)
    chosen = update(people).where(*conditions).values(quiet_since=since, quiet_until=until)
    turn.db.execute(chosen)


def direct_channel(turn: Turn, person_id: str) -> str | None:
    """The direct message channel with somebody, once opened."""
    conditions = (people.c.workspace == turn.workspace, people.c.id == person_id)
    return turn.db.execute(select(people.c.direct_channel).where(*conditions)).scalar()


def note_direct_channel(turn: Turn, person_id: str, channel: str) -> None:
    conditions = (people.c.workspace == turn.workspace, people.c.id == person_id)
    turn.db.execute(update(people).where(*conditions).values(direct_channel=channel))


def save_channel(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Take over what Slack says of a channel (``id, name, is_private, is_shared``)."""
    free_name(turn, facts["id"], facts["name"])
    row = {**facts, "workspace": turn.workspace}
    unique = ["workspace", "id"]
    turn.db.execute(
        upsert(turn.db, channels).values(row).on_conflict_do_update(index_elements=unique, set_=row)
    )


def meet_channel(turn: Turn, id: str) -> Any:
    """What is known of a channel, and its id alone where that is all. Two that meet it at once do
    so one after the other.
    """
    row = {"workspace": turn.workspace, "id": id, "name": id}
    nothing_more = {**row, "is_private": False, "is_shared": False}
    turn.db.execute(upsert(turn.db, channels).values(nothing_more).on_conflict_do_nothing())
    return channel(turn, id)


def is_only_met(channel: Any) -> bool:
    """Whether events alone told of a channel: its name and who may join are not known."""
    return bool(channel.name == channel.id and channel.known_as is None)


def move_channel(turn: Turn, old: str, new: str) -> None:
    """A channel has another id, and its members with it. Where that was met before, both are one:
    the name is the new one's, unless it has none yet.
    """
    _forget_channels(turn)
    turn.known.pop("members", None)
    before, met = channel(turn, old), meet_channel(turn, new)
    if before is None:
        return
    if is_only_met(before):
        turn.db.execute(delete(channels).where(_is(turn, channels.c.id, old)))
    else:
        turn.db.execute(delete(channels).where(_is(turn, channels.c.id, new)))
        name = before.name if is_only_met(met) else met.name
        moved = update(channels).where(_is(turn, channels.c.id, old)).values(id=new, name=name)
        turn.db.execute(moved)
    there_already = select(members.c.person).where(_is(turn, members.c.membership, new))
    of_both = (_is(turn, members.c.membership, old), members.c.person.in_(there_already))
    turn.db.execute(delete(members).where(*of_both))
    others = _is(turn, members.c.membership, old)
    turn.db.execute(update(members).where(others).values(membership=new))


def _is(turn: Turn, column: Column[str], id: str) -> ColumnElement[bool]:
    return and_(column.table.c.workspace == turn.workspace, column == id)


def keep_channels_name(turn: Turn, channel: str, name: str | None) -> None:
    """By this name a channel goes on being known, whatever it is called; by None no more."""
    _forget_channels(turn)
    conditions = (channels.c.workspace == turn.workspace, channels.c.id == channel)
    turn.db.execute(update(channels).where(*conditions).values(known_as=name))


def note_archived(turn: Turn, channel: str, is_archived: bool) -> None:
    _forget_channels(turn)
    conditions = (channels.c.workspace == turn.workspace, channels.c.id == channel)
    turn.db.execute(update(channels).where(*conditions).values(is_archived=is_archived))


def free_name(turn: Turn, channel: str, name: str) -> None:
    """This channel bears the name from now on. A name is one channel's at a time: one that bore it
    before and is gone gives nobody a role by it any more.
    """
    _forget_channels(turn)
    others = (
        channels.c.workspace == turn.workspace,
        channels.c.name == name,
        channels.c.id != channel,
    )
    turn.db.execute(update(channels).where(*others).values(name=channels.c.id))


def _forget_people(turn: Turn) -> None:
    """What this turn has read of people is read anew."""
    for kept in ("people", "people named"):
        turn.known.pop(kept, None)


def _forget_channels(turn: Turn) -> None:
    """What this turn has read of channels is read anew."""
    for kept in ("channels", "private", "discreet"):
        turn.known.pop(kept, None)


def channel_facts(turn: Turn) -> list[Any]:
    """Every channel that the bot knows: rows of ``id, name, is_private, is_shared``."""
    return list(turn.db.execute(select(channels).where(channels.c.workspace == turn.workspace)))


def channel(turn: Turn, id: str) -> Any:
    """What is known of a channel: a row like those of :func:`channel_facts`, or None."""
    conditions = (channels.c.workspace == turn.workspace, channels.c.id == id)
    return turn.db.execute(select(channels).where(*conditions)).one_or_none()


def channel_name(turn: Turn, channel: str) -> str | None:
    conditions = (channels.c.workspace == turn.workspace, channels.c.id == channel)
    return turn.db.execute(select(channels.c.name).where(*conditions)).scalar()


def save_members(turn: Turn, membership: str, ids: Iterable[str]) -> None:
    """These are the members of a channel or user group, and nobody else."""
    turn.known.pop("members", None)
    turn.db.execute(
        delete(members).where(
            members.c.workspace == turn.workspace, members.c.membership == membership
        )
    )
    rows = [
        {"workspace": turn.workspace, "membership": membership, "person": person_id}
        for person_id in sorted(set(ids))
    ]
    if rows:
        turn.db.execute(
            upsert(turn.db, members).on_conflict_do_nothing(), rows
        )  # another instance does the same


def add_member(turn: Turn, membership: str, person_id: str) -> None:
    turn.known.pop("members", None)
    row = {"workspace": turn.workspace, "membership": membership, "person": person_id}
    turn.db.execute(upsert(turn.db, members).values(row).on_conflict_do_nothing())


def remove_member(turn: Turn, membership: str, person_id: str) -> None:
    turn.known.pop("members", None)
    conditions = (
        members.c.workspace == turn.workspace,
        members.c.membership == membership,
        members.c.person == person_id,
    )
    turn.db.execute(delete(members).where(*conditions))


def memberships_of(turn: Turn, person_id: str) -> set[str]:
    """The channels and user groups that somebody is in, as far as the directory mirrors them."""
    query = select(members.c.membership).where(
        members.c.workspace == turn.workspace, members.c.person == person_id
    )
    return set(turn.db.execute(query).scalars())


def person_of(row: Any) -> Person:
    """A row of ``people`` as a person."""
    return Person(
        id=row.id,
        name=row.name,
        language=row.language or language_of(row.locale),
        timezone=row.timezone,
        is_external=row.is_external or row.is_deleted,  # who left has no rights either
        is_admin=row.is_admin,
        is_bot=row.is_bot,
        status=row.status,
        email=row.email,
        handle=row.handle or "",
        picture=row.picture or "",
        quiet=_quiet_hours(row),
    )


def _quiet_hours(row: Any) -> QuietHours | None:
    return None if row.quiet_since is None else QuietHours(row.quiet_since, row.quiet_until)
