"""Reminders to customers who are not in Slack go by e-mail, as the letter of their stage."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from storage.invoices import customers
from storage.reminders import reminders
from tests.documents.test_conversation import US
from tests.driver import Office, Seen
from tests.mail.conftest import ADDRESS
from tests.mail.server import Mailbox
from tests.mail.test_conversation import mails
from tests.reminders.books import Books
from tests.reminders.conftest import books
from tests.reminders.test_conversation import days_later, switch_on
from tests.running import Running

__all__ = ["books"]
MONDAY = date(2026, 11, 23)


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    """Customers are written to by e-mail, and nobody else."""
    policy = shipped.reminder_policies["customers"]
    mailed = policy.model_copy(update={"audience": ("customer_mail",), "min_gap_days": 1})
    policies = {**shipped.reminder_policies, "customers": mailed}
    return shipped.model_copy(update={"reminder_policies": policies, "company": US})


@pytest.fixture
def customer(office: Office, bot: Running, books: Books) -> int:
    """A customer with an address, and the policy is on."""
    switch_on(office, "done")
    return books.customer(email=ADDRESS, address="ul. Łąkowa 7\n90-001 Łódź", tax_id="7740001454")


def state(books: Books, invoice: int) -> tuple[str, str]:
    with books.turns.turn(HOME) as turn:
        rows = reminders.rows_of(turn, [invoice])
    reached = [row for row in rows if row.state != "superseded"]
    return max((row.on_day, row.state, row.reason) for row in reached)[1:]


def approval(office: Office) -> Seen:
    return next(seen for seen in office.beata.sees("#bo-collections") if ADDRESS in seen)


def test_what_falls_due_goes_with_a_statement(
    office: Office, bot: Running, books: Books, box: Mailbox, customer: int
) -> None:
    invoice = books.invoice("FV/2026/11/0001", MONDAY + timedelta(1), customer=customer)
    days_later(office, books, bot, 1)
    (mail,) = mails(box)
    assert mail["To"] == ADDRESS
    assert "Zestawienie należności" in mail["Subject"]
    assert mail["Reply-To"].addresses[0].display_name == "Beata Kamińska"
    text, pdf = mail.iter_parts()
    assert "Szanowni Państwo" in text.get_content()
    assert "FV/2026/11/0001" in PdfReader(BytesIO(pdf.get_content())).pages[0].extract_text()
    assert state(books, invoice) == ("sent", "")
    bot.tick()
    assert len(mails(box)) == 1


def test_a_late_stage_goes_once_finance_agrees_and_is_signed_by_who_agreed(
    office: Office, bot: Running, books: Books, box: Mailbox, customer: int
) -> None:
    books.invoice("FV/2026/11/0001", MONDAY - timedelta(13), customer=customer)
    days_later(office, books, bot, 1)
    assert mails(box) == []
    office.marek.clicks("Wyślij", on=approval(office))
    bot.tick()
    (mail,) = mails(box)
    assert "Wezwanie do zapłaty" in mail["Subject"]
    _, pdf = mail.iter_parts()
    page = "".join(p.extract_text() for p in PdfReader(BytesIO(pdf.get_content())).pages)
    assert "Marek" in page
    assert "1 grudnia 2026" in page  # seven days from the letter's


def test_a_refused_mail_counts_as_not_sent_and_is_tried_another_day(
    office: Office, bot: Running, books: Books, box: Mailbox, customer: int
) -> None:
    box.ways = ["reply:550"]
    invoice = books.invoice("FV/2026/11/0001", MONDAY + timedelta(1), customer=customer)
    days_later(office, books, bot, 1)
    bot.tick()
    assert box.taken == []
    (notice,) = [seen for seen in office.beata.sees("#bo-collections") if "⚠️" in seen]
    assert f"do {ADDRESS} nie zostało dostarczone" in notice
    assert "550" in notice
    assert state(books, invoice) == ("held", "undelivered")
    days_later(office, books, bot, 1)
    assert len(box.taken) == 1
    assert state(books, invoice) == ("sent", "")


def test_a_mail_that_may_have_arrived_goes_again_by_a_persons_word_alone(
    office: Office, bot: Running, books: Books, box: Mailbox, customer: int
) -> None:
    box.ways = ["drop:end"]
    invoice = books.invoice("FV/2026/11/0001", MONDAY + timedelta(1), customer=customer)
    days_later(office, books, bot, 3)
    assert len(box.taken) == 1
    assert state(books, invoice)[0] == "sent"
    (notice,) = [seen for seen in office.beata.sees("#bo-collections") if "⚠️" in seen]
    assert ADDRESS in notice
    (card,) = [seen for seen in office.beata.dm if seen.buttons and ADDRESS in seen]
    office.beata.clicks("Wyślij ponownie", on=card)
    assert len(box.taken) == 2
    assert "Serwer poczty przyjął" in card.again()


def test_a_letter_that_lacks_a_fact_is_told_and_waits(
    office: Office, bot: Running, books: Books, box: Mailbox, customer: int
) -> None:
    with books.turns.turn(HOME) as turn:
        customers.change(turn, customer, address="")
    books.invoice("FV/2026/11/0001", MONDAY - timedelta(13), customer=customer)
    days_later(office, books, bot, 1)
    office.beata.clicks("Wyślij", on=approval(office))
    bot.tick()
    bot.tick()
    assert box.taken == []
    (notice,) = [seen for seen in office.beata.sees("#bo-collections") if "⚠️" in seen]
    assert "Adres" in notice


def test_without_an_address_nobody_is_written_to(
    office: Office, bot: Running, books: Books, box: Mailbox, customer: int
) -> None:
    for email in ("", "a@b.example, c@d.example"):
        with books.turns.turn(HOME) as turn:
            customers.change(turn, customer, email=email)
        books.invoice(f"FV/{len(email)}", MONDAY + timedelta(1), customer=customer)
        days_later(office, books, bot, 1)
    assert box.taken == []
