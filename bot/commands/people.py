"""``zaplecze people …``"""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.arguments import content_of
from bot.commands.output import AsJson, print_lines, print_text

people = typer.Typer(no_args_is_help=True)


@people.callback()
def _people() -> None:
    """People: what their certificates of employment say."""


@people.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV with headings.")],
    as_json: AsJson = False,
) -> None:
    """Add and change personnel files from a list: person, contract, job title, pay by month …"""
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.people.service.personnel import take

    content = content_of(file)
    with office(Settings()) as turns, turns.turn(HOME) as turn:
        done = take(turn, content)
    problems = [{"line": line, "message": str(problem)} for line, problem in done.problems]
    facts = {name: getattr(done, name) for name in ("added", "changed", "unchanged", "failed")}
    summary = ", ".join(f"{count} {what}" for what, count in facts.items())
    print_lines([{**facts, "problems": problems} if as_json else summary], as_json)
    for problem in problems:
        print_text(f"{file}:{problem['line']}: {problem['message']}", err=True)
    raise typer.Exit(1 if done.failed else 0)
