"""Rounds: what is carried until told to stop, with a rest wherever nothing is left to carry."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.logs import note

REST = 1.0  # seconds between two looks, when nobody rings


@dataclass
class Bell:
    """Ends a rest: there may be something to carry."""

    _rung: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self) -> None:
        self._rung.set()

    def hush(self) -> None:
        """What has rung so far is heard."""
        self._rung.clear()

    async def rest(self, stop: asyncio.Event, beside: Iterable[asyncio.Future[Any]] = ()) -> None:
        """Until it rings, ``stop`` is set, one of ``beside`` is done, or ``REST`` is over."""
        signals = [asyncio.ensure_future(event.wait()) for event in (self._rung, stop)]
        await asyncio.wait([*beside, *signals], timeout=REST, return_when=asyncio.FIRST_COMPLETED)
        for signal in signals:
            signal.cancel()


async def go_round(
    carry: Callable[[], Awaitable[int]], bell: Bell, stop: asyncio.Event, log: logging.Logger
) -> None:
    """One round after the other until told to stop; ``carry`` says how much it had in hand, and is
    finished first. What fails is noted in ``log``, and tried again after a rest.
    """
    while not stop.is_set():
        bell.hush()
        try:
            busy = await carry()
        except Exception as fault:
            note(log, "messages cannot be carried; it goes on", fault)
            busy = 0
        if not busy:
            await bell.rest(stop)
