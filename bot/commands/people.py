"""``zaplecze people …``"""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.arguments import content_of
from bot.commands.lists import tell
from bot.commands.output import AsJson

people = typer.Typer(no_args_is_help=True)


@people.callback()
def _people() -> None:
    """People: what their certificates of employment say."""


@people.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A table with headings: CSV or XLSX.")],
    as_json: AsJson = False,
) -> None:
    """Add and change personnel files from a list: person, contract, job title, pay by month …"""
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.people.service.personnel import take

    content = content_of(file)
    with office(Settings()) as turns, turns.turn(HOME) as turn:
        done = take(turn, content, file.name)
    tell(file, done, as_json)
