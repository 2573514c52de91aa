"""An index that hears of a booking is the one that would be built anew."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.values import MatchingItem
from handlers.ledger.statements.accounts import account_key
from tests.ledger.test_matching import BETA, item

ONE = item("FV/2026/11/0042", references=("WZ-7/2026",))
FIRST = item("FV/2026/11/0043", "615.00", references=("WZ-8/2026", "PO 12"))
SECOND = replace(FIRST, outstanding=Decimal("100.00"))
OTHERS = item("FV/2026/11/0044", customer="Beta Sp. j.")
PAID = replace(ONE, outstanding=Decimal(0))


def lists(index: Index) -> dict[str, dict[Any, list[Any]]]:
    """Where what is found, in the order of places; empty lists are none."""
    return {
        name: {key: sorted(places) for key, places in value.items() if places}
        for name, value in vars(index).items()
        if isinstance(value, Mapping)
    }


@pytest.mark.parametrize(
    ("before", "now", "items"),
    [
        ([ONE], [PAID], [PAID, FIRST, OTHERS, SECOND]),
        ([OTHERS], [replace(OTHERS, outstanding=Decimal(1))], None),
        ([FIRST, SECOND], [SECOND, FIRST], [ONE, SECOND, OTHERS, FIRST]),
        ([FIRST], [SECOND, FIRST], [ONE, SECOND, OTHERS, FIRST]),  # one part tells of them all
        ([ONE, OTHERS], [PAID, OTHERS], [PAID, FIRST, OTHERS, SECOND]),
        ([], [], [ONE, FIRST, OTHERS, SECOND]),
    ],
)
def test_what_was_booked_on_is_found_as_it_is_now(
    before: list[MatchingItem], now: list[MatchingItem], items: list[MatchingItem] | None
) -> None:
    index = Index([ONE, FIRST, OTHERS, SECOND])
    index.renew(before, now)
    anew = Index(items or [ONE, FIRST, now[0], SECOND])
    assert (index.items, index.numbers) == (anew.items, anew.numbers)
    assert lists(index) == lists(anew)


def test_fewer_instalments_leave_their_places() -> None:
    index = Index([FIRST, ONE, SECOND])
    left = replace(FIRST, outstanding=Decimal("0.01"))
    index.renew([FIRST, SECOND], [left])
    assert lists(index) == lists(Index([left, ONE]))
    assert index.at([0, 1]) == [left, ONE]


def test_settled_ones_are_no_longer_their_customers() -> None:
    index = Index([PAID, ONE])
    index.renew([PAID], [ONE])  # only what is open has a place to be renewed
    assert [each.outstanding for each in index.items_of([ONE.customer_id])] == [ONE.outstanding]


def test_a_learnt_account_is_one_more_of_the_customer() -> None:
    index = Index([ONE, OTHERS])
    theirs = str(account_key(BETA))
    index.learn(theirs, ONE.customer_id)
    index.learn("1", ONE.customer_id)
    assert index.with_account[theirs] == {ONE.customer_id, OTHERS.customer_id}
    assert index.with_account["1"] == {ONE.customer_id}
