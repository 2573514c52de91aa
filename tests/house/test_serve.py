"""Serving, as a real process: it begins, is ready, ends in order, and says in a sentence why it
cannot begin.
"""

import asyncio
import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.catalogue import loader
from bot.edge.socket_mode import Socket
from bot.manifest import build as manifest
from bot.playground.server import Playground
from bot.playground.slack.acts import app as moves
from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.company import company
from bot.playground.slack.wire.signed_http import SignedHttp
from tests.driver import Office

ROOT = Path(__file__).parents[2]
Start = Callable[..., "Process"]


class Process:
    """``zaplecze serve`` beside the tests."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.port = settings["ZAPLECZE_HTTP_PORT"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            cwd=ROOT,
            env=settings,
            stderr=subprocess.PIPE,
            text=True,
        )

    def limit(self, what: int, most: int) -> None:
        """As ``ulimit`` would before it begins."""
        resource.prlimit(self._process.pid, what, (most, most))

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def ends(self) -> tuple[int, str]:
        """Status and what it said, once it has ended."""
        said = self._process.communicate(timeout=30)[1]
        return self._process.returncode, said

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()

    def health(self, page: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/health/{page}", timeout=5
            ) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except OSError:
            return 0, ""

    def becomes(self, page: str, status: int) -> str:
        """Wait until a page answers so."""
        until(lambda: self.health(page)[0] == status or self._process.poll() is not None)
        assert self._process.poll() is None, self._process.communicate()[1]
        return self.health(page)[1]


def until(is_so: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for another process."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return str(held.getsockname()[1])


@pytest.fixture
def slack() -> Iterator[Playground]:
    with Playground(company(manifest(loader.load(None)), seed=1)) as running:
        yield running


@pytest.fixture
def start(slack: Playground, tmp_path: Path) -> Iterator[Start]:
    """Starts the process against the playground; given settings come before the usual ones."""
    begun: list[Process] = []

    def begin(**given: str) -> Process:
        installed = slack.world.app
        usual = {
            "SLACK_BOT_TOKEN": installed.bot_token,
            "SLACK_APP_TOKEN": installed.app_token,
            "SLACK_API_URL": slack.api_url,
            "ZAPLECZE_DATA_DIR": str(tmp_path / "data"),
            "ZAPLECZE_HTTP_PORT": free_port(),
        }
        kept = {
            name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ
        }
        begun.append(Process(kept | usual | given))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()


def test_it_begins_is_ready_and_ends_in_order(start: Start, slack: Playground) -> None:
    process = start()
    process.becomes("ready", 200)
    office = Office(slack)
    office.anna.types("/ticket printer").fills(type="it_help").submits()
    until(lambda: len(office.tomasz.sees("#bo-it")) == 1)
    process.signal(signal.SIGTERM)
    status, said = process.ends()
    assert (status, "Traceback" in said) == (0, False)


def test_what_is_in_hand_when_told_to_stop_is_answered(start: Start, slack: Playground) -> None:
    process = start()
    process.becomes("ready", 200)
    slack.misbehave(slow_seconds=1.5)
    office = Office(slack)

    async def types_and_stops() -> None:
        world = slack.world
        anna = world.person_named("anna")
        slack.world.deliveries.run(
            moves.command(world, anna, world.channel_named("general").id, "/ticket", "printer")
        )

    slack.run(types_and_stops())
    until(lambda: slack.world.deliveries.count >= 1)
    time.sleep(0.7)  # it has the command now, and opens the form, which takes Slack longer
    process.signal(signal.SIGTERM)
    assert process.ends()[0] == 0
    assert office.anna.has_modal
    assert office.anna.toasts == []


def test_the_log_tells_nothing_that_people_wrote_or_sent(start: Start, slack: Playground) -> None:
    process = start()
    process.becomes("ready", 200)
    office = Office(slack)
    office.anna.types("/ticket tajne").fills(type="it_help").submits()
    office.anna.uploads(
        "@zaplecze", "tajne.pdf", b"tajne\n1 0 obj <</Tajne tajne>> xref tajne trailer"
    )
    until(lambda: len(office.anna.dm) == 3)
    process.signal(signal.SIGTERM)
    status, said = process.ends()
    assert (status, "tajne" in said.lower()) == (0, False), said


def test_interrupt_ends_it_too(start: Start) -> None:
    process = start()
    process.becomes("ready", 200)
    process.signal(signal.SIGINT)
    assert process.ends()[0] == 0


@pytest.mark.slow
def test_without_slack_it_lives_waits_and_ends_when_told(start: Start, slack: Playground) -> None:
    slack.misbehave(outage=True)
    process = start()
    process.becomes("live", 200)
    assert "not connected to Slack yet" in process.health("ready")[1]
    slack.misbehave(outage=False)
    process.becomes("ready", 200)
    process.signal(signal.SIGTERM)
    assert process.ends()[0] == 0


@pytest.mark.slow
def test_it_asks_again_when_slack_wants_to_be_asked_and_not_before(
    start: Start, slack: Playground
) -> None:
    slack.misbehave(outage=True)
    process = start()
    process.becomes("live", 200)
    while not slack.world.rates.wait("apps.connections.open", "1", ""):
        pass
    slack.world.clock.turn(48)  # twelve seconds are left
    slack.misbehave(outage=False)
    process.becomes("ready", 200)
    process.signal(signal.SIGTERM)
    status, said = process.ends()
    assert (status, said.count("Slack answers ratelimited; trying again")) == (0, 1)


@pytest.mark.slow
def test_catalogue_that_is_read_anew_while_slack_is_away_holds_when_it_is_back(
    start: Start, slack: Playground, tmp_path: Path
) -> None:
    path, whole = tmp_path / "zaplecze.toml", loader.SHIPPED.read_text()
    path.write_text(whole)
    slack.misbehave(outage=True)
    process = start(ZAPLECZE_CONFIG=str(path))
    process.becomes("live", 200)
    path.write_text(whole.replace('prefix = "BO"', 'prefix = "NEW"'))
    process.signal(signal.SIGHUP)
    time.sleep(0.5)  # it would end at once
    slack.misbehave(outage=False)
    process.becomes("ready", 200)
    office = Office(slack)
    office.anna.types("/ticket one").fills(type="it_help").submits()
    until(lambda: "*NEW-1*" in _cards(office))


@pytest.mark.slow
def test_an_indiscreet_catalogue_is_refused_while_slack_is_away_too(
    start: Start, slack: Playground, tmp_path: Path
) -> None:
    path, whole = tmp_path / "zaplecze.toml", loader.SHIPPED.read_text()
    path.write_text(whole)
    first = start(ZAPLECZE_CONFIG=str(path))
    first.becomes("ready", 200)
    first.signal(signal.SIGTERM)
    assert first.ends()[0] == 0
    slack.misbehave(outage=True)
    process = start(ZAPLECZE_CONFIG=str(path))
    process.becomes("live", 200)
    path.write_text(whole.replace('channel = "#bo-hr"', 'channel = "#general"'))
    process.signal(signal.SIGHUP)
    time.sleep(0.5)  # it would be taken at once
    slack.misbehave(outage=False)
    process.becomes("ready", 200)
    process.signal(signal.SIGTERM)
    status, said = process.ends()
    told = [json.loads(line)["what"] for line in said.splitlines()]
    refused = [line for line in told if line.startswith("the catalogue stays as it was:")]
    assert (status, len(refused)) == (0, 1)
    assert "“hr” works in #general, which is public, and has money or private" in refused[0]
    assert "the catalogue is read anew" not in told


def test_told_to_stop_while_it_waits_for_slack_it_ends(start: Start, slack: Playground) -> None:
    slack.misbehave(outage=True)
    process = start()
    process.becomes("live", 200)
    process.signal(signal.SIGTERM)
    assert process.ends()[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is not set."),
        ({"SLACK_APP_TOKEN": ""}, "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set."),
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack refuses SLACK_BOT_TOKEN: invalid_auth."),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "Slack refuses SLACK_APP_TOKEN: invalid_auth."),
        (
            {"DATABASE_URL": "postgresql://nobody:secret@127.0.0.1:1/none"},
            "The database does not open:",
        ),
        (
            {"DATABASE_URL": "mysql://127.0.0.1/zaplecze"},
            "DATABASE_URL must begin with postgresql://",
        ),
        ({"DATABASE_URL": "what?"}, "DATABASE_URL must begin with postgresql://"),
        ({"DATABASE_URL": "sqlite:////proc/none/zaplecze.sqlite3"}, "The database does not open:"),
        (
            {"ZAPLECZE_CONFIG": "/nowhere/zaplecze.toml"},
            "There is no catalogue at /nowhere/zaplecze.toml.",
        ),
    ],
)
def test_what_keeps_it_from_beginning_is_one_sentence(
    start: Start, settings: dict[str, str], sentence: str
) -> None:
    status, said = start(**settings).ends()
    assert status == 1
    assert said.splitlines()[-1].startswith(sentence)
    assert "Traceback" not in said
    assert "secret" not in said


def test_a_taken_port_is_one_sentence(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, said = start(ZAPLECZE_HTTP_PORT=port).ends()
    assert status == 1
    assert said.splitlines()[-1].startswith(f"Nothing can be served at 127.0.0.1:{port}")


def test_a_file_that_is_no_database_is_one_sentence(start: Start, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all, " * 1000)
    status, said = start(DATABASE_URL=f"sqlite:///{tmp_path / 'letter.txt'}").ends()
    assert status == 1
    assert said.startswith("The database does not open: file is not a database.")


@pytest.mark.slow
def test_a_private_department_in_a_public_channel_keeps_it_from_beginning(
    start: Start, tmp_path: Path
) -> None:
    public = loader.SHIPPED.read_text().replace('channel = "#bo-hr"', 'channel = "#general"')
    (tmp_path / "zaplecze.toml").write_text(public)
    status, said = start(ZAPLECZE_CONFIG=str(tmp_path / "zaplecze.toml")).ends()
    assert status == 1
    assert said.splitlines()[-1].startswith(
        "This catalogue cannot be used: “hr” works in #general, which is public"
    )


def test_the_catalogue_is_read_anew_and_a_bad_one_is_refused(
    start: Start, slack: Playground, tmp_path: Path
) -> None:
    path, whole = tmp_path / "zaplecze.toml", loader.SHIPPED.read_text()
    path.write_text(whole)
    process = start(ZAPLECZE_CONFIG=str(path))
    process.becomes("ready", 200)
    office = Office(slack)
    prefix = loader.load(None).tickets.prefix
    path.write_text(whole.replace(f'prefix = "{prefix}"', "prefix = [") + "nonsense")
    process.signal(signal.SIGHUP)
    office.anna.types("/ticket one").fills(type="it_help").submits()
    until(lambda: f"*{prefix}-1*" in _cards(office))
    path.write_text(whole.replace(f'prefix = "{prefix}"', 'prefix = "NEW"'))
    process.signal(signal.SIGHUP)
    until(lambda: _makes_a_ticket(office) and "*NEW-" in _cards(office))
    process.signal(signal.SIGTERM)
    status, said = process.ends()
    told = [json.loads(line)["what"] for line in said.splitlines()]
    assert status == 0
    assert any(line.startswith("the catalogue stays as it was:") for line in told)
    assert "the catalogue is read anew" in told


def _cards(office: Office) -> str:
    return " ".join(map(str, office.tomasz.sees("#bo-it")))


def _makes_a_ticket(office: Office) -> bool:
    office.anna.types("/ticket again").fills(type="it_help").submits()
    return True


def test_by_signed_http_it_serves_too(start: Start, slack: Playground) -> None:
    secret = slack.world.app.signing_secret
    process = start(SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET=secret)
    process.becomes("ready", 200)
    transport = SignedHttp(f"http://127.0.0.1:{process.port}/slack/events", secret, TurnedClock())
    slack.world.deliveries.transport = transport.carry
    office = Office(slack)
    office.anna.types("/ticket printer").fills(type="it_help").submits()
    until(lambda: len(office.tomasz.sees("#bo-it")) == 1)
    process.signal(signal.SIGTERM)
    assert process.ends()[0] == 0
    slack.run(transport.close())


def test_half_open_connections_keep_nobody_else_out(start: Start, slack: Playground) -> None:
    """More of them than the process may have descriptors."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2500:
        pytest.skip("this process itself may not have enough descriptors")
    secret = slack.world.app.signing_secret
    process = start(SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET=secret)
    process.becomes("ready", 200)
    process.limit(resource.RLIMIT_NOFILE, 1024)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2500), hard))
    with ExitStack() as half_open:
        half_open.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        for _ in range(1100):
            caller = socket.create_connection(("127.0.0.1", int(process.port)), timeout=30)
            half_open.enter_context(caller)
            caller.sendall(b"POST /slack/events HTTP/1.1\r\nHost: bot\r\nContent-Le")
        assert process.health("ready")[0] == 200
        transport = SignedHttp(
            f"http://127.0.0.1:{process.port}/slack/events", secret, TurnedClock()
        )
        slack.world.deliveries.transport = transport.carry
        office = Office(slack)
        office.anna.types("/ticket printer").fills(type="it_help").submits()
        until(lambda: len(office.tomasz.sees("#bo-it")) == 1)
        slack.run(transport.close())


