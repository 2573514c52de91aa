"""Our server for the benches: the real front, edge, routes and storage; letters are written and not
carried.
"""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from bot.app import Bot, assemble
from bot.catalogue import loader
from bot.config import Settings
from bot.edge.turns import Turns
from bot.garbage_collection import look_seldom
from bot.kit import clock
from bot.kit.catalogue import Catalogue
from bot.slack import HOME, Client, Slack
from storage import schema
from storage.base import open_engine
from storage.people import people

SECRET = "a signing secret"
TEAM = "T0BENCH"
PEOPLE = tuple(f"U0P{n}" for n in range(500))


@contextmanager
def bot(url: str, loop: asyncio.AbstractEventLoop) -> Iterator[Bot]:
    """A bot on an empty database, with people and the catalogue's channels in its directory."""
    engine = open_engine(url)
    schema.upgrade(engine)
    rules = loader.load(None)
    turns = Turns(engine, clock.real, {"*": rules})
    furnish(turns, rules)
    threads = ThreadPoolExecutor(
        1 if engine.dialect.name == "sqlite" else 8, thread_name_prefix="turn"
    )
    client = Client("xoxb-none", base_url="http://127.0.0.1:9/")
    made = assemble(Settings(), turns, Slack(client, TEAM, "U0BOT", loop), threads)
    made.take(turns.catalogues)
    made.edge.patience = 60.0  # an ack that comes late is measured as late
    look_seldom(20_000)  # as the serving process does
    try:
        yield made
    finally:
        threads.shutdown()
        engine.dispose()


def furnish(turns: Turns, rules: Catalogue) -> None:
    """Five hundred people, each channel of the catalogue, nobody in it."""
    facts: dict[str, Any] = {
        "timezone": "Europe/Warsaw",
        "status": "",
        "is_admin": False,
        "is_bot": False,
        "is_deleted": False,
    }
    facts |= {"name": "Anna Zielińska", "email": "", "locale": "pl-PL", "is_external": False}
    with turns.turn(HOME) as turn:
        for person in PEOPLE:
            people.save_person(turn, {"id": person, **facts})
        for name in {department.channel for department in rules.departments.values()}:
            channel = {
                "id": f"C0{name}".upper(),
                "name": name,
                "is_private": True,
                "is_shared": False,
            }
            people.save_channel(turn, channel)
