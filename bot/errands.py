"""Errands: recorded slow work, run outside any transaction; its result enters as a new turn."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.kit import clock
from bot.kit.doors import Errand as Work
from bot.kit.errors import Problem
from bot.turns import Turns
from storage import errands
from storage.turn import Turn

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
TRIES = 5


@dataclass(frozen=True)
class Tools:
    """What an errand may use: the outside world, lent by the app."""

    fetch: Callable[[str, str], bytes]
    """``fetch(workspace, url)``: the bytes of a file in Slack, bounded in size."""
    turn: Callable[[str], Any]
    """``with turn(workspace) as turn``: a short look into storage before the work."""


@dataclass
class Worker:
    """Takes errands and carries them out, a few at a time."""

    turns: Turns
    works: Mapping[str, Work[Turn]]
    tools: Tools
    threads: Executor

    async def run_due(self) -> int:
        """Everything that is due now; how many that were."""
        loop = asyncio.get_running_loop()
        mine = await loop.run_in_executor(self.threads, self._claim)
        await asyncio.gather(*(loop.run_in_executor(None, self._carry_out, errand) for errand in mine))
        return len(mine)

    def _claim(self) -> list[errands.Errand]:
        with self.turns.transaction() as db:
            return errands.claim(db, clock.real(), LEASE, 8)

    def _carry_out(self, errand: errands.Errand) -> None:
        work = self.works[errand.name]
        try:
            result = work.work({**errand.payload, "workspace": errand.workspace}, self.tools)
            with self.turns.turn(errand.workspace) as turn:
                if errands.finish(turn.db, errand):
                    work.done(turn, errand.payload, result)
        except Problem as problem:
            self._give_up(work, errand, problem)
        except Exception as fault:
            log.exception("errand %s %s failed", errand.name, errand.id)
            self._try_again(work, errand, fault)

    def _try_again(self, work: Work[Turn], errand: errands.Errand, fault: Exception) -> None:
        if errand.attempts >= TRIES:
            self._give_up(work, errand, fault)
            return
        with self.turns.transaction() as db:
            errands.postpone(db, errand, clock.real() + timedelta(seconds=2**errand.attempts), type(fault).__name__)

    def _give_up(self, work: Work[Turn], errand: errands.Errand, why: Exception) -> None:
        with self.turns.turn(errand.workspace) as turn:
            if errands.fail(turn.db, errand, type(why).__name__):
                work.failed(turn, errand.payload, why)
