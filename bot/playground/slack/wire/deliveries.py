"""What leaves the workspace for the app: one delivery, one answer within three seconds, events
again if lost.
"""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlencode

from bot.playground.slack.shapes import Json
from bot.playground.slack.wire.faults import Faults

log = logging.getLogger(__name__)

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True)
class Timing:
    """Slack's deadlines in real seconds; tests give shorter ones instead of waiting."""

    ack: float = 3.0
    lost: float = 30.0
    trigger: float = 3.0
    retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    response_url: float = 1800.0
    response_url_uses: int = 5
    upload_url: float = 900.0
    socket: float = 4 * 3600.0
    socket_warning: float = 10.0


@dataclass(frozen=True)
class Delivery:
    """One request of Slack to the app, whichever way it travels."""

    kind: Kind
    payload: Json
    envelope_id: str
    accepts_payload: bool = False
    attempt: int = 0
    reason: str = ""

    def body(self) -> bytes:
        """The body as signed HTTP carries it."""
        if self.kind == "events_api":
            return json.dumps(self.payload, ensure_ascii=False).encode()
        if self.kind == "slash_commands":
            return urlencode(self.payload).encode()
        return urlencode({"payload": json.dumps(self.payload, ensure_ascii=False)}).encode()

    def headers(self, signing_secret: str, now: int) -> dict[str, str]:
        """The headers as signed HTTP carries them; `now` is real time in seconds."""
        is_event = self.kind == "events_api"
        headers = {
            "Content-Type": "application/json" if is_event else "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": str(now),
            "X-Slack-Signature": signature(signing_secret, now, self.body()),
        }
        if self.attempt:
            headers |= {"X-Slack-Retry-Num": str(self.attempt), "X-Slack-Retry-Reason": self.reason}
        return headers

    def frame(self) -> Json:
        """The envelope as Socket Mode carries it."""
        frame: Json = {
            "envelope_id": self.envelope_id,
            "payload": self.payload,
            "type": self.kind,
            "accepts_response_payload": self.accepts_payload,
        }
        if self.kind == "events_api":
            frame |= {"retry_attempt": self.attempt, "retry_reason": self.reason}
        return frame


def signature(secret: str, now: int, body: bytes) -> str:
    base = f"v0:{now}:".encode() + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Answer:
    """What came back. Status 0 means nothing did, and `reason` says why in Slack's words."""

    status: int
    payload: Json | str | None = None
    reason: str = ""
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


Door = Callable[[Delivery], Awaitable[Answer]]


class Deliveries:
    """Carries deliveries through a door (Socket Mode, signed HTTP, or a callable) and retries
    events.
    """

    def __init__(self, timing: Timing, faults: Faults) -> None:
        self.timing, self.faults = timing, faults
        self.transport: Door | None = None
        self.count = 0
        self._busy: set[asyncio.Task[None]] = set()
        self._trailing: set[asyncio.Task[Answer]] = set()
        self._waiting: set[asyncio.TimerHandle] = set()

    async def ask(self, delivery: Delivery) -> Answer:
        """Deliver once and wait for the answer, as long as Slack does."""
        if self.transport is None or self.faults.settings.outage:
            return Answer(0, reason="connection_failed")
        self.count += 1
        if self.faults.for_delivery("duplicate"):
            self.run(self._twin(delivery))
        carrying = self._trail(self._carry(delivery))
        await asyncio.wait({carrying}, timeout=self.timing.ack)
        if not carrying.done() or self.faults.for_delivery("lost_answer"):
            return Answer(0, reason="http_timeout")
        return carrying.result()

    async def _carry(self, delivery: Delivery) -> Answer:
        """Through the door, late if it must be; what has not come back by and by never will."""
        await asyncio.sleep(self.faults.settings.late_seconds)
        if self.transport is None:
            return Answer(0, reason="connection_failed")
        try:
            return await asyncio.wait_for(self.transport(delivery), self.timing.lost)
        except TimeoutError:
            return Answer(0, reason="http_timeout")

    async def _twin(self, delivery: Delivery) -> None:
        """The same delivery once more at the same time; nobody looks at its answer."""
        await self._carry(delivery)

    def _trail(self, work: Coroutine[Any, Any, Answer]) -> asyncio.Task[Answer]:
        """Under way, even if nobody waits for it any more."""
        task = asyncio.get_running_loop().create_task(work)
        self._trailing.add(task)
        task.add_done_callback(self._trailed)
        return task

    def _trailed(self, task: asyncio.Task[Answer]) -> None:
        self._trailing.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a delivery ended in an error", exc_info=error)

    def tell(self, delivery: Delivery) -> None:
        """Deliver an event in the background; when it is not acked, again at once, after 1 and 5
        minutes.
        """
        self.run(self._attempt(delivery))

    def once(self, delivery: Delivery) -> None:
        """Deliver in the background, one time: Slack repeats events only."""

        async def attempt() -> None:
            await self.ask(delivery)

        self.run(attempt())

    async def _attempt(self, delivery: Delivery) -> None:
        answer = await self.ask(delivery)
        done = answer.ok or answer.no_retry or delivery.attempt >= len(self.timing.retries)
        if done:
            return
        reason = answer.reason or "http_error"
        again = replace(delivery, attempt=delivery.attempt + 1, reason=reason)
        self.later(self.timing.retries[delivery.attempt], lambda: self.tell(again))

    def later(self, delay: float, act: Callable[[], None]) -> None:
        """Do it after a delay in real seconds; a delay of zero counts as being under way."""
        loop = asyncio.get_running_loop()
        if delay <= 0:
            act()
            return

        def due() -> None:
            self._waiting.discard(handle)
            act()

        handle = loop.call_later(delay, due)
        self._waiting.add(handle)

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._busy.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a delivery ended in an error", exc_info=error)

    async def quiet(self) -> None:
        """Wait until nothing is under way; retries that are due later do not count."""
        while self._busy:
            await asyncio.wait(set(self._busy))

    async def stop(self) -> None:
        for handle in self._waiting:
            handle.cancel()
        under_way = [*self._busy, *self._trailing]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
