"""The table of moves: each is tried, and each that is not there is refused with the reason."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from bot.kit.words import Words
from handlers.tickets.model import states
from handlers.tickets.model.states import MOVES, Move, NotNow
from storage.tickets.tickets import State, Ticket
from tests.tickets.small import MONDAY

TICKET = Ticket(
    id=1,
    number=1,
    origin="view:V1",
    request_type="it_help",
    is_type_guessed=False,
    department="it",
    subject="x",
    description="",
    fields={},
    priority="normal",
    state="new",
    waiting_for=None,
    is_private=False,
    requester="U0ANNA",
    author="U0ANNA",
    assignee=None,
    channel=None,
    thread_ts=None,
    triage_card_no=0,
    requester_card_no=0,
    resolve_count=0,
    linked_to=None,
    about=None,
    snoozed_until=None,
    created_at=MONDAY,
    assigned_at=None,
    nudged_at=None,
    answered_at=None,
    resolved_at=None,
    ended_at=None,
    touched_at=MONDAY,
    rating=None,
    rating_comment=None,
)
EVERY = [(move, state) for move in get_args(Move) for state in get_args(State)]


@pytest.mark.parametrize(("move", "state"), EVERY)
def test_move_leads_where_the_table_says_or_is_refused_in_three_languages(
    move: Move, state: State
) -> None:
    ticket = replace(TICKET, state=state)
    wanted = MOVES[move].get(state)
    assert states.is_possible(move, ticket) is bool(wanted)
    if wanted:
        assert states.after(move, ticket, "BO-1") == wanted
        return
    with pytest.raises(NotNow) as refused:
        states.after(move, ticket, "BO-1")
    told = {Words(language).problem(refused.value) for language in ("en", "pl", "hu")}
    assert len(told) == 3
    assert all("BO-1" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("move", "state", "refusal"),
    [
        ("answer", "new", states.NotWaiting),
        ("release", "in_progress", states.NotWaiting),
        ("answer", "resolved", states.AlreadyResolved),
        ("reopen", "new", states.StillOpen),
        ("take", "closed", states.AlreadyClosed),
    ],
)
def test_a_refusal_names_what_keeps_the_ticket(
    move: Move, state: State, refusal: type[NotNow]
) -> None:
    with pytest.raises(refusal):
        states.after(move, replace(TICKET, state=state), "BO-1")


def test_what_has_ended_for_good_moves_no_more() -> None:
    assert not any("merged" in moves for moves in MOVES.values())


def test_what_was_cancelled_by_a_slip_comes_back_and_does_nothing_else() -> None:
    ways = {move for move, moves in MOVES.items() if "cancelled" in moves}
    assert ways == {"reopen", "restore"}


def test_every_state_is_reached() -> None:
    reached = {state for moves in MOVES.values() for state in moves.values()}
    assert reached == set(get_args(State))


@pytest.mark.parametrize(
    ("facts", "is_open"),
    [
        ({}, True),
        ({"is_type_guessed": False}, False),
        ({"waiting_for": "approval"}, True),
        ({"waiting_for": "requester"}, False),
        ({"answered_at": MONDAY}, False),
        ({"state": "resolved"}, False),
        ({"state": "in_progress"}, True),
    ],
)
def test_a_guessed_type_may_be_said_until_somebody_answers(
    facts: dict[str, Any], is_open: bool
) -> None:
    ticket = replace(TICKET, **{"is_type_guessed": True, **facts})
    assert states.is_type_open(ticket) is is_open
