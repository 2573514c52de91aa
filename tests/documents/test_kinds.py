"""Every document kind: found, complete, said in three languages, never with an invented value."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from io import BytesIO

import pytest
import segno
from babel.numbers import format_decimal, get_currency_precision
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.catalogue import loader
from bot.kit.money import Money
from bot.kit.pdf import GlyphMissing
from bot.kit.plugins import names_in
from bot.kit.words import LANGUAGES, Words
from handlers.documents.kinds import FieldsMissing, Kind, NoSuchKind, fields_of, kind, kinds
from handlers.documents.kinds.balance_confirmation import balances
from handlers.documents.kinds.parts.figures import account_number, amounts
from handlers.documents.kinds.ticket_transcript import Message
from tests.documents import samples
from tests.documents.samples import HUNGARIAN_EMPLOYER, MARK, THEM, US, open_item, sample

KEYS = tuple(kinds())


def text_of(pdf: bytes) -> str:
    """What a reader reads: line ends and spaces are one."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def said(key: str, facts: object, language: str = "en") -> str:
    return text_of(kind(key).render(facts, MARK, Words(language)))


def test_each_file_of_the_folder_is_a_kind_that_the_shipped_catalogue_offers() -> None:
    shipped = loader.load().document_kinds
    assert names_in("handlers.documents.kinds") == list(kinds())
    assert set(kinds()) == {key for key, listed in shipped.items() if listed.source == "made"}


def test_an_unknown_kind_is_refused_with_the_list() -> None:
    with pytest.raises(NoSuchKind) as refused:
        kind("love_letter")
    assert "account_statement, balance_confirmation" in Words("hu").problem(refused.value)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_is_made_in_each_language(key: str, language: str) -> None:
    made = said(key, sample(key), language)
    assert MARK.number in made
    assert "{" not in made
    assert "■" not in made


@pytest.mark.parametrize("key", KEYS)
def test_each_kind_gives_the_same_bytes_twice(key: str) -> None:
    assert len({kind(key).render(sample(key), MARK, Words("hu")) for _ in range(2)}) == 1


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["pl", "hu"])
def test_each_label_is_translated(key: str, language: str) -> None:
    words = Words(language)
    same_everywhere = {"VAT", "Status", "Bank", "E-mail"}
    for label in {kind(key).label, *_labels(kind(key).facts)} - same_everywhere:
        assert words.say(label) != label


def _labels(facts: type) -> Iterator[str]:
    yield from (field.label for field in fields_of(facts).values())


@pytest.mark.parametrize("key", KEYS)
def test_facts_are_frozen_and_every_one_has_a_name_for_people(key: str) -> None:
    facts = kind(key).facts
    assert is_dataclass(facts)
    assert facts.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert list(fields_of(facts)) == [field.name for field in fields(facts)]


@pytest.mark.parametrize("key", KEYS)
def test_nothing_known_means_that_everything_needed_is_named_at_once(key: str) -> None:
    some = kind(key)
    with pytest.raises(FieldsMissing) as refused:
        some.gather({})
    needed = {name for name, field in fields_of(some.facts).items() if field.needed}
    assert {gap.path for gap in refused.value.gaps} == needed
    for language in LANGUAGES:
        spoken = Words(language).problem(refused.value)
        assert all(str(Words(language).fact(gap.name)) in spoken for gap in refused.value.gaps)


@pytest.mark.parametrize("key", KEYS)
def test_each_needed_fact_blocks_the_document_alone(key: str) -> None:
    whole = dict(vars(sample(key)))
    for name, field in fields_of(kind(key).facts).items():
        if field.needed:
            assert [gap.path for gap in kind(key).missing({**whole, name: None})] == [name]


@pytest.mark.parametrize("key", KEYS)
def test_a_fact_that_cannot_be_printed_blocks_the_document(key: str) -> None:
    facts = sample(key)
    for name, field in fields_of(kind(key).facts).items():
        if isinstance(getattr(facts, name), str) and not field.free:
            broken = replace(facts, **{name: "山"})  # type: ignore[type-var]
            with pytest.raises(GlyphMissing) as refused:
                kind(key).render(broken, MARK, Words("en"))
            assert Words("en").say(field.label) in Words("en").problem(refused.value)


