"""The code on letters in euro: read off the drawn page, it is the transfer that the letter asks for."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit.money import Money
from bot.kit.pdf.pay_code import can_be_coded, modules
from bot.kit.words import LANGUAGES, Words
from handlers.documents.kinds import kind
from handlers.documents.kinds.interest_note import InterestNote
from handlers.documents.kinds.parts.debts import PrintedItem
from handlers.documents.kinds.parts.parties import Account
from handlers.documents.kinds.parts.payment import Reference
from tests.documents import samples
from tests.documents.pages import codes_of
from tests.documents.samples import MARK, US, open_item

IBAN = "PL27114020040000300201355387"
EURO = (open_item(6, "EUR"), open_item(7, "EUR"))


def transfer(key: str, facts: object, language: str = "en") -> list[str]:
    """The lines of the only pay code on a letter; nothing where there is none."""
    codes = codes_of(kind(key).render(facts, MARK, Words(language)))
    (code,) = [text for text in codes if text.startswith("BCD")] or [""]
    return code.split("\n") if code else []


def letter(key: str, items: Sequence[PrintedItem] = EURO, creditor: object = US) -> object:
    """A letter about these items, without interest."""
    if key == "account_statement":
        return replace(
            samples.account_statement(),
            items=tuple(items),
            creditor=creditor,  # type: ignore[arg-type]
        )
    if key == "payment_reminder":
        return replace(samples.payment_reminder(tuple(items)), creditor=creditor)  # type: ignore[arg-type]
    bare: dict[str, Any] = {"interest": (), "compensation": ()}
    facts = {**samples.demand_facts(), **bare, "items": tuple(items), "creditor": creditor}
    return kind(key).gather(facts)


def euro(amount: Money) -> str:
    return f"EUR{amount.amount:.2f}".rstrip("0").rstrip(".")


LETTERS = ["account_statement", "payment_reminder", "payment_demand", "final_demand"]


@pytest.mark.parametrize("key", LETTERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_letter_in_euro_carries_the_transfer_that_it_asks_for(key: str, language: str) -> None:
    owed = EURO[0].outstanding + EURO[1].outstanding
    assert transfer(key, letter(key), language) == [
        *("BCD", "002", "1", "SCT", ""),
        *(US.name, IBAN, euro(owed), "", ""),
        "FV/2026/0006, FV/2026/0007",
    ]


@pytest.mark.parametrize("key", LETTERS)
def test_letter_without_euro_carries_none(key: str) -> None:
    assert transfer(key, letter(key, [open_item(1)])) == []


def test_only_the_euro_of_a_letter_in_two_currencies_are_in_the_code() -> None:
    lines = transfer("payment_demand", letter("payment_demand", [open_item(1), EURO[0]]))
    assert lines[7] == euro(EURO[0].outstanding)


def test_demand_adds_interest_and_compensation_in_euro() -> None:
    facts = {**samples.demand_facts(), "items": EURO, "reference": "Ugoda 7/2026"}
    facts |= {"interest": (Money(1_234, "EUR"),), "compensation": (Money(4_000, "EUR"),)}
    lines = transfer("final_demand", kind("final_demand").gather(facts))
    owed = EURO[0].outstanding + EURO[1].outstanding + Money(5_234, "EUR")
    assert lines[7] == euro(owed)
    assert lines[-1] == "Ugoda 7/2026"


def test_note_in_euro_names_its_own_number() -> None:
    note: InterestNote = samples.interest_note()
    line = replace(
        note.lines[0], amount=Money.of("10000", "EUR"), interest=Money.of("176.44", "EUR")
    )
    lines = transfer("interest_note", replace(note, lines=(line,), compensation=()))
    assert lines[7:] == ["EUR176.44", "", "", "NO/2026/11/003"]


@pytest.mark.parametrize(
    ("number", "coded"),
    [
        ("27 1140 2004 0000 3002 0135 5387", IBAN),
        ("PL27 1140 2004 0000 3002 0135 5387", IBAN),
        ("PL00 1140 2004 0000 3002 0135 5387", None),
        ("12001008-00100200", None),
    ],
)
def test_code_holds_an_iban_or_is_not_drawn(number: str, coded: str | None) -> None:
    creditor = replace(US, accounts=(Account(currency="EUR", number=number),))
    lines = transfer("payment_reminder", letter("payment_reminder", creditor=creditor))
    assert (lines[6] if lines else None) == coded


def test_account_outside_the_economic_area_brings_its_banks_bic() -> None:
    creditor = replace(US, accounts=(Account(currency="EUR", number="GB29NWBK60161331926819"),))
    lines = transfer("payment_reminder", letter("payment_reminder", creditor=creditor))
    assert len(lines[4]) in (8, 11)
    assert lines[6] == "GB29NWBK60161331926819"


@pytest.mark.parametrize(
    ("amount", "is_coded"),
    [("0", False), ("0.01", True), ("999999999.99", True), ("1000000000.00", False)],
)
def test_amount_has_the_bounds_of_the_guideline(amount: str, is_coded: bool) -> None:
    assert can_be_coded(Decimal(amount)) is is_coded
    money = Money.of(amount, "EUR")
    item = replace(EURO[0], amount=money, paid=Money(0, "EUR"), outstanding=money)
    lines = transfer("account_statement", letter("account_statement", [item]))
    assert (lines[7:8] == [euro(money)]) is is_coded


def test_reference_names_what_has_room_and_counts_the_rest() -> None:
    numbers = [f"FV/2026/11/{n:04}" for n in range(1, 21)]
    text = Reference(numbers).coded()
    assert len(text) <= 140
    assert text.startswith("FV/2026/11/0001, FV/2026/11/0002")
    assert text.endswith(f" + {20 - text.count('FV/')}")


def test_name_that_is_too_long_is_cut() -> None:
    creditor = replace(US, name="Żółwik i Wspólnicy " * 6)
    lines = transfer("payment_reminder", letter("payment_reminder", creditor=creditor))
    assert lines[5] == ("Żółwik i Wspólnicy " * 6)[:70].strip()


letters = st.text(st.characters(min_codepoint=33, max_codepoint=0x24F), max_size=200).map(
    lambda text: f"A{text}"
)


@given(letters, letters, st.decimals("0.01", "999999999.99", places=2))
@settings(max_examples=25, deadline=None)
def test_whatever_stands_in_it_the_code_keeps_to_the_guideline(
    payee: str, text: str, amount: Decimal
) -> None:
    rows = modules(payee, IBAN, amount, text)
    assert len(rows) == len(rows[0]) <= 69  # version 13


def test_each_page_carries_the_verification_code_for_a_telephone() -> None:
    pdf = kind("account_statement").render(samples.account_statement(), MARK, Words("pl"))
    assert MARK.code in codes_of(pdf)
