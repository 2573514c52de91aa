"""Nothing due: why a letter would have nothing to ask for, said before anything else is asked."""

from collections.abc import Mapping
from typing import Any

from bot.kit.errors import Problem
from bot.kit.words import N_


class NothingOpen(Problem):
    sentence = N_(
        "{customer} has nothing to pay as of {day} that is neither disputed nor promised: there is "
        "nothing to remind of."
    )


class NothingLate(Problem):
    sentence = N_(
        "{customer} has nothing overdue as of {day} that is neither disputed nor promised: there "
        "is nothing to demand."
    )


class NoInterest(Problem):
    sentence = N_(
        "{customer} owes no interest as of {day}: nothing was late, or an earlier note has asked "
        "for it."
    )


def without(path: str, day: str, problem: type[Problem]) -> Any:
    """A kind's reason not to be made: the books have nothing at ``path`` on the day at ``day``."""

    def reason(values: Mapping[str, object]) -> Problem | None:
        if values.get(path) != ():
            return None
        return problem(customer=getattr(values.get("debtor"), "name", "–"), day=values.get(day))

    return reason
