"""The scheduler, ended while its jobs are at work."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest

from bot.kit.routes import Job
from bot.scheduler import Scheduler
from storage.turn import Turn
from tests.running import Running


class Held:
    """A job that stays in its turn until it is let go, and would have more to do."""

    def __init__(self, name: str) -> None:
        self.has_begun, self.may_end = Event(), Event()
        self.turns = 0
        self.job: Job[Turn] = Job(name, timedelta(hours=1), self._run)

    def _run(self, _turn: Turn) -> bool:
        self.has_begun.set()
        self.may_end.wait()
        self.turns += 1
        return True


def test_jobs_at_work_when_it_ends_end_their_turn_and_are_no_fault(
    bot: Running, caplog: pytest.LogCaptureFixture
) -> None:
    held = [Held("first"), Held("second")]
    with ThreadPoolExecutor(1) as threads:  # the second waits for the first, as on SQLite
        asyncio.run(_begins_and_ends(bot, held, threads))
    assert [each.turns for each in held] == [1, 0]
    assert [record.getMessage() for record in caplog.records] == []


async def _begins_and_ends(bot: Running, held: Sequence[Held], threads: Executor) -> None:
    jobs = [each.job for each in held]
    ticking = Scheduler(bot.turns, jobs, threads).start()
    await asyncio.to_thread(held[0].has_begun.wait)
    while len(asyncio.all_tasks()) < 1 + len(jobs):
        await asyncio.sleep(0.01)
    at_work = asyncio.all_tasks() - {asyncio.current_task()}
    ticking.shutdown(wait=False)
    await asyncio.wait(at_work)
    held[0].may_end.set()
