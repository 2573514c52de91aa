"""Who has, asked for or follows open tickets: what goes by it when they leave."""

from typing import Any

from sqlalchemy import ColumnElement, select, union

from storage.tickets.tickets import OPEN, participants, tickets
from storage.turn import Turn


def everybody(turn: Turn) -> list[str]:
    """The ids of all of them."""
    there = _open(turn)
    following = select(participants.c.person).join(tickets, tickets.c.id == participants.c.ticket)
    result = union(
        select(tickets.c.assignee).where(*there, tickets.c.assignee.is_not(None)),
        select(tickets.c.requester).where(*there),
        following.where(*there, participants.c.role == "follower"),
    )
    return sorted(turn.db.execute(result).scalars())


def held_by(turn: Turn, person: str) -> list[int]:
    """The open tickets that somebody has."""
    return _ids(turn, tickets.c.assignee == person)


def asked_by(turn: Turn, person: str) -> list[int]:
    return _ids(turn, tickets.c.requester == person)


def followed_in(turn: Turn, person: str, channel: str) -> list[int]:
    """Those that their requester follows in a thread of this channel."""
    return _ids(turn, tickets.c.requester == person, tickets.c.channel == channel)


def followed_by(turn: Turn, person: str) -> list[int]:
    conditions = (participants.c.person == person, participants.c.role == "follower")
    return _ids(turn, tickets.c.id.in_(select(participants.c.ticket).where(*conditions)))


def _ids(turn: Turn, *which: ColumnElement[bool]) -> list[int]:
    query = select(tickets.c.id).where(*_open(turn), *which).order_by(tickets.c.id)
    return list(turn.db.execute(query).scalars())


def _open(turn: Turn) -> tuple[Any, ...]:
    return (tickets.c.workspace == turn.workspace, tickets.c.state.in_(OPEN))
