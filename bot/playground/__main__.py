"""``python -m bot.playground``: the workspace alone, for a bot that is started elsewhere."""

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from bot.playground.server import Playground
from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.company import TEAM, furnish
from bot.playground.slack.store import Store
from bot.playground.slack.wire.signed_http import SignedHttp
from bot.playground.slack.world import World


def main() -> int:
    namespace = _arguments()
    manifest = json.loads(namespace.manifest.read_text()) if namespace.manifest else None
    tokens = {
        "bot_token": namespace.bot_token,
        "app_token": namespace.app_token,
        "signing_secret": namespace.signing_secret,
    }
    clock = TurnedClock(namespace.clock)
    world = World(
        manifest=manifest,
        team=TEAM,
        clock=clock,
        store=Store(namespace.data),
        seed=namespace.seed,
        tokens={name: value for name, value in tokens.items() if value},
    )
    furnish(world)
    if namespace.request_url:
        world.deliveries.transport = SignedHttp(
            namespace.request_url, world.app.signing_secret, clock
        ).carry
    with Playground(world, namespace.port) as playground:
        playground.misbehave(**dict(fault.split("=", 1) for fault in namespace.fault))
        stop = _stop_on_signals()
        _tell(playground)
        stop.wait()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bot.playground", description=__doc__)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--manifest", type=Path, help="the app's manifest (JSON)")
    parser.add_argument(
        "--data", type=Path, help="SQLite file that keeps the workspace; none forgets it"
    )
    parser.add_argument("--clock", type=Path, help="file that holds the offset of the turned clock")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="misbehave from the start",
    )
    parser.add_argument("--seed", type=int, help="repeat the same chances")
    parser.add_argument(
        "--request-url", help="deliver by signed HTTP to this address, not by Socket Mode"
    )
    for name in ("bot-token", "app-token", "signing-secret"):
        parser.add_argument(f"--{name}")
    return parser.parse_args()


def _tell(playground: Playground) -> None:
    app = playground.world.app
    lines = {
        "page": playground.url,
        "SLACK_API_URL": playground.api_url,
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_APP_TOKEN": app.app_token,
        "SLACK_SIGNING_SECRET": app.signing_secret,
    }
    sys.stdout.write("".join(f"{name}={value}\n" for name, value in lines.items()))
    sys.stdout.flush()


def _stop_on_signals() -> threading.Event:
    """Set once somebody wants the end; it is listened for before anybody is told the addresses."""
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    return stop


if __name__ == "__main__":
    raise SystemExit(main())
