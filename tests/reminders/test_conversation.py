"""Reminders in the office: switched on by finance, told once and in the reader's language, silent
when they must be.
"""

from datetime import date, timedelta

import pytest

from bot.playground.slack.acts import administrator
from bot.playground.slack.channels import Channel
from bot.slack import HOME
from handlers.reminders.model.facts import CUSTOMER_CHANNEL
from handlers.reminders.service import audiences
from storage.invoices import customers
from tests.driver import Office, Seen
from tests.reminders.books import Books
from tests.running import Running

MONDAY = date(2026, 11, 23)
DAY = 86_400


@pytest.fixture
def active(office: Office, bot: Running, books: Books) -> Books:
    """The customers' policy is on; what was overdue is taken as done."""
    switch_on(office, "done")
    return books


def switch_on(office: Office, overdue: str) -> None:
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers")
    office.beata.fills(overdue=overdue).submits()
    office.beata.closes(everything=True)


def days_later(office: Office, books: Books, bot: Running, days: int) -> None:
    """Days pass, and each evening the bank statement comes."""
    for _ in range(days):
        office.later(DAY)
        books.payments_known()
        bot.tick()


def messages(messages: list[Seen], number: str) -> list[Seen]:
    """The letters about an invoice, without the cards that ask for approval."""
    return [seen for seen in messages if number in seen and "Dlaczego?" in str(seen)]


def test_finance_sees_what_would_go_and_switches_on(
    office: Office, bot: Running, books: Books
) -> None:
    books.invoice("FV/2026/11/0001", MONDAY, customer=books.customer())
    office.beata.shortcut("reminders")
    assert office.beata.modal.title == "Przypomnienia"
    assert "🔕 *Faktury klientów*" in office.beata.modal
    assert "(+14 ✋)" in office.beata.modal
    assert "✋ Klient dostaje to dopiero po Waszej akceptacji." in office.beata.modal
    office.beata.clicks("reminders.switch_on:customers")
    assert "Kowalska" in office.beata.modal
    assert "Termin płatności dzisiaj" in office.beata.modal
    office.beata.submits()
    assert "🔔 *Faktury klientów*" in office.beata.modal
    assert "Beata Kamińska" in office.beata.sees("#bo-collections")[-1]
    office.beata.clicks("reminders.switch_off:customers")
    assert "🔕 *Faktury klientów*" in office.beata.modal
    bot.tick()
    assert office.piotr.dm == []


def test_only_finance_switches_them_on(office: Office, bot: Running, books: Books) -> None:
    office.piotr.shortcut("reminders")
    assert (
        not office.piotr.has_modal
        or "Przypomnieniami zajmuje się dział finansów" in office.piotr.modal
    )


def test_a_due_invoice_is_told_once_to_each_in_their_language(
    office: Office, bot: Running, active: Books
) -> None:
    szabo = active.customer(
        "Szabó Kft.", owner="U0KATA", country="HU", language="hu", timezone="Europe/Budapest"
    )
    active.invoice("FV/2026/11/0001", MONDAY, customer=szabo)
    bot.tick()
    bot.tick()
    (message,) = office.kata.dm
    assert "Ma esedékes" in message
    assert "FV/2026/11/0001" in message
    assert "1 200,00 PLN" in message.text.replace("\xa0", " ")
    (told,) = messages(office.beata.sees("#bo-collections"), "FV/2026/11/0001")
    assert "Termin płatności dzisiaj" in told


def test_more_than_one_turn_takes_goes_at_one_waking(
    office: Office, bot: Running, active: Books
) -> None:
    numbers = [f"FV/2026/11/{n:04}" for n in range(1, 11)]
    for number in numbers:
        customer = active.customer(f"Kft. {number[-2:]}", owner="U0KATA", language="hu")
        active.invoice(number, MONDAY, customer=customer)
    bot.tick()
    texts = [str(message) for message in office.kata.dm]
    assert len(texts) == len(numbers)
    assert all(sum(number in message for message in texts) == 1 for number in numbers)
    bot.tick()
    assert len(office.kata.dm) == len(numbers)


