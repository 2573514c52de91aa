"""Routes of dropped statements: of which account they are."""

from bot.kit.replies import NOTHING, Reply
from bot.kit.routes import Click
from handlers.invoices.blocks import account_question as looks
from handlers.invoices.routes import routes
from handlers.invoices.service.bank import statement_accounts
from handlers.ledger.service import claims
from storage.turn import Turn


@routes.action(looks.OURS)
@routes.action(looks.THEIRS)
@routes.action(looks.OF)
def answer_account(turn: Turn, click: Click) -> Reply:
    """A click says of which account a file is."""
    claims.require_finance(turn)
    statement_accounts.answer(turn, str(click.value))
    return NOTHING
