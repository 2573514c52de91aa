"""Errors that a person can act on: a sentence and its facts, spoken later in that person's language."""

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
        super().__init__(self.sentence.format(**facts))
