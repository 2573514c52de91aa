"""The catalogue's text as a document, with the line of everything in it and what could
not be read.
"""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.catalogue.positions import Path, Places, Statement, places
from bot.kit.catalogue import Mistake

_MOST = 50


class Unquoted(Mistake):
    sentence = 'A key with other letters than a to z is written in quotes: "{key}" = …'


class Unreadable(Mistake):
    sentence = "This is not TOML: {reason}."


class AlreadyThere(Mistake):
    sentence = "“{name}” is already in line {first}; keep one of them."


@dataclass(frozen=True)
class Source:
    """What a text says, as far as it could be read; the mistakes tell what could not, with path and
    line.
    """

    document: dict[str, Any]
    places: Places
    """Of what was read."""
    everything: Places
    mistakes: tuple[tuple[Path, int, Mistake], ...] = ()

    def names(self, table: str) -> set[str]:
        """What a table defines, even where the definition could not be read."""
        return self.everything.names(table)

    def was_unread(self, path: Path) -> bool:
        """Whether something at, below or around this path could not be read."""
        unread = [
            lost for lost, _, mistake in self.mistakes if not isinstance(mistake, AlreadyThere)
        ]
        return any(path[: len(lost)] == lost[: len(path)] for lost in unread)


def read(text: str) -> Source:
    """The document; statements that cannot be read are left out, one after the other, until the
    rest can.
    """
    result = places(text)
    lines = text.split("\n")
    mistakes: list[tuple[Path, int, Mistake]] = []
    while True:
        try:
            document = tomllib.loads("\n".join(lines), parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            line, reason = _told(str(error), len(lines))
            statement = result.statement_at(line)
            path, at, mistake = _mistake(statement, result, line, reason)
            lost = (
                statement is None
                or len(mistakes) == _MOST
                or not _left_out(lines, result.lines_of(statement))
            )
            mistakes.append((() if lost else path, at, mistake))
            if lost:
                return Source({}, result, result, tuple(mistakes))
        else:
            read_ones = places("\n".join(lines)) if mistakes else result
            return Source(_frozen(document), read_ones, result, tuple(mistakes))


def _told(message: str, last: int) -> tuple[int, str]:
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    if place is None:
        return last, message
    return int(place[1] or last), message[: place.start()]


def _mistake(
    statement: Statement | None, result: Places, line: int, reason: str
) -> tuple[Path, int, Mistake]:
    if statement is None:
        return (), line, Unreadable(reason=reason)
    earlier = result.first_of(statement)
    if earlier is not None:
        return (
            statement.path,
            statement.first,
            AlreadyThere(name=dotted(statement.path), first=earlier.first),
        )
    key = str(statement.path[-1]) if statement.path else ""
    is_unquoted = reason.startswith("Expected '=' after a key") and not key.isascii()
    unread = Unquoted(key=key) if is_unquoted else Unreadable(reason=reason)
    return statement.path, min(line, statement.last), unread


def _left_out(lines: list[str], gone: range) -> bool:
    """Blanks the lines, so that the others keep their numbers; false when nothing was left to
    blank.
    """
    numbers = range(gone.start - 1, min(gone.stop - 1, len(lines)))
    some = any(lines[n].strip() for n in numbers)
    lines[numbers.start : numbers.stop] = [""] * len(numbers)
    return some


def _frozen(value: Any) -> Any:
    """Lists become tuples: nothing of the catalogue is changed once it is read."""
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def dotted(path: Path) -> str:
    """``departments.it.absences.1``: keys and, counted from one, rows."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
