"""Finance makes a customer or an invoice quiet: written off or paused, with a note and a day, and
undone as easily.
"""

from datetime import timedelta

import pytest

from bot.slack import HOME
from handlers.ledger.service import claims
from tests.driver import Office
from tests.home.test_conversation import quiet
from tests.reminders.books import Books
from tests.reminders.test_conversation import MONDAY, active, days_later, messages
from tests.running import Running

__all__ = ["active"]


def test_finance_writes_an_invoice_off_and_takes_that_back(
    office: Office, bot: Running, active: Books
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(2), customer=active.customer())
    office.beata.types("/invoice FV/2026/11/0001").clicks("invoices.write_off")
    office.beata.fills(on_day=MONDAY + timedelta(40), note="bankrut").submits()
    assert "Wybierz inny dzień" in office.beata.modal
    office.beata.fills(on_day=MONDAY, note="bankrut").submits()
    assert "spisana w straty" in office.beata.modal
    assert "bankrut" in office.beata.modal
    office.beata.closes(everything=True)
    days_later(office, active, bot, 5)
    assert messages(office.piotr.dm, "0001") == []
    office.beata.types("/invoice FV/2026/11/0001").clicks("invoices.undo_write_off")
    assert "spisana" not in office.beata.notes("#general")[-1]
    days_later(office, active, bot, 3)
    assert len(messages(office.piotr.dm, "0001")) == 1


def test_only_finance_writes_off(office: Office, bot: Running, active: Books) -> None:
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(2), customer=active.customer())
    office.piotr.types("/invoice FV/2026/11/0001")
    (card,) = office.piotr.notes("#general")
    assert not {"Spisz w straty…", "Wstrzymaj przypomnienia…"} & set(card.buttons)


def test_another_amount_than_was_read_is_shown_before_it_is_written_off(
    office: Office, bot: Running, active: Books
) -> None:
    id_ = active.invoice("FV/2026/11/0001", MONDAY, customer=active.customer())
    active.pay(id_, 119_000)
    office.beata.types("/invoice FV/2026/11/0001").clicks("invoices.write_off")
    assert "pozostaje 10,00\xa0zł" in office.beata.modal
    office.beata.fills(note="drobne")
    active.take_back(id_)
    office.beata.submits()
    assert "W międzyczasie się to zmieniło." in office.beata.modal
    assert "pozostaje 1\xa0200,00\xa0zł" in office.beata.modal
    office.beata.fills(note="upadłość").submits()
    assert "upadłość" in office.beata.modal
    assert "Spisano 1\xa0200,00\xa0zł" in office.beata.modal


@pytest.mark.parametrize("direction", ["payable", "none"])
def test_what_nobody_owes_us_is_no_loss_of_ours(
    office: Office, bot: Running, active: Books, direction: str
) -> None:
    id_ = active.invoice("EL/7", MONDAY, customer=active.customer(), direction=direction)
    office.beata.types("/invoice EL/7")
    assert "Spisz w straty…" not in office.beata.notes("#general")[-1].buttons
    with active.turns.turn(HOME) as turn, pytest.raises(claims.OwedByNobodyToUs):
        claims.write_off(turn, id_, MONDAY, "bankrut")
    office.beata.types("/invoice EL/7")
    assert "spisana" not in office.beata.notes("#general")[-1]


def test_a_pause_of_one_invoice_leaves_the_others_of_the_customer(
    office: Office, bot: Running, active: Books
) -> None:
    kowalska = active.customer()
    for number in ("FV/2026/11/0001", "FV/2026/11/0002"):
        active.invoice(number, MONDAY + timedelta(2), customer=kowalska)
    office.beata.types("/invoice FV/2026/11/0001").clicks("reminders.pause")
    office.beata.fills(until=MONDAY + timedelta(30), note="sprawdzamy dostawę").submits().closes(
        everything=True
    )
    office.beata.types("/invoice FV/2026/11/0001")
    assert "sprawdzamy dostawę" in office.beata.notes("#general")[-1]
    days_later(office, active, bot, 3)
    (message,) = messages(office.piotr.dm, "0002")
    assert "0001" not in message.text.split("Ponadto")[0]


