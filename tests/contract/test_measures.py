"""How the code reads: bounds that are held, by the script that prints the figures."""

import subprocess
from pathlib import Path

import pytest

from tests.contract.house import ROOT, refuse, sources
from tests.contract.measures import (
    ROOMS,
    density,
    folders,
    gerunds,
    is_whole_history,
    long_subjects,
    packed_statements,
    vague_share,
)

MOST_VAGUE = 0.01
NEWEST = 50
"""So many commits are looked at."""
MOST_IN_A_FOLDER = 18
LEAST_LINES_A_DECISION = 3.2
# These may become less, and none is added: the aim in handlers is 25.
MOST_COMPREHENSIONS = {"bot": 28, "handlers": 25, "storage": 30}
MOST_PACKED = 64
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


def test_subjects_of_commits_fit_a_line() -> None:
    if not is_whole_history(ROOT):
        pytest.skip("the history is not here: no repository, no git, or a shallow clone")
    refuse(
        f"The commit “{subject}” has a subject of {len(subject)} characters; at most 72."
        for subject in long_subjects(ROOT, NEWEST)
    )


def test_a_long_subject_and_a_shallow_clone_are_seen(tmp_path: Path) -> None:
    """Where git is there: it is asked about a repository of two commits."""
    if not is_whole_history(ROOT):
        pytest.skip("the history is not here: no repository, no git, or a shallow clone")
    whole, shallow = tmp_path / "whole", tmp_path / "shallow"
    subjects = ["ż" * 72, "a" * 73]
    _git("init", "-q", str(whole))
    for subject in subjects:
        who = ("-c", "user.name=Ewa", "-c", "user.email=ewa@example.com")
        _git(*who, "-C", str(whole), "commit", "-q", "--allow-empty", "-m", subject)
    _git("clone", "-q", "--depth", "1", whole.as_uri(), str(shallow))
    assert long_subjects(whole, NEWEST) == ["a" * 73]
    assert [is_whole_history(path) for path in (whole, shallow, tmp_path)] == [True, False, False]


def _git(*words: str) -> None:
    subprocess.run(["git", *words], check=True)
