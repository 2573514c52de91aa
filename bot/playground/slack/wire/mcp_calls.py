"""Slackbot as the client of an app's tools: MCP over HTTP, each request signed, for the person who
asks.

Source: docs.slack.dev/ai/slackbot-mcp-client. The server is the one that the app's manifest names.
"""

import json
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any

import aiohttp

from bot.playground.slack.block_kit.blocks import prepared
from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.people import Person
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.wire.deliveries import signature
from bot.playground.slack.world import World

_PROTOCOL = "2025-06-18"
_PATIENCE = aiohttp.ClientTimeout(total=60)


@dataclass(frozen=True)
class Exchange:
    """One signed request and what came back, as the page shows it. Status 0: nothing came back."""

    address: str
    headers: dict[str, str]
    sent: str
    status: int
    answer: str
    took_ms: int

    def shown(self) -> Json:
        return asdict(self)

    @property
    def result(self) -> Json:
        """The JSON-RPC result; empty where there is none."""
        read = _read(self.answer)
        result = read.get("result")
        return result if isinstance(result, dict) else {}

    @property
    def error(self) -> str:
        """Why there is no result, in the server's words."""
        error = _read(self.answer).get("error")
        if isinstance(error, dict):
            return str(error.get("message", ""))
        return "" if self.result else self.answer[:300]


class McpCalls:
    """Lists and calls the tools of the workspace's app."""

    def __init__(self, world: World, clock: TurnedClock) -> None:
        self._world, self._clock = world, clock
        self._count = 0

    async def tools(self, person: Person) -> list[Json]:
        """The tools that this person's Slackbot may call."""
        exchange = await self._post(person, "tools/list", {})
        return list(exchange.result.get("tools") or [])

    async def call(self, person: Person, tool: str, arguments: Json) -> Json:
        """The exchange, the answer's text, and the blocks that Slack would draw of it."""
        exchange = await self._post(person, "tools/call", {"name": tool, "arguments": arguments})
        blocks, wrong = self._drawn(exchange.result)
        return {
            "exchange": exchange.shown(),
            "text": _text(exchange) or exchange.error,
            "is_error": bool(exchange.result.get("isError")) or not exchange.result,
            "blocks": blocks,
            "wrong": wrong,
        }

    def _drawn(self, result: Json) -> tuple[list[Json], list[str]]:
        """The blocks, or none of them and what is wrong with one: Slack drops all for one."""
        blocks = ((result.get("_meta") or {}).get("slack") or {}).get("blocks") or []
        if not blocks:
            return [], []
        try:
            return prepared(self._world, blocks, surface="slackbot"), []
        except Refused as refused:
            return [], list(refused.beside.get("errors") or [refused.error])

    async def _post(self, person: Person, method: str, params: Json) -> Exchange:
        address = self._world.app.tools_address
        body = json.dumps(self._request(person, method, params), ensure_ascii=False)
        headers = self._headers(body.encode())
        began = perf_counter()
        status, answer = await _posted(address, body, headers)
        took = round((perf_counter() - began) * 1000)
        return Exchange(address, headers, body, status, answer, took)

    def _request(self, person: Person, method: str, params: Json) -> Json:
        self._count += 1
        identity = {"user_id": person.id, "team_id": person.team_id}
        meta = {"_meta": {"slack": identity}}
        return {"jsonrpc": "2.0", "id": self._count, "method": method, "params": {**params, **meta}}

    def _headers(self, body: bytes) -> dict[str, str]:
        now = self._clock.real_seconds()
        return {
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": _PROTOCOL,
            "X-Slack-Request-Timestamp": str(now),
            "X-Slack-Signature": signature(self._world.app.signing_secret, now, body),
        }


async def _posted(address: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as session,
            session.post(address, data=body.encode(), headers=headers) as response,
        ):
            return response.status, await response.text()
    except (aiohttp.ClientError, TimeoutError) as lost:
        return 0, f"The app’s tools cannot be reached ({type(lost).__name__})."


def _read(text: str) -> Json:
    try:
        read: Any = json.loads(text)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _text(exchange: Exchange) -> str:
    parts = exchange.result.get("content") or []
    return "\n".join(str(part.get("text", "")) for part in parts if part.get("type") == "text")
