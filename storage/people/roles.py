"""Roles as the workspace shows them: which circles (channels, user groups) somebody is in, and who
is in a circle.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, null, select, union_all

from storage.dialect import among_given
from storage.people.people import channels, members, memberships_of, people, person_of
from storage.statements import Prepared
from storage.turn import Person, Turn

_FACTS = (
    channels.c.id,
    channels.c.name,
    channels.c.known_as,
    channels.c.is_archived,
    channels.c.is_private,
    channels.c.is_shared,
)


# The channels of the names that are wanted. Each way to be named is asked for by itself, since each
# has its index: SQLite would take none for any of the three. Named in two ways one comes twice.
_KNOWN = [
    select(*_FACTS).where(
        channels.c.workspace == bindparam("workspace"), among_given(way, "wanted")
    )
    for way in (channels.c.name, channels.c.id, channels.c.known_as)
]
_OWN = select(members.c.membership, *[null()] * 5).where(
    members.c.workspace == bindparam("workspace"), members.c.person == bindparam("person")
)
_NAMED = Prepared(union_all(*_KNOWN))
_NAMED_AND_OWN = Prepared(union_all(*_KNOWN, _OWN))
_PRIVATE = Prepared(
    select(channels.c.id).where(
        channels.c.workspace == bindparam("workspace"),
        among_given(channels.c.id, "wanted"),
        channels.c.is_private.is_(True),
    )
)


def channel_named(turn: Turn, name: str) -> str | None:
    """The id of a channel that somebody names by name (``bo-it``, ``#bo-it``) or by id. One that
    was renamed goes on by the name that the catalogue or a customer's list gave it.
    """
    return channels_named(turn, [name]).get(name)


def discreet_named(turn: Turn, name: str) -> str | None:
    """The same of a channel that nobody but its members reads, and nobody from outside; None of
    another one.
    """
    channel = channel_named(turn, name)
    return channel if channel in turn.known["discreet"] else None


def channels_named(turn: Turn, names: Iterable[str]) -> dict[str, str]:
    """The same of several; unknown ones are left out."""
    existing: dict[str, str] = turn.known.setdefault("channels", {})
    wanted = {name: name.removeprefix("#") for name in names}
    unread = sorted(set(wanted.values()) - existing.keys())
    if unread:
        request = {"workspace": turn.workspace, "wanted": unread}
        _note_channels(turn, _NAMED.rows(turn.db, request))
    return {name: existing[key] for name, key in wanted.items() if key in existing}


def read_circles(turn: Turn, names: Iterable[str]) -> None:
    """Read in one question the channels of these names and the circles that the actor is in: what
    :func:`channels_named` and :func:`memberships_among` tell next.
    """
    memberships: dict[str, set[str]] = turn.known.setdefault("members", {})
    if turn.actor.id in memberships:
        return
    wanted = sorted({name.removeprefix("#") for name in names})
    request = {"workspace": turn.workspace, "wanted": wanted, "person": turn.actor.id}
    rows = _NAMED_AND_OWN.rows(turn.db, request)
    _note_channels(turn, [row for row in rows if row.name is not None])
    memberships[turn.actor.id] = {row.id for row in rows if row.name is None}


def _note_channels(turn: Turn, rows: Sequence[Any]) -> None:
    turn.known.setdefault("channels", {}).update(_by_name(rows))
    turn.known.setdefault("private", {}).update((row.id, bool(row.is_private)) for row in rows)
    discreet = {row.id for row in rows if row.is_private and not row.is_shared}
    turn.known.setdefault("discreet", set()).update(discreet)


def private_among(turn: Turn, ids: Iterable[str]) -> set[str]:
    """Those of the channels that nobody can join unasked."""
    existing: dict[str, bool] = turn.known.setdefault("private", {})
    wanted = set(ids)
    unread = sorted(wanted - existing.keys())
    if unread:
        request = {"workspace": turn.workspace, "wanted": unread}
        private = {row.id for row in _PRIVATE.rows(turn.db, request)}
        existing.update((id, id in private) for id in unread)
    return {id for id in wanted if existing[id]}


def _by_name(rows: Sequence[Any]) -> list[tuple[str, str]]:
    """Names and ids, of two for one name the stronger last: what was renamed gives way only where
    it is archived and another bears the name now.
    """
    renamed = [row for row in rows if row.known_as]
    return [
        *((row.known_as, row.id) for row in renamed if row.is_archived),
        *((row.name, row.id) for row in rows),
        *((row.known_as, row.id) for row in renamed if not row.is_archived),
        *((row.id, row.id) for row in rows),
    ]


def memberships_among(turn: Turn, person: str, memberships: Iterable[str]) -> set[str]:
    """Those of the circles that somebody is in."""
    existing: dict[str, set[str]] = turn.known.setdefault("members", {})
    wanted = set(memberships)
    if person not in existing and wanted:
        existing[person] = memberships_of(turn, person)
    return wanted & existing.get(person, set())


def people_in(turn: Turn, memberships: Iterable[str]) -> list[Person]:
    """Everybody in any of the circles who can have a role: no bots, no guests, nobody who left; by
    name.
    """
    inside = select(members.c.person).where(
        members.c.workspace == turn.workspace, members.c.membership.in_(set(memberships))
    )
    able = (
        people.c.is_bot.is_(False),
        people.c.is_external.is_(False),
        people.c.is_deleted.is_(False),
    )
    query = select(people).where(
        people.c.workspace == turn.workspace, people.c.id.in_(inside), *able
    )
    return [person_of(row) for row in turn.db.execute(query.order_by(people.c.name, people.c.id))]


def administrators(turn: Turn) -> list[Person]:
    """The workspace's own owners and administrators, by name."""
    able = (
        people.c.is_admin.is_(True),
        people.c.is_bot.is_(False),
        people.c.is_external.is_(False),
        people.c.is_deleted.is_(False),
    )
    query = select(people).where(people.c.workspace == turn.workspace, *able)
    return [person_of(row) for row in turn.db.execute(query.order_by(people.c.name, people.c.id))]


def is_open_to_outsiders(turn: Turn, channel: str) -> bool:
    """Whether people of other companies read a channel."""
    conditions = (channels.c.workspace == turn.workspace, channels.c.id == channel)
    return bool(turn.db.execute(select(channels.c.is_shared).where(*conditions)).scalar())


def is_private(turn: Turn, channel: str) -> bool:
    """Whether only its members read a channel, and none of them is from outside."""
    conditions = (channels.c.workspace == turn.workspace, channels.c.id == channel)
    row = turn.db.execute(
        select(channels.c.is_private, channels.c.is_shared).where(*conditions)
    ).one_or_none()
    return row is not None and row.is_private and not row.is_shared


def is_public(turn: Turn, channel: str) -> bool:
    """Whether everybody of the workspace may read a channel: not known is not public."""
    conditions = (channels.c.workspace == turn.workspace, channels.c.id == channel)
    row = turn.db.execute(select(channels.c.is_private).where(*conditions)).one_or_none()
    return row is not None and not row.is_private


def names(turn: Turn, ids: Iterable[str]) -> dict[str, str]:
    """What public channels are called; of a private one not even the name is told."""
    conditions = (
        channels.c.workspace == turn.workspace,
        channels.c.id.in_(set(ids)),
        channels.c.is_private.is_(False),
    )
    rows = turn.db.execute(select(channels.c.id, channels.c.name).where(*conditions))
    return {row.id: row.name for row in rows}
