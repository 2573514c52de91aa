"""How the code reads: bounds that are held, by the script that prints the figures."""

import pytest

from tests.contract.house import refuse, sources
from tests.contract.measures import (
    ROOMS,
    density,
    folders,
    gerunds,
    packed_statements,
    vague_share,
)

MOST_VAGUE = 0.01
MOST_IN_A_FOLDER = 18
LEAST_LINES_A_DECISION = 3.2
# These may become less, and none is added: the aim in handlers is 25.
MOST_COMPREHENSIONS = {"bot": 28, "handlers": 44, "storage": 30}
MOST_PACKED = 75
# Where money or rights are decided a statement is read once.
DECIDING = (
    "handlers/approvals/",
    "handlers/invoices/model/",
    "handlers/ledger/",
    "handlers/people/",
    "handlers/reminders/",
)


@pytest.mark.parametrize("room", ROOMS)
def test_bindings_say_what_they_hold(room: str) -> None:
    assert vague_share(room) <= MOST_VAGUE, "see tests/contract/measures.py for the words"


def test_no_folder_holds_too_much() -> None:
    refuse(
        f"{folder} holds {count} modules; at most {MOST_IN_A_FOLDER}: divide it by what they do."
        for folder, count in folders().items()
        if count > MOST_IN_A_FOLDER
    )


def test_files_are_named_by_nouns() -> None:
    refuse(f"{path} is named after an act: name it by what it holds." for path in gerunds())


@pytest.mark.parametrize("room", ROOMS)
def test_code_is_read_at_speaking_pace(room: str) -> None:
    assert density(room).lines_per_decision >= LEAST_LINES_A_DECISION


@pytest.mark.parametrize("room", ROOMS)
def test_code_is_not_packed_into_comprehensions(room: str) -> None:
    assert density(room).comprehensions <= MOST_COMPREHENSIONS[room]


def test_what_decides_about_money_or_rights_is_read_once() -> None:
    refuse(
        f"{place} holds more than one comprehension or conditional expression: name the steps."
        for source in sources("handlers")
        if source.path.startswith(DECIDING)
        for place in packed_statements(source)
    )


def test_no_more_statements_want_to_be_read_twice() -> None:
    packed = [place for source in sources("handlers") for place in packed_statements(source)]
    assert len(packed) <= MOST_PACKED
