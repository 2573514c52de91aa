"""Periods in words, in three languages; one day stays one day."""

from datetime import date

import pytest

from bot.kit.language.spoken_days import ANY_SIGN, NotADay, refuse_impossible, take_day
from bot.kit.language.spoken_periods import take_period

TODAY = date(2026, 11, 23)
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
QUARTER = (date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("language", "said", "period"),
    [
        ("pl", "od 1.01.2026 do 31.01.2026", JANUARY),
        ("pl", "od 1.01 do 31.01.2026", JANUARY),
        ("pl", "od 1 do 31 stycznia 2026", JANUARY),
        ("pl", "1-31.01.2026", JANUARY),
        ("pl", "1.01.2026-31.01.2026", JANUARY),
        ("pl", "za okres 1.01.2026 - 31.01.2026", JANUARY),
        ("pl", "za styczeń 2026 r.", JANUARY),
        ("pl", "od stycznia do marca 2026", QUARTER),
        ("pl", "od 1/01/2026 do 31/01/2026", JANUARY),
        ("en", "from 1 January to 31 March 2026", QUARTER),
        ("en", "between 1 January and 31 March 2026", QUARTER),
        ("en", "January to March 2026", QUARTER),
        ("en", "2026-01-01 – 2026-01-31", JANUARY),
        ("en", "from 1 November to 31 January", (date(2025, 11, 1), date(2026, 1, 31))),
        ("en", "from 1 December 2025 to 31 January", (date(2025, 12, 1), date(2026, 1, 31))),
        ("hu", "2026.01.01-től 2026.03.31-ig", QUARTER),
        ("hu", "2026. január 1-től 31-ig", JANUARY),
        ("hu", "2026. január 1-től március 31-ig", QUARTER),
        ("hu", "2026. január 1. és március 31. között", QUARTER),
        ("hu", "2026.01.01-2026.03.31", QUARTER),
        ("pl", "od 1.01.2026", (date(2026, 1, 1), None)),
        ("en", "since January 2026", (date(2026, 1, 1), None)),
        ("hu", "2026. január 1. óta", (date(2026, 1, 1), None)),
        ("pl", "od 1.10.2025 do dziś", (date(2025, 10, 1), TODAY)),
        ("pl", "za 2026 rok", (date(2026, 1, 1), TODAY)),
        ("pl", "od 1.01.2026 na 31.01.2026", JANUARY),
        ("pl", "na dzień 31.12.2026", (None, date(2026, 12, 31))),
        ("pl", "do 31.10.2026", (None, date(2026, 10, 31))),
        ("en", "until 31 October 2026", (None, date(2026, 10, 31))),
        ("hu", "2026. december 31-i", (None, date(2026, 12, 31))),
        ("en", "99/88/2026 31/10/2026", (None, date(2026, 10, 31))),
    ],
)
def test_period_is_read_with_both_its_ends(
    language: str, said: str, period: tuple[date | None, date | None]
) -> None:
    asked = take_period(f"kivonat {said} Kowalska", TODAY, language, slashes=True)
    assert (asked.since, asked.until, asked.unclear) == (*period, ())
    assert asked.rest.replace("99/88/2026 ", "") == "kivonat Kowalska"


@pytest.mark.parametrize(
    "said",
    [
        "31.10.2026 30.11.2026",
        "31.10.2026 and 30.11.2026",
        "od 1.10.2026 od 1.11.2026",
        "od 31.10.2026 do 1.10.2026",
        "za 2026 i za październik 2026",
    ],
)
def test_days_that_make_no_period_are_not_guessed_among(said: str) -> None:
    asked = take_period(f"statement {said}", TODAY, "pl")
    assert (asked.since, asked.until) == (None, None)
    again = take_period(" ".join(map(str, asked.unclear)), TODAY, "pl")
    assert len(asked.unclear) > 1
    assert again.unclear == asked.unclear


@pytest.mark.parametrize(
    "text",
    ["Kowalska", "FV/2026/11/0042", "faktura 12/10/2026", "FV 12/10/2026", "Magazyn 24", "Maj"],
)
def test_numbers_and_names_are_no_days(text: str) -> None:
    asked = take_period(text, TODAY, "pl", slashes=True)
    assert (asked.rest, asked.since, asked.until) == (text, None, None)


def test_bare_slashes_are_a_day_only_where_no_number_is_expected() -> None:
    assert take_day("12/10/2026", TODAY) == (None, "12/10/2026")
    assert take_day("12/10/2026", TODAY, slashes=True)[0] == date(2026, 10, 12)


def test_the_thirty_first_of_february_is_refused_and_a_number_like_it_is_not() -> None:
    with pytest.raises(NotADay):
        refuse_impossible("wyciąg 31.02.2026")
    for number in ("31/02/2026", "FV 31-02-2026", "2026.99.12"):
        refuse_impossible(number)


def test_signs_of_ours_in_a_text_are_not_taken_for_days() -> None:
    asked = take_period("statement \ue000 \ue001 Kowalska", TODAY)
    assert (asked.since, asked.until) == (None, None)
    assert not ANY_SIGN.search(take_day("\ue000 today", TODAY)[1])
