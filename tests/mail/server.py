"""A real mail server on loopback that takes letters, or fails at the step where it is told to."""

import asyncio
import ssl
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session, syntax

from bot.mail_settings import Security


@dataclass
class Mailbox:
    """What came, and how the server behaves: ``ways`` are used up one by one, then all is well."""

    ways: list[str] = field(default_factory=list)
    """``reply:CODE`` at the recipient, ``end:CODE`` at the message's end, ``drop:rcpt``,
    ``drop:data`` before the message's end, ``drop:end`` after it."""
    taken: list[Envelope] = field(default_factory=list)
    way: str = ""
    slow: float = 0.0

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        self.way = self.ways.pop(0) if self.ways else ""
        if self.way == "drop:rcpt":
            server.transport.abort()
        if self.way.startswith("reply:"):
            return f"{self.way[6:]} as told"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.slow)
        if self.way.startswith("end:"):
            return f"{self.way[4:]} as told"
        self.taken.append(envelope)
        if self.way == "drop:end":
            server.transport.abort()
        return "250 taken"


class Dropping(SMTP):
    """A server that can go away while a message comes."""

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        if self.event_handler.way == "drop:data":
            await self.push("354 go on")
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Server:
    """The server in a thread of its own; ``url`` is what ZAPLECZE_SMTP_URL names."""

    def __init__(
        self,
        box: Mailbox,
        login: tuple[str, str] | None = None,
        security: Security = "none",
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.box, self.login = box, login
        self.security, self.context = security, context
        self._open: list[SMTP] = []
        self._port: Future[int] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> "Server":
        self._thread.start()
        self.port = self._port.result()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        tls = self.context if self.security == "tls" else None
        listening = await self._loop.create_server(self._smtp, "127.0.0.1", 0, ssl=tls)
        self._port.set_result(listening.sockets[0].getsockname()[1])
        await self._end.wait()
        listening.close()
        for connection in self._open:
            if isinstance(connection.transport, asyncio.Transport):
                connection.transport.abort()
        await asyncio.sleep(0.01)

    @property
    def url(self) -> str:
        who = f"{self.login[0]}:{self.login[1]}@" if self.login else ""
        scheme = {"none": "smtp", "tls": "smtps", "starttls": "smtp+starttls"}[self.security]
        return f"{scheme}://{who}127.0.0.1:{self.port}"

    def _smtp(self) -> SMTP:
        guard: dict[str, Any] = {
            "authenticator": self._let_in,
            "auth_require_tls": self.security == "starttls",
        }
        if self.security == "starttls" and self.context:
            guard |= {"tls_context": self.context, "require_starttls": True}
        made = Dropping(self.box, hostname="127.0.0.1", **(guard if self.login else {}))
        self._open.append(made)
        return made

    def _let_in(self, _s: Any, _session: Any, _e: Any, _how: str, who: Any) -> AuthResult:
        assert isinstance(who, LoginPassword)
        given = (who.login.decode(), who.password.decode())
        return AuthResult(success=given == self.login, handled=False)
