"""Doors of tables whose columns wait to be confirmed."""

from bot.kit.doors import Click, Submission
from bot.kit.replies import NOTHING, CloseView, OpenView, Reply
from handlers.invoices.blocks import columns as looks
from handlers.invoices.columns import sending
from handlers.invoices.columns.layout import Kind
from handlers.invoices.doors import doors
from handlers.ledger import claims
from storage.turn import Turn


@doors.action(looks.CONFIRM)
def confirm(turn: Turn, click: Click) -> Reply:
    claims.require_finance(turn)
    sending.confirm(turn, int(str(click.value)))
    return NOTHING


@doors.action(looks.CHANGE)
def change(turn: Turn, click: Click) -> Reply:
    """The form, as what the button says that the table is."""
    claims.require_finance(turn)
    kinds: dict[str, Kind] = {"invoices": "invoices", "payments": "payments"}
    return OpenView(
        sending.form(turn, int(str(click.value)), kinds.get(click.action_id.rpartition(":")[2]))
    )


@doors.submission(looks.FORM)
def take(turn: Turn, form: Submission) -> Reply:
    claims.require_finance(turn)
    sending.change(turn, form.metadata["table"], form.metadata["kind"], form.values, form.view_id)
    return CloseView()
