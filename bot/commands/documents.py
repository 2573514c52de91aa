"""``zaplecze documents …``"""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.printing import AsJson

documents = typer.Typer(help="Documents: make one, verify one.", no_args_is_help=True)


@documents.command()
def render(
    kind: Annotated[str, typer.Argument(help="The kind, such as account_statement.")],
    about: Annotated[str, typer.Option("--for", help="A customer's name or an invoice's number.")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    lang: Annotated[str, typer.Option(help="en, pl or hu.")] = "en",
    as_of: Annotated[str, typer.Option(help="The day, YYYY-MM-DD; today if left out.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make a document from the ledger, register it and write it to a file."""
    from bot.config import Settings
    from bot.opening import office
    from bot.slack import HOME
    from handlers.documents import desk

    day = date.fromisoformat(as_of) if as_of else None
    with office(Settings()) as turns, turns.turn(HOME) as turn:
        made, pdf = desk.render(turn, kind, about, lang, day)
    out.write_bytes(pdf)
    facts = {"number": made.number, "kind": made.kind, "sha256": made.sha256, "code": made.code, "pages": made.pages}
    typer.echo(json.dumps(facts) if as_json else f"{made.number}: {out}, {made.pages} pages, code {made.code}")


@documents.command()
def verify(file: Annotated[Path, typer.Argument(help="A PDF.", exists=True)], as_json: AsJson = False) -> None:
    """Say whether a file is what was made here: genuine, altered, superseded, expired, withdrawn or unknown."""
    from bot.config import Settings
    from bot.opening import office
    from bot.slack import HOME
    from handlers.documents.service import verify as examine

    with office(Settings()) as turns, turns.turn(HOME) as turn:
        verdict, found, newer = examine(turn, file.read_bytes())
    facts = {
        "verdict": verdict,
        "number": found.number if found else None,
        "made_at": found.made_at.isoformat() if found and found.made_at else None,
        "superseded_by": newer.number if newer else None,
    }
    typer.echo(json.dumps(facts) if as_json else f"{verdict}" + (f": {found.number}" if found else ""))
    raise typer.Exit(0 if verdict == "genuine" else 1)
