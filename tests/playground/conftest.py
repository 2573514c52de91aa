"""A playground with its company, a tiny bot on it, and an office of people."""

from collections.abc import Iterator

import pytest

from bot.playground.company import company
from bot.playground.deliveries import Timing
from bot.playground.server import Playground
from tests.driver import Office
from tests.playground.tiny_bot import MANIFEST, TinyBot


@pytest.fixture
def playground() -> Iterator[Playground]:
    timing = Timing(retries=(0.0, 0.0, 0.0))
    with Playground(company(MANIFEST, seed=7, timing=timing)) as running:
        yield running


@pytest.fixture
def bot(playground: Playground) -> TinyBot:
    tiny = TinyBot(playground)
    playground.world.deliveries.door = tiny.door
    return tiny


@pytest.fixture
def office(playground: Playground, bot: TinyBot) -> Office:
    return Office(playground)
