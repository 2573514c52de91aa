"""Whole verdicts at their boundaries, told in lines: how sure, where the money goes, what is left
and why; below it what a person may choose.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.proposals import only_likely
from handlers.ledger.model.matching.values import (
    Allocation,
    Direction,
    Match,
    MatchingItem,
    Reason,
    by_invoice,
)
from handlers.ledger.model.matching.verdict import match
from tests.ledger.test_matching import ALFA, BETA, entry, item

BOTH = "FV/2026/11/0042=1230 FV/2026/11/0043=615"
PAID_ONE = "FV/2026/11/0042=1230 FV/2026/10/0001=0"
SEVENS = "FV/2026/10/0007=70 FV/2026/09/0007=80"
BITS = "A/1=1 A/2=2 A/4=4 A/8=8"


def open_items(written: str, **facts: Any) -> list[MatchingItem]:
    """``NUMBER=AMOUNT`` of one customer, for each."""
    pairs = (each.split("=") for each in written.split())
    return [item(number, amount, **facts) for number, amount in pairs]


def told(verdict: Match) -> list[str]:
    """``sure: 0042 1230; left 0; number name amount``, and a line for each proposal."""
    head = f"{verdict.level}: {_laid(verdict.allocations)}; left {_plain(verdict.left)}"
    lines = [f"{head}; {' '.join(verdict.reasons)}"]
    for proposal in verdict.proposals:
        numbers = " ".join(each.number[-4:] for each in proposal.items)
        lines.append(f"{numbers}: {_laid(proposal.allocations)}; {' '.join(proposal.reasons)}")
    return lines


def _laid(allocations: Iterable[Allocation]) -> str:
    laid = (f"{each.item.number[-4:]} {_plain(each.amount)}" for each in allocations)
    return " + ".join(laid) or "–"


def _plain(amount: Decimal) -> str:
    return f"{(amount + 0).normalize():f}"


@pytest.mark.parametrize(
    ("title", "amount", "written", "first"),
    [
        ("FV/2026/11/0042 i 43", "1230", BOTH, "sure: 0042 1230; left 0; number name amount"),
        (
            "FV/2026/11/0042, FV/2026/11/0043, FV/2026/11/0042",
            "1845",
            BOTH,
            "sure: 0042 1230 + 0043 615; left 0; number name sum",
        ),
        (
            "FV/2026/11/0042, FV/2026/11/0043",
            "2000",
            BOTH,
            "likely: 0042 1230 + 0043 615; left 155; number name overpaid",
        ),
        (
            "FV/2026/10/0001, FV/2026/11/0042",
            "1230",
            PAID_ONE,
            "sure: 0042 1230; left 0; number name amount",
        ),
        ("42 i FV/2026/10/0001", "1230", PAID_ONE, "likely: 0042 1230; left 0; name amount"),
        (
            "FV/2026/11/0042 i FV/2026/09/0099",
            "1230",
            BOTH,
            "sure: 0042 1230; left 0; number name amount",
        ),
        (
            "FV/2026/11/0042 i FV/2026/09/0099",
            "500",
            BOTH,
            "likely: 0042 500; left 0; number name underpaid other_words other_numbers",
        ),
        ("FV/2O26/11/OO42", "1230", BOTH, "sure: 0042 1230; left 0; number name amount"),
        ("FV/2O26/11/OO42", "500", BOTH, "none: –; left 500; number name underpaid"),
        (
            "FV/2026/11/0042, faktura 7",
            "1230",
            f"FV/2026/11/0042=1230 {SEVENS}",
            "sure: 0042 1230; left 0; number name amount",
        ),
        (
            "faktura 7, FV/2026/11/0042",
            "1230",
            f"FV/2026/11/0042=1230 {SEVENS}",
            "sure: 0042 1230; left 0; number name amount",
        ),
    ],
)
def test_verdict_on_what_a_title_names(title: str, amount: str, written: str, first: str) -> None:
    assert told(match(entry(title, amount), Index(open_items(written))))[0] == first


@pytest.mark.parametrize(
    ("amount", "written", "first"),
    [
        ("0.50", "FV/2026/11/0042=0.50", "sure: 0042 0.5; left 0; number name amount"),
        ("0.30", "FV/2026/11/0042=0.50", "sure: 0042 0.3; left 0; number name underpaid"),
        (
            "0.60",
            "FV/2026/11/0042=0.50 FV/2026/11/0043=0.50",
            "likely: 0042 0.5 + 0043 0.1; left 0; number name underpaid",
        ),
        (
            "50",
            "FV/2026/11/0042=100 FV/2026/11/0043=-100",
            "likely: 0042 50; left 0; number name underpaid direction",
        ),
        (
            "50",
            "FV/2026/11/0042=100 FV/2026/11/0043=-20",
            "likely: 0042 50; left 0; number name underpaid direction",
        ),
        (
            "80",
            "FV/2026/11/0042=100 FV/2026/11/0043=-20",
            "sure: 0042 100 + 0043 -20; left 0; number name sum",
        ),
    ],
)
def test_verdict_on_small_sums_and_on_credit_notes(amount: str, written: str, first: str) -> None:
    title = "FV/2026/11/0042, FV/2026/11/0043" if "0043" in written else "FV/2026/11/0042"
    assert told(match(entry(title, amount), Index(open_items(written))))[0] == first


@pytest.mark.parametrize(
    ("amount", "written", "first"),
    [
        ("-0.50", "FV/2026/11/0042=1.00", "sure: 0042 -0.5; left 0; number name underpaid"),
        ("-150", "FV/2026/11/0042=100", "sure: 0042 -100; left -50; number name overpaid"),
        (
            "-150",
            "FV/2026/11/0042=100 FV/2026/11/0043=100",
            "likely: 0042 -100 + 0043 -50; left 0; number name underpaid",
        ),
        ("150", "FV/2026/11/0042=100", "none: –; left 150; number name overpaid direction"),
    ],
)
def test_money_that_left_is_laid_with_its_sign(amount: str, written: str, first: str) -> None:
    owed = open_items(written, direction=Direction.PAYABLE)
    title = "FV/2026/11/0042, FV/2026/11/0043" if "0043" in written else "FV/2026/11/0042"
    assert told(match(entry(title, amount), Index(owed)))[0] == first


def test_what_has_no_due_day_is_filled_last() -> None:
    endless = open_items("FV/2026/11/0042=100", due_on=None)
    dated = open_items("FV/2026/11/0043=100", due_on=date(2027, 1, 31))
    paid = entry("FV/2026/11/0042, FV/2026/11/0043", "150")
    assert told(match(paid, Index([*endless, *dated])))[0].startswith("likely: 0043 100 + 0042 50;")


@pytest.mark.parametrize(
    ("title", "amount", "written", "lines"),
    [
        (
            "FV/2026/11/0042, FV/2026/11/0043",
            "615",
            BOTH,
            [
                "likely: 0043 615; left 0; number name amount other_numbers",
                "0043: 0043 615; number name amount other_numbers",
                "0042: 0042 615; number underpaid",
            ],
        ),
        (
            "FV/2026/11/0042, FV/2026/10/0001",
            "500",
            PAID_ONE,
            [
                "likely: 0042 500; left 0; number name underpaid already_paid",
                "0042: 0042 500; number name underpaid already_paid",
                "0001: –; number already_paid",
            ],
        ),
        (
            "FV/2026/11/0042, faktura 7",
            "500",
            f"FV/2026/11/0042=1230 {SEVENS}",
            [
                "likely: 0042 500; left 0; number name underpaid ambiguous",
                "0042: 0042 500; number name underpaid ambiguous",
                "0007: 0007 70; part_of_number ambiguous overpaid",
                "0007: 0007 80; part_of_number ambiguous overpaid",
            ],
        ),
        (
            "faktura 7",
            "70",
            SEVENS,
            [
                "likely: 0007 70; left 0; part_of_number name amount ambiguous",
                "0007: 0007 70; part_of_number name amount ambiguous",
                "0007: 0007 70; part_of_number ambiguous underpaid",
            ],
        ),
        (
            "faktura 7",
            "70",
            SEVENS.replace("80", "70"),
            [
                "none: –; left 70; ",
                "0007: 0007 70; part_of_number ambiguous amount",
                "0007: 0007 70; part_of_number ambiguous amount",
            ],
        ),
        (
            "FV/2026/11/0042",
            "615",
            BOTH,
            [
                "likely: 0042 615; left 0; number name underpaid amount_of_another",
                "0042: 0042 615; number name underpaid amount_of_another",
                "0043: 0043 615; name amount",
            ],
        ),
        (
            "FV/2026/11/0042",
            "615",
            f"{BOTH} A/1=60 A/2=70",
            [
                "likely: 0042 615; left 0; number name underpaid amount_of_another",
                "0042: 0042 615; number name underpaid amount_of_another",
                "0043: 0043 615; name amount",
                "A/1: A/1 60; name overpaid",
                "A/2: A/2 70; name overpaid",
            ],
        ),
        (
            "faktura 7",
            "50",
            "FV/2026/10/0007=70 FS/2026/10/0007=-70",
            [
                "none: –; left 50; part_of_number name underpaid",
                "0007: 0007 50; part_of_number ambiguous underpaid",
                "0007: –; part_of_number ambiguous direction",
            ],
        ),
        (
            "FV/2026/10/0001",
            "77",
            PAID_ONE,
            [
                "none: –; left 77; already_paid",
                "0001: –; number already_paid",
                "0042: 0042 77; name underpaid",
            ],
        ),
        ("dziękuję", "77", PAID_ONE, ["none: –; left 77; ", "0042: 0042 77; name underpaid"]),
    ],
)
def test_verdict_and_what_may_be_chosen(
    title: str, amount: str, written: str, lines: list[str]
) -> None:
    assert told(match(entry(title, amount), Index(open_items(written)))) == lines


@pytest.mark.parametrize(
    ("amount", "written", "first"),
    [
        ("615", BOTH, "likely: 0043 615; left 0; name amount"),
        ("100", "A/1=100 A/2=100 A/3=60 A/4=40", "none: –; left 100; "),
        ("100", "A/3=60 A/4=40", "likely: A/3 60 + A/4 40; left 0; name sum"),
        ("100", "A/3=60 A/4=40 A/5=7", "likely: A/3 60 + A/4 40; left 0; name sum"),
        ("100", "A/3=60 A/4=40 A/5=70 A/6=30", "none: –; left 100; "),
        ("15", f"{BITS} A/9=16", "likely: A/1 1 + A/2 2 + A/4 4 + A/8 8; left 0; name sum"),
        ("31", f"{BITS} A/9=16 B/1=32", "none: –; left 31; "),
        (
            "63",
            f"{BITS} A/9=16 B/1=32",
            "likely: A/1 1 + A/2 2 + A/4 4 + A/8 8 + A/9 16 + B/1 32; left 0; name sum",
        ),
        ("0.90", "A/3=0.50 A/4=0.40 A/5=7", "likely: A/3 0.5 + A/4 0.4; left 0; name sum"),
    ],
)
def test_verdict_by_the_payer_alone(amount: str, written: str, first: str) -> None:
    assert told(match(entry("dziękuję", amount), Index(open_items(written))))[0] == first


def test_payer_alone_is_offered_what_settles_it_first_and_five_at_most() -> None:
    many = open_items("A/1=60 A/2=70 A/3=80 A/4=90 A/5=95 A/6=99.50", due_on=None)
    found = told(match(entry("dziękuję", "99.50"), Index(many)))
    assert found == [
        "likely: A/6 99.5; left 0; name amount",
        "A/6: A/6 99.5; name amount",
        *(f"A/{n}: A/{n} {each}; name overpaid" for n, each in enumerate((60, 70, 80, 90), 1)),
    ]
    by_account = entry("dziękuję", "1", payer=None, counterparty_account=ALFA)
    assert told(match(by_account, Index(many)))[1] == "A/1: A/1 1; account underpaid"


@pytest.mark.parametrize(
    ("payer", "amount", "lines"),
    [
        (None, "615", ["none: –; left 615; ", "0043: 0043 615; amount"]),
        (None, "616", ["none: –; left 616; "]),
        (
            "FAKTORING S.A.",
            "615",
            ["none: –; left 615; ", "0043: 0043 615; amount"],
        ),
    ],
)
def test_amount_of_a_stranger_is_a_proposal_and_no_more(
    payer: str | None, amount: str, lines: list[str]
) -> None:
    assert told(match(entry("dziękuję", amount, payer), Index(open_items(BOTH)))) == lines


def test_amount_of_a_stranger_is_no_proposal_beside_a_likely_match() -> None:
    theirs = item("B/1", "615", "Beta Bis S.A.")
    found = told(match(entry("FV/2026/11/0042", "615"), Index([*open_items(BOTH), theirs])))
    assert [line[:4] for line in found[1:]] == ["0042", "0043"]


def test_short_number_of_many_is_offered_by_its_payer() -> None:
    five = open_items("A/7=60 B/7=70 C/7=80 D/7=90 E/7=95", due_on=None)
    stranger = entry("faktura 7", "1000", payer=None)
    assert len(told(match(stranger, Index(five)))) == 1 + len(five)
    ours = open_items("FA/2026/11/0007=60 FB/2026/11/0007=70 FC/2026/11/0007=80")
    theirs = [item(f"G{n}/2026/11/0007", "50", "Beta Bis S.A.") for n in "ABC"]
    found = told(match(entry("faktura 7", "1000"), Index([*theirs, *ours])))
    assert [line[:14] for line in found[1:]] == [f"0007: 0007 {n}0;" for n in (6, 7, 8)]


def test_among_many_that_a_short_number_could_mean_the_payers_own_is_found() -> None:
    theirs = [item(f"F{n}/2026/11/0007", "9", "Beta Bis S.A.") for n in range(60)]
    index = Index([*theirs, *open_items("FV/2026/10/0007=70")])
    assert told(match(entry("faktura 7", "70"), index))[0].startswith("sure: 0007 70;")


def test_namesake_of_whom_nothing_is_known_comes_before_another_customer() -> None:
    owner = item("B/9", "5", "Beta Bis S.A.")
    another = item("FS/2026/10/0007", "70", "Gama", accounts=())
    paid = entry("faktura 7", "70", counterparty_account=BETA)
    found = told(match(paid, Index([*open_items("FV/2026/10/0007=70"), another, owner])))
    assert found[0] == "none: –; left 70; part_of_number unknown_payer amount"


def test_namesakes_are_not_told_apart_by_an_amount() -> None:
    ours, theirs = open_items("A/1=100"), open_items("A/2=60", customer_id="another Alfa")
    found = told(match(entry("dziękuję", "100"), Index([*ours, *theirs])))
    assert found == ["none: –; left 100; ", "A/1: A/1 100; amount"]


@pytest.mark.parametrize(
    ("facts", "amount", "line"),
    [
        ({"currency": "EUR"}, "1230", "0042: –; number currency"),
        ({"currency": "PLN"}, "-1230", "0042: –; number direction"),
        ({"payer": "BETA BIS S.A."}, "500", "0042: 0042 500; number underpaid"),
        ({"payer": "BETA BIS S.A."}, "1230", "0042: 0042 1230; number other_payer amount"),
        ({"payer": "FAKTORING S.A."}, "1230", "0042: 0042 1230; number unknown_payer amount"),
    ],
)
def test_what_a_title_names_is_offered_with_what_speaks_against_it(
    facts: dict[str, str], amount: str, line: str
) -> None:
    theirs = item("B/1", "5", customer="Beta Bis S.A.")
    found = told(
        match(entry("FV/2026/11/0042", amount, **facts), Index([*open_items(BOTH), theirs]))
    )
    assert found[1] == line


def test_number_that_a_paid_invoice_has_as_well_is_not_sure() -> None:
    paid = item("FV/2026/11/0042", "0", invoice_id="paid before")
    assert told(match(entry("FV/2026/11/0042"), Index([*open_items(BOTH.split()[0]), paid]))) == [
        "likely: 0042 1230; left 0; number name amount ambiguous",
        "0042: 0042 1230; number name amount ambiguous",
        "0042: –; number ambiguous already_paid",
    ]


@pytest.mark.parametrize(
    ("title", "written", "first"),
    [
        (
            "FV/2026/11/0042",
            "FV/2026/11/0042=1230 FS/2026/11/0042=0",
            "sure: 0042 1230; left 0; number name amount",
        ),
        (
            "FX/2026/11/0042",
            "FV/2026/11/0042=1230",
            "likely: 0042 1230; left 0; number name amount",
        ),
        (
            "FX/2026/11/0042",
            "FV/2026/11/0042=1230 FS/2026/11/0042=0",
            "likely: 0042 1230; left 0; number name amount ambiguous",
        ),
        (
            "FX/42",
            "FX/2026/11/0042=1230 FV/2026/11/0042=615",
            "likely: 0042 1230; left 0; part_of_number name amount ambiguous",
        ),
    ],
)
def test_letters_of_another_series_leave_a_doubt(title: str, written: str, first: str) -> None:
    assert told(match(entry(title), Index(open_items(written))))[0] == first


def test_paid_invoice_of_another_customer_with_the_same_number_is_no_rival() -> None:
    theirs = item("FV/2026/11/0042", "0", "Beta Bis S.A.", invoice_id="theirs")
    found = told(match(entry("FV/2026/11/0042"), Index([*open_items(BOTH), theirs])))
    assert found == [
        "sure: 0042 1230; left 0; number name amount",
        "0042: 0042 1230; number name amount",
    ]


def test_number_of_another_customer_is_read_as_the_payers_own_and_asked_about() -> None:
    theirs = item("FS/2026/11/0042", "1230", "Beta Bis S.A.")
    ours = open_items("FV/2026/11/0042=1230")
    assert told(match(entry("FS/2026/11/0042"), Index([*ours, theirs]))) == [
        "likely: 0042 1230; left 0; part_of_number name amount ambiguous",
        "0042: 0042 1230; part_of_number name amount ambiguous",
        "0042: 0042 1230; number amount",
    ]


@pytest.mark.parametrize(
    ("amount", "written", "first"),
    [
        ("1230", "FV/2026/11/0042=1230", "sure: 0042 1230; left 0; reference name amount"),
        ("1845", BOTH, "sure: 0042 1230 + 0043 615; left 0; reference name sum"),
    ],
)
def test_letter_pays_all_of_which_it_spoke(amount: str, written: str, first: str) -> None:
    spoken_of = open_items(written, references=("WEZ/2026/0007",))
    assert told(match(entry("WEZ/2026/0007", amount), Index(spoken_of)))[0] == first


@pytest.mark.parametrize("is_theirs_first", [True, False])
def test_letter_that_spoke_of_two_customers_is_asked_about(is_theirs_first: bool) -> None:
    letter = ("WEZ/2026/0007",)
    ours = open_items("FV/2026/11/0042=1230", references=letter)
    theirs = [item("B/1", "5", "Beta Bis S.A.", references=letter)]
    items = [*theirs, *ours] if is_theirs_first else [*ours, *theirs]
    found = told(match(entry("WEZ/2026/0007", "1235"), Index(items)))
    assert found[0] == "likely: B/1 5 + 0042 1230; left 0; reference other_payer sum"


def test_cents_are_offered_like_larger_sums() -> None:
    assert told(match(entry("dziękuję", "0.70"), Index(open_items("A/3=0.50 A/4=0.40")))) == [
        "none: –; left 0.7; ",
        "A/3: A/3 0.5; name overpaid",
        "A/4: A/4 0.4; name overpaid",
    ]


@pytest.mark.parametrize(
    ("title", "silent", "named"),
    [
        ("FV/2026/11/0042", "sure", "sure"),
        ("2026/11/0042", "likely", "sure"),
        ("faktura 42", "likely", "sure"),
        ("42", "likely", "likely"),
    ],
)
def test_who_says_nothing_of_the_payer_has_to_write_the_whole_number(
    title: str, silent: str, named: str
) -> None:
    index = Index(open_items(BOTH))
    assert match(entry(title, payer=None), index).level == silent
    assert match(entry(title), index).level == named


def test_payer_is_known_by_the_account_alone() -> None:
    paid = entry("dziękuję", "615", payer=None, counterparty_account=ALFA)
    assert told(match(paid, Index(open_items(BOTH)))) == [
        "likely: 0043 615; left 0; account amount",
        "0043: 0043 615; account amount",
        "0042: 0042 615; account underpaid",
    ]


def test_a_sure_match_that_is_doubted_is_proposed_first_and_once() -> None:
    sure = match(entry("FV/2026/11/0042", "1300"), Index(open_items(BOTH)))
    assert told(sure) == [
        "sure: 0042 1230; left 70; number name overpaid",
        "0042: 0042 1230; number name overpaid",
        "0043: 0043 70; name underpaid",
    ]
    assert told(only_likely(sure, Reason.ENTERED_ALREADY)) == [
        "likely: 0042 1230; left 70; number name overpaid entered_already",
        "0042: 0042 1230; number name overpaid entered_already",
        "0043: 0043 70; name underpaid",
    ]


OVERPAID = item("FV/2026/10/0001", "-20", is_overpaid=True)


@pytest.mark.parametrize(
    ("title", "amount", "lines"),
    [
        # Once more: it is told as of one that is paid to the grosz.
        (
            "FV/2026/10/0001",
            "50",
            [
                "none: –; left 50; already_paid",
                "0001: –; number already_paid",
                "0042: 0042 50; name underpaid",
            ],
        ),
        (
            "FV/2026/10/0001",
            "20",
            [
                "none: –; left 20; already_paid",
                "0001: –; number already_paid",
                "0042: 0042 20; name underpaid",
            ],
        ),
        # What was too much goes back, or is taken off another.
        (
            "FV/2026/10/0001",
            "-20",
            ["sure: 0001 -20; left 0; number name amount", "0001: 0001 -20; number name amount"],
        ),
        (
            "FV/2026/10/0001, FV/2026/11/0042",
            "80",
            [
                "sure: 0001 -20 + 0042 100; left 0; number name sum",
                "0001 0042: 0001 -20 + 0042 100; number name sum",
            ],
        ),
    ],
)
def test_what_is_overpaid_is_paid_and_its_rest_a_credit(
    title: str, amount: str, lines: list[str]
) -> None:
    told_of = match(entry(title, amount), Index([OVERPAID, item("FV/2026/11/0042", "100")]))
    assert told(told_of)[: len(lines)] == lines


@pytest.mark.parametrize(
    ("open_", "amount", "first"),
    [
        ("0", "50", "none: –; left 50; already_paid"),
        ("1", "50", "sure: 0001 1; left 49; number name overpaid"),
        ("-0.1", "-0.1", "sure: 0001 -0.1; left 0; number name amount"),
        ("-0.1", "0.1", "none: –; left 0.1; already_paid"),
    ],
)
def test_nothing_is_open_on_what_is_paid_to_the_grosz_or_more(
    open_: str, amount: str, first: str
) -> None:
    paid = item("FV/2026/10/0001", open_, is_overpaid=open_.startswith("-"))
    assert told(match(entry("FV/2026/10/0001", amount), Index([paid])))[0] == first


def test_a_credit_note_that_is_named_by_money_of_the_other_way_is_not_paid() -> None:
    credit_note = item("FV/2026/10/0001", "-20")
    assert (
        told(match(entry("FV/2026/10/0001", "50"), Index([credit_note])))[0]
        == "none: –; left 50; number name overpaid direction"
    )


def test_instalments_of_an_invoice_are_one_payment_on_it() -> None:
    parts = [item("A/1", "10.25", invoice_id="7"), item("A/1", "20", invoice_id="7")]
    other = item("A/2", "5", invoice_id="8", currency="HUF")
    several = [
        Allocation(parts[0], Decimal("10.25")),
        Allocation(other, Decimal(-5)),
        Allocation(parts[1], Decimal("0.75")),
        Allocation(parts[1], Decimal("-0.01")),
    ]
    assert by_invoice(several) == {7: 10_99, 8: -500}
    assert by_invoice([]) == {}
