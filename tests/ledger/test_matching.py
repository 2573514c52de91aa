"""Matching, case by case: what makes a match sure, what keeps it from it, and what a person is
offered instead.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.folding import fold
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.names import fits, name
from handlers.ledger.model.matching.values import (
    REASONS,
    Direction,
    Level,
    Match,
    MatchingItem,
    Reason,
)
from handlers.ledger.model.matching.verdict import match
from handlers.ledger.model.matching.vocabulary import HARMLESS
from handlers.ledger.statements.values import Entry

ALFA, BETA = "12105010121000002300112233", "61109010140000071219812874"


def item(
    number: str, amount: str = "1230.00", customer: str = "Alfa Trans Sp. z o.o.", **more: object
) -> MatchingItem:
    facts: dict[str, object] = {
        "number": number,
        "invoice_id": more.pop("invoice_id", number),
        "customer_id": customer,
        "customer_names": (customer,),
        "accounts": (ALFA,) if customer.startswith("Alfa") else (BETA,),
        "currency": "PLN",
        "outstanding": Decimal(amount),
        "due_on": date(2026, 12, 5),
        "direction": Direction.RECEIVABLE,
    }
    return MatchingItem(**{**facts, **more})  # type: ignore[arg-type]


def entry(
    title: str,
    amount: str = "1230.00",
    payer: str | None = "ALFA TRANS SP. Z O.O.",
    **more: str | None,
) -> Entry:
    told = Entry(date(2026, 11, 22), Decimal(amount), more.pop("currency", "PLN"), title, payer)
    return replace(told, **more)  # type: ignore[arg-type]


def verdict(entry: Entry, *items: MatchingItem) -> Match:
    return match(entry, Index(items))


FV42, FV43 = item("FV/2026/11/0042"), item("FV/2026/11/0043", "615.00")


def test_number_payer_and_amount_are_sure() -> None:
    found = verdict(entry("FV/2026/11/0042"), FV42, FV43)
    assert (found.level, found.numbers, found.left) == (
        Level.SURE,
        ("FV/2026/11/0042",),
        Decimal(0),
    )
    assert found.reasons == (Reason.NUMBER, Reason.NAME, Reason.AMOUNT)
    assert [proposal.allocations for proposal in found.proposals] == [found.allocations]


def test_part_of_the_amount_is_laid_on_the_named_invoice() -> None:
    found = verdict(entry("FV/2026/11/0042", "500.00"), FV42)
    assert (found.level, found.allocations[0].amount, found.left) == (
        Level.SURE,
        Decimal(500),
        Decimal(0),
    )
    assert Reason.UNDERPAID in found.reasons


def test_what_is_too_much_is_left_with_a_proposal_for_it() -> None:
    found = verdict(entry("FV/2026/11/0042", "1845.00"), FV42, FV43)
    assert (found.level, found.numbers, found.left) == (
        Level.SURE,
        ("FV/2026/11/0042",),
        Decimal(615),
    )
    assert [proposal.items for proposal in found.proposals] == [(FV42,), (FV43,)]


def test_several_underpaid_wait_for_a_person_oldest_first() -> None:
    older = item("FV/2026/10/0007", "100.00", due_on=date(2026, 11, 1))
    found = verdict(entry("FV/2026/11/0042, FV/2026/10/0007", "600.00"), FV42, older)
    assert found.level is Level.LIKELY
    assert [(a.item, a.amount) for a in found.allocations] == [
        (older, Decimal(100)),
        (FV42, Decimal(500)),
    ]


def test_instalments_are_filled_by_their_dates() -> None:
    second = item("FV/1/2026", "50.00", invoice_id="one", due_on=date(2026, 12, 31))
    first = item("FV/1/2026", "50.00", invoice_id="one", due_on=date(2026, 11, 30))
    found = verdict(entry("FV/1/2026", "70.00"), second, first)
    assert [(a.item, a.amount) for a in found.allocations] == [
        (first, Decimal(50)),
        (second, Decimal(20)),
    ]


def in_two(number: str = "FV/1/2026", half: str = "500.00") -> list[MatchingItem]:
    """An invoice in two equal instalments."""
    days = (date(2026, 11, 30), date(2026, 12, 31))
    return [item(number, half, invoice_id=number, due_on=day) for day in days]


@pytest.mark.parametrize("title", ["FV/1/2026 rata, FV/2/2026", "zapłata za dwie faktury"])
def test_an_instalment_and_a_whole_other_invoice_are_proposed_together(title: str) -> None:
    first, second = in_two()
    other = item("FV/2/2026", "333.33", due_on=date(2027, 1, 15))
    found = verdict(entry(title, "833.33"), second, other, first)
    assert found.level is Level.LIKELY
    assert Reason.SUM in found.reasons
    assert [(a.item, a.amount) for a in found.allocations] == [
        (first, Decimal(500)),
        (other, Decimal("333.33")),
    ]
    assert found.proposals[0].allocations == found.allocations


def parts_of(number: str, *amounts: str) -> list[MatchingItem]:
    """An invoice in such instalments, a month apart."""
    return [
        item(number, amount, invoice_id=number, due_on=date(2026, month, 1))
        for month, amount in enumerate(amounts, 9)
    ]


@pytest.mark.parametrize(
    ("first", "second", "laid"),
    [
        # 30 + 70 of the one, or its 100: the same is laid on the same invoices
        (("30.00", "70.00", "100.00"), ("60.00",), {"FV/1": 100, "FV/2": 60}),
        # 100 and 60, or 70 and 90: it is not clear which
        (("100.00", "70.00"), ("60.00", "90.00"), {}),
    ],
)
def test_what_each_invoice_gets_tells_choices_apart(
    first: tuple[str, ...], second: tuple[str, ...], laid: dict[str, int]
) -> None:
    items = [*parts_of("FV/1", *first), *parts_of("FV/2", *second)]
    found = verdict(entry("zapłata za dwie faktury", "160.00"), *items)
    sums: dict[str, Decimal] = {}
    for each in found.allocations:
        sums[each.item.number] = sums.get(each.item.number, Decimal(0)) + each.amount
    assert sums == laid


def test_of_two_instalments_alike_in_everything_one_is_paid() -> None:
    first, second = in_two()
    same_day = replace(second, due_on=first.due_on)
    other = item("FV/2/2026", "333.33", due_on=date(2027, 1, 15))
    found = verdict(entry("FV/1/2026 rata, FV/2/2026", "833.33"), first, same_day, other)
    assert [a.amount for a in found.allocations] == [Decimal(500), Decimal("333.33")]


@pytest.mark.parametrize(
    ("title", "level"), [("FV/1/2026, FV/2/2026", Level.LIKELY), ("dwie faktury", Level.NONE)]
)
def test_of_two_invoices_in_instalments_the_title_tells_whether_both_are_meant(
    title: str, level: Level
) -> None:
    items = [*in_two(), *in_two("FV/2/2026", "250.00")]
    whole_and_half = verdict(entry(title, "1250.00"), *items)
    assert whole_and_half.level is Level.LIKELY
    assert sorted(a.amount for a in whole_and_half.allocations) == [250, 500, 500]
    either = verdict(entry(title, "1000.00"), *items)  # 1000 and none, or 500 and 500
    assert either.level is level
    assert sorted(a.amount for a in either.allocations) == (
        [250, 250, 500] if level is Level.LIKELY else []
    )


def test_a_written_off_invoice_is_told_as_such_and_gets_nothing() -> None:
    gone = item("FV/2026/11/0042", "0.00", is_written_off=True)
    found = verdict(entry("FV/2026/11/0042"), gone, item("FV/2026/10/0007", "1230.01"))
    assert (found.level, found.reasons) == (Level.NONE, (Reason.WRITTEN_OFF,))
    assert (found.proposals[0].items, found.proposals[0].allocations) == ((gone,), ())
    assert found.proposals[0].reasons == (Reason.NUMBER, Reason.WRITTEN_OFF)


def test_unknown_payer_is_asked_about_and_known_by_the_account_next_time() -> None:
    stranger = entry("FV/2026/11/0042", payer="FAKTORING S.A.", counterparty_account=BETA)
    found = verdict(stranger, FV42)
    assert (found.level, Reason.UNKNOWN_PAYER in found.reasons) == (Level.LIKELY, True)
    assert verdict(stranger, item("FV/2026/11/0042", accounts=(BETA,))).level is Level.SURE


def test_other_customer_with_the_same_price_is_not_sure() -> None:
    other = item("FV/2026/11/0044", customer="Beta Handel S.A.")
    found = verdict(entry("FV/2026/11/0042", payer="BETA HANDEL S.A."), FV42, other)
    assert (found.level, Reason.OTHER_PAYER in found.reasons) == (Level.LIKELY, True)


def test_entry_that_says_nothing_of_the_payer_needs_the_whole_number_and_the_amount() -> None:
    assert verdict(entry("FV/2026/11/0042", payer=None), FV42).level is Level.SURE
    assert verdict(entry("2026/11/42", payer=None), FV42).level is Level.LIKELY
    assert verdict(entry("FV/2026/11/0042", "500.00", payer=None), FV42).level is Level.LIKELY


def test_same_number_of_two_suppliers_is_told_apart_by_the_payee() -> None:
    one = item("FV/42/2026", direction=Direction.PAYABLE)
    two = item(
        "FV/42/2026", customer="Beta Handel S.A.", direction=Direction.PAYABLE, invoice_id="two"
    )
    found = verdict(entry("FV/42/2026", "-1230.00", payer="BETA HANDEL S.A."), one, two)
    assert (found.level, found.allocations[0].item) == (Level.SURE, two)


def test_same_number_twice_with_one_customer_is_offered_both_ways() -> None:
    twice = item("FV/2026/11/0042", "99.00", invoice_id="again")
    found = verdict(entry("FV/2026/11/0042", "500.00"), FV42, twice)
    assert found.level is Level.NONE
    assert [proposal.items for proposal in found.proposals] == [(FV42,), (twice,)]
    assert all(Reason.AMBIGUOUS in proposal.reasons for proposal in found.proposals)


def test_other_currency_is_shown_and_not_matched() -> None:
    found = verdict(entry("FV/2026/11/0042", currency="EUR"), FV42)
    assert (found.level, found.left) == (Level.NONE, Decimal("1230.00"))
    assert found.proposals[0].reasons == (Reason.NUMBER, Reason.CURRENCY)


def test_money_that_went_back_is_shown_and_not_matched() -> None:
    found = verdict(entry("zwrot FV/2026/11/0042", "-1230.00"), FV42)
    assert found.level is Level.NONE
    assert Reason.DIRECTION in found.proposals[0].reasons


def test_credit_note_is_taken_off() -> None:
    credit = item("KOR/3/2026", "-230.00")
    found = verdict(entry("FV/2026/11/0042 - KOR/3/2026", "1000.00"), FV42, credit)
    assert (found.level, [a.amount for a in found.allocations]) == (
        Level.SURE,
        [Decimal(1230), Decimal(-230)],
    )


def test_refund_of_a_credit_note_settles_it() -> None:
    credit = item("KOR/3/2026", "-230.00")
    assert verdict(entry("KOR/3/2026", "-230.00"), credit).level is Level.SURE


def test_vat_part_of_a_split_payment_is_no_part_payment() -> None:
    title = "/VAT/230,00/IDC/5261040828/INV/FV/2026/11/0042/TXT/"
    assert verdict(entry(title), FV42).level is Level.SURE
    on_the_vat_account = verdict(entry(title, "230.00"), FV42)
    assert (on_the_vat_account.level, Reason.VAT_PART in on_the_vat_account.reasons) == (
        Level.LIKELY,
        True,
    )


def test_suppliers_tax_number_in_a_split_payment_says_who_is_paid() -> None:
    supplied = item(
        "F26/0001234", direction=Direction.PAYABLE, tax_id="PL 526-104-08-28", accounts=()
    )
    found = verdict(
        entry("/VAT/230,00/IDC/5261040828/INV/F26/0001234", "-1230.00", payer="X"), supplied
    )
    assert (found.level, Reason.TAX_ID in found.reasons) == (Level.SURE, True)


@pytest.mark.parametrize("word", ["odsetki", "interest", "késedelmi kamat", "zwrot kaucji"])
def test_interest_and_deposits_are_no_part_payment(word: str) -> None:
    assert verdict(entry(f"{word} FV/2026/11/0042", "12.30"), FV42).level is Level.NONE


OTHER_MONEY = (
    "nota obciążeniowa 5/2026 do faktury",
    "koszty windykacji",
    "opłata za monit do",
    "late fee invoice",
    "ODS.",
    "behajtási költségátalány",
    "bírság",
    "Mahngebühren",
    "kompensata",
    "korekta do",
    "proforma",
    "bez",
    "helyett",
)


@pytest.mark.parametrize("word", OTHER_MONEY)
def test_costs_and_corrections_are_no_part_payment(word: str) -> None:
    found = verdict(entry(f"{word} FV/2026/11/0042", "50.00"), FV42)
    assert (found.level, Reason.OTHER_PURPOSE in found.reasons) == (Level.NONE, True)
    assert verdict(entry(f"{word} FV/2026/11/0042", "1845.00"), FV42).level is Level.NONE


@pytest.mark.parametrize(
    "title", ["dopłata do #", "# transport", "# zamówienie 18/2026", "# 18/2026", "interests #"]
)
def test_part_payment_with_words_that_nobody_can_tell_is_asked_about(title: str) -> None:
    found = verdict(entry(title.replace("#", "FV/2026/11/0042"), "50.00"), FV42)
    assert (found.level, Reason.OTHER_WORDS in found.reasons) == (Level.LIKELY, True)


@pytest.mark.parametrize(
    "title",
    [
        *(
            "część #",
            "# 2. rata",
            "# rata 1/3, dziękujemy",
            "Alfa Trans za # z dnia 05.11.2026",
            "zaliczka na fv #",
        ),
        *("# NIP 526-104-08-28", "# részlet, köszönöm", "part payment of invoice # November 2026"),
    ],
)
def test_part_payment_that_says_nothing_else_is_sure(title: str) -> None:
    alfas = item("FV/2026/11/0042", tax_id="PL5261040828")
    assert verdict(entry(title.replace("#", "FV/2026/11/0042"), "50.00"), alfas).level is Level.SURE


@given(
    st.text(st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F), min_size=1, max_size=12)
)
def test_no_unknown_word_stands_beside_a_sure_part_payment(word: str) -> None:
    harmless = HARMLESS | {"alfa", "trans", "fv"}
    sure = verdict(entry(f"{word}; FV/2026/11/0042", "50.00"), FV42).level is Level.SURE
    assert not sure or fold(word).replace(" ", "") in harmless


@pytest.mark.parametrize(
    "word", ["umowa", "zamówienie nr", "proforma", "szerződés", "order no.", "KOR"]
)
def test_number_of_another_document_is_not_the_invoices(word: str) -> None:
    found = verdict(entry(f"{word} 42/11/2026", "100.00"), item("42/11/2026"))
    assert found.level is Level.NONE


@pytest.mark.parametrize(
    "title", ["czynsz 11/2026", "z dnia 20.11.2026", "za okres 11/2026", "7/2026 składka"]
)
def test_dates_and_periods_are_not_sure(title: str) -> None:
    items = [item("11/2026"), item("20/11/2026"), item("7/2026")]
    assert verdict(entry(title, "100.00"), *items).level is Level.NONE


def test_slip_of_the_pen_is_seen_by_the_amount() -> None:
    found = verdict(entry("FV/2026/11/0042", "615.00"), FV42, FV43)
    assert (found.level, Reason.AMOUNT_OF_ANOTHER in found.reasons) == (Level.LIKELY, True)


def test_second_payment_of_a_paid_invoice_is_told() -> None:
    paid = item("FV/2026/11/0042", "0.00")
    found = verdict(entry("FV/2026/11/0042"), paid)
    assert (found.level, found.reasons) == (Level.NONE, (Reason.ALREADY_PAID,))
    assert found.proposals[0].items == (paid,)


def test_short_number_that_a_paid_invoice_has_too_is_not_sure() -> None:
    paid = item("FV/2026/10/0042", "0.00")
    assert verdict(entry("FV 42"), FV42).level is Level.SURE
    assert verdict(entry("FV 42"), FV42, paid).level is Level.LIKELY


def test_reference_of_a_letter_stands_for_all_it_spoke_of() -> None:
    letter = [item(f"FV/{n}/2026", "100.00", references=("PR-2026-0015",)) for n in (1, 2, 3)]
    found = verdict(entry("wezwanie pr 2026/15", "300.00"), *letter)
    assert (found.level, len(found.allocations), found.reasons[0]) == (
        Level.SURE,
        3,
        Reason.REFERENCE,
    )
    some = verdict(entry("PR-2026-0015", "150.00"), *letter)
    assert (some.level, [a.amount for a in some.allocations]) == (
        Level.LIKELY,
        [Decimal(100), Decimal(50)],
    )


def test_virtual_account_tells_the_customer() -> None:
    found = verdict(
        entry("wpłata", payer=None, virtual_account="XX000002052409"),
        item("A/1", accounts=("XX000002052409",)),
    )
    assert (found.level, found.reasons) == (Level.LIKELY, (Reason.ACCOUNT, Reason.AMOUNT))


def test_end_to_end_reference_is_read_like_the_title() -> None:
    assert verdict(entry("transfer", end_to_end="FV/2026/11/0042"), FV42).level is Level.SURE
    assert (
        verdict(entry("FV/2026/11/0042", "50.00", end_to_end="ACMEPAY"), FV42).level is Level.SURE
    )


def test_customers_items_are_proposed_when_nothing_else_fits() -> None:
    found = verdict(entry("przelew", "99.00"), FV42, FV43, item("B/1", customer="Beta Handel S.A."))
    assert (found.level, found.left) == (Level.NONE, Decimal(99))
    assert {proposal.items for proposal in found.proposals} == {(FV42,), (FV43,)}


def test_amount_alone_is_only_a_proposal() -> None:
    found = verdict(entry("przelew", payer="KTOŚ"), FV42, FV43)
    assert (found.level, [proposal.items for proposal in found.proposals]) == (
        Level.NONE,
        [(FV42,)],
    )


def test_nothing_is_paid_by_nothing() -> None:
    assert verdict(entry("FV/2026/11/0042", "0.00"), FV42) == Match(Level.NONE)
    assert verdict(entry("FV/2026/11/0042")) == Match(Level.NONE, left=Decimal("1230.00"))


def test_every_reason_has_its_sentence() -> None:
    assert REASONS.keys() == set(Reason)


STYLES = (
    "FV/{y}/{m:02d}/{n:04d}",
    "fv/{y}/{m}/{n}",
    "FV {y} {m:02d} {n:04d}",
    "faktura nr {y}/{m:02d}/{n:04d}",
    "FV-{y}-{m:02d}-{n:04d}",
    "FV{y}{m:02d}{n:04d}",
    "FV{y}/{m:02d}/{n:04d}",
    "{y}.{m:02d}.{n:04d} faktura",
    "za FV / {y} / {m:02d} / {n:04d} dziękuję",
    "FV/{y}/{m:02d}/{n:04d} z dnia 05.11.2026",
    "Faktura VAT: FV/{y}/{m:02d}/{n:04d}, kwota 1230,00 zł",
)


@given(st.integers(2020, 2029), st.integers(1, 12), st.integers(1, 9999), st.sampled_from(STYLES))
def test_number_is_found_however_it_is_typed(
    year: int, month: int, running: int, style: str
) -> None:
    number = f"FV/{year}/{month:02d}/{running:04d}"
    others = [
        item(f"FV/{year}/{month:02d}/{n:04d}", "7.77") for n in (running + 1, running + 10_000)
    ]
    found = verdict(entry(style.format(y=year, m=month, n=running)), item(number), *others)
    assert (found.level, found.numbers) == (Level.SURE, (number,))


@given(st.text(max_size=300), st.decimals(-9999, 9999, places=2), st.text(max_size=40))
def test_any_title_gets_a_verdict(title: str, amount: Decimal, payer: str) -> None:
    found = match(
        Entry(date(2026, 11, 22), amount, "PLN", title, payer or None), Index([FV42, FV43])
    )
    assert sum(a.amount for a in found.allocations) + found.left in (amount, 0)


@pytest.mark.parametrize(
    ("ours", "payer", "same"),
    [
        (
            "Kowalski Transport Sp. z o.o.",
            "KOWALSKI TRANSPORT SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ UL. DŁUGA 5",
            True,
        ),
        ("Jan Nowak", "NOWAK JAN UL. NIJAKA 1 M 2", True),
        ("PHU Bartex Anna Wiśniewska", "ANNA WISNIEWSKA BARTEX", True),
        ("Szabó és Társa Kft.", "SZABO ES TARSA KFT", True),
        ("Müller Logistik GmbH", "Müller Logistik GmbH & Co. KG", True),
        ("Zielona Dolina Produkcja i Handel S.A.", "ZIELONA DOLINA PRODUKCJA I", True),
        ("Alfa Sp. z o.o.", "ALFA BETA SP. Z O.O.", False),
        ("Alfa Beta Sp. z o.o.", "ALFA SP. Z O.O.", False),
        ("Alfa", "ALFA CENTAURI SYSTEMS", False),
        ("Jan Nowak", "ANNA NOWAK", False),
        ("", "ALFA", False),
    ],
)
def test_names_are_compared_as_banks_write_them(ours: str, payer: str, same: bool) -> None:
    assert fits(name(ours), name(payer)) is same


def test_period_that_ends_on_no_day_is_no_number() -> None:
    """Nor is it the one that is open, where the number that is meant is paid already."""
    title = "számla za okres 01.02.2026-30.02.2026 2026/00153 usługi 05/2026"
    found = verdict(
        entry(title, "123.00"), item("30/02/2026", "123.00"), item("2026/00153", "0.00")
    )
    assert found.level is not Level.SURE
