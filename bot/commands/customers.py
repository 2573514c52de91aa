"""``zaplecze customers …``"""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.arguments import AsOf, Direction, content_of
from bot.commands.lists import tell
from bot.commands.output import AsJson, print_lines, print_text

customers = typer.Typer(
    help="Customers: who owns them, in which language they are spoken to.", no_args_is_help=True
)


@customers.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A table with headings: CSV or XLSX.")],
    as_json: AsJson = False,
) -> None:
    """Add and change customers from a list: name, tax id, country, language, time zone, owner,
    channel, aliases …
    """
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.ledger.service.customer_import import take

    content = content_of(file)
    with office(Settings()) as turns, turns.turn(HOME) as turn:
        done = take(turn, content, file.name)
    tell(file, done, as_json)


@customers.command()
def kind(
    name: Annotated[str, typer.Argument(help="A customer: name, part of it, or tax number.")],
    debtor: Annotated[str, typer.Argument(help="business, medical or consumer.")],
) -> None:
    """Say what kind of debtor a customer is: late interest and compensation go by it."""
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.ledger.model.debtor_kinds import read_debtor
    from handlers.ledger.service.balance_report import customer_named
    from handlers.ledger.service.customer_import import set_debtor

    with office(Settings()) as turns, turns.turn(HOME) as turn:
        customer = set_debtor(turn, customer_named(turn, name), read_debtor(debtor))
    print_lines([f"{customer.name}: {customer.debtor}"], False)


@customers.command()
def balance(
    name: Annotated[str, typer.Argument(help="A customer: name, part of it, or tax number.")],
    as_of: AsOf = None,
    direction: Annotated[
        Direction | None, typer.Option(help="Only what they owe us, or only what we owe them.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is open of a customer on a day: what is overdue and not yet due, credits, and each
    item.
    """
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.ledger.service.balance_report import report
    from handlers.ledger.service.balances import DIRECTIONS

    directions = DIRECTIONS if direction is None else (direction.value,)
    with office(Settings()) as turns, turns.turn(HOME) as turn:
        facts = report(turn, name, as_of, directions)
    print_lines(facts if as_json else [_stated(fact) for fact in facts], as_json)
    if not facts:
        print_text(f"Nothing is open for “{name}”.", err=True)


def _stated(fact: dict[str, object]) -> str:
    items = fact["items"]
    assert isinstance(items, list)
    heading = (
        f"{fact['direction']} {fact['currency']}: {fact['open']} open, {fact['overdue']} overdue, "
        f"{fact['not_due']} not due, {fact['credit']} credit"
    )
    lines = [
        f"  {item['number']} due {item['effective_due_on'] or '–'}: {item['outstanding']}"
        for item in items
    ]
    return "\n".join([heading, *lines])
