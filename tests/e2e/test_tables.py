# ruff: noqa: F811  (fixtures are parameters of their own name)
"""Tables dropped on the page's bot: what cannot be known is asked in the form, and remembered."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser import Windows, browser, windows  # noqa: F401
from tests.e2e.demo import At, Demo

pytestmark = pytest.mark.browser
BANK = "Data;Tytuł;Kontrahent;Kwota;Waluta;Strona\n2026-11-2{};FV 42;Młyn S.A.;12,50;PLN;Rozch.\n"
DAYS = (
    "Invoice number;Invoice date;Customer;Customer tax id;Total;Currency\n"
    "S/{}/2026;01/02/2026;Kowalska;7740001454;1500.00;EUR\n"
)
SALES = "Numer faktury;Data wystawienia;Nabywca;Kwota brutto\nS/1{}/2026;20.11.2026;Bór;12,00\n"


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    running = Demo(tmp_path_factory.mktemp("tables"))
    yield running
    running.close()


@pytest.fixture
def beata(demo: Demo, windows: Windows) -> At:
    """Finance, in her direct message with the bot."""
    person = At(windows, demo, "U0BEATA", "Zaplecze", locale="pl-PL")
    person.tab(1)
    return person


def changes_columns(beata: At, asked: Locator, question: str, field: str) -> None:
    """What cannot be known cannot be confirmed as it is, only said: in the form's first field."""
    expect(asked).to_contain_text(question)
    expect(asked.get_by_role("button", name="Wczytaj tak")).to_have_count(0)
    asked.get_by_role("button", name="Zmień kolumny…").click()
    expect(beata.form.locator("label").first).to_contain_text(field)
    beata.sends()


def test_word_of_direction_that_nobody_knows(beata: At) -> None:
    asked = beata.drops("bank-1.csv", "text/csv", BANK.format(1).encode())
    changes_columns(beata, asked, "Nie każdy wiersz mówi, czy pieniądze", "Słowa oznaczające wpływ")
    expect(beata.form).to_contain_text("W tabeli przy kwocie jest słowo „Rozch.”")
    beata.form.get_by_label("Słowa oznaczające wypływ, po przecinku").fill("rozch.")
    beata.sends()
    answered = beata.page.locator(".thread li.message").last
    answered.get_by_role("button", name="PL41109010140000000042000001").click()
    expect(answered).to_contain_text("1 nowa wpłata")
    again = beata.drops("bank-2.csv", "text/csv", BANK.format(2).encode())
    expect(again).to_contain_text("1 nowa wpłata")


def test_days_of_two_possible_orders(beata: At) -> None:
    asked = beata.drops("days-1.csv", "text/csv", DAYS.format(1).encode())
    changes_columns(beata, asked, "Daty można odczytać na dwa sposoby", "Daty jak")
    expect(beata.form).to_contain_text("Uzupełnij to pole")
    beata.chooses("Daty jak", "12/31/2026")
    beata.sends()
    expect(beata.page.locator(".thread li.message").last).to_contain_text("nowe 1")
    expect(beata.drops("days-2.csv", "text/csv", DAYS.format(2).encode())).to_contain_text("nowe 1")
    beata.writes("/invoice S/2/2026")
    expect(beata.message("S/2/2026")).to_contain_text("2 sty 2026")


def test_table_without_a_currency(beata: At) -> None:
    asked = beata.drops("sales-1.csv", "text/csv", SALES.format(1).encode())
    changes_columns(beata, asked, "Nie wiadomo, jaka to waluta", "Waluta")
    expect(beata.form).to_contain_text("Wybierz kolumnę z walutą albo wpisz tu jedną walutę")
    beata.form.get_by_label("Waluta, gdy nie podaje jej kolumna").fill("eur")
    beata.sends()
    expect(beata.page.locator(".thread li.message").last).to_contain_text("nowe 1")
    expect(beata.drops("sales-2.csv", "text/csv", SALES.format(2).encode())).to_contain_text(
        "nowe 1"
    )
    beata.writes("/invoice S/12/2026")
    expect(beata.message("S/12/2026")).to_contain_text("12,00 €")