def test_a_paused_customer_is_quiet_until_finance_ends_it(
    office: Office, bot: Running, active: Books
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(2), customer=active.customer())
    office.beata.types("/invoice Kowalska").clicks("reminders.pause")
    office.beata.fills(until=MONDAY + timedelta(30), note="rozmawiamy o ratach").submits().closes(
        everything=True
    )
    days_later(office, active, bot, 4)
    assert office.piotr.dm == []
    office.beata.shortcut("reminders")
    assert "Kowalska" in office.beata.modal
    office.beata.closes(everything=True)
    office.piotr.types("/invoice Kowalska")
    owners = office.piotr.notes("#general")[-1]
    assert "rozmawiamy o ratach" in owners
    assert "Zakończ wstrzymanie" not in owners.buttons
    office.beata.types("/invoice Kowalska").clicks("Zakończ wstrzymanie")
    days_later(office, active, bot, 3)
    assert len(messages(office.piotr.dm, "0001")) == 1


@pytest.mark.parametrize(
    ("locale", "paused", "still", "over"),
    [
        ("en-GB", "up to and including 3 Dec 2026", "another one lasts up to", "reminders go on"),
        ("pl-PL", "do 3 gru 2026 włącznie", "inne trwa do 13 gru 2026 włącznie", "ruszają dalej"),
        ("hu-HU", "utolsó nap: 2026. dec. 3.", "utolsó nap: 2026. dec. 13.", "folytatódnak"),
    ],
)
def test_the_end_of_one_pause_is_not_said_to_be_that_of_another(
    office: Office, bot: Running, active: Books, locale: str, paused: str, still: str, over: str
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(2), customer=active.customer())
    beata = office.beata.changes(locale=locale)
    bot.refresh()
    for asked, days in (("FV/2026/11/0001", 10), ("Kowalska", 20)):
        beata.types(f"/invoice {asked}").clicks("reminders.pause")
        beata.fills(until=MONDAY + timedelta(days), note="raty").submits().closes(everything=True)
    beata.types("/invoice FV/2026/11/0001")
    assert paused in beata.notes("#general")[-1]
    ends = [each for each in beata.notes("#general")[-1].fields if "unpause" in each.action_id]
    beata.clicks(ends[0].action_id)
    assert still in beata.notes("#general")[-1]
    assert "Kowalska" in beata.notes("#general")[-1]
    beata.types("/invoice Kowalska")
    (end,) = (each for each in beata.notes("#general")[-1].fields if "unpause" in each.action_id)
    beata.clicks(end.action_id)
    assert over in beata.notes("#general")[-1]


def test_reminders_wait_until_the_quiet_hours_of_the_owner_end(
    office: Office, bot: Running, active: Books
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(2), customer=active.customer())
    quiet(office, "piotr", "8:00", "13:00")
    days_later(office, active, bot, 3)  # it is ten in the morning
    assert messages(office.piotr.dm, "0001") == []
    office.later(3 * 3600)
    bot.tick()
    assert len(messages(office.piotr.dm, "0001")) == 1


def test_quiet_hours_that_leave_nothing_of_the_day_end_with_the_reminder(
    office: Office, bot: Running, active: Books
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(2), customer=active.customer())
    quiet(office, "piotr", "0:00", "20:00")
    days_later(office, active, bot, 3)
    office.later(9 * 3600)
    bot.tick()
    assert messages(office.piotr.dm, "0001") == []
    office.later(3600)
    active.payments_known()
    bot.tick()
    assert len(messages(office.piotr.dm, "0001")) == 1


@pytest.mark.parametrize("change", [{"deleted": True}, {"is_restricted": True}])
def test_finance_hears_of_customers_whose_owner_is_gone(
    office: Office, bot: Running, active: Books, change: dict[str, bool]
) -> None:
    customer = active.customer(owner=office.emma.id)
    active.invoice("FV/2026/11/0001", MONDAY + timedelta(2), customer=customer)
    office.emma.changes(**change)
    bot.refresh()
    days_later(office, active, bot, 4)
    assert messages(office.emma.dm, "0001") == []
    told = messages(office.beata.sees("#bo-collections"), "0001")
    assert ["Zbliża się termin" in seen for seen in told] == [True, False]
