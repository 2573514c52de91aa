"""Routes for rates: finance enters one with its source."""

from datetime import date, timedelta

from bot.kit.replies import OpenView, Reply, Whisper
from bot.kit.routes import Click, Submission
from handlers.documents.blocks import rate_form
from handlers.documents.routes import routes
from handlers.ledger.rates import book
from handlers.ledger.rates.expiry import Ending
from handlers.ledger.service import rate_notices
from handlers.people.service import roles
from storage.turn import Turn

_A_DAY = timedelta(days=1)


@routes.action(rate_form.ENTER)
def ask(turn: Turn, click: Click) -> Reply:
    """The form, with what is known until when; the button's table, or what ends first, is filled
    in.
    """
    if not roles.may(turn, "rate", "enter"):
        raise book.FinanceEntersRates()
    ending = rate_notices.ending(turn)
    known = [rate_notices.said(each, turn.words) for each in ending]
    of_the_button = [each for each in ending if each.table == click.value]
    next_one = min(of_the_button or ending, key=_last_day, default=None)
    day_after = _last_day(next_one) + _A_DAY if next_one and next_one.last_day else None
    view = rate_form.form(
        (*book.TABLES, *book.BANKS),
        known[:5],
        turn.words,
        table=next_one.table if next_one else None,
        first=day_after.isoformat() if day_after else None,
    )
    return OpenView(view)


def _last_day(ending: Ending) -> date:
    """One that was never known comes first."""
    return ending.last_day or date.min


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
