"""Routes for the balances of a day: finance asks everybody, and notes what came back."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.kit.block_kit import Block
from bot.kit.folding import fold
from bot.kit.replies import OpenView, Reply, Whisper
from bot.kit.routes import Click, Submission
from handlers.documents.blocks import balance_round as looks
from handlers.documents.blocks.balance_round import Shown
from handlers.documents.routes import routes
from handlers.documents.service import wishes
from handlers.documents.service.rounds import balance_confirmations as rounds
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import company_day
from handlers.people.service import roles
from storage.turn import Turn

_NAMES = ("confirmations", "balance confirmations", "potwierdzenia sald", "egyenlegkozlok")
_TERM = timedelta(days=14)  # proposed for the answers


def answer(turn: Turn, text: str) -> Reply | None:
    """``/document confirmations 2026-10-31``: who was asked about it, and who has answered."""
    if not fold(text).startswith(_NAMES):
        return None
    _require_finance(turn)
    day = wishes.read(turn, text).as_of or company_day(turn)
    return Whisper(*_listing(turn, day))


@routes.action(looks.ASK)
def ask(turn: Turn, click: Click) -> Reply:
    _require_finance(turn)
    day = date.fromisoformat(str(click.value))
    to_ask = len(rounds.addressees(turn, day))
    by = company_day(turn) + _TERM
    return OpenView(looks.form(day, turn.actor.name, by, to_ask, turn.words))


@routes.submission(looks.FORM)
def ask_all(turn: Turn, form: Submission) -> Reply:
    """Each is ordered as if by itself; what somebody lacks is named and holds nobody else up."""
    _require_finance(turn)
    day = date.fromisoformat(form.metadata["day"])
    given = {name: str(form.values.get(name) or "") for name in ("signatory", "reply_by")}
    ordered, lacking = rounds.order_all(turn, day, given, f"view:{form.view_id}")
    text = turn.words.count(
        "{n} confirmation is being made; it comes to you in a direct message.",
        "{n} confirmations are being made; they come to you in a direct message.",
        ordered,
    )
    if lacking:
        names = turn.words.list(lacking[: looks.MOST_SHOWN])
        text += "\n" + turn.words.say("Something is missing of: {names}.", names=names)
    return Whisper(text)


@routes.action(looks.MORE)
def more(turn: Turn, click: Click) -> Reply:
    """The next page of those who were asked."""
    _require_finance(turn)
    day, _, skip = str(click.value).partition("|")
    return Whisper(*_listing(turn, date.fromisoformat(day), int(skip)), replace=True)


@routes.action(looks.AGREES)
def agrees(turn: Turn, click: Click) -> Reply:
    return _noted(turn, str(click.value), "agrees")


@routes.action(looks.DIFFERS)
def differs(turn: Turn, click: Click) -> Reply:
    return _noted(turn, str(click.value), "differs")


def _noted(turn: Turn, number: str, said: rounds.Answer) -> Reply:
    _require_finance(turn)
    document = rounds.note_answer(turn, number, said)
    return Whisper(*_listing(turn, document.as_of), replace=True)


def _require_finance(turn: Turn) -> None:
    if not roles.is_finance(turn):
        raise ledger.NotYours()


def _listing(turn: Turn, day: date, skip: int = 0) -> tuple[str, Sequence[Block]]:
    shown = [Shown(each.customer, each.number, each.answer) for each in rounds.standings(turn, day)]
    blocks = looks.listing(day, len(rounds.addressees(turn, day)), shown, turn.words, skip)
    return turn.words.say("Balance confirmations"), blocks
