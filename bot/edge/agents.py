"""Agents: MCP over Streamable HTTP at ``/mcp``, for whom Slack signs the request.

Slackbot calls a tool for a person, whose id Slack puts into the request: the call is that person's
turn. The signature is checked before (``bot/http.py``); here it is checked who asks and what for.
Source: docs.slack.dev/ai/slackbot-mcp-client.
"""

import asyncio
import hashlib
import json
import logging
import secrets
from collections.abc import AsyncIterator, Iterable, Mapping
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from jsonschema import Draft202012Validator
from mcp import types
from mcp.server import Server, ServerRequestContext
from mcp.server.transport_security import TransportSecuritySettings
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from bot.app import Bot, all_routes
from bot.directory.mirror import Directory
from bot.edge.edge import NotMet
from bot.edge.turns import HOME, Stranger, Turns, repeated
from bot.http import TOOLS
from bot.kit import replies
from bot.kit.errors import NotForGuests, Problem
from bot.kit.language.characters import storable
from bot.kit.replies import Reply, Whisper
from bot.kit.routes import Routes, Tool
from bot.kit.words import Words
from bot.slack import UNREACHED, Slack
from storage import deliveries
from storage.turn import Turn

log = logging.getLogger(__name__)

ONE_ACT = timedelta(minutes=5)
"""The same act of the same person within this time is one act with one answer."""
BLOCK_KIT = {"slack": {"supportsBlockKit": True}}


class NobodyAsks(Problem):
    """Without a person there are no rights to go by."""

    sentence = "This request does not say for which person it is made."


class AnotherWorkspace(Problem):
    sentence = "This request comes from another workspace."


class NotForBots(Problem):
    sentence = "Tools are for people of this workspace; a bot may not use them."


class NoSuchTool(Problem):
    sentence = "There is no tool “{name}”."


class WrongArguments(Problem):
    sentence = "The tool {name} cannot be called like this: {why}."


@dataclass(frozen=True)
class Asking:
    """Who asks for what: from ``params._meta.slack`` and the call itself."""

    person: str
    team: str
    tool: Tool[Turn]
    arguments: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """The same for the same person, tool and arguments."""
        facts = [self.person, self.tool.name, self.arguments]
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32]


