"""The catalogues as they stand beside the features."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.kit.words import LANGUAGES, catalogue_files
from tests.contract.house import ROOT
from tests.contract.sentences import Sentence

FOREIGN = tuple(language for language in LANGUAGES if language != "en")


@cache
def catalogues(language: str) -> tuple[tuple[str, Catalog], ...]:
    """Every catalogue of a language with the file that holds it."""
    return tuple((shown(file), _read(file, language)) for file in catalogue_files(language))


def shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _read(file: Path, language: str) -> Catalog:
    with file.open("rb") as po:
        return read_po(po, locale=language, abort_invalid=True)


def entries(language: str) -> Iterator[tuple[str, Message]]:
    return (
        (file, message)
        for file, catalogue in catalogues(language)
        for message in catalogue
        if message.id
    )


def key(message: Message) -> Sentence:
    return Sentence(message.id) if isinstance(message.id, str) else Sentence(*message.id)


def forms(message: Message) -> tuple[str, ...]:
    return (
        tuple(message.string)
        if isinstance(message.string, tuple | list)
        else (message.string or "",)
    )
