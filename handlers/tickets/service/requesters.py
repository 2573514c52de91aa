"""Everybody who asked for what a ticket is about: its requester, and those whose tickets were
merged into it. What is private stays with its requester.
"""

from storage.tickets import tickets
from storage.tickets.tickets import Ticket
from storage.turn import Turn


def also(turn: Turn, ticket: Ticket) -> list[Ticket]:
    """The merged tickets whose requesters hear what happens to this one, each person once."""
    if ticket.is_private or ticket.state == "merged":
        return []
    merged = tickets.merged_into(turn, ticket.id)
    by_person = {each.requester: each for each in reversed(merged) if not each.is_private}
    return [each for person, each in by_person.items() if person != ticket.requester]
