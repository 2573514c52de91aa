"""How far a round of confirmations is: one card in the direct message of whoever ordered it, kept
up to date while it works, while answers come in, and when its gaps are mended one by one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from bot.kit.words import Words
from handlers.documents.blocks import round_progress as looks
from handlers.documents.blocks.round_progress import Lacking, Progress
from handlers.documents.service.readers import NoSuchDocument
from handlers.documents.service.rounds.rights import must_run
from handlers.people.service import roles
from storage.documents import balance_rounds, receipts
from storage.documents.balance_rounds import KIND, Confirmation, Round
from storage.documents.register import Document
from storage.invoices import customers
from storage.people import people
from storage.turn import Turn

Answer = Literal["agrees", "differs"]
ANSWERS: tuple[Answer, ...] = ("agrees", "differs")
_WORTH = {"made": 2, "asked": 1}
"""The states in which a customer has a confirmation, or is to get it."""


def follow(turn: Turn, document: Document) -> None:
    """Something became of a document: where it confirms a balance, the rounds about its day that
    ask its customer show it, whoever asked for it.
    """
    if document.kind != KIND:
        return
    for round_ in balance_rounds.hold_of_day(turn, document.as_of):
        if document.customer in round_.customers:
            show(turn, round_)


def hold(turn: Turn, kind: str, day: date) -> None:
    """The rounds that a paper of the day may concern, where one turn numbers and makes it: a round
    takes itself before it takes numbers too, so neither waits for the other.
    """
    if kind == KIND:
        balance_rounds.hold_of_day(turn, day)


def show(turn: Turn, round_: Round) -> None:
    """The card of a round that the turn holds, as it is now; who left the company has none."""
    if not people.is_here(turn, round_.asked_by):
        return
    words = roles.words_for(turn, round_.asked_by)
    text, blocks = looks.card(_progress(turn, round_), words)
    turn.show(f"balance-round:{round_.id}", round_.asked_by, text, blocks)


def last_with_gaps(turn: Turn, day: date) -> int:
    """The newest round about a day, where it left somebody without a confirmation; else 0."""
    newest = balance_rounds.of_day(turn, day)
    if newest is None:
        return 0
    return newest.id if _gaps(newest, _best(turn, day)) else 0


def lacking(turn: Turn, round_id: int, words: Words) -> list[Lacking]:
    """Those without a confirmation, and why: what is missing of them, or what became of it."""
    must_run(turn)
    round_ = balance_rounds.known(turn, round_id)
    if round_ is None:
        raise NoSuchDocument()
    best, reasons = _best(turn, round_.as_of), dict(round_.lacking)
    gaps = _gaps(round_, best)
    names = customers.some(turn, gaps)
    told = [
        Lacking(
            names[id_].name if id_ in names else "–",
            reasons.get(id_) or looks.failure(_state(best, id_), words),
        )
        for id_ in gaps
    ]
    return sorted(told, key=lambda each: each.customer)


def _progress(turn: Turn, round_: Round) -> Progress:
    best = _best(turn, round_.as_of)
    states = Counter(_state(best, id_) for id_ in _dealt_with(round_))
    made = [best[id_].document for id_ in round_.customers if _state(best, id_) == "made"]
    answered = receipts.of_day(turn, KIND, round_.as_of, ANSWERS)
    return Progress(
        round=round_.id,
        day=round_.as_of,
        total=len(round_.customers),
        waiting=len(round_.rest) + states["asked"],
        made=states["made"],
        lacking=len(_gaps(round_, best)),
        answers=sum(document in answered for document in made),
    )


def _best(turn: Turn, day: date) -> dict[int, Confirmation]:
    """Of each customer the confirmation of the day that counts: the newest that is made, else one
    under way, else whatever became of the last.
    """
    told = balance_rounds.confirmations(turn, day)
    by_worth = sorted(told, key=lambda each: (_WORTH.get(each.state, 0), each.document))
    return {each.customer: each for each in by_worth}


def _gaps(round_: Round, best: Mapping[int, Confirmation]) -> list[int]:
    """The customers whom it dealt with and who have no confirmation, and none under way."""
    return [id_ for id_ in _dealt_with(round_) if _state(best, id_) not in _WORTH]


def _state(best: Mapping[int, Confirmation], customer: int) -> str:
    return best[customer].state if customer in best else "failed"


def _dealt_with(round_: Round) -> Sequence[int]:
    return round_.customers[: round_.position]
