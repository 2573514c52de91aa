"""Slackbot as a test drives it: the protocol's official client, each request signed as
Slack does.
"""

import json
import time
from collections.abc import AsyncIterator, Generator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import PaginatedRequestParams

from bot.edge.agents import agents_of
from bot.http import Front
from bot.playground.slack.block_kit.blocks import prepared
from bot.playground.slack.wire.deliveries import signature
from tests.running import Running

ADDRESS = "https://zaplecze.example.com/mcp"


class Signed(httpx2.Auth):
    """Slack's signature over the body of each request."""

    requires_request_body = True

    def __init__(self, secret: str, age: int = 0) -> None:
        self._secret = secret
        self._age = age

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        moment = int(time.time()) - self._age
        request.headers["X-Slack-Request-Timestamp"] = str(moment)
        request.headers["X-Slack-Signature"] = signature(self._secret, moment, request.content)
        yield request


@dataclass(frozen=True)
class Answered:
    """What a tool answered."""

    text: str
    is_error: bool
    blocks: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def buttons(self) -> list[Mapping[str, Any]]:
        actions = [block for block in self.blocks if block["type"] == "actions"]
        return [element for block in actions for element in block["elements"]]

    @property
    def choices(self) -> dict[str, list[str]]:
        """What may be chosen in the form, by the names of arguments."""
        forms = [block["element"] for block in self.blocks if block["type"] == "input"]
        return {element["action_id"].removeprefix("input:"): _values(element) for element in forms}


def _values(element: Mapping[str, Any]) -> list[str]:
    groups = element.get("option_groups") or [element]
    return [option["value"] for group in groups for option in group["options"]]


class Slackbot:
    """Calls the bot's tools for people."""

    def __init__(self, bot: Running) -> None:
        self._bot = bot
        self.secret: str = bot.playground.world.app.signing_secret
        self.team: str = bot.bot.slack.team

    def call(self, person: str, tool: str, team: str = "", **arguments: Any) -> Answered:
        """One call for a person, by their user id."""
        answered: Answered = self._bot.playground.run(
            self._call(person, tool, arguments, team or self.team)
        )
        if answered.blocks:  # Slack would show none of them for one that it does not take
            prepared(self._bot.playground.world, list(answered.blocks), surface="slackbot")
        return answered

    def presses(self, person: str, answer: Answered, label: str, **chosen: str) -> Answered:
        """A button of the answer, with what was chosen in its form."""
        button = next(each for each in answer.buttons if each["text"]["text"] == label)
        tool = button["action_id"].removeprefix("tool:")
        return self.call(person, tool, **json.loads(button["value"]), **chosen)

    def tools(self, person: str = "") -> dict[str, Any]:
        """The tools by name, as they are listed; for a person where one is named."""
        listed: dict[str, Any] = self._bot.playground.run(self._tools(person))
        return listed

    def refusal(self, body: bytes, auth: httpx2.Auth | None = None) -> tuple[int, str]:
        """The HTTP status of a bare request, and the sentence by which it is refused."""
        answer: httpx2.Response = self._bot.playground.run(self._bare(body, auth))
        return answer.status_code, answer.json()["error"]["message"]

    async def _call(
        self, person: str, tool: str, arguments: Mapping[str, Any], team: str
    ) -> Answered:
        identity = {"user_id": person, "team_id": team} if person else {}
        meta: Any = {"slack": identity}
        async with self._session() as session:
            result = await session.call_tool(tool, dict(arguments), meta=meta)
        facts: Any = result
        blocks = ((facts.meta or {}).get("slack") or {}).get("blocks", [])
        text = "\n".join(part.text for part in facts.content)
        return Answered(text, bool(facts.is_error), blocks)

    async def _tools(self, person: str) -> dict[str, Any]:
        identity = {"user_id": person, "team_id": self.team} if person else {}
        meta: Any = {"slack": identity}
        async with self._session() as session:
            listed = await session.list_tools(params=PaginatedRequestParams(_meta=meta))
        return {tool.name: tool for tool in listed.tools}

    async def _bare(self, body: bytes, auth: httpx2.Auth | None) -> httpx2.Response:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
        }
        async with self._http(auth) as http:
            return await http.post(ADDRESS, content=body, headers=headers)

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[ClientSession]:
        async with (
            self._http(Signed(self.secret)) as http,
            streamable_http_client(ADDRESS, http_client=http) as streams,
            ClientSession(*streams[:2]) as session,
        ):
            await session.initialize()
            yield session

    @asynccontextmanager
    async def _http(self, auth: httpx2.Auth | None) -> AsyncIterator[httpx2.AsyncClient]:
        front = Front(lambda: None)
        tools = agents_of(self._bot.bot).app("zaplecze.example.com")
        async with tools.router.lifespan_context(tools):
            front.open(self._bot.bot.bolt, self.secret, tools)
            transport = httpx2.ASGITransport(front)
            async with httpx2.AsyncClient(transport=transport, auth=auth) as http:
                yield http
