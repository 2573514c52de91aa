"""``zaplecze mail …``"""

from typing import Annotated

import typer

from bot.commands.output import AsJson, print_lines, print_text

mail = typer.Typer(help="Letters by e-mail.", no_args_is_help=True)


@mail.callback()
def group() -> None:
    """Letters by e-mail."""


@mail.command("test")
def send_test(
    to: Annotated[str, typer.Option(help="The address to send a test to.")],
    as_json: AsJson = False,
) -> None:
    """Send one mail by ZAPLECZE_SMTP_URL and say whether the server took it."""
    from bot.config import Settings
    from bot.delivery.mail import trial

    ok, message = trial.send(Settings(), to)
    if ok or as_json:
        print_lines([{"ok": ok, "message": message} if as_json else message], as_json)
    if not ok:
        print_text(message, err=True)
    raise typer.Exit(0 if ok else 1)
