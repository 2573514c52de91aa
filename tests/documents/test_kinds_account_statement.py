"""The statement of account: the words, figures and sums that a customer reads."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.kit.money import Money
from bot.kit.words import Words
from handlers.documents.kinds import FieldsMissing, kind
from handlers.documents.kinds.parts.debts import PrintedItem, ageing
from tests.documents.samples import MARK, US, account_statement, open_item

STATEMENT = kind("account_statement")


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ["Statement of account", "As of 22 November 2026", "Open items in PLN", "Page 1 of 2"],
        ),
        (
            "pl",
            [
                "Zestawienie należności",
                "Stan na 22 listopada 2026 r.",
                "Nr VAT UE PL5261040828",
                "Strona 1 z 2",
            ],
        ),
        (
            "hu",
            [
                "Folyószámla-kivonat",
                "Fordulónap: 2026. november 22.",
                "Közösségi adószám: HU12892312",
                "1/2. oldal",
            ],
        ),
    ],
)
def test_statement_is_said_in_the_readers_language(language: str, said: list[str]) -> None:
    text = text_of(STATEMENT.render(account_statement(), MARK, Words(language)))
    for sentence in [
        *said,
        "Żółwik i Wspólnicy sp. z o.o.",
        "Őrségi Fűszerkereskedelmi",
        MARK.code,
        "Gergő Szűcs",
    ]:
        assert sentence in text


def test_statement_shows_each_item_and_the_sum_of_its_currency() -> None:
    facts = account_statement(rows=3, currencies=("HUF",))
    text = text_of(STATEMENT.render(facts, MARK, Words("hu"))).replace("\xa0", " ")
    assert all(item.number in text for item in facts.items)
    owed = sum((item.outstanding for item in facts.items), start=Money(0, "HUF"))
    assert Words("hu").money(owed).replace("\xa0", " ") in text


def test_ageing_adds_up_to_what_is_outstanding() -> None:
    items = [open_item(n) for n in range(40)]
    *parts, together = ageing(items)
    assert sum(parts, start=Money(0, "PLN")) == together
    assert together == sum((item.outstanding for item in items), start=Money(0, "PLN"))


@pytest.mark.parametrize(
    ("days", "part"), [(0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)]
)
def test_each_day_overdue_counts_in_one_age(days: int, part: int) -> None:
    one = replace(open_item(1), overdue_days=days)
    assert [bool(money) for money in ageing([one])[:-1]].index(True) == part


def test_statement_without_open_items_says_so() -> None:
    text = text_of(STATEMENT.render(replace(account_statement(), items=()), MARK, Words("pl")))
    assert "Na ten dzień nie ma otwartych pozycji." in text


def test_ten_thousand_items_make_a_statement() -> None:
    pdf = STATEMENT.render(account_statement(10_000, ("PLN",)), MARK, Words("pl"))
    reader = PdfReader(BytesIO(pdf))
    assert f"Strona 2 z {len(reader.pages)}" in reader.pages[1].extract_text()
    assert "FV/2026/10000" in reader.pages[-1].extract_text() + reader.pages[-2].extract_text()


def test_everything_missing_is_named_at_once_and_in_the_askers_language() -> None:
    blank = PrintedItem(
        number="", amount=Money(1, "PLN"), paid=Money(0, "PLN"), outstanding=Money(1, "PLN")
    )
    facts = replace(
        account_statement(), creditor=replace(US, tax_id=" ", address=()), items=(blank,)
    )
    with pytest.raises(FieldsMissing) as refused:
        STATEMENT.render(facts, MARK, Words("en"))
    assert [gap.path for gap in refused.value.gaps] == [
        "creditor.address",
        "creditor.tax_id",
        "items.1.number",
    ]
    assert (
        "without: Address (Creditor), Tax number (Creditor) and Invoice number (Open item 1)."
        in str(refused.value)
    )
    said = Words("pl").problem(refused.value)
    assert (
        "Adres (Wierzyciel), NIP lub inny numer podatkowy (Wierzyciel) i Numer faktury (Pozycja otwarta 1)"
        in said
    )


def test_what_a_form_should_ask_for_is_known_before_the_facts_are_whole() -> None:
    gaps = STATEMENT.missing({"creditor": US, "items": ()})
    assert [gap.path for gap in gaps] == ["debtor", "as_of"]
