"""The buttons of a letter: what our own people say holds, what others claim finance confirms."""

from datetime import date, timedelta

import pytest

from bot.kit.catalogue import Catalogue
from handlers.ledger.model.amounts import outstanding
from storage.invoices.invoices import Gate, get
from storage.invoices.payments import on_invoice
from tests.driver import Office, Seen
from tests.reminders.books import Books
from tests.reminders.test_conversation import switch_on
from tests.running import Running

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
DAY = 86_400


@pytest.fixture
def rules(rules: Catalogue) -> Catalogue:
    """The customers' policy speaks in the customer's channel, too."""
    policy = rules.reminder_policies["customers"]
    spoken = policy.model_copy(
        update={"audience": (*policy.audience, "customer_channel"), "min_gap_days": 1}
    )
    return rules.model_copy(
        update={"reminder_policies": {**rules.reminder_policies, "customers": spoken}}
    )


@pytest.fixture
def invoice(office: Office, bot: Running, books: Books) -> int:
    """An invoice of Kowalska that is due today, told to everybody."""
    shared = office.world.channel_named("ext-kowalska").id
    found = books.invoice("FV/2026/11/0001", MONDAY, customer=books.customer(channel=shared))
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers").submits().closes(
        everything=True
    )
    bot.tick()
    return found


def days_later(office: Office, books: Books, bot: Running, days: int) -> None:
    for _ in range(days):
        office.later(DAY)
        books.payments_known()
        bot.tick()


def in_finance(office: Office, text: str) -> Seen:
    return next(seen for seen in office.beata.sees("#bo-collections") if text in seen)


def status(books: Books, invoice: int) -> tuple[int, date | None, str | None]:
    """What is outstanding, promised and disputed."""
    with books.turns.turn("main") as turn:
        found = get(turn, Gate(everything=True, owner=""), invoice)
        assert found
        return outstanding(found), found.promised_until, found.disputed


