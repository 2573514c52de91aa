"""An office where people pay late, twice, in part and with slips of the pen: what is sure is never
wrong.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random
from timeit import timeit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit.folding import fold_number
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.prefilter import sought
from handlers.ledger.model.matching.values import Allocation, Direction, Level, Match, OpenItem
from handlers.ledger.model.matching.verdict import match
from handlers.ledger.statements.accounts import account_key
from handlers.ledger.statements.values import Entry
from tests.ledger.office import Office, Payment

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
    for _ in range(PAYMENTS // 2):
        payment = office.payment()
        near = near_to(payment.entry, everything)
        assert match(payment.entry, Index(near, everything.letters)) == match(
            payment.entry, everything
        ), payment


def near_to(entry: Entry, index: Index) -> list[OpenItem]:
    """By number, payer and amount."""
    payers = index.names.of(entry.counterparty) | index.with_account.get(
        account_key(entry.counterparty_account) or "", set()
    )
    named = sought([entry]).quick(index.letters)
    return [
        item
        for item in index.items
        if item.customer_id in payers
        or item.expected == entry.amount
        or named(item.number, fold_number(item.number), None)
    ]


def test_most_numbers_are_told_by_their_parts_as_by_all_of_them() -> None:
    office = Office(Random(3), customers=40, invoices=300)
    others = [
        "FS 77/2026/WAW",
        "F20260042",
        "20260042",
        "FV/2026/2031",
        "FV/2026/11/0200011",
        "2026",
        "0042",
    ]
    numbers = [*others, *(item.number for item in office.all)]
    letters = Index(office.all).letters | {"fs", "waw", "f", "fv"}
    titles = [
        *others,
        "42/2026",
        "faktura 2026/0042-0045",
        *(office.payment().entry.title for _ in range(PAYMENTS)),
    ]
    for title in titles:
        named, folded = sought([typed(title)]), {number: fold_number(number) for number in numbers}
        quick = named.quick(letters)
        assert [quick(*one, None) for one in folded.items()] == [
            named.may_name(*one) for one in folded.items()
        ], title


def test_number_that_only_looks_like_a_year_and_more_is_not_taken_apart() -> None:
    named = sought([typed("FV/2026/11/0200011"), typed("11/2000")])
    assert named.may_name("FV/2026/11/0200011", "fv.2026.11.200011")
    assert not named.may_name("FV/2026/11/0200111", "fv.2026.11.200111")


def test_numbers_between_two_are_sought_where_they_are_a_range() -> None:
    wanted = "0044/11/2026", fold_number("0044/11/2026")
    assert sought([typed("fv 0042-0045/11/2026")]).may_name(*wanted)
    assert not sought([typed("fv 0042/0045/11/2026")]).may_name(*wanted)


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("FV/2026/11/0042", "FV/2026/11/0042"),
        ("fv 42", "FV/2026/11/0042"),
        ("42/11", "FV/2026/11/0042"),
        ("FV2026110042", "FV/2026/11/0042"),
        ("42/2026", "F20260042"),
        ("20260042", "FV/2026/0042"),
        ("42/11/26", "42/11/2026"),
        ("42/11/2026", "42/11/26"),
        ("FV/2026/11/OO42", "FV/2026/11/0042"),
        ("fv 0042-0045/11/2026", "0044/11/2026"),
        ("42 i 43/11/2026", "42/11/2026"),
        ("FV/2026/2031", "FV/2026/2031"),
        ("77", "FS 77/2026/WAW"),
        ("faktura 12345", "12345"),
    ],
)
def test_title_may_name_a_number_however_it_is_typed(title: str, number: str) -> None:
    named = sought([typed(title)])
    assert named.may_name(number, fold_number(number))
    assert not named.may_name("FV/2026/10/0099", fold_number("FV/2026/10/0099"))


def test_title_may_name_an_invoice_by_its_ksef_number() -> None:
    ksef = "7251100004-20261102-0A1B2C3D4E5F-6A"
    named = sought([typed(f"zaplata {ksef.lower()}")])
    assert named.may_name("FV 9", "fv.9", ksef)
    assert not named.may_name("FV 9", "fv.9", "7251100004-20261102-0A1B2C3D4E5F-7A")


def typed(title: str) -> Entry:
    return Entry(date(2026, 11, 20), Decimal("7.77"), "PLN", title, None, None)


def said(verdict: Match) -> tuple[object, ...]:
    return verdict.level, verdict.allocations, verdict.left, verdict.reasons


def paid(allocation: Allocation) -> OpenItem:
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
