"""What a title names of the open items, told in lines: which digits, which numbers, how well they
agree, and what else is known of them.
"""

from collections.abc import Collection
from decimal import Decimal

import pytest

from handlers.ledger.model.matching.candidates import find, spreads
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.titles import read_title
from tests.ledger.test_matching import item

SERIES = ("FV/2026/11/0042", "FV/2026/11/0043")
FLAGS = ("introduced", "listed", "together", "whole", "reference")


def told(title: str, numbers: Collection[str], customers: Collection[str] = ()) -> list[str]:
    """``0-2 FV/2026/11/0042 full introduced whole`` for each mention."""
    return told_of(title, Index(map(item, numbers)), customers)


def told_of(title: str, index: Index, customers: Collection[str] = ()) -> list[str]:
    lines: list[str] = []
    found = find(read_title(title, Decimal(1)), index, frozenset(customers))
    for mention in found.mentions:
        meant = " ".join(index.items[place].number for place in mention.places)
        flags = " ".join(flag for flag in FLAGS if getattr(mention, flag))
        weight = mention.weight.name.lower()
        lines.append(f"{mention.first}-{mention.last} {meant} {weight} {flags}".rstrip())
    return lines


FIRST = "0-2 FV/2026/11/0042 full introduced whole"


@pytest.mark.parametrize(
    ("title", "numbers", "mentions"),
    [
        ("FV/2026/11/0042, 43", SERIES, [FIRST, "3-3 FV/2026/11/0043 full introduced listed"]),
        ("FV/2026/11/0042 i 43", SERIES, [FIRST, "3-3 FV/2026/11/0043 full introduced listed"]),
        ("KAT/2026/0042", ("KAT/2026/0042",), ["0-1 KAT/2026/0042 full introduced whole"]),
        # Only a comma or an "and" says that it is a list.
        ("FV/2026/11/0042 43", SERIES, [FIRST, "3-3 FV/2026/11/0043 weak introduced listed"]),
        ("FV/2026/11/0042 nr 43", SERIES, [FIRST, "3-3 FV/2026/11/0043 weak introduced listed"]),
        ("FV/2026/11/0042 z 43", SERIES, [FIRST]),
        ("FV/2026/11/0042, z 43", SERIES, [FIRST]),  # a date follows
        ("FV/2026/11/0042 umowa 43", SERIES, [FIRST]),
        ("99 z dnia 11.2026", ("11/2026",), []),
        ("43 umowa FV/2026/11/0042", SERIES, ["1-3 FV/2026/11/0042 full introduced whole"]),
        (
            "43, FV/2026/11/0042",
            SERIES,
            [
                "0-0 FV/2026/11/0043 full introduced listed",
                "1-3 FV/2026/11/0042 full introduced whole",
            ],
        ),
        (
            "43 i 44/11/2026",
            ("43/11/2026", "44/11/2026"),
            ["0-0 43/11/2026 strong listed", "1-3 44/11/2026 strong whole"],
        ),
        (
            "2026/11/0042, 43",
            SERIES,
            ["0-2 FV/2026/11/0042 weak whole", "3-3 FV/2026/11/0043 weak listed"],
        ),
        (
            "FVS/2026/0042, FVS/0043",
            ("FVS/2026/0042", "FVS/2026/0043"),
            [
                "0-1 FVS/2026/0042 full introduced whole",
                "2-2 FVS/2026/0043 full introduced listed",
            ],
        ),
        (
            "FVS/2026/0042, FVP/0043",
            ("FVS/2026/0042", "FVS/2026/0043"),
            [
                "0-1 FVS/2026/0042 full introduced whole",
                "2-2 FVS/2026/0043 doubtful introduced",
            ],
        ),
        # From one that is known to the next, and so back to the first.
        (
            "44, 43, FV/2026/11/0042",
            (*SERIES, "FV/2026/11/0044"),
            [
                "0-0 FV/2026/11/0044 full introduced listed",
                "1-1 FV/2026/11/0043 full introduced listed",
                "2-4 FV/2026/11/0042 full introduced whole",
            ],
        ),
        # A range speaks of all its numbers at once, and is no neighbour.
        (
            "42-43/11/2026, 44",
            ("42/11/2026", "43/11/2026", "44/11/2026"),
            ["0-3 42/11/2026 43/11/2026 strong introduced together whole"],
        ),
    ],
)
def test_a_number_in_a_list_is_as_sure_as_its_neighbour_and_their_link(
    title: str, numbers: Collection[str], mentions: list[str]
) -> None:
    assert told(title, numbers) == mentions


@pytest.mark.parametrize(
    ("title", "number", "mentions"),
    [
        # More digits are joined to it: it is another number.
        ("2026/42/7", "2026/42", []),
        ("7/2026/42", "2026/42", []),
        ("2026-42-7", "2026-42", []),
        ("7-12345", "12345", []),
        ("12345-7", "12345", []),
        ("7-2026/42", "2026/42", ["1-2 2026/42 weak whole"]),  # the dash is none of its signs
        # With a short year, the other way round, or without any sign.
        ("42/11/26", "42/11/2026", ["0-2 42/11/2026 weak whole"]),
        ("umowa 42/11/26", "42/11/2026", []),
        ("2026/11/42", "42/11/2026", ["0-2 42/11/2026 weak"]),
        # What may be a month, or is short, is not surely all of a number.
        ("99, 11/2026", "11/2026", ["1-2 11/2026 weak"]),
        ("faktura 1234", "1234", ["0-0 1234 weak introduced"]),
        ("faktura 12345", "12345", ["0-0 12345 strong introduced whole"]),
        ("26/42", "2026/42", ["0-1 2026/42 weak"]),
        ("42/2026", "FV 42/26", ["0-1 FV 42/26 weak whole"]),
        ("5 2026110042", "FV/2026/11/0042", ["1-1 FV/2026/11/0042 weak whole"]),
        ("5, FV2026110042", "FV/2026/11/0042", ["1-1 FV/2026/11/0042 full introduced whole"]),
    ],
)
def test_a_whole_number_is_found_however_it_is_written(
    title: str, number: str, mentions: list[str]
) -> None:
    assert told(title, [number]) == mentions


