"""Background tasks: recorded slow work, run outside any transaction; its result enters as a new
turn.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.delivery.rounds import Bell
from bot.edge.turns import Turns
from bot.kit import clock
from bot.kit.errors import Problem
from bot.kit.files.content_store import ContentStore
from bot.kit.invoice_content import Content
from bot.kit.routes import Task as Work
from bot.logs import note
from handlers.invoices.connectors.protocol import Connector
from handlers.invoices.formats.contents import content_of
from storage import background_tasks
from storage.turn import Turn

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
TRIES = 5
MOST = 8  # at a time


class TooOften(Exception):
    """It was begun again and again and never came to an end: it may be what ends the process."""


@dataclass(frozen=True)
class Tools:
    """What a background task may use: the outside world, lent by the app."""

    fetch: Callable[[str, str], bytes]
    """``fetch(workspace, url)``: the bytes of a file in Slack, bounded in size."""
    react: Callable[[str, str, str, bool], None]
    """``react(workspace, "CHANNEL:TS", emoji, is_on)``: our emoji on a message, or no longer."""
    turn: Callable[[str], Any]
    """``with turn(workspace) as turn``: a short look into storage before the work."""
    archive: ContentStore
    """Where the files of the archive lie."""
    connectors: Mapping[str, Connector] = field(default_factory=dict)
    """The accounting systems that are connected, by name."""
    content_of: Callable[[bytes, str], Content | None] = content_of
    """What the invoice of a number says in a file beyond the ledger."""


@dataclass
class Worker:
    """Takes background tasks and carries them out, a few at a time."""

    turns: Turns
    works: Mapping[str, Work[Turn]]
    tools: Tools
    threads: Executor
    lease: timedelta = LEASE
    bell: Bell = field(default_factory=Bell)

    async def run(self, stop: asyncio.Event) -> None:
        """Carry background tasks out until told to stop; those in hand are finished first."""
        running: set[asyncio.Future[None]] = set()
        while not stop.is_set():
            self.bell.hush()
            try:
                running |= await self._begin(MOST - len(running))
            except Exception as fault:
                note(log, "tasks cannot be taken; it is tried again", fault)
            await self.bell.rest(stop, running)
            running = {task for task in running if not task.done()}
        await asyncio.gather(*running)

    async def run_due(self) -> int:
        """Everything that is due now; how many that were."""
        mine = await self._begin(MOST)
        await asyncio.gather(*mine)
        return len(mine)

    async def _begin(self, most: int) -> set[asyncio.Future[None]]:
        if not most:
            return set()
        loop = asyncio.get_running_loop()
        mine = await loop.run_in_executor(self.threads, self._claim, most)
        return {loop.run_in_executor(None, self._carry_out, task) for task in mine}

    def _claim(self, most: int) -> list[background_tasks.Task]:
        with self.turns.transaction() as db:
            return background_tasks.claim(db, clock.real(), self.lease, most)

    def _carry_out(self, task: background_tasks.Task) -> None:
        """One background task to its end; nothing escapes from here."""
        try:
            self._attempt(self.works[task.name], task)
        except Exception:  # what is left of it is taken up again after its lease
            log.exception("task %s %s could not be settled", task.name, task.id)

    def _attempt(self, work: Work[Turn], task: background_tasks.Task) -> None:
        if task.attempts > TRIES:
            return self._give_up(work, task, TooOften())
        try:
            result = work.work({**task.payload, "workspace": task.workspace}, self.tools)
            with self.turns.turn(task.workspace) as turn:
                if background_tasks.finish(turn.db, task):
                    work.done(turn, task.payload, result)
        except Problem as problem:
            self._give_up(work, task, problem)
        except Exception as fault:
            log.exception("task %s %s failed", task.name, task.id)
            self._try_again(work, task, fault)
        return None

    def _try_again(self, work: Work[Turn], task: background_tasks.Task, fault: Exception) -> None:
        if task.attempts >= TRIES:
            self._give_up(work, task, fault)
            return
        with self.turns.transaction() as db:
            background_tasks.postpone(
                db,
                task,
                clock.real() + timedelta(seconds=2**task.attempts),
                type(fault).__name__,
            )

    def _give_up(self, work: Work[Turn], task: background_tasks.Task, why: Exception) -> None:
        with self.turns.turn(task.workspace) as turn:
            if background_tasks.fail(turn.db, task, type(why).__name__):
                work.failed(turn, task.payload, why)
