"""Background tasks: done once however often they are begun, given up with a word, and never the end
of the
process.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.delivery.background_tasks import Worker
from bot.kit import clock
from bot.kit.errors import Problem
from bot.kit.routes import Json, Task
from bot.slack import HOME
from storage.background_tasks import tasks
from storage.turn import Turn
from tests.running import Running

Told = list[str]


class TooBig(Problem):
    sentence = "It is too big."


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def worker(bot: Running, told: Told) -> Worker:
    """The bot's worker with one background task of the test's own, which does what its payload
    says.
    """

    def work(payload: Json, _tools: Any) -> str:
        match payload["what"]:
            case "problem":
                raise TooBig()
            case "fault":
                raise KeyError("gone")
        return "result"

    def done(turn: Turn, payload: Json, result: str) -> None:
        told.append(f"done {result}")

    def failed(turn: Turn, payload: Json, why: Exception) -> None:
        told.append(f"failed {type(why).__name__}")

    return replace(bot.bot.worker, works={"test.work": Task("test.work", work, done, failed)})


def plan(bot: Running, what: str, name: str = "test.work") -> None:
    with bot.turns.turn(HOME) as turn:
        turn.task(name, once="1", what=what)


def states(bot: Running) -> list[tuple[str, int]]:
    with bot.turns.transaction() as db:
        return [
            (row.state, row.attempts) for row in db.execute(select(tasks.c.state, tasks.c.attempts))
        ]


def lose(bot: Running, **values: Any) -> None:
    """As if the worker had been killed, and its lease were over."""
    with bot.turns.transaction() as db:
        lost = {"state": "claimed", "next_at": clock.real() - timedelta(seconds=1), **values}
        db.execute(update(tasks).values(lost))


def run(bot: Running, worker: Worker) -> None:
    bot.playground.run(worker.run_due())


def test_a_task_is_done_once_though_it_is_told_twice(
    bot: Running, worker: Worker, told: Told
) -> None:
    plan(bot, "work")
    plan(bot, "work")
    run(bot, worker)
    run(bot, worker)
    assert told == ["done result"]


def test_a_task_whose_worker_was_killed_is_done_by_another(
    bot: Running, worker: Worker, told: Told
) -> None:
    plan(bot, "work")
    lose(bot, attempts=1)
    run(bot, worker)
    assert told == ["done result"]
    assert states(bot) == [("done", 2)]


def test_of_two_workers_on_one_task_the_first_has_the_effect(
    bot: Running, worker: Worker, told: Told
) -> None:
    plan(bot, "work")
    (slow,) = worker._claim(1)
    lose(bot)
    run(bot, worker)
    worker._carry_out(slow)
    assert told == ["done result"]


def test_a_refusal_is_told_at_once(bot: Running, worker: Worker, told: Told) -> None:
    plan(bot, "problem")
    run(bot, worker)
    assert told == ["failed TooBig"]


def test_a_fault_is_tried_again_and_then_given_up(bot: Running, worker: Worker, told: Told) -> None:
    plan(bot, "fault")
    for _ in range(6):
        run(bot, worker)
        with bot.turns.transaction() as db:
            later = {"next_at": clock.real() - timedelta(seconds=1)}
            db.execute(update(tasks).where(tasks.c.state == "due").values(later))
    assert told == ["failed KeyError"]
    assert states(bot) == [("failed", 5)]


def test_what_ends_the_process_each_time_is_given_up(
    bot: Running, worker: Worker, told: Told
) -> None:
    plan(bot, "work")
    lose(bot, attempts=5)
    run(bot, worker)
    assert told == ["failed TooOften"]


def test_a_task_that_nobody_knows_any_more_harms_nobody(
    bot: Running, worker: Worker, told: Told
) -> None:
    plan(bot, "work", name="gone.feature")
    plan(bot, "work")
    run(bot, worker)
    assert told == ["done result"]