def test_a_token_that_slack_has_revoked_takes_it_out(start: Start, slack: Playground) -> None:
    process = start()
    process.becomes("ready", 200)
    office = Office(slack)
    form = office.anna.types("/ticket printer").fills(type="it_help")
    slack.misbehave(token_revoked=True)
    form.submits()
    assert "Slack refuses the bot token: " in process.becomes("ready", 503)
    assert process.health("live")[0] == 200


@pytest.mark.slow
def test_a_refused_token_is_noticed_by_whatever_is_asked_and_so_is_its_return(
    start: Start, slack: Playground
) -> None:
    process = start()
    process.becomes("ready", 200)
    slack.misbehave(token_revoked=True)
    Office(slack).anna.types("/ticket printer")  # a form, and no letter
    assert "Slack refuses the bot token: " in process.becomes("ready", 503)
    slack.misbehave(token_revoked=False)
    process.becomes("ready", 200)  # though nobody does anything


def test_an_outage_of_slack_does_not_take_it_out(start: Start, slack: Playground) -> None:
    process = start()
    process.becomes("ready", 200)
    office = Office(slack)
    form = office.anna.types("/ticket printer").fills(type="it_help")
    slack.misbehave(outage=True)
    form.submits()
    until(lambda: slack.world.deliveries.count >= 2)  # what the day brings may come besides
    assert process.health("ready")[0] == 200