def test_the_wrong_letter_is_named_with_its_place() -> None:
    facts = replace(samples.account_statement(), debtor=replace(THEM, name="Kawa 山"))
    with pytest.raises(GlyphMissing) as refused:
        kind("account_statement").render(facts, MARK, Words("en"))
    assert "„Nazwa (Kontrahent)” zawiera" in Words("pl").problem(refused.value)


@pytest.mark.parametrize("key", ["payment_reminder", "payment_demand", "final_demand"])
def test_what_asks_for_money_says_where_to_pay_it(key: str) -> None:
    facts = dict(vars(sample(key)))
    none_at_all = {**facts, "creditor": replace(US, accounts=())}
    assert [gap.path for gap in kind(key).missing(none_at_all)] == ["creditor.accounts"]
    others = tuple(a for a in US.accounts if a.currency != "PLN")
    none_for_it = {**facts, "creditor": replace(US, accounts=others)}
    assert [gap.path for gap in kind(key).missing(none_for_it)] == ["creditor.accounts.PLN"]


@pytest.mark.parametrize("key", ["payment_reminder", "account_statement", "interest_note"])
def test_our_logo_stands_at_the_head_of_the_first_page_alone(key: str) -> None:
    picture = BytesIO()
    segno.make("Zaplecze").save(picture, kind="png", scale=4)
    facts = replace(sample(key), creditor=replace(US, logo=picture.getvalue()))  # type: ignore[type-var]
    plain, shown = (kind(key).render(each, MARK, Words("pl")) for each in (sample(key), facts))
    pictures = [len(page.images) for page in PdfReader(BytesIO(shown)).pages]
    before = [len(page.images) for page in PdfReader(BytesIO(plain)).pages]
    assert pictures[0] == before[0] + 1
    assert sum(pictures[1:]) == sum(before[1:])
    assert shown == kind(key).render(facts, MARK, Words("pl"))


def test_a_demand_needs_an_account_for_each_currency() -> None:
    facts = {**samples.demand_facts(), "items": (open_item(1, "HUF"),)}
    gaps = kind("payment_demand").missing(facts)
    assert [gap.path for gap in gaps] == ["creditor.accounts.HUF"]
    assert Words("pl").fact(gaps[0].name) == "Rachunek dla HUF"


@pytest.mark.parametrize("key", ["payment_demand", "final_demand"])
def test_a_demand_names_parties_sums_term_account_basis_and_consequences(key: str) -> None:
    made = said(key, sample(key), "pl")
    for fact in (
        US.name,
        "Nr VAT UE PL5261040828",
        "Nr VAT UE HU12892312",
        "FV/2026/0001",
        "30 listopada 2026 r.",
        "PL61 1090 1014",
    ):
        assert fact in made
    assert "55 772,59 zł" in made  # 55 143,96 + 543,21 + 85,42
    assert "art. 7 ustawy z dnia 8 marca 2013 r." in made
    assert "Umowa ramowa nr 7/2025" in made
    assert "Wojciech Dąbrowski" in made


@pytest.mark.parametrize(
    ("country", "basis"),
    [("PL", "Polish act of 8 March 2013"), ("HU", "6:155"), ("DE", "Directive 2011/7/EU")],
)
def test_a_demand_names_the_law_of_the_creditor(country: str, basis: str) -> None:
    facts = {**samples.demand_facts(), "creditor": replace(US, country=country)}
    assert basis in said("final_demand", kind("final_demand").gather(facts))


@pytest.mark.parametrize(
    ("count", "polish"),
    [
        (1, "minął termin płatności 1 faktury"),
        (2, "terminy płatności 2 faktur"),
        (5, "terminy płatności 5 faktur"),
    ],
)
def test_a_reminder_counts_invoices_in_the_right_form(count: int, polish: str) -> None:
    made = said(
        "payment_reminder",
        samples.payment_reminder(tuple(open_item(n) for n in range(1, count + 1))),
        "pl",
    )
    assert polish in made


