"""``zaplecze payments …``"""

from dataclasses import asdict
from typing import Annotated

import typer

from bot.commands.arguments import Mapping, Paths, remember_mapping
from bot.commands.output import AsJson, counted, print_lines, print_text, say_if_empty

Account = Annotated[
    str,
    typer.Option(
        "--account",
        metavar="IBAN",
        help="Our account of a file that names none, or one that [company.accounts] does not.",
    ),
]

payments = typer.Typer(
    help="Payments: read bank statements, book what they pay.", no_args_is_help=True
)


@payments.command()
def read(paths: Paths, as_json: AsJson = False) -> None:
    """Read bank statements (MT940, MT942, CAMT, CSV, XLSX) and say what is in them. Stores
    nothing.
    """
    from handlers.ledger.statements.reader import read_paths

    told = unread = 0
    for thing in counted(read_paths(paths), "statements"):
        told += 1
        unread += "error" in thing
        print_lines([thing] if as_json else [_told(thing)], as_json)
    say_if_empty(paths, told)
    raise typer.Exit(1 if unread else 0)


@payments.command("import")
def import_(
    paths: Paths, mapping: Mapping = None, account: Account = "", as_json: AsJson = False
) -> None:
    """Book bank statements. A line is booked once, whatever file brings it; what does not match
    waits for a person.
    """
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.invoices.service.statement_import import import_paths

    with office(Settings()) as turns:
        with turns.turn(HOME) as turn:
            remember_mapping(turn, mapping)
        done = import_paths(lambda: turns.turn(HOME), paths, account)
    facts = asdict(done.sums)
    text = ", ".join(f"{n} {what.replace('_', ' ')}" for what, n in facts.items())
    print_lines([facts if as_json else text], as_json)
    for path, problem in (*done.refused, *done.remarks):
        print_text(f"{path}: {problem}", err=True)
    say_if_empty(paths, done.sums.statements + len(done.refused))
    raise typer.Exit(1 if done.refused else 0)


def _told(result: dict[str, object]) -> str:
    if "error" in result:
        return f"{result['path']}: {result['error']}"
    entries, remarks = result["entries"], result.get("remarks", [])
    assert isinstance(entries, list)
    assert isinstance(remarks, list)
    words = {True: "balanced", False: "NOT balanced", None: "balance not told"}
    balanced = words[result["balanced"]]  # type: ignore[index]
    lines = [
        f"{result['path']}: {result['account']} {result['currency']}, {len(entries)} entries, "
        f"{balanced}"
    ]
    return "\n".join(
        [
            *lines,
            *(f"  {entry['booked_on']} {entry['amount']} {entry['title']}" for entry in entries),
            *(f"  {remark}" for remark in remarks),
        ]
    )
