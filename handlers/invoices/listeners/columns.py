"""Routes of tables whose columns wait to be confirmed."""

from bot.kit.replies import NOTHING, CloseView, OpenView, Reply
from bot.kit.routes import Click, Submission
from handlers.invoices.blocks import columns as looks
from handlers.invoices.columns import confirmation
from handlers.invoices.columns.layout import Kind
from handlers.invoices.routes import routes
from handlers.ledger.service import claims
from storage.turn import Turn


@routes.action(looks.CONFIRM)
def confirm(turn: Turn, click: Click) -> Reply:
    claims.require_finance(turn)
    confirmation.confirm(turn, click.number)
    return NOTHING


@routes.action(looks.CHANGE)
def change(turn: Turn, click: Click) -> Reply:
    """The form, as what the button says that the table is."""
    claims.require_finance(turn)
    kinds: dict[str, Kind] = {"invoices": "invoices", "payments": "payments"}
    return OpenView(
        confirmation.form(turn, click.number, kinds.get(click.action_id.rpartition(":")[2]))
    )


@routes.submission(looks.FORM)
def take(turn: Turn, form: Submission) -> Reply:
    claims.require_finance(turn)
    confirmation.change(
        turn, form.metadata["table"], form.metadata["kind"], form.values, form.view_id
    )
    return CloseView()
