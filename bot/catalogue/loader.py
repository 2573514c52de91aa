"""The company's catalogue from ``zaplecze.toml``: one frozen value, or every mistake at once with
its line.
"""

import re
from collections.abc import Collection, Mapping
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import tomlkit
from babel.core import get_global
from holidays import registry
from pydantic import ValidationError

from bot.catalogue.consistency import between
from bot.catalogue.mistakes import CatalogueMistakes, of_validation, placed
from bot.catalogue.positions import Path as KeyPath
from bot.catalogue.source import Source, read
from bot.kit.catalogue import Catalogue, Mistake
from bot.kit.catalogue.rules import (
    CALENDARS,
    COUNTRIES,
    CURRENCIES,
    DEPARTMENTS,
    DOCUMENT_KINDS,
    MADE_KINDS,
    PICTURES,
    REQUEST_TYPES,
    ZONES,
)
from bot.kit.errors import Problem
from bot.kit.plugins import names_in

SHIPPED = Path(__file__).with_name("zaplecze.toml")
MOST_PICTURE = 500_000  # bytes
MOST_PIXELS = 2_000_000
EVERYWHERE = "*"
"""The key of the catalogue that holds for any workspace."""


class NoCatalogue(Problem):
    sentence = (
        "There is no catalogue at {path}. Write one with zaplecze init, or correct ZAPLECZE_CONFIG."
    )


class NotReadable(Problem):
    sentence = "{path} cannot be read as text in UTF-8: {reason}."


class NoWorkspaceIn(Problem):
    sentence = (
        "The folder {path} holds no catalogue. Each workspace has one there, named by its id: "
        "T0123ABCD.toml."
    )


class NotAWorkspace(Mistake):
    sentence = "A catalogue in a folder is named by its workspace's id, such as T0123ABCD.toml."


class AlreadyWritten(Problem):
    sentence = "{path} exists already and is left as it is. Move it away, or name another place."


def load(path: Path | None = None) -> Catalogue:
    """The catalogue of a file; without one the catalogue that is shipped.

    Raises :class:`CatalogueMistakes` with all that is wrong, :class:`NoCatalogue` or
    :class:`NotReadable`.
    """
    return loads(_text(path), path.name, path.parent) if path else _shipped()


def load_all(path: Path | None = None) -> Mapping[str, Catalogue]:
    """The catalogue of each workspace by its team id: of one file for every workspace (``*``), or
    of a folder.
    """
    if path is None or not path.is_dir():
        return {EVERYWHERE: load(path)}
    files = sorted(path.glob("*.toml"))
    if not files:
        raise NoWorkspaceIn(path=path)
    result: dict[str, Catalogue] = {}
    mistakes: list[Mistake] = []
    for file in files:
        try:
            result[_team(file)] = load(file)
        except CatalogueMistakes as wrong:
            mistakes.extend(wrong.mistakes)
    if mistakes:
        raise CatalogueMistakes(tuple(mistakes))
    return result


def loads(text: str, name: str = "zaplecze.toml", folder: Path | None = None) -> Catalogue:
    """The catalogue of a text; ``name`` is what its mistakes call it, and in the ``folder`` lie the
    pictures that it names.
    """
    source = read(text)
    catalogue, told = _validated(source, folder)
    told += between(source.document)
    kept = [(path, mistake) for path, mistake in told if not source.was_unread(path)]
    mistakes = [placed(mistake, name, source, path) for path, mistake in kept]
    mistakes += [
        placed(mistake, name, source, path, line) for path, line, mistake in source.mistakes
    ]
    if catalogue is None or mistakes:
        raise CatalogueMistakes(tuple(sorted(mistakes, key=lambda mistake: mistake.line)))
    return catalogue


def write_default(path: Path, company: Mapping[str, Any] | None = None) -> None:
    """Writes the shipped catalogue with its comments, and the facts of ``[company]`` that are
    given.

    Never writes over a file: :class:`AlreadyWritten`.
    """
    document = tomlkit.parse(SHIPPED.read_text(encoding="utf-8"))
    for key, value in (company or {}).items():
        document["company"][key] = value
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(tomlkit.dumps(document))
    except FileExistsError:
        raise AlreadyWritten(path=path) from None


@cache
def _shipped() -> Catalogue:
    return loads(_text(SHIPPED), SHIPPED.name)


def _validated(
    source: Source, folder: Path | None
) -> tuple[Catalogue | None, list[tuple[KeyPath, Mistake]]]:
    known = {**_defined(source), PICTURES: partial(_picture, folder)}
    try:
        return Catalogue.model_validate(source.document, context=known), []
    except ValidationError as error:
        return None, of_validation(error, source.document)


def _picture(folder: Path | None, name: str) -> bytes | None:
    """What lies in the folder under this name, where it is a picture that documents can show."""
    if folder is None:
        return None
    try:
        content = (folder / name).read_bytes()
    except (OSError, ValueError):  # a name that no file can have is a ValueError
        return None
    is_known = content.startswith((b"\x89PNG", b"\xff\xd8")) and len(content) <= MOST_PICTURE
    return content if is_known and _can_be_shown(content) else None


def _can_be_shown(picture: bytes) -> bool:
    """Whether all of it can be read; few bytes may unfold to more than the machine holds."""
    from reportlab.lib.utils import Image, ImageReader  # who names none does not wait for it

    try:
        opened = ImageReader(BytesIO(picture))
        wide, high = opened.getSize()
        if wide * high > MOST_PIXELS:
            return False
        opened.getRGBData()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def _defined(source: Source) -> dict[str, Any]:
    """What may be named: what the file defines, even where its definition is wrong, and the
    world's.
    """
    tables = (DEPARTMENTS, CALENDARS, REQUEST_TYPES, DOCUMENT_KINDS)
    return {table: source.names(table) for table in tables} | _world()


@cache
def _world() -> dict[str, Collection[str]]:
    return {
        MADE_KINDS: names_in("handlers.documents.kinds"),
        # holidays.list_supported_countries() tells the same, and loads every country for it.
        COUNTRIES: frozenset(
            code for names in registry.COUNTRIES.values() for code in names if len(code) == 2
        ),
        ZONES: frozenset(available_timezones()),
        CURRENCIES: frozenset(
            code
            for tenders in get_global("territory_currencies").values()
            for code, _, until, is_tender in tenders
            if is_tender and until is None
        ),
    }


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NoCatalogue(path=path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise NotReadable(path=path, reason=error) from None


def _team(file: Path) -> str:
    if not re.fullmatch(r"[TE][A-Z0-9]+", file.stem):
        mistake = NotAWorkspace()
        mistake.place = file.name
        raise CatalogueMistakes((mistake,))
    return file.stem