@pytest.mark.parametrize(
    ("title", "mentions"),
    [
        ("42", ["0-0 FV/2026/11/0042 weak"]),
        ("faktura 42", ["0-0 FV/2026/11/0042 weak introduced"]),
        ("11/42", ["0-1 FV/2026/11/0042 weak"]),
        ("faktura 11/42", ["0-1 FV/2026/11/0042 weak introduced"]),
        ("FVS 11/42", ["0-1 FV/2026/11/0042 doubtful introduced"]),
        ("FVX/11/42", ["0-1 FV/2026/11/0042 doubtful"]),
        ("umowa 42", []),
        ("okres 42", []),  # of a period nothing is a part of a number, though it be no month
        ("okres 0042", []),
    ],
)
def test_a_part_of_a_number_is_weak_at_best(title: str, mentions: list[str]) -> None:
    assert told(title, SERIES[:1]) == mentions


@pytest.mark.parametrize(
    ("title", "mentions"),
    [
        ("998877", ["0-0 A/1 full together reference"]),
        ("zaplata 998877", ["0-0 A/1 full together reference"]),
        ("5 998877", ["1-1 A/1 full together reference"]),
        ("PO 12", ["0-0 A/2 full together reference"]),
        ("po-0012, 998877", ["0-0 A/2 full together reference", "1-1 A/1 full together reference"]),
        ("PO 12 WZ 7", ["0-0 A/2 full together reference"]),
        ("PO 1 12", []),
        ("ABC DEF", []),  # without a digit it is no reference
    ],
)
def test_references_stand_for_their_items(title: str, mentions: list[str]) -> None:
    references = {"A/1": ("998877", "ABC DEF"), "A/2": ("PO 12",)}
    index = Index([item(number, references=given) for number, given in references.items()])
    assert told_of(title, index) == mentions


@pytest.mark.parametrize(
    ("title", "numbers", "mentions"),
    [
        (
            "2026/11/42",
            ("2026/11", "2026/42"),
            ["0-2 2026/11 2026/42 strong introduced together whole"],
        ),
        (
            "42-43/2026",
            ("42/2026", "43/2026"),
            ["0-2 42/2026 43/2026 strong introduced together whole"],
        ),
        # A number that is open is no range of others.
        ("2026/11/42", ("2026/11/42", "2026/11", "2026/42"), ["0-2 2026/11/42 strong whole"]),
        ("5, 2026/11/42", ("2026/11/42", "2026/11", "2026/42"), ["1-3 2026/11/42 strong whole"]),
    ],
)
def test_a_range_is_read_where_nothing_has_its_whole_number(
    title: str, numbers: Collection[str], mentions: list[str]
) -> None:
    assert told(title, numbers) == mentions


@pytest.mark.parametrize(
    ("title", "number", "names_others"),
    [
        ("FV/2026/11/0042", "FV/2026/11/0042", False),
        ("7/8 FV/2026/11/0042", "FV/2026/11/0042", False),
        ("faktura 7/8, FV/2026/11/0042", "FV/2026/11/0042", True),
        ("faktura 7/8", "FV/2026/11/0042", True),
        ("7-2026/42", "2026/42", True),  # a part of it is no open one's
        ("", "2026/42", False),
    ],
)
def test_numbers_that_no_open_one_has_are_told(title: str, number: str, names_others: bool) -> None:
    found = find(read_title(title, Decimal(1)), Index([item(number)]), frozenset())
    assert found.other_numbers is names_others


def test_what_very_many_could_mean_only_a_payers_own_do() -> None:
    numbers = [f"FV/{year}/{month}/0042" for year in range(2022, 2027) for month in range(1, 13)]
    payer = item("1").customer_id
    (mention,) = told("fv 42", numbers[:50])
    assert mention.count("FV/") == 50
    assert told("fv 42", numbers[:51]) == []
    (mention,) = told("fv 42", numbers[:51], [payer])
    assert mention.count("FV/") == 51


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        (
            "2026/11/42/43/44",
            [
                "2026.11.42.43 2026.11.42.44",
                "2026.11.42 2026.11.43 2026.11.44",
                "2026.11 2026.42 2026.43 2026.44",
            ],
        ),
        ("42/43/11/2026", ["42.11.2026 43.11.2026", "42.2026 43.2026 11.2026"]),
        ("2026/11/42", ["2026.11 2026.42"]),
        (
            "42/11/2026/2025",  # of two years neither is a running number
            ["42.2026.2025 11.2026.2025", "42.2025 11.2025 2026.2025"],
        ),
        ("2026/11/42/2025", []),
        ("7/8/9", []),
        ("42-44/2026", ["42.2026 43.2026 44.2026", "42.2026 44.2026"]),
        ("44-42/2026", ["44.2026 42.2026"]),
        ("2026/42-43", ["2026.42 2026.43", "2026.42 2026.43"]),
        ("7-7/8", []),
        ("1-31/5", [" ".join(f"{n}.5" for n in range(1, 32))]),
        ("1-32/5", []),
    ],
)
def test_numbers_joined_to_one_may_be_more_of_its_series(title: str, numbers: list[str]) -> None:
    read = read_title(title, Decimal(1))
    (group,) = read.groups()
    spread = [" ".join(".".join(parts) for parts in each) for each in spreads(read, *group)]
    assert spread == numbers
