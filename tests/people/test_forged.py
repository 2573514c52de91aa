"""The table of rights, walked with every kind of person through every door: whatever they forge,
nobody sees or changes what is not theirs.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.catalogue import loader
from bot.edge.turns import HOME, Turns
from bot.kit.catalogue import Catalogue
from bot.playground.slack import views
from handlers.tickets.service import gate
from storage.audit import events
from storage.tickets import tickets
from tests.driver import Office
from tests.people.forger import Forger, texts
from tests.reminders.books import Books
from tests.reminders.test_conversation import switch_on
from tests.running import Running
from tests.tickets.catalogues import with_department
from tests.tickets.desk import asks

PRIVATE, MONEY = "Wypowiedzenie tajne", "Tajemnicza Firma"
NUMBER = "FV/2026/11/0666"
WITHOUT_MONEY = {
    "employee": "U0ANNA",
    "agent": "U0TOMASZ",
    "agent of another department": "U0DANIEL",
    "ex-agent": "U0ZSOFIA",
    "deactivated lead": "U0GONE",
    "lead of another department": "U0PIOTR",
    "agent who became a guest": "U0NOWGUEST",
    "somebody of another workspace": "U0ELSEWHERE",
    "guest": "U0GUEST",
    "customer in a shared channel": "U0KOWALSKA",
    "somebody unknown": "U0NOBODY",
    "nobody": "",
    "the bot": "bot",
}
WITH_MONEY = {
    "finance": "U0MAREK",
    "lead": "U0BEATA",
    "account owner": "U0EMMA",
    "invoice reader": "U0LENA",
}


@pytest.fixture
def rules() -> Catalogue:
    """Legal is led by somebody who is gone."""
    rules = with_department(loader.load(None), "it", assignment="manual", lead="U0PIOTR")
    rules = with_department(rules, "collections", lead="U0BEATA")
    return with_department(rules, "hr", lead="U0GONE")


@pytest.fixture
def forger(office: Office, bot: Running, turns: Turns) -> Forger:
    """An office with a private ticket that Zsófia held, and with money of a customer of Emma's."""
    leave_the_lead(office, bot)
    asks(office, "piotr", "Drukarka")
    card = asks(office, "kata", PRIVATE, "hr_question")
    office.ewa.invites(office.zsofia.id, "#bo-hr")
    office.zsofia.clicks("tickets.take", on=card)
    office.zsofia.replies(card, f"// {PRIVATE} notatka")
    office.zsofia.leaves("#bo-hr")
    books = Books(turns)
    books.payments_known()
    switch_on(office, "done")
    customer = books.customer(MONEY, owner="U0EMMA")
    books.invoice(NUMBER, date(2026, 11, 23), customer=customer, amount=100_000)
    bot.tick()
    parts = ("Wypowiedzenie", "Tajemnicza", "2026/11/0666")  # never the whole of a secret
    words = ("", "BO-1", "BO-2", "BO-2", "queue hr", "search tajne", *parts)
    return Forger(office, bot, ids=(1, 2, 3), words=words)


def leave_the_lead(office: Office, bot: Running) -> None:
    ewa = office.world.people["U0EWA"]
    gone: dict[str, Any] = {"name": "gone", "real_name": "Gone", "email": "gone@x.example"}
    office.world.people["U0GONE"] = replace(ewa, id="U0GONE", deleted=True, **gone)
    guest: dict[str, Any] = {
        "name": "nowguest",
        "real_name": "Now Guest",
        "email": "guest@x.example",
    }
    office.world.people["U0NOWGUEST"] = replace(
        ewa, id="U0NOWGUEST", is_restricted=True, is_ultra_restricted=True, **guest
    )
    office.world.channel_named("bo-hr").members.append("U0NOWGUEST")
    elsewhere: dict[str, Any] = {
        "name": "elsewhere",
        "real_name": "Else Where",
        "email": "else@x.example",
    }
    office.world.people["U0ELSEWHERE"] = replace(
        ewa, id="U0ELSEWHERE", team_id="T0ELSEWHERE", **elsewhere
    )
    bot.refresh()


