"""Reminders in the office: switched on by finance, told once and in the reader's language, answered by buttons."""

from datetime import date

from tests.driver import Office
from tests.reminders.books import Books
from tests.running import Running

MONDAY = date(2026, 11, 23)


def switch_on(office: Office, overdue: str = "Is taken as done") -> None:
    """Ildikó, of accounting, reads Hungarian; Emma's English is not finance's, so the choice is by value."""
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers")
    office.beata.chooses("overdue", overdue)
    office.beata.submits()


def test_finance_sees_what_would_go_and_switches_on(office: Office, bot: Running, books: Books) -> None:
    kowalska = books.customer()
    books.invoice("FV/2026/11/0001", date(2026, 11, 23), customer=kowalska)
    office.beata.shortcut("reminders")
    assert office.beata.modal.title == "Przypomnienia"
    assert "🔕 *Faktury klientów*" in office.beata.modal
    office.beata.clicks("reminders.switch_on:customers")
    assert "Kowalska" in office.beata.modal
    assert "Termin płatności dzisiaj" in office.beata.modal
    office.beata.submits()
    assert "🔔 *Faktury klientów*" in office.beata.modal
    assert "Beata Kamińska" in office.beata.sees("#bo-collections")[-1]


def test_a_due_invoice_is_told_once_to_each_in_their_language(office: Office, bot: Running, books: Books) -> None:
    szabo = books.customer("Szabó Kft.", owner="U0KATA", country="HU", language="hu", timezone="Europe/Budapest")
    books.invoice("FV/2026/11/0001", MONDAY, customer=szabo)
    switch_on(office, "done")
    bot.tick()
    bot.tick()
    (letter,) = office.kata.dm
    assert "Ma esedékes" in letter
    assert "FV/2026/11/0001" in letter
    assert "1 200,00 PLN" in letter.text.replace("\xa0", " ")
    channel = [seen for seen in office.beata.sees("#bo-collections") if "FV/2026/11/0001" in seen]
    assert len(channel) == 1
    assert "Termin płatności dzisiaj" in channel[0]
