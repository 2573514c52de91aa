"""From 1 January 2027 the shipped rates are over: everybody who needs one is told where it is
entered, nothing is lost, and what needs none goes on.
"""

import pytest

from tests.books import books, desk, rules
from tests.documents.test_conversation import pdf_of
from tests.driver import Office
from tests.running import Running

__all__ = ["books", "desk", "rules"]

TO_JANUARY = 42 * 86_400
"""From Monday 23 November 2026 to Monday 4 January 2027."""
REFUSED = (
    "Brak zweryfikowanej stawki odsetek za opóźnienie za okres 2027 I (Polska, przedsiębiorcy: "
    "PL-business). Wprowadź ją wraz ze źródłem: na stronie głównej aplikacji (Home)"
)
OVER = "(Polska, przedsiębiorcy: PL-business) była znana do dnia 31 gru 2026"


@pytest.fixture
def january(desk: Office, bot: Running) -> Office:
    desk.later(TO_JANUARY)
    bot.tick()
    return desk


def orders(office: Office, words: str) -> str:
    """What the form says once it was sent."""
    office.beata.types(f"/document {words}", "#general").submits()
    return str(office.beata.modal) if office.beata.has_modal else ""


def enters_the_rate(office: Office) -> None:
    """Table and first day are filled in."""
    office.beata.opens_home().clicks("documents.rate:PL-business", on="home")
    office.beata.fills(to="2027-06-30", rate="13,25", source="M.P. 2026 poz. 1300").submits()
    office.beata.closes(everything=True)


@pytest.mark.parametrize("paper", ["nota odsetkowa", "potwierdzenie salda"])
def test_what_holds_a_sum_of_interest_is_refused_until_the_rate_is_entered(
    january: Office, paper: str
) -> None:
    assert REFUSED in orders(january, f"{paper} Kowalska")
    january.beata.closes(everything=True)
    enters_the_rate(january)
    assert REFUSED not in orders(january, f"{paper} Kowalska")


def test_demand_goes_on_without_a_sum_and_its_approver_reads_why(january: Office) -> None:
    orders(january, "wezwanie do zapłaty Kowalska")
    january.beata.submits()
    (card,) = [seen for seen in january.marek.dm if "Wezwanie do zapłaty" in seen]
    assert "podano bez kwoty" in card
    assert REFUSED in card
    january.marek.clicks("Akceptuję", on=card)
    assert "Żądamy odsetek ustawowych" in pdf_of(january, january.beata.dm[-1])


def test_statement_and_reminders_need_no_rate(january: Office) -> None:
    assert REFUSED not in orders(january, "zestawienie Kowalska")
    january.beata.closes(everything=True)
    january.beata.shortcut("reminders")
    assert january.beata.has_modal


def test_home_and_finances_channel_say_it_until_the_rate_is_entered(january: Office) -> None:
    told = [seen for seen in january.marek.sees("#bo-accounting") if OVER in seen]
    assert len(told) == 1
    assert "Wprowadź stawkę…" in told[0].buttons
    waiting, _, _ = str(january.beata.opens_home().home).partition("Twoje zgłoszenia")
    assert OVER in waiting
    assert OVER not in str(january.piotr.opens_home().home)
    enters_the_rate(january)
    assert OVER not in str(january.beata.opens_home().home)


def test_until_the_last_day_home_is_silent(desk: Office) -> None:
    desk.later(38 * 86_400)  # Thursday 31 December
    assert OVER not in str(desk.beata.opens_home().home)
