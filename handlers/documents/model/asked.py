"""A document that is wanted: the words of a form, a command or a button as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from storage.documents.register import Document

Subject = Literal["customer", "invoice", "person", "ticket"]
"""What a document can be about."""


@dataclass(frozen=True)
class Asked:
    """What kind, about whom (or which invoice), as of when, in which language.

    ``about`` is a person (``person:U0EWA``) or a ticket (``ticket:12``) where it is one; ``given``
    are facts that no book knows.
    """

    kind: str
    customer: int
    as_of: date
    language: str
    given: Mapping[str, str]
    invoice: int | None = None
    about: str = ""
    number: str = ""
    """The document's own, once it is registered."""

    @property
    def person(self) -> str:
        return self._named("person")

    @property
    def ticket(self) -> int:
        return int(self._named("ticket") or 0)

    def _named(self, subject: Subject) -> str:
        before, _, name = self.about.partition(":")
        return name if before == subject else ""


def asked_of(document: Document) -> Asked:
    """What a registered document was asked for as."""
    return Asked(
        kind=document.kind,
        customer=document.customer or 0,
        as_of=document.as_of,
        language=document.language,
        given=document.facts,
        invoice=document.invoice,
        about=document.about or "",
        number=document.number,
    )
