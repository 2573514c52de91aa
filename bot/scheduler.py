"""The scheduler: APScheduler wakes the features' jobs. It holds no truth: what is due stands in the
database.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.edge.turns import Turns
from bot.kit import clock
from bot.kit.routes import Job
from bot.logs import note
from bot.slack import HOME
from storage.turn import Turn

log = logging.getLogger(__name__)

JUMP = 30.0  # seconds that cannot have passed since the last look


@dataclass
class Scheduler:
    """Ticks in memory only; a job that fires twice, or in every instance at once, finds its work
    taken.
    """

    turns: Turns
    jobs: Sequence[Job[Turn]]
    threads: Executor
    _ahead: float | None = None
    """How far the clock was ahead of the loop's own when it was last looked at."""

    def start(self) -> AsyncIOScheduler:
        """Wake each job now and every so often; shut the returned scheduler down to end it."""
        defaults = {
            "coalesce": True,
            "max_instances": 1,
            "misfire_grace_time": None,
        }  # late is better than never
        ticking = AsyncIOScheduler(timezone="UTC", job_defaults=defaults)
        for job in self.jobs:
            ticking.add_job(
                _until_shut_down,
                "interval",
                args=[self._wake, job],
                id=job.name,
                jitter=1,
                next_run_time=clock.real(),
                seconds=job.every.total_seconds(),
            )
        looking = {"args": [self._look_at_clock], "id": "clock"}
        ticking.add_job(_until_shut_down, "interval", seconds=1, **looking)
        ticking.start()
        return ticking

    async def tick(self) -> None:
        """Wake every job once, now."""
        for job in self.jobs:
            await self._wake(job)

    async def _look_at_clock(self) -> None:
        """A clock that was turned, or a machine that slept, wakes every job at once."""
        ahead = self.turns.now().timestamp() - asyncio.get_running_loop().time()
        jumped = self._ahead is not None and ahead - self._ahead > JUMP
        self._ahead = ahead
        if jumped:
            await self.tick()

    async def _wake(self, job: Job[Turn]) -> None:
        """One short turn after the other while more is left; people are answered in between."""
        loop = asyncio.get_running_loop()
        while await loop.run_in_executor(self.threads, self._run, job):
            pass

    def _run(self, job: Job[Turn]) -> bool:
        """A turn of this job; whether more is left."""
        try:
            with self.turns.turn(HOME) as turn:
                return bool(job.run(turn))
        except Exception as fault:
            note(log, f"job {job.name} failed; it is tried again at its next hour", fault)
            return False


async def _until_shut_down(work: Callable[..., Awaitable[None]], *facts: object) -> None:
    """A shutdown cancels what waits, which is no fault, and APScheduler would log it as one: a turn
    that has begun ends in its thread, and what is left is due in the database.
    """
    with suppress(asyncio.CancelledError):
        await work(*facts)
