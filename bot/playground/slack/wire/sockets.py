"""Socket Mode: up to ten sockets of the app; each delivery goes to one of them and its ack comes
back by id.
"""

import asyncio
import json
from dataclasses import dataclass
from itertools import count

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.slack.shapes import Ids, Json
from bot.playground.slack.wire.deliveries import Answer, Delivery, Timing

MOST = 10


@dataclass(frozen=True, eq=False)
class Awaited:
    """An ack that is awaited from one of the sockets."""

    number: int
    ack: asyncio.Future[Json]


class Sockets:
    """The app's open sockets and the acks that are awaited from them."""

    def __init__(self, ids: Ids, timing: Timing, app_id: str) -> None:
        self._ids, self._timing, self._app_id = ids, timing, app_id
        self._tickets: set[str] = set()
        self._open: dict[int, WebSocket] = {}
        self._acks: dict[str, list[Awaited]] = {}
        self._lingering: set[WebSocket] = set()
        self._numbers = count(1)
        self._turn = count()
        self.connected = asyncio.Event()

    def ticket(self) -> str:
        """A one-time ticket for the address that `apps.connections.open` gives out."""
        ticket = self._ids.hexadecimal(32)
        self._tickets.add(ticket)
        return ticket

    @property
    def open_count(self) -> int:
        return len(self._open)

    async def serve(self, socket: WebSocket, ticket: str) -> None:
        """One socket from hello to its end."""
        if ticket not in self._tickets:
            await socket.close(4001)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        if len(self._open) >= MOST:
            await socket.send_text(json.dumps(self._disconnect("too_many_websockets")))
            await socket.close()
            return
        number = next(self._numbers)
        self._open[number] = socket
        ageing = asyncio.create_task(self._age(number))
        try:
            await socket.send_text(json.dumps(self._hello()))
            self.connected.set()
            await self._listen(socket)
        finally:
            ageing.cancel()
            self._lingering.discard(socket)
            self._forget(number)

    async def _listen(self, socket: WebSocket) -> None:
        while True:
            try:
                text = await socket.receive_text()
            except WebSocketDisconnect:
                return
            self._acked(text)

    def _acked(self, text: str) -> None:
        try:
            frame = json.loads(text)
        except ValueError:
            return
        waiting = (
            self._acks.get(frame.get("envelope_id", ""), []) if isinstance(frame, dict) else []
        )
        first = next((each.ack for each in waiting if not each.ack.done()), None)
        if first is not None:
            first.set_result(frame)

    async def carry(self, delivery: Delivery) -> Answer:
        """A door: send the envelope to one of the sockets; when that one closes before the ack, to
        another.
        """
        for _ in range(MOST):
            if not self._open:
                break
            try:
                frame = await self._exchange(delivery)
            except (WebSocketDisconnect, ConnectionError, RuntimeError):
                continue
            return Answer(200, frame.get("payload") if delivery.accepts_payload else None)
        return Answer(0, reason="connection_failed")

    async def _exchange(self, delivery: Delivery) -> Json:
        numbers = list(self._open)
        number = numbers[next(self._turn) % len(numbers)]
        awaited = Awaited(number, asyncio.get_running_loop().create_future())
        self._acks.setdefault(delivery.envelope_id, []).append(awaited)
        try:
            await self._open[number].send_text(json.dumps(delivery.frame(), ensure_ascii=False))
            return await awaited.ack
        finally:
            self._settle(delivery.envelope_id, awaited)

    def _settle(self, envelope_id: str, settled: Awaited) -> None:
        left = [each for each in self._acks.pop(envelope_id, []) if each is not settled]
        if left:
            self._acks[envelope_id] = left

    async def disconnect(self, reason: str, number: int | None = None) -> None:
        """Tell one socket, or all, to go: `warning`, `refresh_requested` or `link_disabled`.

        One that must go gets no deliveries any more; the app closes it when it has opened another.
        """
        for each in [number] if number is not None else list(self._open):
            socket = self._open.get(each)
            if socket is None:
                continue
            await socket.send_text(json.dumps(self._disconnect(reason)))
            if reason != "warning":
                self._forget(each)
                self._lingering.add(socket)

    async def cut(self) -> None:
        """Close every socket without a word, as a broken line does; those that were told to go,
        too.
        """
        for socket in list(self._lingering):
            self._lingering.discard(socket)
            await socket.close()
        for number in list(self._open):
            socket = self._open[number]
            self._forget(number)
            await socket.close(1011)

    async def _age(self, number: int) -> None:
        await asyncio.sleep(max(0.0, self._timing.socket - self._timing.socket_warning))
        await self.disconnect("warning", number)
        await asyncio.sleep(self._timing.socket_warning)
        await self.disconnect("refresh_requested", number)

    def _forget(self, number: int) -> None:
        self._open.pop(number, None)
        if not self._open:
            self.connected.clear()
        for awaited in [
            each for waiting in self._acks.values() for each in waiting if each.number == number
        ]:
            if not awaited.ack.done():
                awaited.ack.set_exception(ConnectionResetError("the socket closed before its ack"))

    def _hello(self) -> Json:
        host = {"host": "applink-playground", "build_number": 1}
        host["approximate_connection_time"] = int(self._timing.socket)
        connection = {"app_id": self._app_id}
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": host,
            "connection_info": connection,
        }

    def _disconnect(self, reason: str) -> Json:
        host = {"host": "applink-playground"}
        return {
            "type": "disconnect",
            "reason": reason,
            "debug_info": host,
            "num_connections": len(self._open),
        }
