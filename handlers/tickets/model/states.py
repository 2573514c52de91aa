"""The life of a ticket as one table: which move leads from which state to which, and why another is
refused.
"""

from collections.abc import Mapping
from typing import Literal

from bot.kit.errors import Problem
from storage.tickets.tickets import OPEN, State, Ticket

Move = Literal[
    "take",
    "put_back",
    "assign",
    "wait",
    "answer",
    "release",
    "resolve",
    "reopen",
    "restore",
    "close",
    "cancel",
    "merge",
    "transfer",
    "edit",
    "snooze",
]

_STAYS_OPEN: Mapping[State, State] = {state: state for state in OPEN}

MOVES: Mapping[Move, Mapping[State, State]] = {
    "take": {"new": "in_progress", "in_progress": "in_progress", "waiting": "waiting"},
    "put_back": {"new": "new", "in_progress": "new", "waiting": "waiting"},
    "assign": {"new": "in_progress", "in_progress": "in_progress", "waiting": "waiting"},
    "wait": {"new": "waiting", "in_progress": "waiting", "waiting": "waiting"},
    "answer": {"waiting": "in_progress"},  # what was waited for has come
    "release": {"waiting": "new"},  # the same, where nobody has it yet
    "resolve": {"new": "resolved", "in_progress": "resolved", "waiting": "resolved"},
    "reopen": {
        "resolved": "in_progress",
        "closed": "in_progress",
        "cancelled": "in_progress",
    },
    "restore": {"cancelled": "new"},  # the same, where nobody had it
    "close": {"resolved": "closed"},
    "cancel": {"new": "cancelled", "in_progress": "cancelled", "waiting": "cancelled"},
    "merge": {"new": "merged", "in_progress": "merged", "waiting": "merged"},
    "transfer": {"new": "new", "in_progress": "new", "waiting": "new"},
    "edit": _STAYS_OPEN,
    "snooze": _STAYS_OPEN,
}


class NotNow(Problem):
    """The ticket is in a state in which this cannot be done."""


class StillOpen(NotNow):
    sentence = "{number} is still open."


class AlreadyResolved(NotNow):
    sentence = "{number} is already resolved. Reopen it first."


class AlreadyClosed(NotNow):
    sentence = "{number} is closed. Reopen it first."


class AlreadyCancelled(NotNow):
    sentence = "{number} was cancelled. Please open a new ticket."


class AlreadyMerged(NotNow):
    sentence = "{number} was merged into another ticket; go on there."


class NotWaiting(NotNow):
    sentence = "{number} is not waiting for anything."


_REFUSALS: Mapping[State, type[NotNow]] = {
    "new": StillOpen,
    "in_progress": StillOpen,
    "waiting": StillOpen,
    "resolved": AlreadyResolved,
    "closed": AlreadyClosed,
    "cancelled": AlreadyCancelled,
    "merged": AlreadyMerged,
}


def after(move: Move, ticket: Ticket, number: str) -> State:
    """The state that a move leads to; refused with the reason when there is no way."""
    state = MOVES[move].get(ticket.state)
    if state is None:
        raise (
            NotWaiting(number=number)
            if move in ("answer", "release") and ticket.is_open
            else _REFUSALS[ticket.state](number=number)
        )
    return state


def is_possible(move: Move, ticket: Ticket) -> bool:
    return ticket.state in MOVES[move]


def is_type_open(ticket: Ticket) -> bool:
    """Whether its requester may still say what it is: its type was guessed, and nobody has
    answered.
    """
    is_untouched = ticket.answered_at is None and ticket.waiting_for in (None, "approval")
    return ticket.is_open and is_untouched and ticket.is_type_guessed
