"""``zaplecze interest`` and ``zaplecze rates …``"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from bot.commands.arguments import content_of, day
from bot.commands.lists import tell
from bot.commands.output import AsJson, print_lines

if TYPE_CHECKING:
    from handlers.ledger.model.interest import Compensation, ExchangeRate, Line, Rate

rates = typer.Typer(
    help="Rates of late interest and of the euro, each with its source.", no_args_is_help=True
)
Country = Annotated[str, typer.Option(help="The creditor's country: PL, HU, DE …")]
Currency = Annotated[str, typer.Option(help="The currency of the amount.")]
Amount = Annotated[str, typer.Option(help="What was to be paid: 12400.00")]
Day = typer.Option(parser=day, metavar="YYYY-MM-DD")
Debtor = Annotated[
    Literal["business", "medical", "consumer"],
    typer.Option(help="Who owes: a business, a public medical body, a consumer."),
]


def interest(
    country: Country,
    amount: Amount,
    due: Annotated[date, Day],
    paid: Annotated[date, Day],
    currency: Currency = "PLN",
    debtor: Debtor = "business",
    as_json: AsJson = False,
) -> None:
    """Late interest on an amount from its due day to the day of payment, line by line, and the
    compensation for recovery costs.
    """
    from bot.kit.money import Money, totals
    from handlers.ledger.model import interest as law
    from handlers.ledger.model.due_days import effective_due

    owed = Money.of(_amount(amount), currency.upper())
    country = country.upper()
    due_on = effective_due(due, country)
    if paid <= due_on:
        raise law.PaidBeforeDue(paid=paid, due=due_on)
    table = law.table_of(country, debtor, owed.currency)
    known = _known()
    lines = law.interest(owed, due_on, paid, table, known.interest)
    compensation = law.compensation(country, debtor, owed, due_on, known.exchange)
    facts = {
        "interest": totals(line.interest for line in lines)[0].plain(),
        "currency": owed.currency,
        "due_on": due_on.isoformat(),
        "compensation": _compensation(compensation),
        "working": [_line(line) for line in lines],
    }
    print_lines([facts] if as_json else _text(facts), as_json)


class _Known(NamedTuple):
    """The rates that count here, of interest and of the euro."""

    interest: "Sequence[Rate]"
    exchange: "Sequence[ExchangeRate]"


def _known() -> _Known:
    """Those of the database, where there is one of the newest shape; else those that are
    shipped.
    """
    from bot.catalogue import loader
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import looking
    from handlers.ledger.rates import book

    settings = Settings()
    with looking(settings, loader.load_all(settings.config)) as turns:
        if turns is None:
            return _Known(book.shipped(), ())
        with turns.turn(HOME, reads=True) as turn:
            return _Known(book.interest_rates(turn), book.exchange_rates(turn))


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise typer.BadParameter(f"“{text}” is not an amount. Write it as 12400.00.") from None
    if not amount.is_finite() or amount <= 0:
        raise typer.BadParameter("The amount is more than nothing.")
    return amount


def _line(line: "Line") -> dict[str, Any]:
    return {
        "from": line.first_day.isoformat(),
        "to": line.last_day.isoformat(),
        "days": line.days,
        "rate": _percent(line.rate),
        "amount": line.amount.plain(),
        "interest": line.interest.plain(),
        "source": line.source,
    }


def _compensation(due: "Compensation | None") -> dict[str, Any] | None:
    if due is None:
        return None
    is_polish = due.converted is not None and due.converted.currency == "PLN"
    basis = f"EUR {due.euro}"
    if due.converted_on:
        basis += f" at the central bank's average rate of {due.converted_on}"
    return {
        "eur": f"{due.euro}.00",
        "pln": due.converted.plain() if is_polish and due.converted else None,
        "basis": basis,
    }


def _text(facts: dict[str, Any]) -> list[str]:
    lines = [
        f"{line['from']} to {line['to']}: {line['days']} days at {line['rate']} % "
        f"on {line['amount']} = {line['interest']} ({line['source']})"
        for line in facts["working"]
    ]
    total = f"Interest: {facts['interest']} {facts['currency']}, due on {facts['due_on']}"
    compensation = facts["compensation"]
    if compensation:
        lines.append(f"Compensation: {compensation['basis']}")
    return [*lines, total]


@rates.command("list")
def list_(as_json: AsJson = False) -> None:
    """Print the rates of late interest, those that are shipped and those that were entered, each
    with its source and whether it counts.
    """
    known = _known().interest
    print_lines([_rate(rate) if as_json else _rate_text(rate) for rate in known], as_json)


def _rate(rate: "Rate") -> dict[str, Any]:
    return {
        "table": rate.table,
        "from": rate.first_day.isoformat(),
        "to": rate.last_day.isoformat(),
        "rate": _percent(rate.percent),
        "counts": rate.is_verified,
        "status": rate.status,
        "source": rate.source,
    }


def _rate_text(rate: "Rate") -> str:
    counts = "" if rate.is_verified else " (does not count until it is entered with a source)"
    percent = _percent(rate.percent)
    return f"{rate.table} {rate.first_day} to {rate.last_day}: {percent} %, {rate.source}{counts}"


def _percent(rate: Decimal) -> str:
    """With two decimals; with as many as it has where they are more."""
    from handlers.ledger.model.interest import rounded

    written = rounded(rate)
    return str(written if written == rate else rate.normalize())


@rates.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(help="CSV or XLSX with the headings table, from, to, rate, source."),
    ],
    as_json: AsJson = False,
) -> None:
    """Enter rates with their sources: of late interest by table, of the euro as NBP-EUR or
    MNB-EUR.
    """
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.ledger.rates.book import import_list

    content = content_of(file)
    with office(Settings()) as turns, turns.turn(HOME) as turn:
        done = import_list(turn, content, file.name)
    tell(file, done, as_json)
