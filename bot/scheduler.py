"""The scheduler: APScheduler wakes the features' jobs. It holds no truth: what is due stands in the database."""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.kit.doors import Job
from bot.slack import HOME
from bot.turns import Turns
from storage.turn import Turn

log = logging.getLogger(__name__)


@dataclass
class Scheduler:
    """Ticks in memory only; a job that fires twice, or in every instance at once, finds its work taken."""

    turns: Turns
    jobs: Sequence[Job[Turn]]
    threads: Executor

    def start(self) -> AsyncIOScheduler:
        """Wake each job every so often, from now on; shut the returned scheduler down to end it."""
        ticking = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
        for job in self.jobs:
            ticking.add_job(
                self._wake, "interval", seconds=job.every.total_seconds(), args=[job], id=job.name, jitter=1
            )
        ticking.start()
        return ticking

    async def tick(self) -> None:
        """Wake every job once, now."""
        for job in self.jobs:
            await self._wake(job)

    async def _wake(self, job: Job[Turn]) -> None:
        await asyncio.get_running_loop().run_in_executor(self.threads, self._run, job)

    def _run(self, job: Job[Turn]) -> None:
        try:
            with self.turns.turn(HOME) as turn:
                job.run(turn)
        except Exception:
            log.exception("job %s failed; it is tried again at its next hour", job.name)
