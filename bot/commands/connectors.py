"""``zaplecze invoices pull``"""

from dataclasses import asdict
from typing import Annotated

import typer

from bot.commands.output import AsJson, print_lines

Everything = Annotated[
    bool, typer.Option("--everything", help="Compare all of it, not what has changed alone.")
]


def pull(everything: Everything = False, as_json: AsJson = False) -> None:
    """Read the connected accounting system now: invoices and payments. `serve` does so every few
    minutes by itself.
    """
    from bot.config import Settings
    from bot.connectors import connectors_of
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.invoices.connectors.problems import NoConnector
    from handlers.invoices.service.source_sync import catch_up

    settings = Settings()
    sources = connectors_of(settings.proxies)
    if not sources:
        raise NoConnector()
    with office(settings) as turns:
        done = {
            name: asdict(
                catch_up(item, lambda: turns.turn(HOME), lambda: False, everything=everything).sums
            )
            for name, item in sources.items()
        }
    lines = [
        {"source": name, **facts} if as_json else f"{name}: {_told(facts)}"
        for name, facts in done.items()
    ]
    print_lines(lines, as_json)
    raise typer.Exit(1 if any(facts["conflicts"] for facts in done.values()) else 0)


def _told(facts: dict[str, int]) -> str:
    return ", ".join(f"{n} {what.replace('_', ' ')}" for what, n in facts.items())
