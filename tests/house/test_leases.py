"""Leases, to the moment: until when something is in one pair of hands, and from when in another's."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from bot.slack import HOME
from storage import background_tasks, outbox, outbox_claims
from storage.outbox import Message, outbox_messages
from storage.statements import Writes
from tests.conftest import MONDAY

LEASE = timedelta(minutes=2)
TICK = timedelta(microseconds=1)
END = MONDAY + LEASE


def planned(db: Connection, *keys: str) -> None:
    writes = Writes(db)
    for key in keys:
        body = outbox.Body(text=key)
        outbox.plan(writes, HOME, MONDAY, key, f"C_{key}", body, under=None, subject=None)
    writes.flushed()


def claimed(db: Connection) -> Message:
    planned(db, "a")
    (message,) = outbox_claims.claim(db, MONDAY, LEASE, 10)
    return message


def state(db: Connection) -> str:
    return str(db.execute(select(outbox_messages.c.state)).scalar_one())


def test_a_claim_lasts_as_long_as_its_lease_and_the_message_is_in_one_pair_of_hands(
    engine: Engine,
) -> None:
    with engine.begin() as db:
        message = claimed(db)
        assert message.lease_until == END
        assert outbox_claims.claim(db, END + timedelta(days=1), LEASE, 10) == []


@pytest.mark.parametrize("moment", [END - TICK, END])
def test_a_sender_is_not_given_up_within_its_lease(engine: Engine, moment: datetime) -> None:
    with engine.begin() as db:
        claimed(db)
        assert outbox_claims.abandon_expired(db, moment, LEASE) == 0
        assert state(db) == "claimed"


def test_after_its_lease_a_sender_is_given_up_and_the_message_is_asked_for_after_the_grace(
    engine: Engine,
) -> None:
    grace = timedelta(seconds=30)
    with engine.begin() as db:
        claimed(db)
        assert outbox_claims.abandon_expired(db, END + TICK, grace) == 1
        assert state(db) == "unsure"
        asked = END + TICK + grace
        assert outbox_claims.claim_unsure(db, asked - TICK, LEASE, 10) == []
        (message,) = outbox_claims.claim_unsure(db, asked, LEASE, 10)
        assert (message.key, message.lease_until) == ("a", asked + LEASE)


@pytest.mark.parametrize("settle", ["give_back", "later", "unsure", "failed", "undecided"])
def test_who_came_too_late_settles_nothing_of_anothers(engine: Engine, settle: str) -> None:
    with engine.begin() as db:
        slow = claimed(db)
        outbox_claims.abandon_expired(db, END + TICK, timedelta())
        (quick,) = outbox_claims.claim_unsure(db, END + TICK, LEASE, 10)
        outbox_claims.settle_found(db, quick, "C_a", "1.1")
        settled = {
            "give_back": lambda: outbox_claims.give_back(db, slow),
            "later": lambda: outbox_claims.settle_later(db, slow, END, "ratelimited"),
            "unsure": lambda: outbox_claims.settle_unsure(db, slow, END, "timeout"),
            "failed": lambda: outbox_claims.settle_failed(db, slow, "no_such_channel"),
            "undecided": lambda: outbox_claims.settle_undecided(db, slow, "timeout"),
        }
        settled[settle]()
        assert state(db) == "sent"


@pytest.mark.parametrize(
    ("wait", "taken"), [(timedelta(minutes=1) - TICK, 0), (timedelta(minutes=1), 1)]
)
def test_what_slack_wants_later_comes_at_its_moment_and_not_before(
    engine: Engine, wait: timedelta, taken: int
) -> None:
    with engine.begin() as db:
        message = claimed(db)
        outbox_claims.settle_later(db, message, MONDAY + timedelta(minutes=1), "ratelimited")
        assert len(outbox_claims.claim(db, MONDAY + wait, LEASE, 10)) == taken


def test_a_background_task_is_taken_again_when_its_lease_is_over_and_only_the_last_settles_it(
    engine: Engine,
) -> None:
    with engine.begin() as db:
        writes = Writes(db)
        background_tasks.plan(writes, HOME, "work", "1", {})
        writes.flushed()
        (slow,) = background_tasks.claim(db, MONDAY, LEASE, 10)
        assert background_tasks.claim(db, END - TICK, LEASE, 10) == []
        (quick,) = background_tasks.claim(db, END, LEASE, 10)
        assert (slow.attempts, quick.attempts) == (1, 2)
        assert not background_tasks.finish(db, slow)
        assert not background_tasks.fail(db, slow, "too late")
        assert background_tasks.finish(db, quick)
        assert not background_tasks.finish(db, quick)
