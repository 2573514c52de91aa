"""Every mistake of a catalogue as a sentence with its place."""

from collections.abc import Callable, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.catalogue.positions import Path
from bot.catalogue.source import Source, dotted
from bot.kit.catalogue import Catalogue, Label, Mistake
from bot.kit.catalogue.mistakes import NotATable
from bot.kit.catalogue.rules import closest
from bot.kit.errors import Problem
from bot.kit.words import Words


class CatalogueMistakes(Problem):
    """All that is wrong in a catalogue, in the order of its lines."""

    sentence = "The catalogue cannot be used:\n{mistakes}"

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes
        super().__init__(mistakes="\n".join(map(str, mistakes)))

    def lines(self, words: Words) -> list[str]:
        """Each mistake with its place, in the reader's language."""
        return [f"{mistake.place}: {words.problem(mistake)}" for mistake in self.mistakes]


class UnknownKey(Mistake):
    sentence = "“{key}” is not known here. Known are {known}."


class MisspeltKey(Mistake):
    sentence = "“{key}” is not known here. Did you mean “{suggestion}”?"


class MissingKey(Mistake):
    sentence = "“{key}” is missing."


class MissingLanguage(Mistake):
    sentence = "The text in “{language}” is missing; each text is needed in en, pl and hu."


class NotText(Mistake):
    sentence = "This must be text in quotes."


class NotWhole(Mistake):
    sentence = "This must be a whole number without quotes, such as 7."


class NotYesOrNo(Mistake):
    sentence = "This must be true or false, without quotes."


class NotADate(Mistake):
    sentence = "This must be a date without quotes, such as 2026-12-24."


class NotAList(Mistake):
    sentence = 'This must be a list in brackets, such as ["one", "two"].'


class NotOneOf(Mistake):
    sentence = "“{value}” is not possible here; it must be one of {choices}."


class Blank(Mistake):
    sentence = "This text is empty."


class TooLong(Mistake):
    sentence = "This is too long; {most} are possible."


class TooSmall(Mistake):
    sentence = "{value} is too small; the least is {least}."


class TooGreat(Mistake):
    sentence = "{value} is too great; the most is {most}."


class Impossible(Mistake):
    sentence = "This is not possible: {reason}."


def placed(mistake: Mistake, file: str, source: Source, path: Path, line: int = 0) -> Mistake:
    """The mistake with the place that it speaks of: the line given, or that of the path."""
    mistake.line = line or source.places.line(path)
    mistake.place = f"{file}:{mistake.line}" + (f" ({dotted(path)})" if path else "")
    return mistake


def of_validation(
    error: ValidationError, document: Mapping[str, Any]
) -> list[tuple[Path, Mistake]]:
    """What the types say, as paths of the document and sentences."""
    return [_told(details, document) for details in error.errors(include_url=False)]


_NotFit = Callable[[Any, Mapping[str, Any]], Mistake]

# By pydantic's own names: what was given and the facts that it tells, to our sentence.
_SENTENCES: Mapping[str, _NotFit] = {
    "string_type": lambda value, facts: NotText(),
    "int_type": lambda value, facts: NotWhole(),
    "int_from_float": lambda value, facts: NotWhole(),
    "bool_type": lambda value, facts: NotYesOrNo(),
    "date_type": lambda value, facts: NotADate(),
    "date_from_datetime_inexact": lambda value, facts: NotADate(),
    "tuple_type": lambda value, facts: NotAList(),
    "dict_type": lambda value, facts: NotATable(),
    "model_type": lambda value, facts: NotATable(),
    "mapping_type": lambda value, facts: NotATable(),
    "literal_error": lambda value, facts: NotOneOf(value=value, choices=_choices(facts)),
    "string_too_short": lambda value, facts: Blank(),
    "too_long": lambda value, facts: TooLong(most=facts["max_length"]),
    "string_too_long": lambda value, facts: TooLong(most=facts["max_length"]),
    "greater_than_equal": lambda value, facts: TooSmall(value=value, least=facts["ge"]),
    "greater_than": lambda value, facts: TooSmall(value=value, least=facts["gt"]),
    "less_than_equal": lambda value, facts: TooGreat(value=value, most=facts["le"]),
    "less_than": lambda value, facts: TooGreat(value=value, most=facts["lt"]),
}


def _choices(facts: Mapping[str, Any]) -> str:
    return str(facts["expected"]).replace("'", "").replace(" or ", ", ")


def _told(details: ErrorDetails, document: Mapping[str, Any]) -> tuple[Path, Mistake]:
    path = _in_document(details["loc"], document)
    facts = details.get("ctx", {})
    if isinstance(facts.get("error"), Mistake):
        return path, facts["error"]
    if details["type"] == "missing":
        return path, _missing(path)
    if details["type"] == "extra_forbidden":
        return path, _not_known(path)
    sentence = _SENTENCES.get(details["type"])
    if sentence is None:
        return path, Impossible(reason=details["msg"])
    return path, sentence(details["input"], facts)


def _in_document(loc: tuple[int | str, ...], document: Any) -> Path:
    """The path in the file: tables that became a list go by their keys there, a table's own key by
    the table.
    """
    path: list[int | str] = []
    for part in loc:
        if isinstance(part, int) and isinstance(document, Mapping):
            part = list(document)[part]
        inside = isinstance(document, Mapping) and part in document
        if part == "[key]" or (part == "key" and not inside):
            break
        path.append(part)
        rows = isinstance(document, tuple) and isinstance(part, int)
        document = document[part] if inside or rows else None
    return tuple(path)


def _missing(path: Path) -> Mistake:
    model, key = _model_at(path[:-1]), str(path[-1])
    if model is not None and issubclass(model, Label) and key in Label.model_fields:
        return MissingLanguage(language=key)
    return MissingKey(key=key)


def _not_known(path: Path) -> Mistake:
    model, key = _model_at(path[:-1]), str(path[-1])
    model_fields = sorted(set(model.model_fields if model else ()) - {"key"})
    meant = closest(key, model_fields)
    return (
        MisspeltKey(key=key, suggestion=meant)
        if meant
        else UnknownKey(key=key, known=", ".join(model_fields))
    )


def _model_at(path: Path) -> type[BaseModel] | None:
    """The type that the table at this path must have."""
    kind: Any = Catalogue
    for part in path:
        model = _model_in(kind)
        if model is not None and isinstance(part, str) and part in model.model_fields:
            kind = model.model_fields[part].annotation
        elif model is not None:
            return None
        else:
            kind = _inside(kind)
    return _model_in(kind)


def _bare(kind: Any) -> Any:
    """Without annotations, and without the ``None`` beside it."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _bare(next(arg for arg in get_args(kind) if arg is not type(None)))
    return kind


def _inside(kind: Any) -> Any:
    """The type of a list's or a table's members."""
    members = [arg for arg in get_args(_bare(kind)) if arg is not Ellipsis]
    return members[-1] if members else None


def _model_in(kind: Any) -> type[BaseModel] | None:
    bare = _bare(kind)
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None
