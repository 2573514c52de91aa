"""Bots are killed at random moments while Slack misbehaves: no ticket is lost, no number missing,
no message twice.
"""

import pytest

from tests.chaos.run import run


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_many_kills_lose_nothing(database: str) -> None:
    report = run(database, kills=25, seed=25)
    assert not report.wrongs, str(report)
