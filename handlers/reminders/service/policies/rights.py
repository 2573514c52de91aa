"""Who may run reminders: finance."""

from bot.kit.errors import Problem
from bot.kit.words import N_
from handlers.people.service import roles
from storage.turn import Turn


class FinanceRunsThem(Problem):
    """Somebody else reached for what is finance's."""

    sentence = N_("Finance runs the reminders. Please ask somebody there.")


def must_be_finance(turn: Turn) -> None:
    """Raises :class:`FinanceRunsThem` for everybody who is not an agent of a finance department."""
    if not roles.may(turn, "reminder", "run, pause, approve"):
        raise FinanceRunsThem()
