"""The load: requests made beforehand, one at a time on each of so many connections; what each took,
in seconds.
"""

import asyncio
from collections.abc import Sequence
from time import perf_counter


class _Connection(asyncio.Protocol):
    """Sends the next request when the answer to the last has come."""

    def __init__(self, requests: list[bytes], took: list[float], statuses: list[bytes]) -> None:
        self.requests, self.took, self.statuses = requests, took, statuses
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError("the server closed the connection"))

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, end, body = self._read.partition(b"\r\n\r\n")
        if end and len(body) >= _length(head):
            self.took.append(perf_counter() - self._sent)
            self.statuses.append(head[9:12])
            self._read = b""
            self._next()

    def _next(self) -> None:
        if not self.requests:
            self.done.set_result(None)
            self._transport.close()
            return
        self._sent = perf_counter()
        self._transport.write(self.requests.pop())


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


async def fire(port: int, requests: Sequence[bytes], at_once: int) -> tuple[float, list[float]]:
    """Seconds for all of them, and for each; fails when one is not answered with 200."""
    left, took, statuses = list(requests), [], []  # type: list[bytes], list[float], list[bytes]
    loop = asyncio.get_running_loop()
    begun = perf_counter()
    made = [
        await loop.create_connection(lambda: _Connection(left, took, statuses), "127.0.0.1", port)
        for _ in range(at_once)
    ]
    await asyncio.gather(*(connection.done for _, connection in made))
    seconds = perf_counter() - begun
    if set(statuses) != {b"200"}:
        raise RuntimeError(f"answers other than 200: {set(statuses)}")
    return seconds, took
