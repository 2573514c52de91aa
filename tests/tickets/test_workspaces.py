"""No function of storage finds a row of another workspace, or changes one."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import NoResultFound

from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.people.model import permissions
from storage import approvals, audit, outbox
from storage.approvals import Approval, Awaited
from storage.people import people, roles
from storage.tickets import deadlines, lists, loads, locks, messages, search, tickets
from storage.tickets.deadlines import Deadline
from storage.tickets.messages import Message
from storage.tickets.tickets import Request, Ticket
from storage.tickets.viewers import Viewer
from storage.turn import Turn

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANNA, TOMASZ, CHANNEL = "U0ANNA", "U0TOMASZ", "C0BOIT"
ALL: dict[str, Any] = {
    "sees": permissions.holders("ticket", "see"),
    "changes": permissions.holders("ticket", "work on"),
}
AGENT = Viewer(TOMASZ, frozenset({"it"}), **ALL)
MODULES = (
    tickets,
    lists,
    loads,
    locks,
    search,
    messages,
    deadlines,
    approvals,
    roles,
)
MAKING = {
    "tickets.submit",
    "tickets.add_participant",
    "search.begin",
    "search.index",
    "messages.add",
    "messages.leave_thread",
    "deadlines.begin",
    "approvals.begin",
    "approvals.ask",
}
"""What writes new rows, about a value that a query of the same workspace has given."""
PURE = {
    "tickets.may_see",
    "tickets.may_change",
    "tickets.in_queue",
    "tickets.ticket_of",
    "messages.triage_card",
    "messages.requester_card",
    "lists.id_of",
}


class Undone(Exception):
    """Takes a turn back."""


@dataclass(frozen=True)
class There:
    """What stands in the other workspace."""

    ticket: Ticket
    message: Message
    deadline: Deadline
    approval: Approval


Try = Callable[[Turn, There], Any]
TRIES: dict[str, Try] = {
    "tickets.concerning_ids": lambda turn, it: turn.db.execute(
        tickets.concerning_ids(turn, AGENT)
    ).all(),
    "tickets.seen": lambda turn, it: tickets.seen(turn, AGENT, it.ticket.id),
    "tickets.numbered": lambda turn, it: tickets.numbered(turn, AGENT, it.ticket.number),
    "tickets.changeable": lambda turn, it: tickets.changeable(turn, AGENT, it.ticket.id),
    "tickets.own": lambda turn, it: tickets.own(turn, ANNA, frozenset({"requester"}), it.ticket.id),
    "tickets.of_system": lambda turn, it: tickets.of_system(turn, it.ticket.id),
    "tickets.number_of": lambda turn, it: tickets.number_of(turn, it.ticket.id),
    "locks.hold": lambda turn, it: locks.hold(turn, [it.ticket.id]),
    "locks.hold_free": lambda turn, it: locks.hold_free(turn, [it.ticket.id]),
    "tickets.made_by": lambda turn, it: tickets.made_by(turn, "test:1"),
    "tickets.successor": lambda turn, it: tickets.successor(turn, it.ticket),
    "tickets.take": lambda turn, it: tickets.take(turn, it.ticket.id),
    "tickets.change": lambda turn, it: tickets.change(turn, it.ticket, subject="theirs"),
    "loads.last_assignee": lambda turn, it: loads.last_assignee(turn, "it"),
    "loads.open_by_assignee": lambda turn, it: loads.open_by_assignee(turn, [TOMASZ]),
    "tickets.has_participant": lambda turn, it: tickets.has_participant(
        turn, it.ticket, "U0KATA", "follower"
    ),
    "tickets.remove_participant": lambda turn, it: tickets.remove_participant(
        turn, it.ticket, "U0KATA", "follower"
    ),
    "tickets.due_to_wake": lambda turn, it: tickets.due_to_wake(turn, 10),
    "tickets.due_to_close": lambda turn, it: tickets.due_to_close(
        turn, NOW + timedelta(days=99), 10
    ),
    "tickets.participants_of": lambda turn, it: tickets.participants_of(
        turn, it.ticket, "follower"
    ),
    "lists.queue": lambda turn, it: lists.queue(turn, AGENT, ["it"], most=10),
    "lists.queue_length": lambda turn, it: lists.queue_length(turn, AGENT, ["it"]),
    "lists.mine": lambda turn, it: lists.mine(turn, Viewer(ANNA, **ALL), most=10),
    "lists.open_private": lambda turn, it: lists.open_private(turn, ["it"]),
    "lists.left_behind": lambda turn, it: lists.left_behind(turn, ["hr"]),
    "lists.assigned": lambda turn, it: lists.assigned(turn, AGENT, most=10).tickets,
    "lists.asked_of": lambda turn, it: lists.asked_of(turn, Viewer(ANNA, **ALL), most=10).tickets,
    "lists.under_way": lambda turn, it: lists.under_way(turn, Viewer(ANNA, **ALL), most=10).tickets,
    "lists.own_open": lambda turn, it: lists.own_open(turn, Viewer(ANNA, **ALL), most=10),
    "search.find": lambda turn, it: search.find(turn, AGENT, "printer", most=10),
    "search.joinable": lambda turn, it: search.joinable(
        turn, AGENT, "printer", but=it.ticket.id + 1, most=10
    ),
    "search.resembling": lambda turn, it: search.resembling(
        turn, ANNA, frozenset({frozenset({"printer"})}), most=10
    ),
    "messages.written_as": lambda turn, it: messages.written_as(turn, it.message.origin),
    "messages.numbered": lambda turn, it: messages.numbered(turn, it.message.id),
    "messages.descriptions": lambda turn, it: messages.descriptions(turn, it.ticket),
    "messages.edit": lambda turn, it: messages.edit(turn, it.message, "theirs", "reply", []),
    "messages.delete": lambda turn, it: messages.delete(turn, it.message),
    "messages.of": lambda turn, it: messages.of(turn, it.ticket, notes=True),
    "messages.begun_by": lambda turn, it: messages.begun_by(turn, ANNA, CHANNEL, NOW),
    "messages.private_letters_in": lambda turn, it: messages.private_letters_in(turn, CHANNEL),
    "messages.place_of": lambda turn, it: messages.place_of(
        turn, messages.requester_card(it.ticket)
    ),
    "messages.posted_beneath": lambda turn, it: messages.posted_beneath(turn, it.ticket),
    "messages.heading": lambda turn, it: messages.heading(turn, CHANNEL, "1.1"),
    "messages.shown_as": lambda turn, it: messages.shown_as(
        turn, messages.requester_card(it.ticket)
    ),
    "messages.copies_for_others": lambda turn, it: messages.copies_for_others(turn, it.ticket),
    "messages.standing": lambda turn, it: messages.standing(turn, f"{it.ticket.key}:"),
    "messages.was_followed_in": lambda turn, it: messages.was_followed_in(turn, it.ticket, CHANNEL),
    "messages.once_followed_in": lambda turn, it: messages.once_followed_in(turn, CHANNEL, "1.1"),
    "tickets.merged_into": lambda turn, it: tickets.merged_into(turn, it.ticket.id),
    "messages.thread_of": lambda turn, it: messages.thread_of(turn, CHANNEL, "1.1"),
    "deadlines.of": lambda turn, it: deadlines.of(turn, it.ticket),
    "deadlines.due_of": lambda turn, it: deadlines.due_of(turn, it.ticket),
    "deadlines.due": lambda turn, it: deadlines.due(turn, [it.ticket.id]),
    "deadlines.change": lambda turn, it: deadlines.change(turn, it.deadline, warned_at=NOW),
    "deadlines.take_due": lambda turn, it: deadlines.take_due(turn, 10),
    "approvals.latest": lambda turn, it: approvals.latest(turn, it.ticket.key),
    "approvals.was_overtaken": lambda turn, it: approvals.was_overtaken(turn, it.ticket.key),
    "approvals.subject_of": lambda turn, it: approvals.subject_of(turn, it.approval.id),
    "approvals.asked_about": lambda turn, it: approvals.asked_about(turn, TOMASZ, "ticket"),
    "approvals.asked_of": lambda turn, it: approvals.asked_of(turn, it.approval.id, TOMASZ),
    "approvals.waiting_for": lambda turn, it: approvals.waiting_for(turn, TOMASZ),
    "approvals.open_ones": lambda turn, it: approvals.open_ones(turn),
    "approvals.ask_anew": lambda turn, it: approvals.ask_anew(turn, it.approval, TOMASZ, ANNA, NOW),
    "approvals.change": lambda turn, it: approvals.change(turn, it.approval, state="approved"),
    "approvals.vote": lambda turn, it: approvals.vote(turn, it.approval, TOMASZ, "approved", ""),
    "approvals.comments_about": lambda turn, it: approvals.comments_about(turn, it.ticket.key),
    "approvals.to_remind": lambda turn, it: approvals.to_remind(turn, 9),
    "approvals.remind_at": lambda turn, it: approvals.remind_at(
        turn, Awaited(it.approval, TOMASZ, NOW, NOW), NOW + timedelta(days=1)
    ),
    "approvals.votes_of": lambda turn, it: approvals.votes_of(turn, it.approval),
    "roles.read_circles": lambda turn, it: circles(turn),
    "roles.channel_named": lambda turn, it: roles.channel_named(turn, CHANNEL),
    "roles.discreet_named": lambda turn, it: roles.discreet_named(turn, "bo-hr"),
    "roles.channels_named": lambda turn, it: roles.channels_named(turn, ["bo-it", CHANNEL]),
    "roles.memberships_among": lambda turn, it: roles.memberships_among(turn, TOMASZ, [CHANNEL]),
    "roles.names": lambda turn, it: roles.names(turn, ["C0ALL"]),
    "roles.is_public": lambda turn, it: roles.is_public(turn, "C0ALL"),
    "roles.private_among": lambda turn, it: roles.private_among(turn, ["C0BOHR"]),
    "roles.people_in": lambda turn, it: roles.people_in(turn, [CHANNEL]),
    "roles.is_private": lambda turn, it: roles.is_private(turn, "C0BOHR"),
    "roles.administrators": lambda turn, it: roles.administrators(turn),
    "roles.is_open_to_outsiders": lambda turn, it: roles.is_open_to_outsiders(turn, CHANNEL),
}
STANDING = (
    tickets.tickets,
    tickets.participants,
    messages.messages,
    deadlines.deadlines,
    approvals.approvals,
    approvals.votes,
    search.words,
    people.people,
    people.members,
    people.channels,
)


@pytest.fixture
def turns(engine: Engine, rules: Catalogue) -> Turns:
    return Turns(engine, lambda: NOW, {"*": rules, HOME: rules})


@pytest.fixture
def there(turns: Turns) -> There:
    """A ticket with everything that belongs to one, at home."""
    with turns.turn(HOME) as turn:
        for id in (ANNA, TOMASZ):
            people.save_person(turn, person(id))
        facts = {"id": CHANNEL, "name": "bo-it", "is_shared": True, "is_private": True}
        people.save_channel(turn, facts)
        people.save_channel(turn, {**facts, "id": "C0BOHR", "name": "bo-hr", "is_shared": False})
        people.save_channel(turn, {**facts, "id": "C0ALL", "name": "all", "is_private": False})
        people.save_members(turn, CHANNEL, [TOMASZ])
    with turns.turn(HOME, ANNA) as turn:
        return everything(turn)


def asked_twice(turn: Turn, subject: str) -> Approval:
    """A chain that was overtaken, and the one that was begun anew."""
    steps = [{"needs": "any", "people": [[TOMASZ, None]]}]
    before = approvals.begin(turn, subject, ANNA, steps)
    approvals.change(turn, before, state="overtaken")
    approval = approvals.begin(turn, subject, ANNA, steps)
    approvals.ask(turn, approval, TOMASZ, None, turn.now)
    approvals.ask(turn, approval, ANNA, None, None)
    approvals.vote(turn, approval, ANNA, "changes", "Which one?")
    return approval


def everything(turn: Turn) -> There:
    request = Request(
        origin="test:1",
        request_type="it_help",
        subject="Printer jams",
        channel=CHANNEL,
        thread_ts="1.1",
    )
    ticket = tickets.submit(turn, request, department="it", is_private=False, priority="normal")
    assert ticket is not None
    facts = {"assignee": TOMASZ, "assigned_at": NOW, "snoozed_until": None, "state": "in_progress"}
    ticket = tickets.change(turn, ticket, **facts)
    tickets.add_participant(turn, ticket, "U0KATA", "follower")
    after = Request(origin="after:1", request_type="it_help", subject="Again", linked_to=ticket.id)
    tickets.submit(turn, after, department="it", is_private=False, priority="low")
    tired = Request(origin="test:2", request_type="it_help", subject="Later")
    for values in ({"snoozed_until": NOW}, {"state": "resolved", "resolved_at": NOW}):
        other = tickets.submit(turn, tired, department="it", is_private=True, priority="low")
        tired = Request(origin="test:3", request_type="it_help", subject="Later")
        assert other is not None
        tickets.change(turn, other, **values)
        turn.show(messages.triage_card(other), CHANNEL, "card", subject=other.key)
    said = messages.add(
        turn,
        ticket,
        origin=f"{CHANNEL}:1.1",
        role="description",
        at=NOW,
        author=ANNA,
        text="printer jams",
        side="requester",
    )
    assert said is not None
    clock = {"target": timedelta(hours=4), "running_since": NOW, "due_at": NOW, "next_at": NOW}
    deadlines.begin(turn, ticket, {"resolution": clock})
    (deadline,) = deadlines.of(turn, ticket)
    search.index(turn, ticket, ["printer jams"], [])
    approval = asked_twice(turn, ticket.key)
    turn.show(
        messages.requester_card(ticket),
        CHANNEL,
        "card",
        under=outbox.Under(None, CHANNEL, "1.1"),
        subject=ticket.key,
    )
    return There(ticket, said, deadline, approval)


def person(id: str) -> dict[str, Any]:
    facts = {"is_external": False, "is_admin": True, "is_bot": False, "is_deleted": False}
    said = {"name": id, "email": "", "locale": "en-GB", "timezone": "Europe/Warsaw", "status": ""}
    return {"id": id, **said, **facts}


def circles(turn: Turn) -> list[str]:
    """What reading the circles leaves to be told: channels by name, and where the actor is."""
    turn.actor = replace(turn.actor, id=TOMASZ)
    roles.read_circles(turn, ["bo-it"])
    return [*turn.known["channels"], *turn.known["members"][TOMASZ]]


def found(turn: Turn, name: str, there: There) -> Any:
    try:
        return TRIES[name](turn, there)
    except (KeyError, NoResultFound):
        return None


@contextmanager
def unchanged(turns: Turns) -> Iterator[None]:
    before = rows(turns)
    yield
    assert rows(turns) == before


def rows(turns: Turns) -> list[Any]:
    with turns.transaction() as db:
        return [
            sorted(map(str, db.execute(select(table))))
            for table in (*STANDING, outbox.outbox_messages, audit.events)
        ]


def functions(module: ModuleType) -> list[str]:
    name = module.__name__.rpartition(".")[2]
    return [
        f"{name}.{key}"
        for key, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not key.startswith("_")
    ]


def test_every_function_is_tried() -> None:
    known = {name for module in MODULES for name in functions(module)}
    assert known == {*TRIES, *MAKING, *PURE}


def test_nothing_is_found_or_changed_from_another_workspace(turns: Turns, there: There) -> None:
    with unchanged(turns):
        assert [name for name in TRIES if tried(turns, "T0OTHER", name, there)] == []


def test_at_home_the_same_finds_something(turns: Turns, there: There) -> None:
    """So that the test above proves something; each try is undone."""
    silent = {"tickets.remove_participant"}  # says nothing
    silent |= {"approvals.ask_anew"}
    silent |= {"tickets.take"}  # nobody is free to be taken
    silent |= {f"messages.{name}" for name in ("heading", "copies_for_others")}
    silent |= {f"messages.{name}" for name in ("was_followed_in", "once_followed_in")}
    silent |= {"lists.asked_of"}  # nobody waits for an answer
    silent |= {"tickets.merged_into"}  # nothing was merged, and no thread was left
    assert {name for name in TRIES if not tried(turns, HOME, name, there)} == silent


def tried(turns: Turns, workspace: str, name: str, there: There) -> bool:
    """Whether something was found; at home whatever was changed is undone."""
    try:
        with turns.turn(workspace) as turn:
            result = bool(found(turn, name, there))
            if workspace == HOME:
                raise Undone
    except Undone:
        pass
    return result
