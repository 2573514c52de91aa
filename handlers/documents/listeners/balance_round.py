"""Routes for the balances of a day: finance asks everybody, and notes what came back."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.kit.block_kit import Block
from bot.kit.folding import fold
from bot.kit.replies import OpenView, Reply, Whisper
from bot.kit.routes import Click, Submission
from handlers.documents.blocks import balance_round as looks
from handlers.documents.blocks import round_progress as progress_looks
from handlers.documents.blocks.balance_round import Shown
from handlers.documents.routes import routes
from handlers.documents.service import wishes
from handlers.documents.service.rounds import balance_confirmations as rounds
from handlers.documents.service.rounds import orders, progress
from handlers.documents.service.rounds.progress import Answer
from handlers.ledger.service.balances import company_day
from storage.turn import Turn

_NAMES = ("confirmations", "balance confirmations", "potwierdzenia sald", "egyenlegkozlok")
_TERM = timedelta(days=14)  # proposed for the answers

routes.task(
    "order_round",
    work=lambda payload, tools: None,
    done=orders.order_some,
    failed=orders.fail,
)


def answer(turn: Turn, text: str) -> Reply | None:
    """``/document confirmations 2026-10-31``: who was asked about it, and who has answered."""
    if not fold(text).startswith(_NAMES):
        return None
    return Whisper(*_listing(turn, wishes.one_day(turn, text)))


@routes.action(looks.ASK)
def ask(turn: Turn, click: Click) -> Reply:
    day = date.fromisoformat(str(click.value))
    to_ask = len(rounds.still_to_ask(turn, day))
    if not to_ask:
        raise orders.EverybodyAsked(day=day)
    by = company_day(turn) + _TERM
    return OpenView(looks.form(day, turn.actor.name, by, to_ask, turn.words))


@routes.submission(looks.FORM)
def ask_all(turn: Turn, form: Submission) -> Reply:
    """Each is ordered as if by itself, and a card says how far it is; what somebody lacks is named
    there and holds nobody else up.
    """
    day = date.fromisoformat(form.metadata["day"])
    given = {name: str(form.values.get(name) or "") for name in ("signatory", "reply_by")}
    asked = orders.begin(turn, day, given, f"view:{form.view_id}")
    text = turn.words.count(
        "{n} confirmation is being made; it comes to you in a direct message.",
        "{n} confirmations are being made; they come to you in a direct message.",
        asked,
    )
    return Whisper(text)


@routes.action(progress_looks.ANSWERS)
def answers(turn: Turn, click: Click) -> Reply:
    """The button on the card of a round."""
    return Whisper(*_listing(turn, date.fromisoformat(str(click.value))))


@routes.action(progress_looks.MISSING)
def missing(turn: Turn, click: Click) -> Reply:
    """For whom none was made, and why."""
    return _missing(turn, click.number, replace=click.private)


@routes.action(progress_looks.MORE_MISSING)
def more_missing(turn: Turn, click: Click) -> Reply:
    """The next page of them."""
    round_id, _, skip = str(click.value).partition("|")
    return _missing(turn, int(round_id), int(skip), replace=True)


def _missing(turn: Turn, round_id: int, skip: int = 0, *, replace: bool) -> Reply:
    rows = progress.lacking(turn, round_id, turn.words)
    text, blocks = progress_looks.missing(round_id, rows, turn.words, skip)
    return Whisper(text, blocks, replace=replace)


@routes.action(looks.MORE)
def more(turn: Turn, click: Click) -> Reply:
    """The next page of those who were asked."""
    day, _, skip = str(click.value).partition("|")
    return Whisper(*_listing(turn, date.fromisoformat(day), int(skip)), replace=True)


@routes.action(looks.AGREES)
def agrees(turn: Turn, click: Click) -> Reply:
    return _noted(turn, str(click.value), "agrees")


@routes.action(looks.DIFFERS)
def differs(turn: Turn, click: Click) -> Reply:
    return _noted(turn, str(click.value), "differs")


def _noted(turn: Turn, number: str, said: Answer) -> Reply:
    document = rounds.note_answer(turn, number, said)
    return Whisper(*_listing(turn, document.as_of), replace=True)


def _listing(turn: Turn, day: date, skip: int = 0) -> tuple[str, Sequence[Block]]:
    shown = [Shown(each.customer, each.number, each.answer) for each in rounds.standings(turn, day)]
    to_ask, missing = len(rounds.addressees(turn, day)), progress.last_with_gaps(turn, day)
    blocks = looks.listing(day, to_ask, shown, turn.words, skip, missing)
    return turn.words.say("Balance confirmations"), blocks
