"""``zaplecze documents …``"""

from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.commands.arguments import AsOf, Direction, Paths, content_of, day, write
from bot.commands.output import AsJson, counted, print_lines, print_text, say_if_empty

documents = typer.Typer(help="Documents: make one, store files, verify one.", no_args_is_help=True)
_SUMS = ("stored", "known", "failed")


@documents.command()
def render(
    kind: Annotated[str, typer.Argument(help="The kind, such as account_statement.")],
    about: Annotated[
        str,
        typer.Option("--for", help="A customer or person by name, an invoice or ticket by number."),
    ],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    lang: Annotated[str, typer.Option(help="en, pl or hu.")] = "en",
    as_of: AsOf = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="What the form would ask: signatory=…"),
    ] = None,
    direction: Annotated[
        Direction | None,
        typer.Option(help="Of a statement: only what they owe us, or only what we owe them."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a document from the ledger, register it and write it to a file."""
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.documents.service import direct_render
    from handlers.invoices.formats.contents import content_of

    wanted = direct_render.Wanted(kind, about, lang, as_of, _given(set_ or [], direction))
    with office(Settings()) as turns, turns.turn(HOME) as turn:
        made, printed = direct_render.render(turn, wanted, content_of)
        # Within the turn: a document that could not be written is not registered.
        write(out, printed.pdf)
        if printed.workbook:
            write(out.with_suffix(".xlsx"), printed.workbook)
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


def _given(pairs: list[str], direction: Direction | None) -> dict[str, str]:
    """``FIELD=VALUE`` each."""
    given = {"direction": direction.value} if direction else {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise typer.BadParameter(f"“{pair}” is not FIELD=VALUE. Write signatory=Anna Nowak.")
        given[name.strip()] = value.strip()
    return given


@documents.command("confirm-balances")
def confirm_balances(
    as_of: Annotated[date, typer.Option(parser=day, metavar="YYYY-MM-DD", help="The day.")],
    out: Annotated[Path, typer.Option(help="The folder for the PDFs.")],
    lang: Annotated[str, typer.Option(help="en, pl or hu; each customer's own without.")] = "",
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="signatory=…, reply_by=…"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a confirmation of balance for every customer with something open on a day."""
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.documents.service.rounds.balance_confirmations import confirm_all
    from handlers.invoices.formats.contents import content_of

    made, problems = 0, []
    with office(Settings()) as turns:
        given = _given(set_ or [], None)
        results = confirm_all(lambda: turns.turn(HOME), as_of, given, lang, content_of)
        for result in counted(results, "customers"):
            if result.problem:
                problems.append({"customer": result.customer, "message": str(result.problem)})
                continue
            write(out / result.name, result.pdf)
            made += 1
    facts = {"made": made, "failed": len(problems), "problems": problems}
    print_lines([facts if as_json else f"{made} made, {len(problems)} failed"], as_json)
    for problem in problems:
        typer.echo(f"{problem['customer']}: {problem['message']}", err=True)
    raise typer.Exit(1 if problems else 0)


@documents.command()
def confirmations(
    as_of: Annotated[date, typer.Option(parser=day, metavar="YYYY-MM-DD", help="The day.")],
    as_json: AsJson = False,
) -> None:
    """Say who was asked to confirm the balance of a day, and who has answered."""
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.documents.service.rounds.balance_confirmations import standings

    with office(Settings()) as turns, turns.turn(HOME) as turn:
        told = standings(turn, as_of)
    facts = [
        {
            "customer": each.customer,
            "number": each.number,
            "answer": each.answer or None,
            "answered_on": each.answered_on.isoformat() if each.answered_on else None,
        }
        for each in told
    ]
    lines = [f"{each.number} {each.customer}: {each.answer or 'no answer yet'}" for each in told]
    print_lines(facts if as_json else lines, as_json)


@documents.command()
def answered(
    number: Annotated[str, typer.Argument(help="The confirmation's number: ZD-000042.")],
    answer: Annotated[Literal["agrees", "differs"], typer.Argument(help="agrees or differs.")],
) -> None:
    """Note what a customer answered to a confirmation of balance."""
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.documents.service.rounds.balance_confirmations import note_answer

    with office(Settings()) as turns, turns.turn(HOME) as turn:
        note_answer(turn, number, answer)
    print_lines([f"{number}: {answer}"], False)


@documents.command()
def store(
    paths: Paths,
    kind: Annotated[str, typer.Option(help="The kind of all these files, such as contract.")],
    about: Annotated[
        str,
        typer.Option(
            "--for",
            help="A customer's name, or an invoice's number; of a private kind a person's e-mail.",
        ),
    ] = "",
    note: Annotated[str, typer.Option(help="What else they are found by.")] = "",
    as_json: AsJson = False,
) -> None:
    """Keep files in the archive. The same file again changes nothing."""
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.documents.service.archive_import import store_paths

    settings = Settings()
    with office(settings) as turns:
        brought = store_paths(lambda: turns.turn(HOME), settings.archive, paths, kind, about, note)
        files = list(counted(brought, "files"))
    counts: Counter[str] = Counter(file.outcome for file in files)
    facts = {**{key: counts[key] for key in _SUMS}, "files": [asdict(file) for file in files]}
    print_lines([facts if as_json else ", ".join(f"{counts[key]} {key}" for key in _SUMS)], as_json)
    for file in files:
        if file.message:
            print_text(f"{file.path}: {file.message}", err=True)
    say_if_empty(paths, len(files))
    raise typer.Exit(1 if counts["failed"] else 0)


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
        verdict, result, newer = examine(turn, content)
    facts = {
        "verdict": verdict,
        "number": result.number if result else None,
        "made_at": result.made_at.isoformat() if result and result.made_at else None,
        "superseded_by": newer.number if newer else None,
    }
    print_lines(
        [facts if as_json else f"{verdict}" + (f": {result.number}" if result else "")], as_json
    )
    raise typer.Exit(0 if verdict == "genuine" else 1)
