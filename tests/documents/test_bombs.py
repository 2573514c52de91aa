"""A file in the archive takes no more time and memory than it may, whatever it unfolds to."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents import bombs

MOST_SECONDS, MOST_MEGABYTES = 15.0, 512


@pytest.mark.slow
def test_bombs_are_kept_within_seconds_and_half_a_gigabyte(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.documents.bombs", str(tmp_path)]
    printed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    answers = [json.loads(line) for line in printed.splitlines()]
    assert {answer["bomb"] for answer in answers} == set(bombs.BOMBS)
    slow = [a for a in answers if a["seconds"] > MOST_SECONDS or a["megabytes"] > MOST_MEGABYTES]
    assert slow == []
    assert all(answer["words"] for answer in answers), "each is found by its name at least"
