"""Reminders to whoever has money to get back: less than is open is named, as much holds the
message.
"""

from datetime import date, timedelta

from tests.driver import Office
from tests.reminders.books import Books
from tests.running import Running

MONDAY = date(2026, 11, 23)


def _owes(books: Books, credit: int) -> None:
    who = books.customer(tax_id="7740001454")
    told = {"customer": who, "issued_on": "2026-10-01"}
    books.invoice("FV/2026/10/0007", MONDAY - timedelta(20), 100_000, **told)
    books.invoice("KN/1", None, -credit, kind="credit_note", **told)


def _remind(office: Office, bot: Running) -> str:
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers")
    office.beata.fills(overdue="stage:demand").submits().closes(everything=True)
    bot.tick()
    return "\n".join(str(seen) for seen in office.beata.sees("#bo-collections"))


def test_credit_smaller_than_what_is_open_is_named_in_the_message(
    office: Office, bot: Running, books: Books
) -> None:
    _owes(books, 20_000)
    told = _remind(office, bot)
    assert "niezapłacona" in told
    assert "Mają do zwrotu 200,00\xa0zł" in told


def test_message_is_held_and_finance_asked_where_as_much_is_to_be_given_back(
    office: Office, bot: Running, books: Books
) -> None:
    _owes(books, 120_000)
    told = _remind(office, bot)
    assert "niezapłacona" not in told
    assert "przypomnienia wstrzymane" in told
    assert "1200,00\xa0zł" in told or "1\xa0200,00\xa0zł" in told
    bot.tick()
    assert _count(office) == 1


def _count(office: Office) -> int:
    seen = office.beata.sees("#bo-collections")
    return sum("przypomnienia wstrzymane" in str(one) for one in seen)
