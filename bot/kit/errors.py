"""Errors that a person can act on: a sentence and its facts, spoken later in that person's
language.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar


class Problem(Exception):
    """Something a person asked for cannot be done, and why.

    A subclass gives its ``sentence`` (English, with ``{fact}`` placeholders, a key of the
    catalogues); whoever raises it gives the facts. ``str(problem)`` is the English sentence.
    """

    sentence: ClassVar[str] = ""
    field: str | None = None
    """The block id of the form's field that is wrong, where there is one."""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(in_english(self.sentence, facts))


class NotForGuests(Problem):
    """A guest, or somebody of another company, where only members may."""

    sentence = "This is only for members of this workspace."


class OurFault(Problem):
    """What is said of a fault of ours, as the end of a sentence."""

    sentence = "something went wrong on our side"


def in_english(sentence: str, facts: Mapping[str, object]) -> str:
    """A sentence with its facts; several of a kind are told one after the other."""
    return sentence.format(
        **{name: _listed(fact) if isinstance(fact, tuple) else fact for name, fact in facts.items()}
    )


def _listed(facts: Sequence[object]) -> str:
    *first, last = map(str, facts) if facts else ("",)
    return " and ".join((", ".join(first), last)) if first else last
