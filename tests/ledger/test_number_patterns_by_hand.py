"""Which numbers of a pattern some digits may mean, written out by hand; and which a title may name
only by what stands beside it.
"""

from random import Random

import pytest

from handlers.ledger.model.matching.number_patterns import NumberPatterns
from storage.invoices.number_patterns import patterns_of
from tests.ledger.test_named_numbers import among, names


def patterns(*numbers: str) -> NumberPatterns:
    return NumberPatterns(patterns_of(numbers))


MONTHS = [str(n) for n in range(13)]


@pytest.mark.parametrize(
    ("number", "digits", "running"),
    [
        ("FV/2026/11/0042", "43", [f"fv.2026.{m}.43" for m in MONTHS]),
        ("FV/2026/11/0042", "12345", [f"fv.2026.{m}.12345" for m in MONTHS]),
        ("42/11/2026", "43", [f"43.{m}.2026" for m in MONTHS]),
        ("42/11/2026", "7", []),  # it is written with two digits
        ("2026/11/42", "43", [f"2026.{m}.43" for m in MONTHS]),
        ("42/2026", "43", ["43.2026"]),
        ("2025/2026/0042", "42", ["2025.2026.42"]),  # a year that is left is no other one
        ("5/2026/6/7", "8", [f"8.2026.{m}.{n}" for m in MONTHS for n in MONTHS]),
        ("F20260042", "42", ["f.202642", "f.2026042", "f.20260042", "f.202600042"]),
        ("FV 0042", "42", []),  # without a year it is the whole number
        ("2026/1234/0077/A", "77", []),
        ("2026/55/0042/56/57", "42", []),
    ],
)
def test_a_running_number_is_completed_by_what_its_pattern_has(
    number: str, digits: str, running: list[str]
) -> None:
    assert sorted(patterns(number).running(digits)) == sorted(running)


@pytest.mark.parametrize(
    ("number", "begins", "ends"),
    [
        ("0077/1234/2026", ["88."], []),
        ("FV 0077/1234/2026", ["fv.88."], []),
        ("2026/1234/0077/A", [], [".88.a"]),
        ("2026/1234/0077", [], [".88"]),
        ("2026/55/0042/56/57", [], []),  # in the middle it is neither
        ("42/11/2026", [], []),  # all of these can be counted
        ("2026/11/42", [], []),
        ("42/2026", [], []),
        ("88", [], []),
    ],
)
def test_a_number_of_which_too_much_is_open_is_known_by_its_end_or_beginning(
    number: str, begins: list[str], ends: list[str]
) -> None:
    known = patterns(number)
    assert list(known.beginnings("88")) == begins
    assert list(known.ends("88")) == ends


@pytest.mark.parametrize(
    ("number", "digits", "parts"),
    [
        ("FV/2026/11/0042", "2026110042", [("2026", "1", "10042"), ("2026", "11", "42")]),
        ("FV/2026/11/0042", "2026117", [("2026", "1", "17"), ("2026", "11", "7")]),
        ("FV/2026/11/0042", "2025110042", []),
        ("FV/2026/11/0042", "2026990042", [("2026", "9", "90042")]),
        ("FV/2026/11/0042", "20261", []),
        ("0042/11", "123456", [("12345", "6")]),
        ("0042/11", "123407", [("1234", "7"), ("12340", "7")]),
        ("0042/11", "711", [("7", "11"), ("71", "1")]),
        ("0042/11", "1", []),
        ("42/0042", "34567", [("34", "567")]),
        ("0042/2026", "1232026", [("123", "2026")]),
        ("0042/2026", "1232025", []),
        ("F20260042/11", "2026123", [("202612", "3")]),
        ("F20260042/11", "2025123", []),
        ("000042", "123456", []),  # one group is not cut
    ],
)
def test_glued_digits_are_cut_wherever_the_pattern_lets_them(
    number: str, digits: str, parts: list[tuple[str, ...]]
) -> None:
    assert sorted(patterns(number).glued(digits)) == sorted(parts)


def test_letters_and_glued_years_of_all_patterns_are_known() -> None:
    known = patterns("FV/2026/11/0042", "F20250042", "KAT/WAW 5/2024")
    assert known.letters == {"fv", "f", "kat", "waw"}
    assert known.glued_years == {"2025"}


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("1042/11/77, 1043", "1043/11/77"),
        ("1042, 1043/11/77", "1042/11/77"),
        ("1042 1043/11/77", "1042/11/77"),
        ("10421177, 1043", "1043/11/77"),
        ("1042, 1043, 1044/11/77", "1042/11/77"),
        (
            "26/11/2025, 26/11/25",
            "2026/11/25",
        ),  # what was written so before is written otherwise too
        ("2026/42/5", "F20260042/5"),
        ("123456789012345678901234567890", "123456789012345/678901234567890"),
        ("1234 56", "1234/56"),
    ],
)
def test_a_title_names_what_only_its_neighbours_complete(title: str, number: str) -> None:
    assert names(among([number], title), number)


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("1042 umowa 1043/11/77", "1042/11/77"),
        ("1042 umowa 5, 1043/11/77", "1042/11/77"),
        ("1042/11/77, 5 umowa 1043", "1043/11/77"),
        ("42, 43/11", "2026/42/43/11"),
        ("2026/11/2025", "26/11/2025"),
        ("42-45", "44"),  # two numbers are no range
        ("1 2", "PROFORMA"),
        ("1234567890123456789012345678901", "1234567890123456/789012345678901"),
    ],
)
def test_a_title_does_not_name_what_stands_apart(title: str, number: str) -> None:
    assert not names(among([number], title), number)


def test_a_title_of_digits_alone_is_not_read_for_ever() -> None:
    random = Random(1)
    digits = " ".join(str(random.randint(10**5, 10**6 - 1)) for _ in range(100))
    assert names(among(["0123456/0042"], "77777780"), "777777/80")
    assert not names(among(["0123456/0042"], f"{digits} 77777780"), "777777/80")


def test_a_ksef_number_is_found_behind_other_digits() -> None:
    ksef = "7251100004-20261102-0A1B2C3D4E5F-6A"
    assert ksef in among(["FV 9"], f"faktura 5, {ksef}").references
