"""Asking a source over HTTP: bounded in time and size, no redirects, every failure a sentence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

import urllib3

from bot.kit import clock
from bot.kit.proxies import DIRECT, Proxies
from bot.kit.words import N_, Phrase
from handlers.invoices.connectors.problems import (
    Ailing,
    KeyRefused,
    NotThere,
    Overloaded,
    TooMuch,
    Unintelligible,
    Unreachable,
)

CONNECTING = 5.0  # seconds
SILENCE = 30.0  # seconds without a byte
LONGEST = 60.0  # seconds for a whole answer
MOST_BYTES = 32 * 1024 * 1024  # of an answer, unpacked
_CHUNK = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """What came back: status, body, and the moment by the server's clock."""

    status: int
    body: bytes
    at: datetime


@dataclass(frozen=True)
class Server:
    """One source's server. ``setting`` is the setting that holds what it may refuse."""

    source: str
    url: str
    setting: str
    most_bytes: int = MOST_BYTES
    longest: float = LONGEST
    silence: float = SILENCE
    proxies: Proxies = DIRECT

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        proxy = self.proxies.of(self.url)
        if proxy is None:
            return urllib3.PoolManager(retries=False)
        signed = _signed_in(proxy)
        return urllib3.ProxyManager(proxy, retries=False, proxy_headers=signed)

    @property
    def host(self) -> str:
        """Where it is, as sentences name it: without a password that stands in the address."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: object = None
    ) -> Answer:
        """One request and its whole answer, whatever its status."""
        sent = {"Accept-Encoding": "gzip", "User-Agent": "Zaplecze", **headers}
        content = None
        if body is not None:
            content, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        timeout = urllib3.Timeout(connect=CONNECTING, read=self.silence)
        began = clock.real()
        try:
            document = self._pool.request(
                method,
                self.url + path,
                body=content,
                headers=sent,
                timeout=timeout,
                redirect=False,
                preload_content=False,
            )
            try:
                return Answer(
                    document.status,
                    self._body(document, began),
                    _moment(document.headers.get("Date"), began),
                )
            finally:
                document.close()
        except urllib3.exceptions.DecodeError as fault:
            raise self.unintelligible(Phrase(N_("its compression is broken"))) from fault
        except urllib3.exceptions.HTTPError as fault:
            raise Unreachable(source=self.source, host=self.host, why=_why(fault)) from fault

    def _body(self, base_httpresponse: urllib3.BaseHTTPResponse, began: datetime) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in base_httpresponse.stream(_CHUNK, decode_content=True):
            size += len(part)
            if size > self.most_bytes:
                raise TooMuch(
                    source=self.source, host=self.host, most=self.most_bytes // 1024 // 1024
                )
            if (clock.real() - began).total_seconds() > self.longest:
                raise Unreachable(
                    source=self.source, host=self.host, why=Phrase(N_("no answer in time"))
                )
            parts.append(part)
        return b"".join(parts)

    def accepted(self, answer: Answer) -> Answer:
        """The answer of a request that went well; the refusals that any server may give
        are raised.
        """
        match answer.status:
            case 200:
                return answer
            case 401 | 403:
                raise KeyRefused(source=self.source, host=self.host, setting=self.setting)
            case 404 | 405 | 301 | 302 | 307 | 308:
                raise NotThere(what=self.source, host=self.host, setting=self.setting)
            case 429 | 503:
                raise Overloaded(source=self.source, host=self.host)
            case status if status >= 500:
                raise Ailing(source=self.source, host=self.host, status=status)
            case status:
                raise self.unintelligible(f"HTTP {status}")

    def json(self, answer: Answer) -> Any:
        """The body as JSON."""
        try:
            return json.loads(answer.body)
        except (ValueError, RecursionError) as fault:
            raise self.unintelligible(Phrase(N_("no JSON"))) from fault

    def unintelligible(self, what: object) -> Unintelligible:
        """To be raised: an answer of another shape than promised."""
        return Unintelligible(source=self.source, host=self.host, what=what)


def _signed_in(proxy: str) -> Mapping[str, str] | None:
    """What a proxy with a user and password in its address is told of them."""
    account = urlsplit(proxy).netloc.rpartition("@")[0]
    return urllib3.make_headers(proxy_basic_auth=unquote(account)) if account else None


def _moment(date: str | None, otherwise: datetime) -> datetime:
    """The server's clock as it says; ours for a server that does not say."""
    try:
        moment = parsedate_to_datetime(date or "")
    except ValueError:
        return otherwise
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _why(fault: Exception) -> Phrase:
    match fault:
        case urllib3.exceptions.NameResolutionError():
            return Phrase(N_("there is no such host"))
        case urllib3.exceptions.SSLError():
            return Phrase(N_("no trusted certificate"))
        case urllib3.exceptions.NewConnectionError():
            return Phrase(N_("nothing listens there"))
        case urllib3.exceptions.TimeoutError():
            return Phrase(N_("no answer in time"))
        case _:
            return Phrase(N_("the connection broke"))
