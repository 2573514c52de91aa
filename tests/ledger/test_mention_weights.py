"""How well a number in a title agrees with an invoice's: months, days, zeros before it, and letters
that are others.
"""

from decimal import Decimal

import pytest

from handlers.ledger.model.matching.cases import read
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.mention_score import Scale
from handlers.ledger.model.matching.mentions import Weight
from handlers.ledger.model.matching.number_patterns import behind_year
from handlers.ledger.model.matching.titles import read_title
from tests.ledger.test_matching import entry, item

DATES = (
    *("1/2026", "12/2026", "2026/1", "2026/12", "11/2000", "11/2049", "2026/11/30", "30.11.2026"),
    *("31.12.2026", "1.1.2000", "1.1.2049", "2026-01-01"),
)
NO_DATES = (
    *("13/2026", "0/2026", "2026/13", "11/1999", "11/2050", "011/2026", "11/0026", "11/26"),
    *("32.12.2026", "1.1.1999", "1.1.2050", "2026-13-01", "2026-12-32", "2026-00-01"),
    *("2026-01-00", "0.1.2026", "1.0.2026", "1.13.2026", "1.12.26", "001.12.2026", "1.2.3.2026"),
)


@pytest.mark.parametrize(
    ("text", "is_so"), [*((each, True) for each in DATES), *((each, False) for each in NO_DATES)]
)
def test_what_looks_like_a_month_or_a_day(text: str, is_so: bool) -> None:
    title = read_title(text, Decimal(1))
    (group,) = title.groups()
    assert Scale(title, Index([])).looks_like_date(*group) is is_so


@pytest.mark.parametrize(
    ("number", "title", "weight"),
    [
        ("0007/2026", "0007/2026", Weight.STRONG),  # four digits are no month
        ("0007/2026", "007/2026", Weight.WEAK),
        ("0007/2026", "7/2026", Weight.WEAK),
        ("0007/2026", "faktura 7/2026", Weight.STRONG),
        ("0012/2026", "0012/2026", Weight.STRONG),
        ("0012/2026", "12/2026", Weight.WEAK),
        ("0013/2026", "0013/2026", Weight.STRONG),
        ("0013/2026", "13/2026", Weight.WEAK),
        ("0013/2026", "13/2026 0042", Weight.WEAK),  # another number's zeros
        ("0013/2026", "faktura 13/2026", Weight.STRONG),
        ("1013/2026", "1013/2026", Weight.WEAK),
        ("2026/0013", "2026/0013", Weight.STRONG),
        ("2026/0013", "2026/13", Weight.WEAK),
        ("FV/0007/2026", "FV 7/2026", Weight.FULL),
        ("FV/0007/2026", "FVS 7/2026", Weight.WEAK),
        ("0013/2026", "0042 13/2026", Weight.WEAK),
        # Digits alone are long enough, the shorter where a word or letters introduce them.
        ("1234567", "1234567", Weight.STRONG),
        ("123456", "123456", Weight.WEAK),
        ("12345", "faktura 12345", Weight.STRONG),
        ("1234", "faktura 1234", Weight.WEAK),
        ("1234", "5 faktura 1234", Weight.WEAK),
        ("KAT 12345", "KAT 12345", Weight.FULL),
        ("KAT 1234", "KAT 1234", Weight.WEAK),
        # What may be a month or a day needs a word, and the sign that numbers have.
        ("11/2026", "11/2026", Weight.WEAK),
        ("11/2026", "faktura 11/2026", Weight.STRONG),
        ("11/2026", "faktura 11-2026", Weight.WEAK),
        ("KAT 11/2026", "KAT 11-2026", Weight.FULL),
        ("0007/2026", "faktura 007/2026", Weight.WEAK),
        ("0012/2026", "faktura 012/2026", Weight.WEAK),
        ("0013/2026", "faktura 013/2026", Weight.STRONG),
        ("KAT 0007/2026", "KAT 007/2026", Weight.FULL),
        ("7/8", "7/8", Weight.WEAK),
        ("7/8", "faktura 7/8", Weight.STRONG),
        ("7/8/9", "7/8/9", Weight.WEAK),
        ("7/8/9", "faktura 7/8/9", Weight.STRONG),
        ("12/45/67", "12/45/67", Weight.WEAK),
        ("123/45/67", "123/45/67", Weight.STRONG),
        # Letters are those that are joined to it, or the word before where none is.
        ("F/VAT/0042/2026", "FVAT/0042/2026", Weight.FULL),
        ("42/KAT/2026", "42/KAT/2026", Weight.FULL),
        ("KAT/0042/2026", "FV KAT/0042/2026", Weight.FULL),
        ("KAT/0042/2026", "FV KAT 0042/2026", Weight.FULL),
        ("KAT/0042/2026", "KAT FV/0042/2026", Weight.DOUBTFUL),
        # A word for another document is the number's own, or is missed.
        ("UMOWA/0005/2026", "UMOWA/0005/2026", Weight.FULL),
        ("UMOWA/0005/2026", "umowa 0005/2026", Weight.FULL),
        ("UMOWA/0005/2026", "0005/2026", Weight.WEAK),
        # Letters that are the number's own in short, or more of them; others are of another series.
        ("FVS/0042/2026", "FV/0042/2026", Weight.WEAK),
        ("FV/0042/2026", "FVS/0042/2026", Weight.WEAK),
        ("FV/0042/2026", "XFV/0042/2026", Weight.DOUBTFUL),
        ("0042/2026", "FV/0042/2026", Weight.WEAK),
        ("0042/2026", "FX/0042/2026", Weight.DOUBTFUL),
        ("0042/2026", "FV 0042/2026", Weight.STRONG),
    ],
)
def test_a_number_weighs_what_is_written_of_it(number: str, title: str, weight: Weight) -> None:
    case = read(entry(title, "50"), Index([item(number, "100")]), lookalikes=False)
    assert [mention.weight for mention in case.found.mentions] == [weight]


@pytest.mark.parametrize("numbers", [("0042/2026", "FV/0001/2026"), ("FV/0001/2026", "0042/2026")])
def test_letters_of_a_series_that_is_in_use_are_no_abbreviation(numbers: tuple[str, str]) -> None:
    index = Index([item(number, "100") for number in numbers])
    for title, weight in (("FV/0042/2026", Weight.DOUBTFUL), ("FV 0042/2026", Weight.WEAK)):
        case = read(entry(title, "50"), index, lookalikes=False)
        assert [mention.weight for mention in case.found.mentions] == [weight]


def test_digits_behind_a_year_are_as_wide_as_there_is_room() -> None:
    assert list(behind_year("2026", "12")) == ["202612", "2026012", "20260012", "202600012"]
    assert list(behind_year("2026", "12345")) == ["202612345"]
