"""The table of rights, asked: whoever has one of the ties may, and nobody else."""

import ast
from itertools import pairwise

import pytest

from handlers.people.model.permissions import RIGHTS, TIES, Right, holders, may
from tests.contract.house import sources


@pytest.mark.parametrize("right", RIGHTS, ids=lambda right: f"{right.noun} {right.verb}")
def test_each_tie_of_a_right_is_enough_and_no_other_is(right: Right) -> None:
    assert holders(right.noun, right.verb) == frozenset(right.who)
    for tie in TIES:
        assert may({tie}, right.noun, right.verb) is (tie in right.who)
    others = TIES.keys() - set(right.who)
    assert not may(others, right.noun, right.verb)
    assert may({*others, right.who[0]}, right.noun, right.verb)
    assert not may(set(), right.noun, right.verb)


def test_what_the_table_does_not_name_is_a_mistake_and_not_a_right() -> None:
    with pytest.raises(KeyError):
        may(set(TIES), "invoice", "forge")


def test_every_right_is_asked_by_its_row_and_nothing_else_is() -> None:
    """A row that nobody asks would be a sentence for the auditor and no rule."""
    asked = {
        (noun.value, verb.value)
        for source in sources("handlers")
        for node in source.nodes
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("may", "holders")
        for noun, verb in pairwise(node.args)
        if isinstance(noun, ast.Constant) and isinstance(verb, ast.Constant)
    }
    assert asked == {(right.noun, right.verb) for right in RIGHTS}


def test_nothing_but_the_table_gives_a_right() -> None:
    """Who works in finance is asked where ties are gathered for the table, and nowhere else."""
    asking = {
        source.path
        for source in sources("handlers")
        for node in source.nodes
        if isinstance(node, ast.Attribute) and node.attr in ("is_finance", "reads_invoices")
    }
    assert asking == {"handlers/documents/service/readers.py"}
