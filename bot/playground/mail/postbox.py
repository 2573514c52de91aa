"""The mail server beside the workspace: takes every mail for everybody on a port of its own."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.playground.mail.letters import Letter
from bot.playground.slack.shapes import Json
from bot.playground.slack.world import World

LARGEST = 30 * 1024 * 1024


class Postbox:
    """``url`` is what the bot gets as its mail server. What came is kept with the workspace."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self._socket.getsockname()[1]}"

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Take mails while the block lasts."""
        listening = await asyncio.get_running_loop().create_server(self._smtp, sock=self._socket)
        try:
            yield
        finally:
            listening.close()

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        """aiosmtpd asks this when a mail has come whole."""
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        self.take(raw, envelope.rcpt_tos)
        return "250 taken"

    def take(self, raw: bytes, recipients: list[str]) -> str:
        """Keep a mail; its id."""
        world, id = self._world, self._world.ids.draw("L")
        world.store.put_bytes(id, raw)
        world.store.put("letter", id, {"id": id, "to": recipients, "at": world.now().isoformat()})
        world.watchers.changed("letters", "workspace")
        return id

    def letters(self) -> list[Json]:
        """All of them, the newest first."""
        kept = sorted(self._world.store.all("letter"), key=lambda each: str(each["at"]))
        return [each | self.letter(each["id"]).shown() for each in reversed(kept)]

    def count(self) -> int:
        return sum(1 for _ in self._world.store.all("letter"))

    def letter(self, id: str) -> Letter:
        return Letter(self._world.store.bytes_of(id) or b"")

    def _smtp(self) -> SMTP:
        return SMTP(self, hostname="127.0.0.1", data_size_limit=LARGEST, enable_SMTPUTF8=True)
