"""``zaplecze customers …``"""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.arguments import content_of
from bot.commands.printing import AsJson, print_lines

customers = typer.Typer(
    help="Customers: who owns them, in which language they are spoken to.", no_args_is_help=True
)


@customers.callback()
def _customers() -> None:
    """Keeps ``import`` a command of its own."""


@customers.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV with headings.")],
    as_json: AsJson = False,
) -> None:
    """Add and change customers from a list: name, tax id, country, language, time zone, owner,
    channel, aliases …
    """
    from bot.config import Settings
    from bot.opening import office
    from bot.turns import HOME
    from handlers.ledger.customer_lists import take

    content = content_of(file)
    with office(Settings()) as turns, turns.turn(HOME) as turn:
        done = take(turn, content)
    problems = [{"line": line, "message": str(problem)} for line, problem in done.problems]
    facts = {name: getattr(done, name) for name in ("added", "changed", "unchanged", "failed")}
    told = ", ".join(f"{n} {what}" for what, n in facts.items())
    print_lines([{**facts, "problems": problems} if as_json else told], as_json)
    for one in problems:
        typer.echo(f"{file}:{one['line']}: {one['message']}", err=True)
    raise typer.Exit(1 if done.failed else 0)