def reads(office: Office, who: str) -> Iterator[str]:
    """Everything that stands before somebody, and before nobody else."""
    world = office.world
    for channel in world.channels.values():
        yield from texts(channel.notes.get(who) or [])
        if channel.kind == "im" and who in channel.members:
            yield from texts(list(channel.messages.values()))
    if who in world.people:
        yield from texts(views.stack_of(world, who))
        yield from texts(world.homes.get(who) or {})


def shows(found: Iterator[str], secret: str) -> bool:
    return any(secret in text for text in found)


def walks(forger: Forger, people: dict[str, str], secrets: tuple[str, ...], requests: int) -> None:
    """Everybody knocks at routes that are drawn; nothing secret is told, nothing foreign done."""
    doors = forger.doors()
    commands = [door for door in doors if door[0] == "command"]
    for number in range(requests):
        kind, who = forger.luck.choice(tuple(people.items()))
        asks_by_hand = forger.luck.random() < 0.3
        door = forger.luck.choice(commands) if asks_by_hand else doors[number % len(doors)]
        answer = forger.knock(who, *door)
        assert answer.status == 200, (kind, door)
        for secret in secrets:
            assert not shows(texts(answer.payload), secret), (kind, door, answer.payload)
        if number % 20 == 19:
            forger.bot.settle()
            looked_at(forger, people, secrets)


def looked_at(forger: Forger, people: dict[str, str], secrets: tuple[str, ...]) -> None:
    for kind, who in people.items():
        for secret in secrets:
            assert not shows(reads(forger.office, who), secret), (kind, secret)
        views.stack_of(forger.office.world, who).clear()  # Slack opens three at most


def newest(turns: Turns) -> int:
    with turns.turn(HOME) as turn:
        return int(turn.db.execute(select(func.max(events.c.id))).scalar_one())


def refuse_foreign_acts(
    turns: Turns, people: dict[str, str], since: int, money: tuple[str, ...]
) -> int:
    """What these have changed since then was theirs to change; how much it was."""
    with turns.turn(HOME) as turn:
        found = select(events.c.actor, events.c.event, events.c.subject)
        theirs = (events.c.id > since, events.c.actor.in_(people.values()))
        rows = turn.db.execute(found.where(*theirs)).all()
    made = {(row.actor, row.subject) for row in rows if row.event == "ticket.submitted"}
    for who, event, subject in rows:
        noun, _, id = subject.partition(":")
        assert noun not in money, (who, event, subject)
        if noun == "ticket" and (who, subject) not in made:  # everybody may make one
            with turns.turn(HOME, who) as turn:
                assert tickets.seen(turn, gate.viewer(turn), int(id)), (who, event, subject)
    return len(rows)


def held(forger: Forger, turns: Turns, requests: int) -> None:
    money = ("invoice", "payment", "customer", "policy", "pause", "reminder")
    since = newest(turns)
    walks(forger, WITHOUT_MONEY, (PRIVATE, MONEY, NUMBER), requests * 2 // 3)
    done = refuse_foreign_acts(turns, WITHOUT_MONEY, since, money)
    since = newest(turns)
    walks(forger, WITH_MONEY, (PRIVATE,), requests // 3)
    done += refuse_foreign_acts(turns, WITH_MONEY, since, ())
    assert done, "they did nothing at all, so nothing is shown by this"


def test_forged_requests_show_and_change_nothing_that_is_not_theirs(
    forger: Forger, turns: Turns
) -> None:
    held(forger, turns, 900)


@pytest.mark.slow
@pytest.mark.timeout(21_600)  # --forged=50000 on a busy machine
def test_many_forged_requests_show_and_change_nothing_that_is_not_theirs(
    forger: Forger, turns: Turns, request: pytest.FixtureRequest
) -> None:
    """As many as ``--forged`` says."""
    held(forger, turns, request.config.getoption("--forged"))
