"""Who was given tickets, and how many of them are open: what assignment goes by."""

from collections.abc import Iterable

from sqlalchemy import func, select

from storage.tickets.tickets import OPEN, tickets
from storage.turn import Turn


def last_assignee(turn: Turn, department: str) -> str | None:
    """Who was given a ticket of this department last."""
    given = select(tickets.c.assignee).where(
        tickets.c.workspace == turn.workspace,
        tickets.c.department == department,
        tickets.c.assigned_at.is_not(None),
    )
    return turn.db.execute(
        given.order_by(tickets.c.assigned_at.desc(), tickets.c.id.desc()).limit(1)
    ).scalar()


def open_by_assignee(turn: Turn, persons: Iterable[str]) -> dict[str, int]:
    """How many open tickets each of these has."""
    conditions = (
        tickets.c.workspace == turn.workspace,
        tickets.c.assignee.in_(set(persons)),
        tickets.c.state.in_(OPEN),
    )
    counted = (
        select(tickets.c.assignee, func.count().label("tickets"))
        .where(*conditions)
        .group_by(tickets.c.assignee)
    )
    return {row.assignee: row.tickets for row in turn.db.execute(counted)}
