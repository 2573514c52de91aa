"""``zaplecze route``, and what is understood of a sentence without any database."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli import cli
from bot.kit.catalogue import Catalogue
from handlers.words.model.intents import INTENTS, Setting, understand
from handlers.words.model.sentences import sentences

MONDAY = date(2026, 11, 23)


def routed(text: str, *more: str) -> dict[str, object]:
    """What the command prints."""
    printed = CliRunner().invoke(cli, ["route", text, *more, "--json"], catch_exceptions=False)
    assert printed.exit_code == 0, printed.stderr
    facts: dict[str, object] = json.loads(printed.stdout)
    return facts


@pytest.fixture
def setting(shipped: Catalogue) -> Setting:
    return Setting(MONDAY, shipped.document_kinds)


def test_route_prints_what_is_understood() -> None:
    assert routed("co z fakturą FV/2026/11/0042") == {
        "intent": "invoice_status",
        "sure": True,
        "language": "pl",
        "invoice": "FV/2026/11/0042",
        "ticket": None,
        "document_kind": None,
        "customer": None,
        "date": None,
        "amount": None,
        "currency": None,
        "choices": [],
    }


def test_route_names_no_customer_without_a_database() -> None:
    facts = routed("wyciąg Kowalska", "--as", "pl")
    assert facts["intent"] == "document_request"
    assert facts["document_kind"] == "account_statement"
    assert facts["customer"] is None


def test_route_refuses_a_language_that_is_none() -> None:
    printed = CliRunner().invoke(cli, ["route", "help", "--as", "de"])
    assert printed.exit_code == 2
    assert "no language of mine" in printed.stderr


@pytest.mark.parametrize(
    ("text", "intent", "ticket", "invoice"),
    [
        ("czy Kowalska już zapłaciła?", "invoice_status", None, None),
        ("ile wisi nam Kowalska?", "invoice_status", None, None),
        ("gdzie jest moje zgłoszenie o adresie Młyna?", "ticket_status", None, None),
        ("bo-4 jak tam?", "ticket_status", "bo-4", None),
        ("FV/2026/11/0042", "invoice_status", None, "FV/2026/11/0042"),
        ("Drukarka na 2 piętrze nie dziala", "ticket_create", None, None),
        ("co z fakturą 42", "invoice_status", None, "42"),
        ("co jest po terminie", "due_list", None, None),
        ("hol tart a jegyem?", "ticket_status", None, None),
        ("mi van kifizetve a Tokajinak?", "invoice_status", None, None),
        ("mennyivel tartozik a Szegedi Fűszer?", "invoice_status", None, None),
        ("lejárt számlák", "due_list", None, None),
        ("saját jegyeim", "ticket_status", None, None),
        ("jegyet szeretnék nyitni: beragadt az ajtó", "ticket_create", None, None),
        ("where is my ticket about the printer", "ticket_status", None, None),
        ("has Hafenkontor paid?", "invoice_status", None, None),
        ("status of BO-6", "ticket_status", "BO-6", None),
        ("my tickets", "ticket_status", None, None),
        ("create a ticket: the door is broken", "ticket_create", None, None),
        ("asdkjh qwe zzz", "none", None, None),
    ],
)
def test_what_people_typed_is_understood(
    setting: Setting, text: str, intent: str, ticket: str | None, invoice: str | None
) -> None:
    understood = understand(text, setting)
    assert (understood.intent, understood.is_sure) == (intent, True)
    assert (understood.figures.ticket, understood.figures.invoice) == (ticket, invoice)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("certificate", None),
        ("poproszę zaświadczenie", None),
        ("kérek egy igazolást", None),
        ("zaświadczenie o zatrudnieniu", "employment_certificate"),
        ("zaświadczenie o zarobkach", "earnings_certificate"),
        ("potwierdzenie salda Żubr", "balance_confirmation"),
        ("munkáltatói igazolás kellene", "employment_certificate"),
        ("copy of invoice 42", "invoice_copy"),
        ("folyószámla-kivonat Kowalska", "account_statement"),
        ("ostateczne wezwanie", "final_demand"),
        ("printout of the conversation in BO-3", "ticket_transcript"),
        ("mój pasek płacowy", "payslip"),
    ],
)
def test_kinds_of_documents_are_told_apart(setting: Setting, text: str, kind: str | None) -> None:
    understood = understand(text, setting)
    assert (understood.intent, understood.document_kind) == ("document_request", kind)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("find the invoice over 1,230.00 EUR", "1230.00", "EUR"),
        ("faktura na 4 500 zł", "4500.00", "PLN"),
        ("a 3000 Ft-os befizetés", "3000.00", "HUF"),
        ("wpłata 5 tys. zł", "5000.00", "PLN"),
        ("która faktura jest na 12400,00", "12400.00", None),
        ("we need 20 chairs in room 214", None, None),
        ("paid 100 EUR or 200 EUR", None, None),
    ],
)
def test_amounts_are_read_or_left_alone(
    setting: Setting, text: str, amount: str | None, currency: str | None
) -> None:
    figures = understand(text, setting).figures
    assert (figures.amount, figures.currency if amount else None) == (amount, currency)


@pytest.mark.parametrize(
    "text",
    [
        "the helpdesk is open 24/7",
        "raport za 11/2026",
        "zadzwoń +48 600 700 800",
        "PL 725-110-00-10",
        "26143013-2-41",
        "PL89109010140000000042000010",
        "rok 2026/2027",
        "ul. Długa 14/2",
        "PIT-2 i A4",
        "bo 12 osób czeka",
    ],
)
def test_numbers_of_other_things_are_no_invoices_and_no_tickets(
    setting: Setting, text: str
) -> None:
    figures = understand(text, setting).figures
    assert (figures.invoice, figures.ticket) == (None, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("statement as of yesterday", "2026-11-22"),
        ("wyciąg na wczoraj", "2026-11-22"),
        ("kivonat tegnapi nappal", "2026-11-22"),
        ("co jest płatne do piątku", "2026-11-27"),
        ("mi esedékes ma", "2026-11-23"),
        ("saldo na koniec października", "2026-10-31"),
        ("egyenlegközlő október végére", "2026-10-31"),
        ("due on 15.12.2026", "2026-12-15"),
        ("2026.12.15-én esedékes fizetések", "2026-12-15"),
        ("statement as of 31/10/2026", "2026-10-31"),
        ("czy Kowalska ma zaległości", None),
    ],
)
def test_days_are_read_in_three_languages(setting: Setting, text: str, day: str | None) -> None:
    found = understand(text, setting).day
    assert (found.isoformat() if found else None) == day


def test_of_two_numbers_neither_is_guessed(setting: Setting) -> None:
    understood = understand("invoices FV/2026/11/0042 and FV/2026/11/0043", setting)
    assert understood.figures.invoice is None


def test_what_is_offered_never_begins_with_making_a_ticket(setting: Setting) -> None:
    for sentence in sentences():
        choices = understand(sentence.text, setting).choices
        assert 2 <= len(choices) <= 3
        assert choices[0] != "ticket_create"


@given(st.text(max_size=300))
def test_any_text_is_understood_in_some_way(text: str) -> None:
    understood = understand(text, Setting(MONDAY, {}))
    assert understood.intent in (*INTENTS, "none")
    named = [understood.figures.invoice, understood.figures.ticket]
    assert all(each is None or each in text for each in named)


def test_each_intent_has_sixty_different_sentences_in_each_language() -> None:
    texts: dict[tuple[str, str], set[str]] = {}
    for each in sentences():
        intent = "none" if each.intent in ("small_talk", "other") else each.intent
        texts.setdefault((each.language, intent), set()).add(each.text.casefold())
    assert len(texts) == 3 * 7
    assert {key: len(some) for key, some in texts.items() if len(some) < 60} == {}
