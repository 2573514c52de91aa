"""Contradictions: facts that cannot be true together, and who can put them right."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.kit.errors import Problem
from bot.kit.words import N_, Phrase


class DayBefore(Problem):
    """A day that whoever asks gave lies before the document; the form says so at its field."""

    sentence = N_("This day lies before {day}, the day of the document. Choose a later one.")

    def __init__(self, field: str, day: date) -> None:
        super().__init__(day=day)
        self.field = field


class DayAfter(Problem):
    """A day from which whoever asks wants to be told lies after the document."""

    sentence = N_("This day lies after {day}, the day of the document. Choose an earlier one.")

    def __init__(self, field: str, day: date) -> None:
        super().__init__(day=day)
        self.field = field


class FileContradicts(Problem):
    """Nothing is certified that cannot be so."""

    sentence = N_(
        "The personnel file contradicts itself: {facts}. HR can correct it: ask them with /ticket."
    )


def term_before(path: str, since: str) -> Any:
    """A kind's contradiction: the day of ``path`` lies before that of ``since``."""

    def contradiction(values: Mapping[str, object]) -> Problem | None:
        term, day = values.get(path), values.get(since)
        if isinstance(term, date) and isinstance(day, date) and term < day:
            return DayBefore(path, day)
        return None

    return contradiction


def since_after(path: str, until: str) -> Any:
    """A kind's contradiction: the day of ``path``, from which it tells, lies after ``until``."""

    def contradiction(values: Mapping[str, object]) -> Problem | None:
        since, day = values.get(path), values.get(until)
        if isinstance(since, date) and isinstance(day, date) and since > day:
            return DayAfter(path, day)
        return None

    return contradiction


def in_personnel_file(values: Mapping[str, Any]) -> Problem | None:
    """What an employee's file says against itself, all at once."""
    facts = (*_of_contract(values), *_of_pay(values))
    return FileContradicts(facts=facts) if facts else None


def _of_contract(values: Mapping[str, Any]) -> Iterator[Phrase]:
    begins, ends = values.get("started_on"), values.get("ends_on")
    issued, born = values.get("issued_on"), values.get("born_on")
    if ends and values.get("duration") == "indefinite":
        yield Phrase(N_("the contract is for an indefinite time and ends on {day}"), day=ends)
    if begins and ends and ends < begins:
        yield Phrase(
            N_("the contract begins on {begins} and ends on {ends}"), begins=begins, ends=ends
        )
    if begins and issued and issued < begins:
        yield Phrase(N_("the contract begins on {day} only"), day=begins)
    if ends and issued and ends < issued:
        yield Phrase(N_("the contract ended on {day}"), day=ends)
    if born and begins and begins <= born:
        yield Phrase(
            N_("the date of birth is {born}, the first day {begins}"), born=born, begins=begins
        )


def _of_pay(values: Mapping[str, Any]) -> Iterator[Phrase]:
    begins = values.get("started_on")
    for pay in values.get("months", ()):
        if pay.net.minor > pay.gross.minor:
            yield Phrase(N_("the net pay of the month from {day} exceeds the gross"), day=pay.month)
        if begins and pay.month < begins.replace(day=1):
            yield Phrase(
                N_("there is pay for the month from {day}, before the first day"), day=pay.month
            )
