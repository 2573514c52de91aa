"""The company of the demo, whose own tax numbers are known, and books to connect it to."""

from collections.abc import Callable

import pytest

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.invoices.service import source_sync
from handlers.invoices.service.source_sync import Reading
from tests.books import rules
from tests.connectors.reference import Books

__all__ = ["rules"]

Catching = Callable[..., Reading]


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
def catch_up(turns: Turns, books: Books) -> Catching:
    """Read what the books tell, as a background task would."""

    def catching(**how: bool) -> Reading:
        return source_sync.catch_up(books, lambda: turns.turn(HOME), lambda: False, **how)

    return catching