@dataclass
class Agents:
    """The tools of every feature, each call a turn of the person for whom it is made."""

    turns: Turns
    slack: Slack
    directory: Directory
    tools: Mapping[str, Tool[Turn]]
    threads: Executor

    def app(self, host: str) -> Starlette:
        """The ASGI application; ``host`` is the public address, whose name requests carry."""
        server = Server("zaplecze", on_list_tools=self._list_tools, on_call_tool=self._call_tool)
        allowed = TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=[host, "127.0.0.1:*", "localhost:*"],
        )
        return server.streamable_http_app(
            streamable_http_path=TOOLS,
            stateless_http=True,
            json_response=True,
            transport_security=allowed,
        )

    async def _list_tools(
        self, _: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        """Each title in the words of the person for whom they are listed: Slack's question before
        an act shows it.
        """
        person = _identity(params.meta if params else None).get("user_id", "")
        loop = asyncio.get_running_loop()
        words = await loop.run_in_executor(self.threads, self._words_of, person)
        tools = [_described(tool, words) for tool in self.tools.values()]
        return types.ListToolsResult(tools=tools)

    def _words_of(self, person: str) -> Words:
        """The company's where nobody is named whom we know, or the database is away."""
        try:
            with self.turns.turn(HOME, person, reads=True) as turn:
                return turn.words
        except (Problem, SQLAlchemyError):  # whatever else leaves here is told to Slack as it is
            return self._company_words()

    def _company_words(self) -> Words:
        return Words(self.turns.catalogue(HOME).company.language)

    async def _call_tool(
        self, _: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        began = perf_counter()
        result = await self._answer(params)
        outcome = "refused" if result.is_error else "done"
        took = round((perf_counter() - began) * 1000)
        log.info("tool %s %s in %d ms", params.name[:60], outcome, took)
        return result

    async def _answer(self, params: types.CallToolRequestParams) -> types.CallToolResult:
        words = self._company_words()
        try:
            asking = self._asking(params)
            return await self._in_turn(asking)
        except Problem as problem:
            return _refused(words.problem(problem))
        except Exception:
            reference = secrets.token_hex(3)
            log.exception("tool %s failed, reference %s", params.name[:60], reference)
            return _refused(
                words.say(
                    "Something went wrong on our side, and nothing was changed. Please try again; "
                    "if it happens again, give your administrator this reference: {reference}.",
                    reference=reference,
                )
            )

    def _asking(self, params: types.CallToolRequestParams) -> Asking:
        """Who asks, and whether the tool can be called like this."""
        identity = _identity(params.meta)
        if not identity.get("user_id"):
            raise NobodyAsks()
        if identity.get("team_id") != self.slack.team:
            raise AnotherWorkspace()
        tool = self.tools.get(params.name)
        if tool is None:
            raise NoSuchTool(name=params.name[:60])
        arguments = storable(params.arguments or {})
        wrong = next(Draft202012Validator(tool.schema).iter_errors(arguments), None)
        if wrong is not None:
            raise WrongArguments(name=tool.name, why=wrong.message[:200])
        return Asking(identity["user_id"], identity["team_id"], tool, arguments)

    async def _in_turn(self, asking: Asking) -> types.CallToolResult:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self.threads, self._turn, asking)
        except Stranger:
            await self._meet(asking.person)
            return await loop.run_in_executor(self.threads, self._turn, asking)

    async def _meet(self, person: str) -> None:
        try:
            await self.directory.meet(person)
        except (SlackApiError, *UNREACHED) as fault:
            raise NotMet() from fault

    def _turn(self, asking: Asking) -> types.CallToolResult:
        """The turn of the person who asks; a tool that reads holds nobody up who writes."""
        return repeated(lambda reads: self._one_turn(asking, reads), reads=asking.tool.reads)

    def _one_turn(self, asking: Asking, reads: bool) -> types.CallToolResult:
        """A refusal is said in the person's words."""
        words: Words | None = None
        try:
            with self.turns.turn(HOME, asking.person, reads=reads) as turn:
                words = turn.words
                return _told(self._call(turn, asking))
        except Problem as problem:
            if words is None:  # the turn could not begin
                raise
            return _refused(words.problem(problem))

    def _call(self, turn: Turn, asking: Asking) -> Reply:
        if turn.actor.is_bot:
            raise NotForBots()
        if turn.actor.is_external:
            raise NotForGuests()
        turn.through = "Slackbot"
        if asking.tool.reads:
            return asking.tool.call(turn, asking.arguments)
        return _once(turn, asking)


def agents_of(bot: Bot) -> Agents:
    """The tools of a bot that runs."""
    return Agents(bot.turns, bot.slack, bot.directory, tools_of(all_routes()), bot.edge.threads)


@asynccontextmanager
async def alive(tools: Starlette) -> AsyncIterator[None]:
    """The application's life. What ends it comes out as it was: the protocol's server waits in a
    group of tasks, which would wrap it, and nobody would know it again.
    """
    try:
        async with tools.router.lifespan_context(tools):
            yield
    except BaseExceptionGroup as group:
        raise _alone(group) from None


def _alone(group: BaseException) -> BaseException:
    while isinstance(group, BaseExceptionGroup) and len(group.exceptions) == 1:
        group = group.exceptions[0]
    return group


def tools_of(features: Iterable[Routes[Turn]]) -> dict[str, Tool[Turn]]:
    """Every feature's tools by name."""
    return {tool.name: tool for routes in features for tool in routes.tools}


def _once(turn: Turn, asking: Asking) -> Reply:
    """The act, or the answer that the same act had within the last minutes."""
    earlier, present = _keys(asking, turn.now)
    for key in (earlier, present):
        noted = deliveries.answer_to(turn, key)
        if noted and turn.now - datetime.fromisoformat(noted["at"]) < ONE_ACT:
            return replies.from_json(noted["reply"])
    reply = asking.tool.call(turn, asking.arguments)
    if turn.has_changed and not noted:
        answer = {"at": turn.now.isoformat(), "reply": replies.to_json(reply)}
        deliveries.note(turn, present, answer)
    return reply


def _keys(asking: Asking, now: datetime) -> tuple[str, str]:
    """Of the present stretch of time and of the one before: an act looks back over the border."""
    stretch = int(now.timestamp() // ONE_ACT.total_seconds())
    return f"tool:{asking.digest}:{stretch - 1}", f"tool:{asking.digest}:{stretch}"


def _identity(meta: Any) -> Mapping[str, str]:
    """``_meta.slack``: the ids of person and workspace, as text or not at all."""
    slack = (meta or {}).get("slack")
    if not isinstance(slack, Mapping):
        return {}
    return {key: value for key, value in slack.items() if isinstance(value, str) and value}


def _described(tool: Tool[Turn], words: Words) -> types.Tool:
    title = words.say(tool.label)
    return types.Tool(
        name=tool.name,
        title=title,
        description=tool.description,
        input_schema=dict(tool.schema),
        annotations=types.ToolAnnotations(
            title=title,
            read_only_hint=tool.reads,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
        _meta=BLOCK_KIT,
    )


def _told(reply: Reply) -> types.CallToolResult:
    """A reply as text for the agent, and as blocks for the person."""
    if not isinstance(reply, Whisper):
        raise TypeError(f"a tool answers in words, not with {type(reply).__name__}")
    text = types.TextContent(type="text", text=reply.text)
    blocks = [dict(block) for block in reply.blocks]
    return types.CallToolResult(content=[text], _meta={"slack": {"blocks": blocks}})


def _refused(sentence: str) -> types.CallToolResult:
    text = types.TextContent(type="text", text=sentence)
    return types.CallToolResult(content=[text], is_error=True)