def test_one_letter_has_everything_that_a_customer_owes(
    office: Office, bot: Running, active: Books
) -> None:
    kowalska = active.customer()
    active.invoice("FV/2026/11/0001", MONDAY, customer=kowalska)
    active.invoice("FV/2026/11/0002", MONDAY + timedelta(2), 50_000, customer=kowalska)
    active.invoice("FV/2026/11/0003", MONDAY + timedelta(30), 10_000, customer=kowalska)
    bot.tick()
    (message,) = office.piotr.dm
    about, others = str(message).split("Ponadto")
    assert "1 niezapłacona faktura" in about
    assert "0001" in about
    assert "2 otwarte faktury" in others
    assert "0002" in others  # told under the name of its own, earlier stage
    assert "0003" not in others


def test_stages_follow_each_other_and_paying_ends_them(
    office: Office, bot: Running, active: Books
) -> None:
    invoice = active.invoice("FV/2026/11/0001", MONDAY + timedelta(4), customer=active.customer())
    days_later(office, active, bot, 2)
    assert ["Zbliża się termin płatności" in seen for seen in office.piotr.dm] == [True]
    days_later(
        office, active, bot, 5
    )  # due on Friday; on Monday the last message is three days old
    assert ["Termin płatności dzisiaj" in seen for seen in office.piotr.dm] == [False, True]
    active.pay(invoice, 120_000)
    days_later(office, active, bot, 14)
    assert len(office.piotr.dm) == 2
    assert len(messages(office.beata.sees("#bo-collections"), "FV/2026/11/0001")) == 2


def test_after_downtime_the_highest_stage_goes_alone(
    office: Office, bot: Running, active: Books
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(1), customer=active.customer())
    office.later(20 * DAY)
    active.payments_known()
    bot.tick()
    days_later(office, active, bot, 2)
    (message,) = messages(office.beata.sees("#bo-collections"), "FV/2026/11/0001")
    assert "Wezwanie do zapłaty" in message


def test_letter_that_goes_late_does_not_speak_of_today(
    office: Office, bot: Running, active: Books
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY, customer=active.customer())
    office.later(DAY)
    active.payments_known()
    bot.tick()
    (message,) = messages(office.piotr.dm, "FV/2026/11/0001")
    assert "· Po terminie" in message
    assert "1 dzień po terminie" in message
    assert "dzisiaj" not in str(message).lower()


def test_question_about_payments_waits_on_home_until_it_is_answered(
    office: Office, bot: Running, active: Books
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(7), customer=active.customer())
    office.later(7 * DAY)
    bot.tick()
    assert "Przypomnienia czekają" not in office.piotr.opens_home().home
    tab = office.beata.opens_home().home
    assert "Przypomnienia czekają: zaimportuj wyciąg" in tab
    assert "Nic na Ciebie nie czeka" not in tab
    tab = office.beata.changes(locale="hu-HU").opens_home().home
    assert "Az emlékeztetők várnak: olvasd be a bankszámlakivonatot" in tab
    office.beata.changes(locale="pl-PL").opens_home()
    office.beata.clicks("Nie brakuje żadnej wpłaty", on="home")
    assert "Nic na Ciebie nie czeka" in office.beata.home
    bot.tick()
    assert len(messages(office.piotr.dm, "FV/2026/11/0001")) == 1


def test_weekends_and_holidays_of_the_reader_are_quiet(
    office: Office, bot: Running, active: Books
) -> None:
    active.invoice("FV/2026/12/0001", date(2026, 12, 25), customer=active.customer())
    office.later(30 * DAY)  # Wednesday, the 23rd of December
    active.payments_known()
    bot.tick()
    assert len(office.piotr.dm) == 1  # it comes due soon
    days_later(office, active, bot, 4)  # Christmas and the weekend
    assert len(office.piotr.dm) == 1
    days_later(office, active, bot, 1)
    assert len(office.piotr.dm) == 2


def test_night_waits_for_the_morning(office: Office, bot: Running, active: Books) -> None:
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(1), customer=active.customer())
    office.later(DAY * 10 / 24)  # seven in the evening
    bot.tick()
    assert office.piotr.dm == []
    office.later(DAY * 14 / 24)  # nine of the next morning
    bot.tick()
    assert len(office.piotr.dm) == 1


