"""Routes for rates: finance enters one with its source."""

from bot.kit.replies import OpenView, Reply, Whisper
from bot.kit.routes import Click, Submission
from handlers.documents.blocks import rate_form
from handlers.documents.routes import routes
from handlers.ledger.rates import book
from handlers.ledger.service import rate_notices
from handlers.people.service import roles
from storage.turn import Turn


@routes.action(rate_form.ENTER)
def ask(turn: Turn, click: Click) -> Reply:
    """The form, with what is known until when."""
    if not roles.may(turn, "rate", "enter"):
        raise book.FinanceEntersRates()
    known = [rate_notices.said(each, turn.words) for each in rate_notices.ending(turn)]
    return OpenView(rate_form.form((*book.TABLES, *book.BANKS), known[:5], turn.words))


@routes.submission(rate_form.FORM)
def enter(turn: Turn, form: Submission) -> Reply:
    """It counts from now on; what is wrong is said in the form."""
    row = {
        name: str(form.values.get(name) or "").strip()
        for name in ("table", "from", "to", "rate", "source")
    }
    is_new = book.enter(turn, book.read_rate(row))
    facts = {"table": row["table"], "rate": row["rate"], "source": row["source"]}
    if not is_new:
        return Whisper(turn.words.mark("{table} {rate} stands there already ({source}).", **facts))
    return Whisper(turn.words.mark("{table} {rate} is entered ({source}).", **facts))
