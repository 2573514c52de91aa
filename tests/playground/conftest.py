"""A playground with its company, a tiny bot on it, and an office of people."""

from collections.abc import Iterator

import pytest

from bot.playground.server import Playground
from bot.playground.slack.company import company
from bot.playground.slack.wire.deliveries import Timing
from tests.driver import Office
from tests.playground.tiny_bot import MANIFEST, TinyBot


@pytest.fixture
def playground() -> Iterator[Playground]:
    timing = Timing(retries=(0.0, 0.0, 0.0))
    with Playground(company(MANIFEST, seed=7, timing=timing)) as running:
        running.misbehave(rate_limits=False)  # a tiny bot asks everything at once
        yield running


@pytest.fixture
def bot(playground: Playground) -> TinyBot:
    tiny = TinyBot(playground)
    playground.world.deliveries.transport = tiny.transport
    return tiny


@pytest.fixture
def office(playground: Playground, bot: TinyBot) -> Office:
    return Office(playground)
