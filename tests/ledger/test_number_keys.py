"""The keys by which a number is found, however it is typed; and what the words before it say."""

from decimal import Decimal

import pytest

from handlers.ledger.model.matching.numbers import (
    compact_keys,
    full_keys,
    number,
    sequence_key,
    yearless_key,
)
from handlers.ledger.model.matching.titles import Introduction, Link, read_title


@pytest.mark.parametrize(
    ("written", "full", "compact", "yearless", "sequence"),
    [
        ("FV/2026/11/0042", "2026.11.42", "2026110042 20261142", "11.42", "42"),
        ("42/11/2026", "42.11.2026", "42112026", "42.11", "42"),
        ("42/11/26", "42.11.26 42.11.2026 2042.11.26", "421126", None, None),
        ("11/0042/2026", "11.42.2026", "1100422026 11422026", "11.42", "42"),  # the wide one
        ("2026/7/8", "2026.7.8", "202678", "7.8", "8"),
        ("7/8/2026", "7.8.2026", "782026", "7.8", "7"),
        ("7/2026/8", "7.2026.8", "720268", "7.8", "7"),
        (
            "0007/0008/2026",
            "7.8.2026",
            "700082026 782026",
            "7.8",
            "7",
        ),  # of two wide ones the first
        ("2026/7", "2026.7", "", None, "7"),
        ("2026/42", "2026.42", "202642", None, "42"),
        ("2026", "2026", "", None, None),
        ("7/8", "7.8", "", None, None),
        # Glued behind a year: cut where it can be only one of the two.
        ("20261", "20261", "", None, None),
        ("202611", "202611 2026.11", "", None, "11"),
        ("202600", "202600 2026.0", "", None, "0"),
        ("202613", "202613 2026.13", "", None, "13"),
        ("2026117", "2026117 2026.117", "", None, "117"),
        ("20260042", "20260042 2026.42", "", None, "42"),
        ("202600042", "202600042 2026.42", "", None, "42"),
        ("2026110042", "2026110042", "", None, None),  # a month may stand in it
        ("A20260042/5", "20260042.5 2026.42.5", "202600425", None, None),
        ("5/20260042/6", "5.20260042.6 5.2026.42.6", "5202600426", None, None),
        ("19990042", "19990042", "", None, None),
        ("", "", "", None, None),
        ("ABC", "", "", None, None),
        ("12/345", "12.345 2012.345", "", None, None),
        ("123/456", "123.456", "123456", None, None),
    ],
)
def test_keys_of_a_number(
    written: str, full: str, compact: str, yearless: str | None, sequence: str | None
) -> None:
    read = number(written)
    assert full_keys(read) == set(full.split())
    assert compact_keys(read) == set(compact.split())
    assert (yearless_key(read), sequence_key(read)) == (yearless, sequence)


INVOICE, OTHER, DATE, NOTHING = (
    Introduction.INVOICE,
    Introduction.OTHER,
    Introduction.DATE,
    Introduction.NOTHING,
)


@pytest.mark.parametrize(
    ("title", "introductions"),
    [
        ("7", [NOTHING]),
        ("faktura 7", [INVOICE]),
        ("faktura nr 7", [INVOICE]),
        ("FV/7", [INVOICE]),
        ("umowa 7", [OTHER]),
        ("umowa nr 7", [OTHER]),
        ("z dnia 7", [DATE]),
        ("listopad 7", [DATE]),
        ("czynsz 7", [NOTHING]),
        ("faktura czynsz 7", [NOTHING]),
        ("faktura KAT/7", [NOTHING]),
        ("faktura, 7", [NOTHING]),
        ("faktura nr nr nr nr nr 7", [NOTHING]),  # further than words are looked at
        ("faktura nr nr nr nr 7", [INVOICE]),
        # A number in a list shares what is said of the first.
        ("faktura 7, 8", [INVOICE, INVOICE]),
        ("faktura 7 i 8", [INVOICE, INVOICE]),
        ("umowa 7, 8", [OTHER, OTHER]),
        ("faktura 7 8", [INVOICE, NOTHING]),
        ("faktura 7, umowa 8", [INVOICE, OTHER]),
        ("umowa 5 faktura 7, 8", [OTHER, INVOICE, INVOICE]),
        ("faktura 7, 8/9", [INVOICE, INVOICE, NOTHING]),
        ("faktura 7/11, 8, 9", [INVOICE, NOTHING, INVOICE, INVOICE]),
        # A word of no meaning ends the search, unless it is joined to the number.
        ("faktura 7, za/8", [INVOICE, INVOICE]),
        ("faktura 7, za 8", [INVOICE, NOTHING]),
        ("faktura 7, za nr/8", [INVOICE, NOTHING]),
        # What stands behind it says more.
        ("faktura 7 szt", [OTHER]),
        ("7 sz. szamla", [INVOICE]),
        ("7 szamu szamla", [INVOICE]),
        ("7, szamla", [NOTHING]),
        ("7/8 szt", [OTHER, OTHER]),
        ("7 sz aa bb szamla", [NOTHING]),
        ("7 sz szamla, 8", [INVOICE, NOTHING]),
    ],
)
def test_introductions(title: str, introductions: list[Introduction]) -> None:
    read = read_title(title, Decimal(1))
    assert [read.introduction(n) for n in range(len(read.digits))] == introductions


@pytest.mark.parametrize("written", ["50,00", "50.00"])
def test_the_amount_of_the_money_is_no_number(written: str) -> None:
    assert read_title(f"FV 7 na {written}", Decimal(-50)).raw(0, 9) == ("7",)
    assert read_title(f"FV 7 na {written}", Decimal(51)).raw(0, 9) == ("7", "50", "00")
    assert read_title(f"FV 7/{written}", Decimal(50)).raw(0, 9) == ("7", "50", "00")


def test_a_split_payment_tells_its_invoice_and_more() -> None:
    whole = "/VAT/10,00/IDC/7251100004/INV/FV 7/TXT/umowa 8"
    assert read_title(whole, Decimal(1)).tokens == ("faktura", "fv", "7", "umowa", "8")
    assert read_title(whole.partition("/TXT")[0], Decimal(1)).tokens == ("faktura", "fv", "7")


@pytest.mark.parametrize(
    ("title", "links"),
    [
        ("7/8", [Link.TIGHT]),
        ("7 8", [Link.SPACE]),
        ("7, 8", [Link.LIST]),
        ("7 i 8", [Link.LIST]),
        ("7*8", [Link.WORDS]),
        ("7/KAT/8, 9", [Link.LETTERS, Link.LIST]),
        ("7 nr 8 umowa 9", [Link.NEXT, Link.WORDS]),
    ],
)
def test_what_stands_between_two_numbers(title: str, links: list[Link]) -> None:
    assert list(read_title(title, Decimal(1)).links) == links
