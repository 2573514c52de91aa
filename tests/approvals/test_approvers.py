"""Who is asked when nobody is left."""

from typing import Any

import pytest
from sqlalchemy import Engine

from bot.catalogue import loader
from bot.kit.catalogue import ApprovalStep, Catalogue
from bot.slack import HOME
from handlers.approvals.service import approvers
from storage.people import people
from tests.tickets.small import Small, person


@pytest.fixture
def small(engine: Engine, rules: Catalogue) -> Small:
    return Small(engine, rules)


@pytest.fixture
def rules() -> Catalogue:
    return loader.load(None)


def test_administrators_are_asked_where_only_the_requester_is_named(small: Small) -> None:
    step = ApprovalStep(approvers=("anna@baltyk-balaton.example",))
    with small.turns.turn(HOME) as turn:
        people.save_person(turn, {**person("U0BOSS"), "is_admin": True})
        (resolved,) = approvers.resolved(turn, [step], "it", {"U0ANNA"})
    assert resolved["people"] == [["U0BOSS", None]]


def test_all_agents_of_a_department_are_asked_but_the_requester(small: Small) -> None:
    step = ApprovalStep(approvers=("agents:it",), needs="majority")
    with small.turns.turn(HOME) as turn:
        (resolved,) = approvers.resolved(turn, [step], "hr", {"U0DANIEL"})
    assert resolved["people"] == [["U0TOMASZ", None]]


def test_nobody_at_all_is_a_sentence(small: Small) -> None:
    step = ApprovalStep(approvers=("anna@baltyk-balaton.example",))
    with small.turns.turn(HOME) as turn, pytest.raises(approvers.NobodyToApprove):
        approvers.resolved(turn, [step], "it", {"U0ANNA"})


def test_whoever_was_named_one_by_one_may_decide_while_they_are_there(small: Small) -> None:
    """As chains were kept before their rules were."""
    step: dict[str, Any] = {"needs": "any", "people": [["U0ANNA", None], ["U0TOMASZ", "U0DANIEL"]]}
    with small.turns.turn(HOME) as turn:
        assert approvers.asked_now(turn, step, {"U0PIOTR"}) == [
            ("U0ANNA", None),
            ("U0TOMASZ", "U0DANIEL"),
        ]
        people.save_person(turn, {**person("U0ANNA"), "is_deleted": True})
        assert approvers.asked_now(turn, step, {"U0PIOTR"}) == [("U0TOMASZ", "U0DANIEL")]
        people.save_person(turn, {**person("U0TOMASZ"), "is_external": True})
        people.save_person(turn, {**person("U0BOSS"), "is_admin": True})
        assert approvers.asked_now(turn, step, {"U0PIOTR"}) == [("U0BOSS", None)]


def test_whoever_decides_in_anothers_place_may_no_longer_when_neither_is_named(
    small: Small,
) -> None:
    step = ApprovalStep(approvers=("agents:it",))
    handed = [("U0TOMASZ", None), ("U0EWA", "U0TOMASZ"), ("U0LENA", "U0EWA")]
    with small.turns.turn(HOME) as turn:
        (resolved,) = approvers.resolved(turn, [step], "it", {"U0ANNA"})
        assert approvers.able_of(turn, resolved, {"U0ANNA"}, handed) == {
            "U0TOMASZ",
            "U0EWA",
            "U0LENA",
        }
        people.save_members(turn, "C0IT", ["U0DANIEL"])
        assert approvers.able_of(turn, resolved, {"U0ANNA"}, handed) == set()


def test_a_line_that_returns_to_its_beginning_ends() -> None:
    assert approvers.line_of("U0EWA", {"U0EWA": "U0TOMASZ", "U0TOMASZ": "U0EWA"}) == {
        "U0EWA",
        "U0TOMASZ",
    }
