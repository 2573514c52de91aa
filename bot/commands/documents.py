"""``zaplecze documents …``"""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.arguments import AsOf, content_of, write
from bot.commands.output import AsJson, print_lines

documents = typer.Typer(help="Documents: make one, verify one.", no_args_is_help=True)


@documents.command()
def render(
    kind: Annotated[str, typer.Argument(help="The kind, such as account_statement.")],
    about: Annotated[str, typer.Option("--for", help="A customer's name or an invoice's number.")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    lang: Annotated[str, typer.Option(help="en, pl or hu.")] = "en",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Make a document from the ledger, register it and write it to a file."""
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.documents.service import direct_render
    from handlers.invoices.formats.contents import content_of

    with office(Settings()) as turns, turns.turn(HOME) as turn:
        made, pdf = direct_render.render(turn, kind, about, lang, as_of, content_of)
        write(out, pdf)  # within the turn: a document that could not be written is not registered
    facts = {
        "number": made.number,
        "kind": made.kind,
        "sha256": made.sha256,
        "code": made.code,
        "pages": made.pages,
    }
    print_lines(
        [facts if as_json else f"{made.number}: {out}, {made.pages} pages, code {made.code}"],
        as_json,
    )


@documents.command()
def verify(file: Annotated[Path, typer.Argument(help="A PDF.")], as_json: AsJson = False) -> None:
    """Say whether a file is what was made here: genuine, altered, superseded, expired, withdrawn or
    unknown.
    """
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.documents.service.requests import verify as examine

    content = content_of(file)
    with office(Settings()) as turns, turns.turn(HOME) as turn:
        verdict, found, newer = examine(turn, content)
    facts = {
        "verdict": verdict,
        "number": found.number if found else None,
        "made_at": found.made_at.isoformat() if found and found.made_at else None,
        "superseded_by": newer.number if newer else None,
    }
    print_lines(
        [facts if as_json else f"{verdict}" + (f": {found.number}" if found else "")], as_json
    )
    raise typer.Exit(0 if verdict == "genuine" else 1)
