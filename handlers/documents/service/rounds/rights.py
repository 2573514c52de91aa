"""Who may ask all customers for their balance of a day, and read what they answered: finance."""

from handlers.ledger.service.lookup import NotYours
from handlers.people.service import roles
from storage.turn import Person, Turn


def may_run(turn: Turn, person: Person | None = None) -> bool:
    """Whether somebody, the actor unless told, may."""
    return roles.may(turn, "balance round", "run, see", person=person)


def must_run(turn: Turn) -> None:
    """Raises :class:`NotYours` where the actor may not."""
    if not may_run(turn):
        raise NotYours()
