"""Fields: what each fact of a document is called, whether it is needed, and whether it is ready to
be printed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from operator import is_
from typing import Any, NamedTuple, TypeVar, get_type_hints

from bot.kit import pdf
from bot.kit.errors import Problem
from bot.kit.money import Money
from bot.kit.words import N_, Phrase

F = TypeVar("F")


@dataclass(frozen=True)
class Field:
    """What a person calls a fact, and what holds of it; stands beside its type in ``Annotated``."""

    label: str
    """An English sentence of the catalogues."""
    needed: bool = True
    """The document cannot be made without it."""
    needed_in: frozenset[str] = frozenset()
    """Countries (``PL``) where it is needed although it is not elsewhere."""
    free: bool = False
    """Free text, or what others wrote: what cannot be printed is spelled instead of refused, in all
    parts of it.
    """
    some: bool = False
    """Of a tuple: it may not be empty."""
    but: frozenset[str] = frozenset()
    """Fields of this value that are not needed here, although they are in general."""
    also: frozenset[str] = frozenset()
    """Fields of this value that are needed here, although they are not in general; a tuple among
    them may not be empty.
    """

    def is_needed(self, country: str) -> bool:
        return self.needed or country in self.needed_in


@dataclass(frozen=True)
class Gap:
    """A needed fact that is not known: where it belongs (``debtor.tax_id``) and what a person calls
    it.
    """

    path: str
    name: Phrase


class FieldsMissing(Problem):
    """Needed facts are not known; all of them are named, and :attr:`gaps` tells a form what to ask
    for.
    """

    sentence = N_(
        "This document cannot be made without: {fields}. What is ours stands under [company] in "
        "the catalogue, "
        "what is a customer's with the customer, what is an employee's in the personnel file that "
        "HR keeps."
    )

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        self.gaps = gaps
        super().__init__(fields=tuple(gap.name for gap in gaps))


_KNOWN: dict[type, Mapping[str, Field]] = {}


def fields_of(facts: type) -> Mapping[str, Field]:
    """The fields of a facts type in their order, by attribute; none for any other type."""
    if facts not in _KNOWN:
        has_fields = is_dataclass(facts) and facts is not Money
        hints = get_type_hints(facts, include_extras=True) if has_fields else {}
        _KNOWN[facts] = {f.name: _field(hints[f.name]) for f in fields(facts)} if has_fields else {}
    return _KNOWN[facts]


def _field(hint: Any) -> Field:
    return next(extra for extra in hint.__metadata__ if isinstance(extra, Field))


def gaps(facts: type, values: Mapping[str, object], country: str = "") -> Iterator[Gap]:
    """Every needed fact that ``values`` does not have, also inside parties and lines."""
    return _gaps(facts, values.get, country, _TOP, Field(""))


def _gaps(
    facts: type, get: Callable[[str], object], country: str, place: "_Place", site: Field
) -> Iterator[Gap]:
    for name, field in fields_of(facts).items():
        value = get(name)
        if _is_blank(value, field.some or name in site.also):
            if (field.is_needed(country) or name in site.also) and name not in site.but:
                yield Gap(place.path + name, place.phrase(field))
        elif isinstance(value, tuple):
            for n, item in enumerate(value, 1):
                if fields_of(type(item)):
                    inner = _Place(f"{place.path}{name}.{n}.", place, field, n)
                    yield from _gaps(type(item), partial(getattr, item), country, inner, field)
        elif fields_of(type(value)):
            inner = _Place(f"{place.path}{name}.", place, field)
            yield from _gaps(type(value), partial(getattr, value), country, inner, field)


class _Place(NamedTuple):
    """Where a fact stands: in which field of what, and as which of several."""

    path: str = ""
    inside: "_Place | None" = None
    of: Field | None = None
    n: int = 0

    def phrase(self, field: Field) -> Phrase:
        if not self.inside or not self.of:
            return Phrase(field.label)
        of = self.inside.phrase(self.of)
        of = Phrase("{field} {n}", field=of, n=self.n) if self.n else of
        return Phrase("{field} ({of})", field=Phrase(field.label), of=of)


_TOP = _Place()


def _is_blank(value: object, some: bool) -> bool:
    """``some``: a tuple may not be empty."""
    match value:
        case None:
            return True
        case str():
            return not value.strip()
        case tuple():
            return some and not any(not isinstance(part, str) or part.strip() for part in value)
    return False


def printable(facts: F, place: "_Place" = _TOP, free: bool = False) -> F:
    """``facts`` as they will be drawn; ``pdf.GlyphMissing`` names the field with a character that
    cannot be.
    """
    changed = {}
    for name, field in fields_of(type(facts)).items():
        value = getattr(facts, name)
        ready = _printable(value, field, place, free or field.free)
        if ready is not value:
            changed[name] = ready
    return replace(facts, **changed) if changed else facts  # type: ignore[type-var]


def _printable(value: Any, field: Field, place: "_Place", free: bool, n: int = 0) -> Any:
    if isinstance(value, str):
        return pdf.free(value) if free else pdf.fact(value, place.phrase(field))
    if isinstance(value, tuple):
        ready = tuple(_printable(part, field, place, free, n) for n, part in enumerate(value, 1))
        return value if all(map(is_, value, ready)) else ready
    return printable(value, _Place("", place, field, n), free) if fields_of(type(value)) else value
