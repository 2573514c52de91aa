"""The playground's Slackbot panel as the page drives it, and the bot's own door at which the tools
are served.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aiohttp

from bot.edge.agents import agents_of
from bot.http import TOOLS, Front
from bot.playground.slack.shapes import Json
from bot.serve import quiet_server
from tests.running import Running


class Panel:
    """What the page asks its server for, as anybody."""

    def __init__(self, bot: Running) -> None:
        self._bot = bot

    def tools(self, person: str) -> list[Json]:
        listed: list[Json] = self._does(person, "tools")["tools"]
        return listed

    def call(self, person: str, tool: str, **arguments: Any) -> Json:
        return self._does(person, "call_tool", tool=tool, arguments=arguments)

    def _does(self, person: str, what: str, **given: Any) -> Json:
        answer: Json = self._bot.playground.run(self._post({"as": person, "do": what, **given}))
        assert answer["ok"], answer
        return answer

    async def _post(self, body: Json) -> Json:
        playground = self._bot.playground
        headers = {"x-playground-token": playground.world.page_token}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(f"{playground.url}/page/act", json=body) as answer,
        ):
            return dict(await answer.json())


@contextmanager
def served_panel(bot: Running) -> Iterator[Panel]:
    """While the block lasts the tools are served on loopback, and the app's manifest says so."""
    playground, ended = bot.playground, asyncio.Event()
    address, serving = playground.run(_begin(bot, ended))
    server = {"url": address, "auth_type": "slack_identity_auth"}
    playground.world.app.manifest["mcp_servers"] = {"zaplecze": server}
    yield Panel(bot)
    playground.run(_end(ended, serving))


async def _begin(bot: Running, ended: asyncio.Event) -> tuple[str, "asyncio.Task[None]"]:
    """The address, and the task that serves there: MCP's server ends in the task it began in."""
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def serve() -> None:
        async with _door(bot) as url:
            address.set_result(url)
            await ended.wait()

    serving = asyncio.create_task(serve())
    return await address, serving


async def _end(ended: asyncio.Event, serving: "asyncio.Task[None]") -> None:
    ended.set()
    await serving


@asynccontextmanager
async def _door(bot: Running) -> AsyncIterator[str]:
    front = Front(lambda: None)
    tools = agents_of(bot.bot).app("127.0.0.1")
    async with tools.router.lifespan_context(tools):
        front.open(bot.bot.bolt, bot.playground.world.app.signing_secret, tools)
        server = quiet_server(front, "127.0.0.1", 0)
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}{TOOLS}"
        server.should_exit = True
        await serving
