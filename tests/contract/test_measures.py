"""How the code reads: bounds that are held, by the script that prints the figures."""

import pytest

from tests.contract.house import refuse
from tests.contract.measures import ROOMS, density, folders, gerunds, vague_share

MOST_VAGUE = 0.01
MOST_IN_A_FOLDER = 18
LEAST_LINES_A_DECISION = 3.2


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
