"""Printing for the commands: facts on standard output, progress and sentences on standard error."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot.kit.language.characters import escaped_for_json, legible

AsJson = Annotated[bool, typer.Option("--json", help="Print facts for other programs, as JSON.")]
Thing = TypeVar("Thing")


def print_lines(facts: Iterable[object], as_json: bool) -> None:
    """Each fact on a line: as JSON, or as it is."""
    for fact in facts:
        if as_json:
            typer.echo(json_line(fact))
        else:
            print_text(str(fact))


def print_text(text: str, *, err: bool = False) -> None:
    """A text for a person; no sign in it commands their terminal."""
    typer.echo(legible(text), err=err)


def json_line(fact: object) -> str:
    """A fact as JSON that can be read back wherever it is written to.

    Letters stand as they are in UTF-8. Elsewhere, and where a file's name is no text, they are
    escaped.
    """
    text = escaped_for_json(json.dumps(fact, ensure_ascii=False))
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode("utf-8" if encoding.lower() in ("utf-8", "utf8") else "ascii")
    except UnicodeEncodeError:
        return json.dumps(fact)
    return text


def say_if_empty(paths: Iterable[Path], count: int) -> None:
    """Folders without files are no mistake, but silence would look like one."""
    if not count:
        print_text(f"There are no files in {', '.join(map(str, paths))}.", err=True)


def counted(things: Iterable[Thing], what: str) -> Iterator[Thing]:
    """The same things; a terminal shows meanwhile how many there were."""
    if not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} " + what))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        for place, thing in enumerate(things):
            if place % 100 == 0:  # telling of each would take longer than reading it
                progress.update(task, completed=place)
            yield thing