def test_finance_books_what_was_paid(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    message = in_finance(office, "1 niezapłacona faktura")
    office.beata.clicks("Zapłacono…", on=message)
    assert office.beata.modal.value("Kwota") == "1200.00"
    office.beata.fills(Kwota="200").submits()
    assert status(books, invoice)[0] == 100_000
    assert "zapłacił" in message.again().thread[-1]


@pytest.mark.parametrize(("who", "open_then"), [("beata", -1_080_000), ("piotr", 120_000)])
def test_more_than_is_open_is_asked_about(
    office: Office, bot: Running, books: Books, invoice: int, who: str, open_then: int
) -> None:
    message = in_finance(office, "1 niezapłacona faktura") if who == "beata" else office.piotr.dm[0]
    office[who].clicks("Zapłacono…", on=message).fills(Kwota="12000").submits()
    assert "To o 10 800,00 zł więcej, niż zostało do zapłaty (1 200,00 zł)." in office[who].modal
    assert office[who].modal.value("Kwota") == "12000"
    assert status(books, invoice)[0] == 120_000
    assert not any("12 000,00" in seen for seen in office.beata.sees("#bo-collections"))
    office[who].fills({"Czy tak ma być?": ["Tak, to więcej, niż zostało do zapłaty"]}).submits()
    assert status(books, invoice)[0] == open_then


def test_zero_is_no_payment(office: Office, bot: Running, books: Books, invoice: int) -> None:
    office.beata.clicks("Zapłacono…", on=in_finance(office, "1 niezapłacona faktura")).fills(
        Kwota="0"
    ).submits()
    assert office.beata.modal.errors == {"Kwota": "Kwota musi być większa od zera."}
    assert status(books, invoice)[0] == 120_000


def test_nothing_is_paid_on_a_day_to_come(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    office.piotr.clicks("Zapłacono…", on=office.piotr.dm[0]).fills(
        paid_on=MONDAY + timedelta(1)
    ).submits()
    assert "Ten dzień" in office.piotr.modal.errors["Data zapłaty"]
    assert status(books, invoice)[0] == 120_000


def test_what_the_owner_says_is_paid_waits_for_finance(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    office.piotr.clicks("Zapłacono…", on=office.piotr.dm[0]).submits()
    assert status(books, invoice)[0] == 120_000
    card = in_finance(office, "klient Kowalska Sp. z o.o. zapłacił")
    days_later(office, books, bot, 3)
    office.beata.clicks("Potwierdź", on=card)
    assert status(books, invoice)[0] == 0
    assert "Potwierdza: @Beata Kamińska" in card.again()
    office.marek.clicks("reminders.paid", on=in_finance(office, "1 niezapłacona faktura"))
    assert "Nic z tej wiadomości" in office.marek.notes("#bo-collections")[-1]


def test_a_part_that_was_paid_is_confirmed_as_that_part_on_that_day(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    office.piotr.clicks("Zapłacono…", on=office.piotr.dm[0]).fills(
        Kwota="200", paid_on=FRIDAY
    ).submits()
    card = in_finance(office, "klient Kowalska Sp. z o.o. zapłacił 20 lis 2026")
    assert "200,00\xa0zł z 1\xa0200,00\xa0zł" in card
    office.beata.clicks("Potwierdź", on=card)
    with books.turns.turn("main") as turn:
        assert [(one.amount, one.booked_on) for one in on_invoice(turn, invoice)] == [
            (20_000, FRIDAY)
        ]
    heard = office.piotr.dm[-1]
    assert "Dział finansów potwierdził zgłoszenie (Kowalska Sp. z o.o." in heard
    assert "FV/2026/11/0001: 200,00\xa0zł" in heard


@pytest.fixture
def half_paid(office: Office, bot: Running, books: Books) -> int:
    """An invoice of which half is paid, told to everybody together with another one."""
    customer = books.customer()
    found = books.invoice("FV/2026/11/0001", MONDAY, customer=customer)
    books.invoice("FV/2026/11/0002", MONDAY, customer=customer)
    books.pay(found, 60_000)
    switch_on(office, "done")
    bot.tick()
    return found


def test_finance_confirms_the_amounts_that_stood_on_the_card(
    office: Office, bot: Running, books: Books, half_paid: int
) -> None:
    office.piotr.clicks("Zapłacono…", on=office.piotr.dm[0]).submits()
    card = in_finance(office, "klient Kowalska Sp. z o.o. zapłacił")
    assert "600,00\xa0zł" in card
    books.take_back(half_paid)
    office.beata.clicks("Potwierdź", on=card)
    assert status(books, half_paid)[0] == 60_000


@pytest.mark.parametrize("who", ["beata", "piotr"])
def test_all_that_is_open_is_what_stood_in_the_form(
    office: Office, bot: Running, books: Books, half_paid: int, who: str
) -> None:
    message = in_finance(office, "2 niezapłacone") if who == "beata" else office.piotr.dm[0]
    office[who].clicks("Zapłacono…", on=message)
    books.take_back(half_paid)
    office[who].submits()
    assert "W międzyczasie się to zmieniło." in office[who].modal
    assert status(books, half_paid)[0] == 120_000
    office[who].submits()
    assert status(books, half_paid)[0] == (0 if who == "beata" else 120_000)


def test_what_was_paid_in_the_meantime_is_not_booked_again(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    office.piotr.clicks("Zapłacono…", on=office.piotr.dm[0]).fills(Kwota="1200").submits()
    message = in_finance(office, "1 niezapłacona faktura")
    office.beata.clicks("Zapłacono…", on=message).fills(Kwota="1100").submits().closes(
        everything=True
    )
    assert "1\xa0100,00\xa0zł" in message.again().thread[-1]
    office.beata.clicks("Potwierdź", on=in_finance(office, "klient Kowalska Sp. z o.o. zapłacił"))
    assert status(books, invoice)[0] == 0


def test_a_payment_that_finance_does_not_find_is_told_to_whoever_claimed_it(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    office.piotr.clicks("Zapłacono…", on=office.piotr.dm[0]).submits()
    office.beata.clicks(
        "Nie potwierdzam", on=in_finance(office, "klient Kowalska Sp. z o.o. zapłacił")
    )
    assert "Dział finansów nie potwierdził" in office.piotr.dm[-1]
    assert status(books, invoice)[0] == 120_000


def test_owner_promises_and_disputes(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    message = office.piotr.dm[0]
    office.piotr.clicks("Obietnica zapłaty…", on=message).fills(
        until=MONDAY - timedelta(1)
    ).submits()
    assert office.piotr.modal.errors == {
        "Zapłata do dnia": "Ten dzień musi być dzisiejszy lub późniejszy."
    }
    office.piotr.fills(until=MONDAY + timedelta(400)).submits()
    assert "w ciągu najbliższego roku" in office.piotr.modal.errors["Zapłata do dnia"]
    office.piotr.fills(until=MONDAY + timedelta(3)).submits().closes(everything=True)
    assert status(books, invoice)[1] == MONDAY + timedelta(3)
    assert "obiecuje zapłatę" in message.again().thread[-1]
    office.piotr.clicks("Zgłoś zastrzeżenia…", on=message).fills(why="uszkodzone <pudło>").submits()
    assert status(books, invoice)[2] == "uszkodzone <pudło>"
    assert "uszkodzone <pudło>" in message.again().thread[-1]


def test_customers_only_claim(office: Office, bot: Running, books: Books, invoice: int) -> None:
    customer = office["j.kowalska"]
    message = customer.sees("#ext-kowalska")[-1]
    assert "Uprzejmie przypominamy" in message
    assert message.buttons == ["Zapłaciliśmy", "Obietnica zapłaty…", "Zgłoś zastrzeżenia…"]
    customer.clicks("Obietnica zapłaty…", on=message).fills(until=MONDAY + timedelta(3)).submits()
    assert status(books, invoice)[1] is None
    office.beata.clicks("Potwierdź", on=in_finance(office, "obiecuje zapłatę"))
    assert status(books, invoice)[1] == MONDAY + timedelta(3)


def test_strangers_cannot_answer_for_others(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    message = in_finance(office, "1 niezapłacona faktura")
    office.anna.forges("Obietnica zapłaty…", on=message)
    assert not office.anna.has_modal
    assert status(books, invoice)[1] is None


def test_snooze_is_for_whoever_reads_the_letter(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    office.piotr.chooses("reminders.snooze", "na 7 dni", on=office.piotr.dm[0])
    assert "nie wysyłamy przypomnień w sprawie klienta Kowalska" in office.piotr.dm[-1]
    before = len(office.piotr.dm)
    days_later(office, books, bot, 7)
    assert len(office.piotr.dm) == before
    assert (
        "Wiadomość zostanie wysłana po Waszej akceptacji"
        in office.beata.sees("#bo-collections")[-1]
    )


def test_why_tells_every_rule(office: Office, bot: Running, books: Books, invoice: int) -> None:
    office.piotr.clicks("Dlaczego?", on=office.piotr.dm[0])
    told = office.piotr.dm[-1]
    assert "Nie ma nic do wysłania" in told
    assert "O tym etapie powiadomiono: 23 lis 2026" in told


def test_why_is_told_of_the_readers_own_messages(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    office.piotr.chooses("reminders.snooze", "na 14 dni", on=office.piotr.dm[0])
    days_later(office, books, bot, 9)
    office.piotr.clicks("Dlaczego?", on=office.piotr.dm[0])
    assert "wstrzymane do 7 gru 2026" in office.piotr.dm[-1]
    office.beata.clicks("Dlaczego?", on=in_finance(office, "1 niezapłacona faktura"))
    told = office.beata.notes("#bo-collections")[-1]
    assert "O tym etapie powiadomiono: 30 lis 2026" in told
    assert "wstrzymane do" not in told


def test_escalation_makes_a_ticket_of_finance(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    office.piotr.clicks("Eskaluj…", on=office.piotr.dm[0]).fills(note="Proszę zadzwonić").submits()
    assert "Kowalska Sp. z o.o. nie płaci: FV/2026/11/0001" in in_finance(office, "BO-1")


def test_one_of_several_invoices_is_answered(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    kata = books.customer("Szabó Kft.", owner="U0KATA", language="hu")
    first = books.invoice("FV/2026/11/0002", MONDAY, customer=kata)
    second = books.invoice("FV/2026/11/0003", MONDAY, customer=kata)
    bot.tick()
    office.kata.clicks("Fizetési ígéret…", on=office.kata.dm[0])
    office.kata.fills(which=str(second), until=MONDAY + timedelta(9)).submits()
    assert status(books, first)[1] is None
    assert status(books, second)[1] == MONDAY + timedelta(9)


def test_what_is_answered_in_a_customers_channel_stands_there_in_their_language(
    office: Office, bot: Running, books: Books
) -> None:
    who = books.customer("Szegedi Kft.", language="hu", country="HU", channel="ext-kowalska")
    books.invoice("FV/2026/11/0001", MONDAY, customer=who)
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers").submits().closes(
        everything=True
    )
    bot.tick()
    message = office.beata.sees("#ext-kowalska")[-1]
    office.beata.clicks("Fizetési ígéret…", on=message).fills(until=MONDAY + timedelta(3)).submits()
    note = message.again().thread[-1]
    assert "Szegedi Kft." in note
    assert "2026. nov. 26" in note
