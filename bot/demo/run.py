"""The demo: a local workspace in the browser with the bot in it, no Slack needed. Keeps its data
between runs.
"""

import shutil
import socket
import threading
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path

from bot.catalogue import loader
from bot.config import Settings
from bot.demo import scenes
from bot.demo.books import fill, is_filled
from bot.demo.company import EMAIL, NAME, demo_catalogue
from bot.demo.tour import tour
from bot.http import TOOLS
from bot.kit.catalogue import Catalogue
from bot.kit.errors import Problem
from bot.manifest import build as manifest
from bot.playground.mail.postbox import Postbox
from bot.playground.server import Playground
from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.company import TEAM, furnish
from bot.playground.slack.store import Store
from bot.playground.slack.world import World
from bot.serve import serve
from bot.startup import office


class PortTaken(Problem):
    """Something else listens there."""

    sentence = "Port {port} is taken by another program. Choose another one: make demo PORT={other}"


TRY = """
  Zaplecze is running in a workspace of its own: {url}

  The page says what to try first. Then be somebody (top right);
  each reads their own language, such as Emma English, Kata Hungarian, Anna Polish:
    Anna, reception     /ticket the printer on the 2nd floor is broken
    Tomasz, IT          #bo-it: Take, then answer in the card's thread; Anna reads it in Messages
    Piotr, sales        /invoice Kowalska     or    /invoice FV/2026/11/0042
    Piotr, sales        /document statement Kowalska: a PDF in his messages with Zaplecze
    Kata, sales         /invoice Tokaji
    Beata, collections  Zaplecze, Home: payment reminders; switch one on, then turn the clock a day

  Open a second window to be two people at once. Ctrl-C ends.
  Data stays in {folder} (FRESH=1 begins anew).
"""


def demo(settings: Settings, port: int, fresh: bool) -> None:
    """Run until Ctrl-C. ``fresh`` forgets what an earlier run left."""
    folder = settings.data_dir / "demo"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    rules, http_port = demo_catalogue(loader.load(None)), _free_port()
    with _workspace(folder, port, rules, http_port) as playground:
        run = _settings(folder, playground, http_port)
        _furnish(run, rules, playground)
        _greet_once_it_listens(playground, TRY.format(url=playground.url, folder=folder))
        serve(run, {"*": rules})


def _greet_once_it_listens(playground: Playground, text: str) -> None:
    """What is typed before the bot is connected would go nowhere, so nobody is invited before."""

    def wait() -> None:
        with suppress(CancelledError):
            playground.run(_connection(playground))
            print(text, flush=True)  # noqa: T201 - the demo's one greeting

    threading.Thread(target=wait, daemon=True).start()


async def _connection(playground: Playground) -> None:
    await playground.world.sockets.connected.wait()


def _workspace(folder: Path, port: int, rules: Catalogue, http_port: int) -> Playground:
    clock, store = _clock(folder / "clock"), Store(folder / "workspace.sqlite3")
    app = manifest(rules, agents=f"{_address(http_port)}{TOOLS}")
    world = furnish(World(manifest=app, team=TEAM, clock=clock, store=store))
    try:
        return Playground(world, port, tour=tour(), postbox=Postbox(world))
    except OSError as taken:
        raise PortTaken(port=port, other=port + 1) from taken


def _clock(path: Path) -> TurnedClock:
    """The clock as it was left; a new one is turned ahead to office hours, for reminders sleep
    outside of them.
    """
    is_new = not path.exists()
    clock = TurnedClock(path)
    if is_new:
        now = clock.now()
        clock.turn((scenes.opening(now) - now).total_seconds())
    return clock


def _furnish(settings: Settings, rules: Catalogue, playground: Playground) -> None:
    """Books and a morning's talk, where there are none yet."""
    with office(settings, {"*": rules}) as turns:
        if not is_filled(turns):
            fill(turns, turns.now().date())
        scenes.play(playground, settings, turns)
    playground.world.rates.fill()  # what was played was long ago


def _free_port() -> int:
    """For the bot's own port, which Slackbot's calls come in by; the workspace must know it before
    the bot begins.
    """
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _address(http_port: int) -> str:
    return f"http://127.0.0.1:{http_port}"


def _settings(folder: Path, playground: Playground, http_port: int) -> Settings:
    installed, postbox = playground.world.app, playground.postbox
    return Settings(
        SLACK_BOT_TOKEN=installed.bot_token,
        SLACK_APP_TOKEN=installed.app_token,
        SLACK_SIGNING_SECRET=installed.signing_secret,
        SLACK_API_URL=playground.api_url,
        DATABASE_URL=f"sqlite:///{folder / 'zaplecze.sqlite3'}",
        ZAPLECZE_DATA_DIR=folder,
        ZAPLECZE_HTTP_PORT=http_port,
        ZAPLECZE_PUBLIC_URL=_address(http_port),
        ZAPLECZE_MCP=True,
        ZAPLECZE_SMTP_URL=postbox.url if postbox else "",
        ZAPLECZE_MAIL_FROM=f"{NAME} <{EMAIL}>",
        NO_PROXY="127.0.0.1",  # the workspace is on this machine
        ZAPLECZE_CLOCK=f"file:{folder / 'clock'}",
    )
