"""The command line. Commands are thin: each reads its words, calls one function, prints. Imports
wait until needed.
"""

import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.connectors import pull
from bot.commands.customers import customers
from bot.commands.documents import documents
from bot.commands.interest import interest, rates
from bot.commands.invoices import invoices
from bot.commands.mail import mail
from bot.commands.output import AsJson, print_lines, print_text
from bot.commands.payments import payments
from bot.commands.people import people
from bot.commands.permissions import permissions
from bot.commands.reminders import reminders
from bot.commands.words import meant, route

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
cli.add_typer(people, name="people")
cli.add_typer(reminders, name="reminders")
cli.add_typer(mail, name="mail")
cli.add_typer(rates, name="rates")
invoices.command()(pull)


def _version(request: bool) -> None:
    if request:
        from importlib.metadata import version

        typer.echo(version("zaplecze"))
        raise typer.Exit


@cli.callback()
def options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which this is.")
    ] = False,
) -> None:
    """The back office, in Slack: tickets, invoice status, documents and payment reminders."""


@cli.command()
def serve() -> None:
    """Run the bot on Slack: by Socket Mode with SLACK_APP_TOKEN, by signed HTTP with
    SLACK_SIGNING_SECRET.
    """
    from bot.config import Settings
    from bot.logs import begin
    from bot.serve import serve

    begin()
    serve(Settings())


@cli.command()
def demo(
    port: Annotated[
        int,
        typer.Option(
            envvar="PORT", min=0, max=65535, help="Where the workspace opens on 127.0.0.1."
        ),
    ] = 8765,
    fresh: Annotated[
        bool, typer.Option(envvar="FRESH", help="Forget what an earlier run left.")
    ] = False,
) -> None:
    """Open a workspace of our own in the browser, with a fictional company and the bot in it. Needs
    no Slack.
    """
    from bot.config import Settings
    from bot.demo.run import demo
    from bot.logs import begin

    begin(logging.WARNING)
    logging.getLogger("bot.startup").setLevel(logging.ERROR)  # a new database is expected here
    demo(Settings(), port, fresh)


@cli.command()
def manifest(as_json: AsJson = False) -> None:
    """Print the Slack app manifest: paste it where Slack asks for one when an app is created."""
    from bot.config import Settings
    from bot.manifest import manifest_of

    facts = manifest_of(Settings())
    print_lines([facts if as_json else json.dumps(facts, indent=2, ensure_ascii=False)], as_json)


@cli.command()
def doctor(as_json: AsJson = False) -> None:
    """Check settings, catalogue, database and Slack, and say what to do about what is wrong."""
    from bot.config import Settings
    from bot.doctor import examine

    checks = examine(Settings())
    ok = all(check.ok for check in checks)
    facts = {"ok": ok, "checks": [asdict(check) for check in checks]}
    lines = [f"{'ok  ' if check.ok else 'FAIL'} {check.name}: {check.message}" for check in checks]
    print_lines([facts] if as_json else lines, as_json)
    raise typer.Exit(0 if ok else 1)


@cli.command()
def init(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("zaplecze.toml"),
) -> None:
    """Write a commented catalogue to begin with; a file that exists is not overwritten."""
    from bot.catalogue.loader import write_default

    write_default(path)
    print_text(
        f"Wrote {path}. Name your channels and people in it, then run: zaplecze catalogue check "
        f"{path}",
        err=True,
    )


@catalogue.command("check")
def check_catalogue(
    path: Annotated[
        Path | None,
        typer.Argument(help="A catalogue or a folder of them; ZAPLECZE_CONFIG otherwise."),
    ] = None,
) -> None:
    """Read a catalogue, name every mistake in it at once with its line, and open tickets that it
    leaves to nobody.
    """
    from bot.catalogue.loader import EVERYWHERE, load_all
    from bot.config import Settings
    from bot.directory.orphaned_tickets import told

    settings = Settings()
    result = load_all(path or settings.config)
    for team, item in result.items():
        name = team if team != EVERYWHERE else path or settings.config or "the shipped catalogue"
        departments, types = len(item.departments), len(item.request_types)
        print_text(
            f"{name}: {departments} departments, {types} request types, no mistakes", err=True
        )
    for sentence in told(settings, path or settings.config):
        print_text(f"warning: {sentence}", err=True)


@database.command("upgrade")
def upgrade() -> None:
    """Bring the database to the newest shape; what is in it stays."""
    from bot.config import Settings
    from bot.startup import office

    with office(Settings()):
        print_text("The database is up to date.", err=True)


# After those above: --help shows commands in this order, and one begins with the bot itself.
cli.command()(permissions)
cli.command()(interest)
cli.command()(route)
cli.command()(meant)