def test_a_reminder_before_the_due_date_does_not_speak_of_a_delay() -> None:
    early = samples.payment_reminder((replace(open_item(1), overdue_days=0),))
    made = said("payment_reminder", early)
    assert "falls due soon" in made
    assert "overdue:" not in made


def test_a_reminder_may_go_to_somebody_without_a_tax_number() -> None:
    facts = replace(samples.payment_reminder(), debtor=replace(THEM, tax_id=""))
    assert kind("payment_reminder").missing(vars(facts)) == ()


def test_a_balance_has_a_side_and_a_slip_that_agrees_or_differs() -> None:
    facts = replace(
        samples.balance_confirmation(),
        items=(replace(open_item(1), outstanding=Money(-100_00, "PLN")),),
    )
    made = said("balance_confirmation", replace(facts, interest=()), "pl")
    assert "100,00 zł na Państwa korzyść" in made
    assert f"Saldo jest zgodne z naszymi księgami: 100,00 zł na rzecz: {THEM.name}" in made
    assert "Saldo nie jest zgodne z naszymi księgami." in made
    assert "pieczęć i podpis" in made


def test_a_balance_adds_interest_to_its_currency() -> None:
    facts = samples.balance_confirmation()
    owed = sum((item.outstanding for item in facts.items), start=Money(543_21, "PLN"))
    assert balances(facts) == (owed,)


def test_an_interest_note_adds_up_its_lines_and_compensation() -> None:
    made = said("interest_note", samples.interest_note(), "pl")
    for fact in (
        "Nota odsetkowa nr NO/2026/11/003",
        "715,14",
        "1 013,69 zł",
        "13,75 %",
        "średnim kursie NBP z 31.08.2026: 4,2650",
    ):
        assert fact in made


def test_an_invoice_copy_says_that_it_is_none_and_shows_the_ksef_number() -> None:
    made = said("invoice_copy", samples.invoice_copy(), "pl")
    for fact in (
        "Wizualizacja faktury",
        "5261040828-20261104-9A1B2C3D4E5F-7C",
        "412,3375",
        "10 188,19 zł",
        "667,99",
    ):
        assert fact in made
    assert ":folded_hands:" in made


def test_an_invoice_copy_shows_no_more_than_its_file_says() -> None:
    bare = replace(
        samples.invoice_copy(),
        lines=(),
        vat=(),
        notes=(),
        ksef_link="",
        ksef_number="",
        sold_on=None,
    )
    made = said(
        "invoice_copy", replace(bare, due_on=(), buyer=replace(THEM, tax_id="", address=())), "pl"
    )
    assert "10 188,19 zł" in made
    for absent in ("KSeF", "Data sprzedaży", "płatne do", "Stawka VAT"):
        assert absent not in made


@pytest.mark.parametrize("key", ["employment_certificate", "earnings_certificate"])
def test_what_a_certificate_needs_depends_on_the_employers_country(key: str) -> None:
    facts = samples.earnings() if key == "earnings_certificate" else samples.employment()
    here = {gap.path for gap in kind(key).missing({**facts, "national_id": ""})}
    there = {gap.path for gap in kind(key).missing({**facts, "employer": HUNGARIAN_EMPLOYER})}
    assert here == {"national_id"}
    assert there == {
        "employer_activity",
        "birth_name",
        "birth_place",
        "born_on",
        "mothers_name",
        "address",
        "tax_id",
        "contact_phone",
    }


def test_an_earnings_certificate_shows_months_their_average_and_deductions() -> None:
    facts = kind("earnings_certificate").gather(samples.earnings(HUNGARIAN_EMPLOYER))
    made = said("earnings_certificate", facts, "hu")
    for fact in (
        "2026. augusztus",
        "603 009",
        "E hónapok átlaga",
        "munkáltatói kölcsön",
        "Győri Ildikó",
        "846 000 Ft",
    ):
        assert fact in made


