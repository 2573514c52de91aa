"""``zaplecze reminders …``"""

from typing import Annotated

import typer

from bot.commands.arguments import AsOf
from bot.commands.output import AsJson, print_lines, print_text

reminders = typer.Typer(
    help="Payment reminders: what would go, why, and one round now.", no_args_is_help=True
)
Number = Annotated[str, typer.Argument(help="An invoice's number, as it is typed.")]


@reminders.command()
def plan(
    as_of: AsOf = None,
    days: Annotated[int, typer.Option(min=1, max=400, help="How many days.")] = 30,
    as_if_on: Annotated[
        bool, typer.Option("--as-if-on", help="Plan policies that are switched off, too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show what would go in the days to come. Sends nothing; takes it that payments stay known and
    finance approves.
    """
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.reminders.service.audiences import is_anybody_known
    from handlers.reminders.service.json_form import plan_json, plan_text
    from handlers.reminders.service.plan import plan_all

    with office(Settings()) as turns, turns.turn(HOME) as turn:
        planned, off = plan_all(turn, as_of, days, as_if_on=as_if_on)
        is_deserted = not is_anybody_known(turn)
    print_lines(map(plan_json if as_json else plan_text, planned), as_json)
    for policy in off:
        print_text(
            f"The policy {policy} is switched off, so nothing of it goes; --as-if-on plans it.",
            err=True,
        )
    if is_deserted:
        print_text(
            "Nobody is known yet who could be told: connect to Slack once, with `zaplecze serve`.",
            err=True,
        )


@reminders.command()
def why(number: Number, as_json: AsJson = False) -> None:
    """Tell rule by rule why a reminder of an invoice goes, waits, or is none."""
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.ledger.service import lookup as ledger
    from handlers.reminders.service.explanation import explain
    from handlers.reminders.service.json_form import why_json, why_text

    with office(Settings()) as turns, turns.turn(HOME) as turn:
        entries = ledger.entries_of(turn, ledger.look_up(turn, number).ids)
        if not entries:
            raise ledger.NothingFound(text=number)
        lines = [
            (why_json if as_json else why_text)(entry, explain(turn, entry)) for entry in entries
        ]
    print_lines(lines, as_json)


@reminders.command()
def run(as_json: AsJson = False) -> None:
    """Do one round now, as the clock does each minute; the running bot carries the messages to
    Slack.
    """
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.reminders.service import tick

    with office(Settings()) as turns:
        tick.sweep_until_done(lambda: turns.turn(HOME))
        done = tick.tick_until_done(lambda: turns.turn(HOME))
    facts = {"looked_at": done.looked_at, "sent": done.sent, "quiet": done.quiet or None}
    print_lines([facts if as_json else tick.told(done)], as_json)
