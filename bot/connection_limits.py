"""Limits of connections: those that say nothing, or say it slowly, keep nobody else out."""

import asyncio
import resource

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

REQUEST_WITHIN = 10.0  # seconds for a whole request: Slack's are a few kilobytes
LINE = 64  # connections that the kernel holds until they are looked at
_MOST = 512  # connections at a time, however many descriptors there are


class Patient(HttpToolsProtocol):
    """uvicorn's HTTP protocol with an end to its patience.

    A request must have come whole within :data:`REQUEST_WITHIN`. Where there are as many
    connections as there may be, the one that has kept us waiting longest makes room for the next.
    """

    waits_since: float | None = None
    """Since when nothing but the caller is waited for."""
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > most_connections():
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_longer()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._deadline is None:
            self._wait()

    def on_message_complete(self) -> None:
        self._wait_no_longer()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self.waits_since = self.loop.time()

    def give_up(self) -> None:
        """End the connection; who was still speaking hears nothing more."""
        self._wait_no_longer()
        self.connections.discard(self)
        if not self.transport.is_closing():
            self.transport.abort()

    def _wait(self) -> None:
        self.waits_since = self.loop.time()
        self._deadline = self.loop.call_later(REQUEST_WITHIN, self.give_up)

    def _wait_no_longer(self) -> None:
        self.waits_since = None
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _make_room(self) -> None:
        others = [each for each in self.connections if each is not self]
        waiting = [each for each in others if isinstance(each, Patient) and each.waits_since]
        if waiting:
            min(waiting, key=lambda each: each.waits_since or 0.0).give_up()


def most_connections() -> int:
    """A quarter of the descriptors that the process may have: the rest is for files, the database
    and Slack.
    """
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(_MOST, soft // 4) if soft > 0 else _MOST
