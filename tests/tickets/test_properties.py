"""Whatever several people do in whatever order: the state is legal, the audit whole, time is
counted, nothing leaks.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from bot.kit.catalogue import Catalogue
from bot.kit.errors import Problem
from bot.slack import HOME
from handlers.tickets.model import states
from handlers.tickets.service import gate, requester
from handlers.tickets.service.lists import search
from handlers.tickets.service.work import actions, changes, merge_split, service_levels, snooze
from storage import audit
from storage.audit import events
from storage.outbox import outbox_messages
from storage.tickets import deadlines, lists, messages, tickets
from storage.tickets.tickets import Ticket
from storage.turn import Turn
from tests.tickets.small import AGENTS, EVERYBODY, HR, LEAD, MONDAY, OUTSIDER, REQUESTERS, Small

Deed = Callable[[Turn, int], object]

DEEDS: dict[str, Deed] = {
    "take": lambda turn, id: actions.take(turn, id),
    "answer": lambda turn, id: actions.answer(turn, id, f"a:{turn.now}", "Which floor?", "nothing"),
    "ask": lambda turn, id: actions.answer(turn, id, f"b:{turn.now}", "Which floor?", "requester"),
    "outside": lambda turn, id: actions.answer(turn, id, f"c:{turn.now}", "Ordered", "third_party"),
    "note": lambda turn, id: actions.answer(turn, id, f"d:{turn.now}", "secretword", "note"),
    "go_on": lambda turn, id: actions.go_on(turn, id),
    "resolve": lambda turn, id: actions.resolve(turn, id),
    "assign": lambda turn, id: actions.assign(turn, id, AGENTS[1]),
    "urgent": lambda turn, id: changes.retype(turn, id, "it_help", "urgent"),
    "repair": lambda turn, id: changes.retype(turn, id, "equipment_repair", "normal"),
    "snooze": lambda turn, id: snooze.snooze(turn, id, None),
    "escalate": lambda turn, id: actions.escalate(turn, id, "why"),
    "merge": lambda turn, id: merge_split.merge(turn, id, 1),
    "split": lambda turn, id: merge_split.split(turn, id, f"e:{turn.now}", "it_help", "Part", ""),
    "add": lambda turn, id: requester.add(turn, id, f"f:{turn.now}", "Second floor", []),
    "nudge": lambda turn, id: requester.nudge(turn, id),
    "close": lambda turn, id: requester.close(turn, id),
    "reopen": lambda turn, id: requester.reopen(turn, id),
    "rate": lambda turn, id: requester.rate(turn, id, 4),
}
story = st.lists(
    st.tuples(st.sampled_from(EVERYBODY), st.sampled_from(sorted(DEEDS)), st.integers(1, 30 * 60)),
    max_size=12,
)
quick = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def small(engine: Engine, rules: Catalogue) -> Small:
    return Small(engine, rules)


def act(small: Small, who: str, deed: str, id: int) -> bool:
    """Whether it was allowed."""
    try:
        with small.turns.turn(HOME, who) as turn:
            DEEDS[deed](turn, id)
    except Problem:
        return False
    return True


def now(small: Small, id: int) -> Ticket:
    with small.turns.turn(HOME) as turn:
        return tickets.of_system(turn, id)


@quick
@given(story)
def test_every_step_is_one_of_the_table_and_leaves_an_event(
    small: Small, story: list[tuple[str, str, int]]
) -> None:
    small.now = MONDAY
    ticket = small.asks()
    for who, deed, minutes in story:
        small.later(minutes=minutes)
        before = now(small, ticket.id)
        told = events_of(small, ticket)
        done = act(small, who, deed, ticket.id)
        after = now(small, ticket.id)
        assert done or after == before, "a refusal changes nothing"
        assert after == before or len(events_of(small, ticket)) > len(told), f"{deed} left no event"
        reachable = {
            state
            for moves in states.MOVES.values()
            for start, state in moves.items()
            if start == before.state
        }
        assert after.state in {*reachable, before.state}
        assert (after.waiting_for is not None) == (after.state == "waiting")
        assert after.state != "in_progress" or after.assignee
        assert who != OUTSIDER or not done


def events_of(small: Small, ticket: Ticket) -> list[object]:
    with small.turns.turn(HOME) as turn:
        return [row.event for row in audit.history(turn.db, HOME, ticket.key)]


@quick
@given(story)
def test_events_tell_in_order_who_did_it(small: Small, story: list[tuple[str, str, int]]) -> None:
    small.now = MONDAY
    ticket = small.asks()
    for who, deed, minutes in story:
        small.later(minutes=minutes)
        act(small, who, deed, ticket.id)
    with small.turns.turn(HOME) as turn:
        rows = turn.db.execute(
            select(events).where(events.c.subject == ticket.key).order_by(events.c.id)
        ).all()
    assert rows[0].event == "ticket.submitted"
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    assert all(row.actor in {*EVERYBODY, "bot"} for row in rows)


@quick
@given(story)
def test_working_time_equals_a_count_by_the_minute(
    small: Small, story: list[tuple[str, str, int]]
) -> None:
    small.now = MONDAY
    ticket = small.asks()
    counted = timedelta()
    for who, deed, minutes in story:
        counted += worked(now(small, ticket.id), small.now, minutes)
        small.later(minutes=minutes)
        act(small, who, deed, ticket.id)
    with small.turns.turn(HOME) as turn:
        ticket = tickets.of_system(turn, ticket.id)
        resolution = deadlines.of(turn, ticket)[1]
        assert service_levels.spent(turn, ticket, resolution) == counted


def worked(ticket: Ticket, since: datetime, minutes: int) -> timedelta:
    """The slow way: each minute in which the ticket was nobody's to wait for and Warsaw was at
    work, 8 to 16.
    """
    if ticket.state not in ("new", "in_progress"):
        return timedelta()
    walls = [
        (since + timedelta(minutes=n)).astimezone(ZoneInfo("Europe/Warsaw")) for n in range(minutes)
    ]
    at_work = [
        wall for wall in walls if wall.weekday() < 5 and 8 <= wall.hour < 16 and is_no_holiday(wall)
    ]
    return timedelta(minutes=len(at_work))


def is_no_holiday(wall: datetime) -> bool:
    return (wall.month, wall.day) not in {(12, 24), (12, 25), (12, 26), (1, 1), (1, 6)}


@quick
@given(story)
def test_outsiders_see_nothing_private(small: Small, story: list[tuple[str, str, int]]) -> None:
    small.now = MONDAY
    ticket = small.asks(kind="hr_question", subject="Whispered matter")
    for who, deed, minutes in story:
        small.later(minutes=minutes)
        act(small, who, deed, ticket.id)
    for person in set(EVERYBODY) - concerned(small, ticket):
        with small.turns.turn(HOME, person) as turn:
            viewer = gate.viewer(turn)
            assert tickets.seen(turn, viewer, ticket.id) is None
            assert tickets.numbered(turn, viewer, ticket.number) is None
            for words in ("whispered", str(ticket.number), "secretword"):
                assert ticket.id not in {found.id for found in search.by_words(turn, words).tickets}
            listed = lists.mine(turn, viewer, most=500)
            listed += lists.queue(turn, viewer, turn.catalogue.departments, most=500)
            assert ticket.id not in {found.id for found in listed}


def concerned(small: Small, ticket: Ticket) -> set[str]:
    """Whoever it is the business of: the requester, its department's agents and lead, and who was
    brought in.
    """
    with small.turns.turn(HOME) as turn:
        ticket = tickets.of_system(turn, ticket.id)
        brought = {
            *tickets.participants_of(turn, ticket, "lead"),
            *tickets.participants_of(turn, ticket, "follower"),
        }
    agents = {*AGENTS, LEAD} if ticket.department == "it" else {HR}
    return {ticket.requester, *agents, *brought, *([ticket.assignee] if ticket.assignee else [])}


@quick
@given(story)
def test_notes_never_reach_the_requester(small: Small, story: list[tuple[str, str, int]]) -> None:
    small.now = MONDAY
    ticket = small.asks()
    for who, deed, minutes in story:
        small.later(minutes=minutes)
        act(small, who, deed, ticket.id)
    with small.turns.turn(HOME, REQUESTERS[0]) as turn:
        assert not search.by_words(turn, "secretword").tickets
        said = messages.of(turn, tickets.of_system(turn, ticket.id), notes=False)
        assert all("secretword" not in message.text for message in said)
        assert "secretword" not in letters_to(turn, REQUESTERS[0])


def letters_to(turn: Turn, person: str) -> str:
    return str(
        turn.db.execute(select(outbox_messages.c.body).where(outbox_messages.c.addressee == person))
        .scalars()
        .all()
    )
