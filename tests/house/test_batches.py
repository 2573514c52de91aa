"""Batches: what Slack took of one is settled together, and a kill before that loses and doubles
nothing.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update

from bot.delivery.sender import Sender
from bot.delivery.taken_messages import TakenMessages
from bot.edge.turns import Turns
from bot.kit import block_kit, clock
from bot.slack import HOME
from storage import outbox, outbox_claims
from storage.outbox import Under, outbox_messages
from storage.outbox_claims import Taken
from storage.statements import Writes
from tests.driver import Office
from tests.running import Running

CHANNELS = ("#bo-it", "#bo-orders")


class Killed(Exception):
    """The process is gone."""


class Ending(ThreadPoolExecutor):
    """Threads that carry out so many works, and no more after that."""

    def __init__(self, works: int) -> None:
        super().__init__(1)
        self.left = works

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.left -= 1
        if self.left < 0:
            raise Killed()
        return super().submit(fn, *args, **kwargs)


def told(bot: Running) -> list[str]:
    """Three messages to each of two channels, a reply under each of the first two."""
    world = bot.playground.world
    keys: list[str] = []
    with bot.turns.turn(HOME) as turn:
        for name in CHANNELS:
            place = world.channel_named(name).id
            for n in range(3):
                keys.append(f"{name}:{n}")
                turn.tell(place, keys[-1], once=keys[-1])
            for n in range(2):
                keys.append(f"{name}:reply:{n}")
                turn.tell(place, keys[-1], once=keys[-1], under=Under(message=f"{name}:{n}"))
    return keys


def stands(office: Office) -> dict[str, list[list[str]]]:
    """What stands in each channel, in order: each message with what stands under it."""
    shown: dict[str, list[list[str]]] = {}
    for person, name in ((office.tomasz, CHANNELS[0]), (office.lena, CHANNELS[1])):
        shown[name] = [
            [seen.text, *(reply.text for reply in seen.thread if reply.text != seen.text)]
            for seen in person.sees(name)
        ]
    return shown


def states(bot: Running) -> dict[str, str]:
    columns = select(outbox_messages.c.key, outbox_messages.c.state)
    with bot.turns.transaction() as db:
        return {row.key: row.state for row in db.execute(columns)}


def carry_and_be_killed(bot: Running) -> None:
    """A sender of another process claims, posts, and ends before it has settled anything."""
    sender = Sender(bot.turns, bot.bot.slack, Ending(works=1))
    with pytest.raises(Killed):
        bot.playground.run(sender.carry())


def let_the_lease_end(bot: Running) -> None:
    gone = update(outbox_messages).where(outbox_messages.c.state == "claimed")
    with bot.turns.transaction() as db:
        db.execute(gone.values(lease_until=clock.real() - timedelta(seconds=1)))


def in_order(with_replies: bool) -> dict[str, list[list[str]]]:
    replies = 2 if with_replies else 0
    return {
        name: [[f"{name}:{n}", *([f"{name}:reply:{n}"] if n < replies else [])] for n in range(3)]
        for name in CHANNELS
    }


def test_batch_that_a_kill_left_unsettled_is_asked_for_and_its_replies_follow(
    office: Office, bot: Running
) -> None:
    keys = told(bot)
    carry_and_be_killed(bot)
    assert stands(office) == in_order(with_replies=False)  # Slack took them
    assert set(states(bot).values()) == {"claimed", "due"}  # and nobody has noted it
    office.calm()
    assert stands(office) == in_order(with_replies=False)  # the lease is not over
    let_the_lease_end(bot)
    office.calm()
    assert stands(office) == in_order(with_replies=True)
    assert states(bot) == dict.fromkeys(keys, "sent")


def test_what_the_database_does_not_take_is_settled_when_it_takes_again(
    office: Office, bot: Running
) -> None:
    keys = told(bot)
    threads = Ending(works=1)
    sender = Sender(bot.turns, bot.bot.slack, threads)
    with pytest.raises(Killed):
        bot.playground.run(sender.carry())
    threads.left = 1_000
    bot.playground.run(sender.carry())
    assert states(bot) == dict.fromkeys(keys, "sent")  # before any lease was over
    assert stands(office) == in_order(with_replies=True)


def test_looks_that_a_kill_left_unsettled_are_shown_anew(office: Office, bot: Running) -> None:
    channel = bot.playground.world.channel_named("#bo-it").id
    for look in ("first", "second", "third"):
        for card in "ab":
            with bot.turns.turn(HOME) as turn:
                turn.show(card, channel, f"{card} {look}", [block_kit.section(f"{card} {look}")])
        if look == "second":
            with bot.turns.turn(HOME) as turn:
                turn.withdraw("b")
            carry_and_be_killed(bot)
            let_the_lease_end(bot)
        office.calm()
    assert [seen.text for seen in office.tomasz.sees("#bo-it")] == ["a third", "b third"]
    assert states(bot) == {"a": "sent", "b": "sent"}


def test_what_slack_took_of_a_batch_is_settled_together(office: Office, bot: Running) -> None:
    keys = told(bot)
    ended: list[object] = []

    def note(db: object) -> None:
        ended.append(db)

    event.listen(bot.turns.engine, "commit", note)
    bot.playground.run(bot.bot.sender.carry())
    event.remove(bot.turns.engine, "commit", note)
    assert list(states(bot).values()).count("sent") == 6
    assert len(ended) < 6  # the claim, and what was settled: all at once, or what a pause parted
    office.calm()
    assert states(bot) == dict.fromkeys(keys, "sent")


def test_reply_under_a_message_that_stands_and_is_not_settled_is_posted_once(
    office: Office, bot: Running
) -> None:
    told(bot)
    carry_and_be_killed(bot)
    bot.playground.run(bot.bot.sender.carry())
    assert stands(office) == in_order(with_replies=False)  # nobody knows yet under what they go
    let_the_lease_end(bot)
    office.calm()
    office.calm()
    assert stands(office) == in_order(with_replies=True)


def claimed(engine: Engine, *keys: str) -> list[outbox.Message]:
    with engine.begin() as db:
        writes = Writes(db)
        for key in keys:
            body = outbox.Body(text=key)
            outbox.plan(writes, HOME, clock.real(), key, f"C_{key}", body, under=None, subject=None)
        return outbox_claims.claim(writes.flushed(), clock.real(), timedelta(minutes=1), 10)


def state_of(engine: Engine, key: str) -> str:
    with engine.begin() as db:
        query = select(outbox_messages.c.state).where(outbox_messages.c.key == key)
        return str(db.execute(query).scalar_one())


class Meanwhile(ThreadPoolExecutor):
    """Threads that begin their first work when something else has happened."""

    def __init__(self, happens: Callable[[], None]) -> None:
        super().__init__(1)
        self._happens = [happens]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        while self._happens:
            self._happens.pop()()
        return super().submit(fn, *args, **kwargs)


def test_what_slack_takes_while_the_rest_is_settled_is_settled_too(turns: Turns) -> None:
    first, last = claimed(turns.engine, "a", "b")

    async def carry() -> None:
        deliveries: asyncio.Future[list[None]] = asyncio.get_running_loop().create_future()

        def end() -> None:
            taken.add(last, "C", "1.2")
            deliveries.set_result([])

        taken = TakenMessages(turns, Meanwhile(end))
        taken.add(first, "C", "1.1")
        await taken.settle_while(deliveries)

    asyncio.run(carry())
    assert [state_of(turns.engine, key) for key in "ab"] == ["sent", "sent"]


def test_who_settles_a_batch_waits_for_nobody_who_is_writing_one_of_them(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: nobody else is writing")
    messages = claimed(engine, "a", "b")
    taken = [Taken(message, "C", f"1.{message.id}") for message in messages]
    is_written, may_end = Event(), Event()

    def write() -> None:
        with engine.begin() as db:
            newer = outbox_messages.c.version + 1
            db.execute(
                update(outbox_messages).where(outbox_messages.c.key == "a").values(version=newer)
            )
            is_written.set()
            assert may_end.wait(20)

    with ThreadPoolExecutor(1) as others:
        writing = others.submit(write)
        assert is_written.wait(20)
        with engine.begin() as db:
            free = outbox_claims.held(db, taken)
            outbox_claims.settle_sent(db, free)
        assert [each.message.key for each in free] == ["b"]
        assert state_of(engine, "b") == "sent"
        may_end.set()
        writing.result()
    with engine.begin() as db:
        outbox_claims.settle_sent(db, taken)
    assert state_of(engine, "a") == "due"  # it has a newer look
