"""Routes of imported statements: of which account a file is, and taking one back."""

from bot.kit.replies import NOTHING, OpenView, Reply, UpdateView
from bot.kit.routes import Click
from handlers.invoices.blocks import account_question as looks
from handlers.invoices.blocks import statement_imports
from handlers.invoices.routes import routes
from handlers.invoices.service.bank import imported_statements, statement_accounts
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


@routes.action(statement_imports.SHOW, reads=True)
def show_imports(turn: Turn, _: Click) -> Reply:
    """The latest imports, in a window."""
    claims.require_finance(turn)
    return OpenView(imported_statements.view(turn))


@routes.action(statement_imports.TAKE_BACK)
def take_back(turn: Turn, click: Click) -> Reply:
    """One of them is taken back, or the window says what keeps it."""
    claims.require_finance(turn)
    return UpdateView(imported_statements.take_back(turn, click.number))