@pytest.mark.slow
def test_a_database_of_another_shape_takes_it_out_until_it_is_mended(
    start: Start, tmp_path: Path
) -> None:
    process = start()
    process.becomes("ready", 200)
    with closing(sqlite3.connect(tmp_path / "data" / "zaplecze.sqlite3")) as beside:
        beside.execute("ALTER TABLE alembic_version RENAME TO put_away")
        assert "run `zaplecze db upgrade`" in process.becomes("ready", 503)
        beside.execute("ALTER TABLE put_away RENAME TO alembic_version")
    process.becomes("ready", 200)
    assert process.health("live")[0] == 200


@pytest.mark.slow
def test_of_a_folder_of_catalogues_its_own_is_taken(
    start: Start, slack: Playground, tmp_path: Path
) -> None:
    for team in (slack.world.team.id, "T0ANOTHER"):
        loader.write_default(tmp_path / f"{team}.toml", {"name": team})
    process = start(ZAPLECZE_CONFIG=str(tmp_path))
    process.becomes("ready", 200)
    (tmp_path / f"{slack.world.team.id}.toml").unlink()
    process.signal(signal.SIGTERM)
    assert process.ends()[0] == 0
    status, said = start(ZAPLECZE_CONFIG=str(tmp_path)).ends()
    assert status == 1
    assert said.splitlines()[-1].startswith(
        f"There is no catalogue for the workspace {slack.world.team.id}:"
    )


