"""Followers: people who see a ticket's progress without having asked for it."""

from collections.abc import Iterable

from bot.kit.errors import Problem
from handlers.people.service import roles
from handlers.tickets.blocks import card
from handlers.tickets.service import cards
from storage.people import people
from storage.tickets import tickets
from storage.tickets.tickets import Ticket
from storage.turn import BOT, Turn


class GuestsCannotFollow(Problem):
    """Guests see no tickets, so they would follow nothing."""

    sentence = "Guests cannot follow a ticket: {people}."
    field = "followers"


def refuse_guests(turn: Turn, persons: Iterable[str]) -> None:
    """Whoever names guests is told so, before anything is done."""
    existing = people.persons(turn, persons).values()
    guests = sorted(person.name for person in existing if person.is_external)
    if guests:
        raise GuestsCannotFollow(people=tuple(guests))


def of_ticket(turn: Turn, ticket: Ticket) -> list[str]:
    """Who follows it, by id."""
    return tickets.participants_of(turn, ticket, "follower")


def begin(turn: Turn, ticket: Ticket, persons: Iterable[str]) -> None:
    """These follow it from now on; guests and bots do not."""
    existing = people.persons(turn, persons)
    for person in existing.values():
        able = not person.is_external and not person.is_bot and person.id != BOT.id
        if able and tickets.add_participant(turn, ticket, person.id, "follower"):
            turn.record("ticket.followed", ticket.key, person=person.id)
            _show(turn, ticket, person.id)


def end(turn: Turn, ticket: Ticket, persons: Iterable[str]) -> None:
    """These follow it no more; their card is taken back."""
    for person in sorted(persons):
        tickets.remove_participant(turn, ticket, person, "follower")
        turn.record("ticket.unfollowed", ticket.key, person=person)
        turn.withdraw(_card(ticket, person))


def refresh(turn: Turn, ticket: Ticket) -> None:
    """Each follower's card shows the ticket as it is now."""
    for person in of_ticket(turn, ticket):
        _show(turn, ticket, person)


def _show(turn: Turn, ticket: Ticket, person: str) -> None:
    words = roles.words_for(turn, person)
    look = card.follower(cards.of(turn, ticket, words), words)
    turn.show(_card(ticket, person), person, look.text, look.blocks, subject=ticket.key)


def _card(ticket: Ticket, person: str) -> str:
    return f"{ticket.key}:follower:{person}"
