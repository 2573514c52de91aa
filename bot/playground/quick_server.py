"""uvicorn without its pauses: it ends at once when told, so that a test with a server of its own is
quick.
"""

import asyncio
import socket

import uvicorn

_GRACE = 1.0


class QuickServer(uvicorn.Server):
    """Waits for `leave` where uvicorn looks every 0.1 s, and for open connections
    without sleeping.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.leave = asyncio.Event()

    async def main_loop(self) -> None:
        while not self.leave.is_set():
            await self.on_tick(0)
            try:
                await asyncio.wait_for(self.leave.wait(), 1.0)
            except TimeoutError:
                continue

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            await asyncio.wait_for(self._drained(), _GRACE)
        except TimeoutError:
            for task in self.server_state.tasks:
                task.cancel()

    async def _drained(self) -> None:
        while self.server_state.connections or self.server_state.tasks:
            await asyncio.sleep(0.002)
