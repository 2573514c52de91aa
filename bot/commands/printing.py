"""Printing for the commands: facts on standard output, progress and sentences on standard error."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Annotated, TypeVar

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print facts for other programs, as JSON.")]
Thing = TypeVar("Thing")


def print_lines(facts: Iterable[object], as_json: bool) -> None:
    """Each fact on a line: as JSON, or as it is."""
    for fact in facts:
        typer.echo(json.dumps(fact, ensure_ascii=False) if as_json else str(fact))


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
        for thing in things:
            progress.advance(task)
            yield thing
