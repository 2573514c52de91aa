"""The page about the playground names every method, act and fault, and only tests that exist."""

import re
from pathlib import Path

import pytest

from bot.playground.page.acts import ACTS
from bot.playground.slack.methods import METHODS
from bot.playground.slack.wire.faults import Faults

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "playground.md").read_text()


@pytest.mark.parametrize("name", [*METHODS, *ACTS, *Faults.names()])
def test_it_stands_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_every_test_that_the_page_names_exists() -> None:
    rooms = (ROOT / "tests" / room for room in ("playground", "agents"))
    written = "".join(path.read_text() for room in rooms for path in room.glob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert {name for name in named if f"def {name}(" not in written} == set()
