"""The page about tickets names tests that there are."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_test_that_the_page_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "tickets.md").read_text()))
    folders = (ROOT / "tests" / feature for feature in ("tickets", "approvals", "people", "words"))
    written = "\n".join(file.read_text() for folder in folders for file in folder.glob("test_*.py"))
    assert named
    assert {name for name in named if f"def {name}(" not in written} == set()
