"""Socket Mode: hello, ten sockets, each delivery to one of them, refresh and goodbye."""

import asyncio
from typing import Any

import aiohttp

from bot.playground.server import Playground
from bot.playground.slack.company import company
from bot.playground.slack.shapes import Json
from bot.playground.slack.wire.deliveries import Timing
from tests.driver import Office
from tests.playground.tiny_bot import MANIFEST, TinyBot


class Line:
    """A bare socket of the app, read frame by frame."""

    def __init__(
        self, session: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse
    ) -> None:
        self.session, self.socket = session, socket

    async def frame(self) -> Json:
        return dict(await asyncio.wait_for(self.socket.receive_json(), 5))

    async def hang_up(self) -> None:
        await self.socket.close()
        await self.session.close()


async def dial(bot: TinyBot) -> Line:
    client = bot.client
    opened = await client.apps_connections_open(app_token=bot.world.app.app_token)
    session = aiohttp.ClientSession()
    return Line(session, await session.ws_connect(opened["url"]))


def test_a_socket_begins_with_hello(bot: TinyBot) -> None:
    async def talk() -> Json:
        line = await dial(bot)
        hello = await line.frame()
        await line.hang_up()
        return hello

    hello = bot.run(talk())
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"]["app_id"] == bot.world.app.app_id


def test_a_ticket_is_good_for_one_socket(bot: TinyBot) -> None:
    async def talk() -> int:
        opened = await bot.client.apps_connections_open(app_token=bot.world.app.app_token)
        async with aiohttp.ClientSession() as session:
            first = await session.ws_connect(opened["url"])
            try:
                await session.ws_connect(opened["url"])
            except aiohttp.WSServerHandshakeError as refused:
                return refused.status
            finally:
                await first.close()
        return 0

    assert bot.run(talk()) == 403


def test_the_eleventh_socket_is_one_too_many(bot: TinyBot) -> None:
    async def talk() -> Json:
        lines = [await dial(bot) for _ in range(11)]
        goodbye = await lines[-1].frame()
        for line in lines:
            await line.hang_up()
        return goodbye

    goodbye = bot.run(talk())
    assert (goodbye["type"], goodbye["reason"]) == ("disconnect", "too_many_websockets")


def test_each_delivery_goes_to_one_socket_and_its_ack_is_the_answer(
    bot: TinyBot, office: Office
) -> None:
    bot.world.deliveries.transport = bot.world.sockets.carry

    async def talk() -> list[Json]:
        lines = [await dial(bot) for _ in range(2)]
        for line in lines:
            await line.frame()
        asking = [asyncio.create_task(_type(bot)) for _ in range(2)]
        frames = [await line.frame() for line in lines]
        for line, frame in zip(lines, frames, strict=True):
            answer = {"envelope_id": frame["envelope_id"], "payload": {"text": "ok"}}
            await line.socket.send_json(answer)
        await asyncio.gather(*asking)
        for line in lines:
            await line.hang_up()
        return frames

    frames = bot.run(talk())
    assert {frame["type"] for frame in frames} == {"slash_commands"}
    assert all(frame["accepts_response_payload"] for frame in frames)
    assert len({frame["envelope_id"] for frame in frames}) == 2
    assert [note.text for note in office.anna.notes("#general")] == ["ok", "ok"]


async def _type(bot: TinyBot) -> None:
    from bot.playground.slack.acts import app

    await app.command(bot.world, bot.world.people["U0ANNA"], bot.place("general"), "/order", "")


def test_events_accept_no_payload_and_carry_the_retry(bot: TinyBot, office: Office) -> None:
    bot.world.deliveries.transport = bot.world.sockets.carry

    async def talk() -> list[Json]:
        from bot.playground.slack.acts import conversations

        line = await dial(bot)
        await line.frame()
        conversations.say(bot.world, bot.world.people["U0ANNA"], bot.place("general"), "hi")
        first = await line.frame()
        await line.socket.send_str("no json")
        await line.socket.send_json({"envelope_id": first["envelope_id"]})
        await bot.world.deliveries.quiet()
        await line.hang_up()
        return [first]

    frame = bot.run(talk())[0]
    assert (frame["type"], frame["accepts_response_payload"], frame["retry_attempt"]) == (
        "events_api",
        False,
        0,
    )


def test_an_old_socket_is_warned_and_asked_to_come_back() -> None:
    timing = Timing(socket=0.04, socket_warning=0.02)
    with Playground(company(MANIFEST, timing=timing)) as playground:
        bot = TinyBot(playground)

        async def talk() -> list[Any]:
            line = await dial(bot)
            frames = [await line.frame() for _ in range(3)]
            await line.hang_up()
            return [frame.get("reason", frame["type"]) for frame in frames]

        assert bot.run(talk()) == ["hello", "warning", "refresh_requested"]
        assert playground.world.sockets.open_count == 0


def test_a_delivery_whose_socket_closes_goes_to_another(bot: TinyBot, office: Office) -> None:
    bot.world.deliveries.transport = bot.world.sockets.carry

    async def talk() -> list[str]:
        lines = {line: await line.frame() for line in [await dial(bot) for _ in range(2)]}
        asking = asyncio.create_task(_type(bot))
        reading = {asyncio.create_task(line.frame()): line for line in lines}
        first, other = await asyncio.wait(reading, return_when=asyncio.FIRST_COMPLETED)
        broken, kept = reading[first.pop()], reading[next(iter(other))]
        await broken.hang_up()
        frame = await next(iter(other))
        await kept.socket.send_json({"envelope_id": frame["envelope_id"]})
        await asking
        await kept.hang_up()
        return office.anna.toasts

    assert bot.run(talk()) == []


def test_the_unmodified_client_comes_back_after_a_refresh(bot: TinyBot, office: Office) -> None:
    bot.world.deliveries.transport = bot.world.sockets.carry
    handler = bot.run(bot.connect())

    async def refresh() -> None:
        await bot.world.sockets.disconnect("refresh_requested")
        await asyncio.wait_for(bot.world.sockets.connected.wait(), 10)

    bot.run(refresh())
    office.anna.types("/order", "#general")
    bot.run(handler.close_async())
    assert bot.heard("/order")
