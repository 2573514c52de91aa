"""The table of rights, asked: whoever has one of the ties may, and nobody else."""

import pytest

from handlers.people.model.permissions import RIGHTS, TIES, Right, holders, may


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
