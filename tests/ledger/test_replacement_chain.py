"""Which document stands in the place of which others, told by hand."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.ledger.model.replacement_chain import Age, age_of, in_order, rivals, succession
from storage.invoices.replacements import Naming
from tests.ledger.test_state import PLAIN


def age(n: int) -> Age:
    return date(2026, 11, n), (("", 1, str(n)),)


AGES = {n: age(n) for n in range(1, 10)}


def line(n: int, by: int, original: int | None) -> Naming:
    return Naming(n, by, original, True, None)


@pytest.mark.parametrize(
    ("lines", "order", "on", "last"),
    [
        ([line(1, 2, 1)], [2], {1: 1}, {1: 2, 2: 2}),
        ([line(1, 2, 1), line(2, 3, 2)], [2, 3], {1: 1, 2: 2}, {1: 3, 2: 3, 3: 3}),
        ([line(2, 3, 2), line(1, 2, 1)], [2, 3], {1: 1, 2: 2}, {1: 3, 2: 3}),
        # two name the same one: the later takes the place of the earlier too
        ([line(1, 2, 1), line(2, 3, 1)], [2, 3], {1: 1, 2: 2}, {1: 3, 2: 3}),
        # one takes the place of two
        ([line(1, 5, 1), line(2, 5, 3)], [5], {1: 1, 2: 3}, {1: 5, 3: 5}),
        # a line that names nothing that is known takes no place
        ([line(1, 2, None)], [2], {}, {2: 2}),
        # they name each other: the later one, by age, is the last
        ([line(1, 2, 3), line(2, 3, 2)], [2, 3], {2: 2}, {2: 3, 3: 3}),
        # one that names itself
        ([line(1, 2, 2)], [2], {}, {2: 2}),
        # the same twice by one document
        ([line(1, 2, 1), line(2, 2, 1)], [2], {1: 1}, {1: 2}),
        # it names two, and the younger of these comes before it
        ([line(1, 2, 4), line(2, 2, 1), line(3, 4, 3)], [4, 2], {3: 3, 1: 4, 2: 1}, {3: 2, 4: 2, 1: 2}),
        # a circle of three
        ([line(1, 2, 4), line(2, 3, 2), line(3, 4, 3)], [2, 3, 4], {2: 2, 3: 3}, {2: 4, 3: 4, 4: 4}),
        # in a circle a line stands on the last one before its own invoice
        ([line(1, 3, 4), line(2, 4, 3), line(3, 2, 1)], [2, 3, 4], {3: 1, 2: 3}, {1: 2, 3: 4}),
    ],
)  # fmt: skip
def test_the_last_document_is_asked_for(
    lines: list[Naming], order: list[int], on: dict[int, int], last: dict[int, int]
) -> None:
    chain = succession(lines, AGES)
    assert list(chain.order) == order
    assert chain.on == on
    assert {item: chain.last(item) for item in last} == last
    assert chain.last(99) == 99


@pytest.mark.parametrize(
    ("lines", "item", "expected"),
    [
        ([line(1, 2, 1)], 1, []),
        ([line(1, 2, 1), line(2, 3, 2)], 1, []),  # each names the one before it
        ([line(1, 2, 1), line(2, 3, 1)], 1, [2, 3]),
        ([line(1, 2, 1), line(2, 3, 1)], 2, [2, 3]),
        ([line(1, 2, 1), line(2, 3, 1), line(3, 4, 1)], 1, [2, 3, 4]),
        ([line(1, 2, 1), line(2, 3, 1), line(3, 4, 3)], 1, [2, 4]),
        ([line(1, 2, 3), line(2, 3, 2)], 2, [2, 3]),  # they name each other
    ],
)
def test_rivals_are_those_that_do_not_follow_from_each_other(
    lines: list[Naming], item: int, expected: list[int]
) -> None:
    assert rivals(lines, succession(lines, AGES), item) == expected


@pytest.mark.parametrize(
    ("named", "order"),
    [
        ({2: {1}, 3: {2}}, [2, 3]),
        ({3: {1}, 2: {3}}, [3, 2]),  # what is named comes first, however young
        ({5: {1}, 4: {1}, 3: {1}}, [3, 4, 5]),
        ({3: {2}, 2: {3}}, [2, 3]),
        ({2: {4}, 3: {2}, 4: {3}}, [2, 3, 4]),
        ({4: {2}, 2: {3}, 3: {4}, 1: {4}}, [2, 3, 4, 1]),
        ({2: {2}}, [2]),
        ({}, []),
    ],
)
def test_each_comes_after_those_that_it_names(named: dict[int, set[int]], order: list[int]) -> None:
    assert in_order(named, AGES) == order


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("F/9", "F/10"),
        ("F/1/2026", "F/2/2026"),
        ("F/002", "F/10"),
        ("F/9/1", "F/9/2"),
        ("A/1", "B/1"),
    ],
)
def test_of_one_day_the_higher_number_is_the_later(earlier: str, later: str) -> None:
    day = date(2026, 11, 2)
    first, second = (replace(PLAIN, number=n, issued_on=day) for n in (earlier, later))
    assert age_of(first) < age_of(second)


def test_zeros_do_not_make_a_number_later_and_no_day_is_the_earliest() -> None:
    dated = replace(PLAIN, number="F/1", issued_on=date(1990, 1, 1))
    undated = replace(PLAIN, number="F/2")
    assert age_of(undated) < age_of(dated)
    assert age_of(replace(dated, number="F/007")) == age_of(replace(dated, number="F/7"))
