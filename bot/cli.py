"""The command line. Commands are thin: each reads its words, calls one function, prints. Imports
wait until needed.
"""

import typer

from bot.commands.connectors import pull
from bot.commands.customers import customers
from bot.commands.documents import documents
from bot.commands.interest import rates
from bot.commands.invoices import invoices
from bot.commands.payments import payments
from bot.commands.permissions import permissions
from bot.commands.reminders import reminders

cli = typer.Typer(
    name="zaplecze",
    help="The back office, in Slack: tickets, invoice status, documents and payment reminders.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
catalogue = typer.Typer(help="The company's catalogue, zaplecze.toml.", no_args_is_help=True)
database = typer.Typer(help="The database.", no_args_is_help=True)
cli.add_typer(catalogue, name="catalogue")
cli.add_typer(database, name="db")
cli.add_typer(invoices, name="invoices")
cli.add_typer(payments, name="payments")
cli.add_typer(customers, name="customers")
cli.add_typer(documents, name="documents")
cli.add_typer(reminders, name="reminders")
cli.add_typer(rates, name="rates")
invoices.command()(pull)
cli.command()(permissions)
