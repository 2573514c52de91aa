"""An office where people pay late, twice, in part and with slips of the pen: what is sure is never
wrong.
"""

from dataclasses import replace
from functools import partial
from random import Random
from timeit import timeit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.named_numbers import named
from handlers.ledger.model.matching.number_patterns import NumberPatterns
from handlers.ledger.model.matching.values import Allocation, Direction, Level, Match, MatchingItem
from handlers.ledger.model.matching.verdict import match
from handlers.ledger.statements.accounts import account_key
from handlers.ledger.statements.values import Entry
from storage.invoices.number_patterns import patterns_of
from tests.ledger.office import Office, Payment
from tests.ledger.test_named_numbers import names

PAYMENTS = 60


def _match_all(payments: list[Payment], index: Index) -> None:
    for payment in payments:
        match(payment.entry, index)


def check(payment: Payment, verdict: Match) -> None:
    """Sure is never wrong; and whatever the verdict, the sums of money hold."""
    amount = payment.entry.amount
    given_out = sum(allocation.amount for allocation in verdict.allocations)
    assert given_out + verdict.left == amount, payment
    assert all(0 < abs(a.amount) <= abs(a.item.outstanding) for a in verdict.allocations), payment
    assert all(a.item.currency == payment.entry.currency for a in verdict.allocations), payment
    assert bool(verdict.allocations) is (verdict.level is not Level.NONE), payment
    if verdict.level is Level.SURE:
        found = {allocation.item.invoice_id for allocation in verdict.allocations}
        assert found <= payment.meant, (payment, verdict.numbers, verdict.reasons)


@settings(max_examples=15)
@given(st.integers())
def test_sure_is_never_wrong_where_paid_invoices_are_known(seed: int) -> None:
    office = Office(Random(seed))
    index = Index(office.known)
    for _ in range(PAYMENTS):
        payment = office.payment()
        check(payment, match(payment.entry, index))


@settings(max_examples=15)
@given(st.integers())
def test_sure_is_never_wrong_where_only_open_ones_are(seed: int) -> None:
    office = Office(Random(seed), prices=False)
    index = Index(office.open_items)
    for _ in range(PAYMENTS):
        payment = office.payment()
        check(payment, match(payment.entry, index))


def test_same_entry_and_items_give_the_same_verdict() -> None:
    office = Office(Random(1))
    payments = [office.payment() for _ in range(PAYMENTS)]
    once, again = Index(office.known), Index(office.known)
    assert [match(p.entry, once) for p in payments] == [match(p.entry, again) for p in payments]


@pytest.mark.slow
@settings(max_examples=10)
@given(st.integers())
def test_index_that_is_kept_up_says_what_a_new_one_says(seed: int) -> None:
    office = Office(Random(seed))
    kept = Index(office.known)
    for _ in range(PAYMENTS):
        payment = office.payment()
        verdict = match(payment.entry, kept)
        assert said(verdict) == said(match(payment.entry, Index(kept.items))), payment
        kept.renew([one.item for one in verdict.allocations], map(paid, verdict.allocations))


@settings(max_examples=15)
@given(st.integers(), st.booleans())
def test_index_of_what_is_near_says_what_an_index_of_everything_says(
    seed: int, prices: bool
) -> None:
    office = Office(Random(seed), prices=prices)
    everything = Index(office.open_items)
    patterns = NumberPatterns(patterns_of(item.number for item in office.open_items))
    assert patterns.letters == everything.letters
    for _ in range(PAYMENTS // 2):
        payment = office.payment()
        near = near_to(payment.entry, everything, patterns)
        assert match(payment.entry, Index(near, everything.letters)) == match(
            payment.entry, everything
        ), payment


def near_to(entry: Entry, index: Index, patterns: NumberPatterns) -> list[MatchingItem]:
    """By number, payer and amount."""
    payers = index.names.of(entry.counterparty) | index.with_account.get(
        account_key(entry.counterparty_account) or "", set()
    )
    keys = named([entry], patterns)
    return [
        item
        for item in index.items
        if item.customer_id in payers or item.expected == entry.amount or names(keys, item.number)
    ]


def said(verdict: Match) -> tuple[object, ...]:
    return verdict.level, verdict.allocations, verdict.left, verdict.reasons


def paid(allocation: Allocation) -> MatchingItem:
    item = allocation.item
    amount = allocation.amount if item.direction is Direction.RECEIVABLE else -allocation.amount
    return replace(item, outstanding=item.outstanding - amount)


@pytest.mark.slow
def test_a_hundred_times_the_invoices_cost_a_few_times_the_time() -> None:
    small, large = (
        Office(Random(1), invoices=1_000),
        Office(Random(1), customers=5_000, invoices=100_000),
    )
    seconds = []
    for office in (small, large):
        index, payments = Index(office.known), [office.payment() for _ in range(300)]
        matching = partial(_match_all, payments, index)
        seconds.append(timeit(matching, number=3))
    assert seconds[1] < 5 * seconds[0]
