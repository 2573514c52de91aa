"""Numbers by their patterns: years stand, other digits are told by how many they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.folding import fold_number
from storage.invoices.number_patterns import kinds_of, patterns_of


@pytest.mark.parametrize(
    ("number", "pattern"),
    [
        ("FV/2026/11/0042", "fv.2026.M.W"),
        ("FV/2026/7/0042", "fv.2026.M.W"),
        ("42/11/2026", "N.M.2026"),
        ("7/07/2026", "M.M.2026"),
        ("FS 77/2026/WAW", "fs.N.2026.waw"),
        ("FV20260042", "fv.2026W"),
        ("20261", "2026W"),
        ("02026/5", "2026.M"),
        ("2050/5", "W.M"),
        ("Złącze 007", "zlacze.W"),
        ("12/2/00", "M.M.M"),
        ("FV/2026/11/002026", "fv.2026.M.2026"),
        ("FV/11/20260042", "fv.M.2026W"),
        ("0042/11", "W.M"),
        ("42/11", "N.M"),
        ("2026042/11", "2026W.M"),
        ("proforma", "proforma"),
        ("", ""),
    ],
)
def test_pattern_of_a_number(number: str, pattern: str) -> None:
    assert patterns_of([number]) == {pattern}


def test_patterns_of_a_series_are_few() -> None:
    numbers = [f"FV/2026/{month:02}/{n:04}" for month in range(1, 13) for n in range(1, 200)]
    assert patterns_of(numbers) == {"fv.2026.M.W"}


@given(st.from_regex(r"[a-cA-C]{0,2}([/. -]?[0-9]{1,9}[a-c]?){0,4}", fullmatch=True))
def test_digits_of_a_number_are_of_the_kinds_of_its_pattern(number: str) -> None:
    (pattern,) = patterns_of([number])
    words, kinds = fold_number(number).split("."), pattern.split(".")
    assert len(words) == len(kinds)
    for word, kind in zip(words, kinds, strict=True):
        assert kind in kinds_of(word) if word.isdigit() else kind == word