def test_disputed_promised_and_taken_back(office: Office, bot: Running, active: Books) -> None:
    kowalska = active.customer()
    disputed = active.invoice("FV/2026/11/0001", MONDAY + timedelta(1), customer=kowalska)
    paid = active.invoice("FV/2026/11/0002", MONDAY + timedelta(1), customer=kowalska)
    active.says(disputed, disputed="broken box")
    active.pay(paid, 120_000)
    days_later(office, active, bot, 1)
    assert office.piotr.dm == []
    active.take_back(paid)
    days_later(office, active, bot, 1)
    assert [
        "0002" in seen and "0001" not in seen.text.split("Ponadto")[0] for seen in office.piotr.dm
    ] == [True]
    active.says(disputed, disputed=None)
    days_later(office, active, bot, 5)
    assert any("0001" in seen for seen in office.piotr.dm[1:])


def test_a_broken_promise_is_noted_once(office: Office, bot: Running, active: Books) -> None:
    invoice = active.invoice("FV/2026/11/0001", MONDAY, customer=active.customer())
    active.says(invoice, promised_until=MONDAY + timedelta(2))
    bot.tick()
    assert office.piotr.dm == []
    days_later(office, active, bot, 5)
    noted = [
        seen for seen in office.beata.sees("#bo-collections") if "nie dotrzymano obietnicy" in seen
    ]
    assert len(noted) == 1


def test_stale_payments_stop_everything_and_one_person_is_asked_once(
    office: Office, bot: Running, active: Books
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(7), customer=active.customer())
    for _ in range(6):
        office.later(DAY)
        bot.tick()
        bot.tick()
    assert office.piotr.dm == []
    (question,) = office.beata.dm
    assert "Przypomnienia czekają" in question
    office.beata.clicks("Nie brakuje żadnej wpłaty", on=question)
    office.later(DAY)  # Monday
    bot.tick()
    assert len(office.piotr.dm) == 1


def test_importing_old_invoices_makes_no_flood(office: Office, bot: Running, books: Books) -> None:
    switch_on(office, "stage:due")
    for n in range(30):
        customer = books.customer(f"Klient {n:02}", owner="U0PIOTR")
        books.invoice(f"FV/2025/01/{n:04}", date(2025, 1, 31), customer=customer)
    bot.tick()
    assert len(office.piotr.dm) == 20
    days_later(office, books, bot, 1)
    assert len(office.piotr.dm) == 30


@pytest.mark.parametrize("choice", ["done", "alone"])
def test_what_was_overdue_can_be_left_out(
    office: Office, bot: Running, books: Books, choice: str
) -> None:
    switch_on(office, choice)
    books.invoice("FV/2025/01/0001", date(2025, 1, 31), customer=books.customer())
    days_later(office, books, bot, 5)
    assert office.piotr.dm == []


def test_customers_channel_that_was_renamed_stays_theirs(
    office: Office, bot: Running, books: Books
) -> None:
    """Whoever gives another channel the name of before gets nobody's reminders."""
    theirs, other = (office.world.channel_named(name) for name in ("ext-kowalska", "front-desk"))
    customer = books.customer(channel="ext-kowalska")
    books.invoice("FV/2026/11/0001", MONDAY, customer=customer)
    renames(office, theirs, "kowalska-2026")
    renames(office, other, "ext-kowalska")
    with books.turns.turn(HOME) as turn:
        found = customers.get(turn, customer)
        policy = turn.catalogue.reminder_policies["customers"]
        reader = audiences.reader_of(turn, CUSTOMER_CHANNEL, found, policy)
    assert reader
    assert reader.to == theirs.id
    office.piotr.types("/invoice FV/2026/11/0001", theirs.id).clicks("Udostępnij tutaj")
    assert "FV/2026/11/0001" in office["j.kowalska"].sees(theirs.id)[-1]


def renames(office: Office, channel: Channel, name: str) -> None:
    async def rename() -> None:
        administrator.rename(office.world, channel, name)

    office.playground.run(rename())
    office.calm()