class Closing:
    """A socket that closes while something is acked on it."""

    async def send_socket_mode_response(self, _response: object) -> None:
        raise aiohttp.ClientConnectionResetError("Cannot write to closing transport")


def test_ack_on_a_closing_socket_is_a_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    nobody = AuthorizeResult(enterprise_id=None, team_id="T0", bot_token="xoxb-none")

    async def authorize() -> AuthorizeResult:
        return nobody

    async def handled() -> None:
        app = AsyncApp(signing_secret="none", authorize=authorize, process_before_response=True)
        app.event("team_join")(nothing)
        payload = {
            "type": "event_callback",
            "team_id": "T0",
            "event": {"type": "team_join", "user": {"id": "U1"}},
        }
        handler = Socket(app, "xapp-none")
        await handler.handle(Closing(), SocketModeRequest("events_api", "E1", payload))
        client: Any = handler.client  # its methods have no types
        await client.close()

    asyncio.run(handled())
    assert [
        record.getMessage() for record in caplog.records if record.name == "bot.edge.socket_mode"
    ] == ["an ack did not reach Slack (ClientConnectionResetError), which will ask again"]


async def nothing(event: object) -> None:
    """An event that wants nothing."""


def test_it_is_connected_once_slack_has_said_hello() -> None:
    async def connects() -> None:
        hello = asyncio.Event()

        async def slack(request: web.Request) -> web.WebSocketResponse:
            line = web.WebSocketResponse()
            await line.prepare(request)
            await hello.wait()
            await line.send_json({"type": "hello", "num_connections": 1})
            await line.receive()
            return line

        served = web.Application()
        served.add_routes([web.get("/link", slack)])
        async with TestServer(served) as server:
            handler: Any = Socket(AsyncApp(signing_secret="none", token="xoxb-none"), "xapp-none")
            handler.client.wss_uri = str(server.make_url("/link"))
            connecting = asyncio.create_task(handler.greeted())
            assert (await asyncio.wait({connecting}, timeout=0.3))[1]
            hello.set()
            await asyncio.wait_for(connecting, 5)
            await handler.finish()

    asyncio.run(connects())