def test_an_average_of_forints_is_whole() -> None:
    told = samples.earnings(HUNGARIAN_EMPLOYER)
    months = told["months"]
    assert isinstance(months, tuple)
    third = replace(months[2], net=months[2].net + Money.of(1, "HUF"))
    facts = kind("earnings_certificate").gather({**told, "months": (*months[:2], third)})
    made = said("earnings_certificate", facts, "hu")
    assert "603 009" in made
    assert "603 009,33" not in made


def test_deductions_that_nobody_knows_block_and_none_are_said() -> None:
    facts = samples.earnings()
    assert "Wynagrodzenie nie jest obciążone" in said(
        "earnings_certificate", kind("earnings_certificate").gather(facts), "pl"
    )
    del facts["deductions"]
    assert [gap.path for gap in kind("earnings_certificate").missing(facts)] == ["deductions"]


def test_a_transcript_keeps_markup_emoji_and_foreign_letters_readable() -> None:
    made = said("ticket_transcript", samples.ticket_transcript(), "pl")
    for fact in (
        "<b>nie drukuje</b>",
        ":delivery_truck:",
        "[U+05E9]",
        "2 wiadomości",
        "20 listopada 2026 r., 09:12",
    ):
        assert fact in made


@given(st.text(max_size=300), st.text(max_size=300), st.lists(st.text(max_size=60), max_size=3))
@settings(max_examples=20)
def test_whatever_people_write_a_transcript_can_be_made(
    title: str, text: str, files: list[str]
) -> None:
    facts = samples.ticket_transcript()
    message = Message(at=facts.opened_at, author=title or "x", text=text, files=tuple(files))
    wild = replace(facts, title=title or "x", messages=(message,), answers=((text, title),))
    some: Kind[object] = kind("ticket_transcript")
    if some.missing(vars(wild)):
        with pytest.raises(FieldsMissing):
            some.render(wild, MARK, Words("en"))
    else:
        assert some.render(wild, MARK, Words("en")).startswith(b"%PDF")


@given(
    st.lists(st.integers(-(10**14), 10**14), min_size=1, max_size=4),
    st.sampled_from(["PLN", "EUR", "HUF", "JPY", "KWD"]),
    st.sampled_from(LANGUAGES),
)
def test_amounts_in_columns_are_written_as_the_country_writes_them(
    minors: list[int], currency: str, language: str
) -> None:
    words = Words(language)
    column = [Money(minor, currency) for minor in minors]
    digits = get_currency_precision(currency)
    if currency == "HUF" and all(minor % 100 == 0 for minor in minors):
        digits = 0
    form = "#,##0." + "0" * digits if digits else "#,##0"
    assert amounts(column, words) == [
        format_decimal(money.amount, form, locale=words.locale) for money in column
    ]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("PL61109010140000071219812874", "PL61 1090 1014 0000 0712 1981 2874"),
        ("61 1090 1014 0000 0712 1981 2874", "61 1090 1014 0000 0712 1981 2874"),
        ("hu42117730161111101800000000", "HU42 1177 3016 1111 1018 0000 0000"),
        ("11773016-11111018", "11773016-11111018"),
        ("117730161111101800000000", "11773016-11111018-00000000"),
        ("", ""),
    ],
)
def test_account_numbers_stand_in_groups(typed: str, shown: str) -> None:
    assert account_number(typed) == shown


def test_the_company_of_the_catalogue_becomes_the_letterhead() -> None:
    from bot.kit import catalogue
    from handlers.documents.kinds.parts.parties import company_of

    known = catalogue.Company(
        name="Żółwik",
        address=("ul. Długa 1",),
        tax_numbers=("5261040828", "HU12892312"),
        registrations={"KRS": "0000123456"},
    )
    made = company_of(known)
    assert (made.tax_id, made.registrations, made.country) == (
        "5261040828",
        ("KRS 0000123456",),
        "PL",
    )


def test_dates_and_numbers_are_those_of_the_facts_not_of_today() -> None:
    facts = replace(samples.account_statement(), as_of=date(1999, 12, 31))
    assert "31 December 1999" in said("account_statement", facts)
