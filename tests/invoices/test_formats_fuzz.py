"""Spoiled files of every format: none raises, hangs or swells. The command makes as many as one
likes.
"""

import sys

import pytest

from tests.invoices import fuzz, guided
from tests.invoices.samples import FILES


def test_spoiled_files_are_read_or_refused() -> None:
    told = fuzz.run(300, seed=2)
    assert told.failures == []
    assert told.outcomes["read"] > 50
    assert all(told.outcomes[f"{kind}: read"] for kind in ("customers", "people", "rates"))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_twenty_thousand_spoiled_files_are_read_or_refused() -> None:
    told = fuzz.run(20_000, seed=3)
    assert told.failures == []


def test_same_seed_makes_the_same_files() -> None:
    assert list(fuzz.inputs(20, seed=5)) == list(fuzz.inputs(20, seed=5))


def test_guided_fuzzer_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "atheris", None)
    monkeypatch.setattr(sys, "argv", ["guided"])
    with pytest.raises(SystemExit, match="pip install atheris"):
        guided.main()


def test_guided_fuzzer_gives_every_input_to_both_kinds_of_readers() -> None:
    run = guided.Guided(seconds=1, keep=None)
    with fuzz.in_time():
        for file in [*FILES.iterdir(), *guided.OWN_STATEMENTS.iterdir()]:
            run.one(file.read_bytes())
    assert run.told.failures == []
    assert run.told.outcomes["read"] > 5
    assert run.told.outcomes["statement: read"] > 5
