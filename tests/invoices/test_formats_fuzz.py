"""Spoiled files of every format: none raises, hangs or swells. The command makes as many as one likes."""

import pytest

from tests.invoices import fuzz


def test_spoiled_files_are_read_or_refused() -> None:
    told = fuzz.run(300, seed=2)
    assert told.failures == []
    assert told.outcomes["read"] > 50


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_twenty_thousand_spoiled_files_are_read_or_refused() -> None:
    told = fuzz.run(20_000, seed=3)
    assert told.failures == []


def test_same_seed_makes_the_same_files() -> None:
    assert list(fuzz.inputs(20, seed=5)) == list(fuzz.inputs(20, seed=5))
