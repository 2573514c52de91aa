"""Errors that a person can act on: a sentence and its facts, spoken later in that person's language."""

from typing import ClassVar


class Problem(Exception):  # noqa: N818 - it names what is the case, not a fault of ours
    """Something a person asked for cannot be done, and why.

    A subclass gives its ``sentence`` (English, with ``{fact}`` placeholders, a key of the
    catalogues); whoever raises it gives the facts. ``str(problem)`` is the English sentence.
    """

    sentence: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))
