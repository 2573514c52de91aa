"""``zaplecze invoices …``"""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.arguments import Mapping, Paths, remember_mapping
from bot.commands.output import AsJson, counted, print_lines, print_text, say_if_empty
from bot.garbage_collection import look_seldom

invoices = typer.Typer(
    help="Invoices: check files, import them, show what is known.", no_args_is_help=True
)
_SUMS = ("imported", "unchanged", "conflicts", "failed")


@invoices.command()
def check(paths: Paths, as_json: AsJson = False) -> None:
    """Read invoices and say what is in them and what is wrong with them. Stores nothing."""
    from bot.config import Settings
    from handlers.invoices.formats import schemas
    from handlers.invoices.service.document_reader import check_paths

    schemas.look_in(Settings().schemas)
    read = unread = 0
    for thing in counted(check_paths(paths), "documents"):
        read += 1
        unread += "error" in thing
        print_lines([thing] if as_json else [_told(thing)], as_json)
    say_if_empty(paths, read)
    raise typer.Exit(1 if unread else 0)


@invoices.command()
def columns(
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX: a table of invoices, or a bank's.")],
    as_json: AsJson = False,
) -> None:
    """Say what the columns of a table mean: as somebody confirmed it, else as it seems. Changes
    nothing.
    """
    from bot.commands.arguments import CannotOpen
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.invoices.columns.json_form import describe

    with office(Settings()) as turns:
        try:
            facts = describe(lambda: turns.turn(HOME), file)
        except OSError as refused:
            raise CannotOpen(path=file, why=refused.strerror) from refused
    named = facts["columns"]
    assert isinstance(named, dict)
    print_lines(
        [facts] if as_json else [f"{heading}: {field}" for field, heading in named.items()], as_json
    )


@invoices.command("import")
def import_(paths: Paths, mapping: Mapping = None, as_json: AsJson = False) -> None:
    """Book invoices into the ledger. The same file again changes nothing."""
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.invoices.service.document_import import import_paths

    look_seldom(200_000)
    with office(Settings()) as turns:
        with turns.turn(HOME) as turn:
            remember_mapping(turn, mapping)
        done = import_paths(
            lambda: turns.turn(HOME), paths, lambda reads: counted(reads, "documents")
        )
    facts = {
        **{key: getattr(done, key) for key in _SUMS},
        "files": [asdict(file) for file in done.files],
    }
    text = ", ".join(f"{facts[key]} {key}" for key in _SUMS)
    if done.between_others:
        text += f"; of those imported {done.between_others} between others"
    print_lines([facts if as_json else text], as_json)
    for file in done.files:
        if file.message:
            print_text(f"{file.path}: {file.message}", err=True)
    for path, remark in done.remarks:
        print_text(f"{path}: {remark}", err=True)
    say_if_empty(paths, len(done.files))
    raise typer.Exit(1 if done.failed or done.conflicts else 0)


@invoices.command()
def show(
    text: Annotated[str, typer.Argument(help="A number, a part of one, or a customer.")],
    as_json: AsJson = False,
) -> None:
    """Show what the ledger knows of an invoice, or a customer's open ones."""
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.invoices.service import json_form

    if not text.strip():
        raise typer.BadParameter("Type a number, a part of one, or a customer.")
    with office(Settings()) as turns, turns.turn(HOME) as turn:
        facts, nearest = json_form.show(turn, text), json_form.nearest(turn, text)
    print_lines(facts if as_json else [_stated(fact) for fact in facts], as_json)
    if nearest:
        print_text(nearest, err=True)
    if not facts:
        print_text(f"Nothing is open for “{text}”.", err=True)


def _told(result: dict[str, object]) -> str:
    if "error" in result:
        return f"{result['path']}: {result['error']}"
    findings = result["findings"]
    assert isinstance(findings, list)
    lines = [
        f"{result['path']}: {result['number']} {result['total']} {result['currency']}, to pay "
        f"{result['to_pay']}"
    ]
    return "\n".join(
        [*lines, *(f"  {finding['severity']}: {finding['message']}" for finding in findings)]
    )


def _stated(fact: dict[str, object]) -> str:
    due = fact["due_on"]
    days = ", ".join(map(str, due)) if isinstance(due, list) else ""
    is_off = fact["status"] == "written_off"
    left = f"{fact['outstanding']} {fact['currency']} {'given up' if is_off else 'open'}"
    return f"{fact['number']}: {fact['status']}, {left}, due {days or '–'}"
