"""What is typed after a command: days, folders, files to read and to write."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.kit.errors import Problem

if TYPE_CHECKING:
    from storage.turn import Turn


class Direction(StrEnum):
    """Who owes: the customer us, or we them."""

    receivable = "receivable"
    payable = "payable"


MOST_BYTES = 128 * 1024**2


class CannotOpen(Problem):
    """A file is not there, or not ours to read."""

    sentence = "{path} cannot be opened: {why}."


class TooLarge(Problem):
    """A file beyond what is read at once."""

    sentence = "{path} is larger than {most} MB, and nothing that Zaplecze reads is."


class CannotWrite(Problem):
    """A file cannot be made there."""

    sentence = "{path} cannot be written: {why}."


def content_of(file: Path) -> bytes:
    """All bytes of a file that somebody named; of one beyond measure none is read."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise TooLarge(path=file, most=MOST_BYTES // 1024**2)
        return file.read_bytes()
    except OSError as refused:
        raise CannotOpen(path=file, why=refused.strerror) from refused


def write(file: Path, content: bytes) -> None:
    """Write a file where somebody wants it."""
    try:
        file.write_bytes(content)
    except OSError as refused:
        raise CannotWrite(path=file, why=refused.strerror) from refused


def day(text: str) -> date:
    """A day as somebody types it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}” is not a day. Write it as 2026-11-30.") from None


def remember_mapping(turn: "Turn", file: Path | None) -> None:
    """Tables with the headings of this mapping are read by it, now and from now on."""
    from handlers.invoices.columns.json_form import remember

    if file is not None:
        remember(turn, content_of(file), file.name)


Mapping = Annotated[
    Path | None,
    typer.Option(
        help=(
            "What a table's columns mean, as `invoices columns --json` prints it; kept for its "
            "headings."
        )
    ),
]
Paths = Annotated[list[Path], typer.Argument(help="Files and folders; folders are walked.")]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=day, metavar="YYYY-MM-DD", help="The day; today when left out."),
]
