"""Who is asked when nobody is left."""

import pytest
from sqlalchemy import Engine

from bot import catalogue
from bot.kit.catalogue import ApprovalStep, Catalogue
from bot.slack import HOME
from handlers.approvals import chain
from storage import people
from tests.tickets.small import Small, person


@pytest.fixture
def small(engine: Engine, rules: Catalogue) -> Small:
    return Small(engine, rules)


@pytest.fixture
def rules() -> Catalogue:
    return catalogue.load(None)


def test_administrators_are_asked_where_only_the_requester_is_named(small: Small) -> None:
    step = ApprovalStep(approvers=("anna@baltyk-balaton.example",))
    with small.turns.turn(HOME) as turn:
        people.save_person(turn, {**person("U0BOSS"), "is_admin": True})
        (resolved,) = chain.resolved(turn, [step], "it", {"U0ANNA"})
    assert resolved == {"needs": "any", "people": [["U0BOSS", None]]}


def test_all_agents_of_a_department_are_asked_but_the_requester(small: Small) -> None:
    step = ApprovalStep(approvers=("agents:it",), needs="majority")
    with small.turns.turn(HOME) as turn:
        (resolved,) = chain.resolved(turn, [step], "hr", {"U0DANIEL"})
    assert resolved["people"] == [["U0TOMASZ", None]]


def test_nobody_at_all_is_a_sentence(small: Small) -> None:
    step = ApprovalStep(approvers=("anna@baltyk-balaton.example",))
    with small.turns.turn(HOME) as turn, pytest.raises(chain.NobodyToApprove):
        chain.resolved(turn, [step], "it", {"U0ANNA"})
