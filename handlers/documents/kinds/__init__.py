"""Document kinds: one module each, found by walking this folder. A kind's file holds what people
call it, its facts, where they come from and how they are printed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Generic, TypeVar

from bot.kit.errors import Problem
from bot.kit.pdf import Mark, Sheet, press
from bot.kit.plugins import names_in
from bot.kit.tables.spreadsheet import Tab, as_xlsx
from bot.kit.words import N_, Words
from handlers.documents.kinds.parts.fields import (
    Field,
    FieldsMissing,
    Gap,
    fields_of,
    gaps,
    printable,
)
from handlers.documents.model.asked import Asked, Subject
from handlers.documents.model.names import Names
from storage.turn import Turn

__all__ = [
    "Field",
    "FieldsMissing",
    "Gap",
    "Kind",
    "NoSuchKind",
    "about",
    "fields_of",
    "kind",
    "kinds",
]

F = TypeVar("F")


class NoSuchKind(Problem):
    """A document kind was named that the bot does not make."""

    sentence = N_("There is no document kind {kind}. There are: {kinds}.")


@dataclass(frozen=True)
class Kind(Generic[F]):
    """A document that the bot can make."""

    key: str
    """Its name for machines: ``account_statement``."""
    label: str
    """What people call it: an English sentence of the catalogues."""
    named_by: Names
    """By which words it is asked for."""
    template_version: str
    """Raised whenever the looks or the words change."""
    facts: type[F]
    """A frozen dataclass of plain values, each with its :class:`Field`."""
    sheet: Callable[[F, Words], Sheet]
    """What is printed."""
    about: Subject
    """What it is about: who orders it names one."""
    source: Callable[[Turn, Asked], Mapping[str, object]]
    """The facts as the books know them, among what the actor may see; beside them
    ``remarks``: what an approver should know.
    """
    country_from: str = ""
    """The fact (a party) whose country decides what is needed."""
    workbook: Callable[[F, Words], Iterable[Tab]] | None = None
    """Where the paper is a list: the same as tables that a spreadsheet opens."""
    offers: tuple[tuple[str, str], ...] = ()
    """What a form lets one add and nothing needs: name and label."""
    nothing: Callable[[Mapping[str, object]], Problem | None] = lambda values: None
    """Why there is nothing to make it of, whatever else is missing."""
    further_gaps: Callable[[Mapping[str, object]], Iterable[Gap]] = lambda values: ()
    """What else is needed that one field alone cannot tell."""
    claimed: Callable[[Mapping[str, object]], Sequence[int]] = lambda values: ()
    """The invoices for whose delay it asks, so that a later one asks for what came since."""
    contradiction: Callable[[Mapping[str, object]], Problem | None] = lambda values: None
    """Why facts that are all there cannot be true together, said to who can put them right."""

    @property
    def is_personal(self) -> bool:
        """It holds personal data of an employee: only for that person, with HR's approval."""
        return self.about == "person"

    def gather(self, values: Mapping[str, object]) -> F:
        """The facts from what a ledger or a form gave, by attribute; ``FieldsMissing`` names all
        that is not there.
        """
        self._require(values)
        return self.facts(
            **{name: values[name] for name in fields_of(self.facts) if name in values}
        )

    def missing(self, values: Mapping[str, object]) -> tuple[Gap, ...]:
        """The needed facts that ``values`` does not have: what a form should ask for."""
        country = getattr(values.get(self.country_from), "country", "")
        return (*gaps(self.facts, values, country), *self.further_gaps(values))

    def render(self, facts: F, mark: Mark, words: Words) -> bytes:
        """The PDF. ``FieldsMissing`` when a needed fact is blank, ``GlyphMissing`` when one cannot
        be printed.
        """
        self._require(vars(facts))
        return press(self.sheet(printable(facts), words), mark, words)

    def tabled(self, facts: F, words: Words) -> bytes:
        """The workbook beside the PDF; nothing for a kind without one."""
        return as_xlsx(self.workbook(facts, words)) if self.workbook else b""

    def _require(self, values: Mapping[str, object]) -> None:
        if nothing := self.nothing(values):
            raise nothing
        if missing := self.missing(values):
            raise FieldsMissing(missing)
        if contradiction := self.contradiction(values):
            raise contradiction


@cache
def kinds() -> Mapping[str, Kind[object]]:
    """Every kind by its key."""
    modules = [import_module(f"{__name__}.{name}") for name in names_in(__name__)]
    return {module.KIND.key: module.KIND for module in modules}


def about(subject: Subject) -> list[str]:
    """The keys of the kinds about such a thing."""
    return [key for key, kind in kinds().items() if kind.about == subject]


def kind(key: str) -> Kind[object]:
    """The kind of this key; ``NoSuchKind`` names those that there are."""
    if key not in kinds():
        raise NoSuchKind(kind=key, kinds=", ".join(kinds()))
    return kinds()[key]
