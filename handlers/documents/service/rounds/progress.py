"""How far a round of confirmations is: one card in the direct message of whoever ordered it, kept
up to date while it works and while answers come in.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from bot.kit.words import Words
from handlers.documents.blocks import round_progress as looks
from handlers.documents.blocks.round_progress import Lacking, Progress
from handlers.documents.service.readers import NoSuchDocument
from handlers.documents.service.rounds.rights import must_run
from handlers.people.service import roles
from storage.documents import balance_rounds
from storage.documents.balance_rounds import Round
from storage.documents.register import Document
from storage.invoices import customers
from storage.turn import Turn

Answer = Literal["agrees", "differs"]
ANSWERS: tuple[Answer, ...] = ("agrees", "differs")


def follow(turn: Turn, document: Document) -> None:
    """Something became of a document: the round that asked for it, if one did, shows it."""
    round_id = balance_rounds.round_of(document)
    if round_id is not None:
        show(turn, balance_rounds.hold(turn, round_id))


def show(turn: Turn, round_: Round) -> None:
    """The card of a round that the turn holds, as it is now."""
    words = roles.words_for(turn, round_.asked_by)
    text, blocks = looks.card(_progress(turn, round_), words)
    turn.show(f"balance-round:{round_.id}", round_.asked_by, text, blocks)


def last_with_gaps(turn: Turn, day: date) -> int:
    """The newest round about a day, where it left somebody without a confirmation; else 0."""
    newest = balance_rounds.of_day(turn, day)
    if newest is None:
        return 0
    return newest.id if _progress(turn, newest).lacking else 0


def lacking(turn: Turn, round_id: int, words: Words) -> list[Lacking]:
    """Those without a confirmation, and why: what is missing of them, or what became of it."""
    must_run(turn)
    round_ = balance_rounds.known(turn, round_id)
    if round_ is None:
        raise NoSuchDocument()
    not_made = balance_rounds.in_state(turn, round_.id, "failed", "refused")
    ids = {*(id_ for id_, _ in round_.lacking), *(each.customer or 0 for each in not_made)}
    names = {id_: customer.name for id_, customer in customers.some(turn, ids).items()}
    missing = [Lacking(names.get(id_, "–"), what) for id_, what in round_.lacking]
    failed = [
        Lacking(names.get(each.customer or 0, "–"), looks.failure(each.state, words))
        for each in not_made
    ]
    return sorted([*missing, *failed], key=lambda each: each.customer)


def _progress(turn: Turn, round_: Round) -> Progress:
    states = balance_rounds.states(turn, round_.id)
    return Progress(
        round=round_.id,
        day=round_.as_of,
        total=len(round_.customers),
        waiting=len(round_.rest) + states.get("asked", 0),
        made=states.get("made", 0),
        lacking=len(round_.lacking) + _count(states, ("failed", "refused")),
        answers=balance_rounds.answered(turn, round_.id, ANSWERS),
    )


def _count(states: dict[str, int], some: Sequence[str]) -> int:
    return sum(states.get(state, 0) for state in some)
