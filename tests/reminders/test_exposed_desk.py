"""Finance's channel is read by others: nothing of money stands there until it is fit again."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.playground.slack.acts import administrator
from bot.playground.slack.channels import Channel
from bot.slack import HOME
from handlers.invoices.service.waiting import payment_board
from tests.driver import Office
from tests.reminders.books import Books
from tests.reminders.test_approvals import money_comes
from tests.reminders.test_asked_once import heard, kowalska, rules
from tests.reminders.test_conversation import MONDAY, active, days_later
from tests.running import Running

__all__ = ["active", "rules"]

DESKS = ("bo-accounting", "bo-collections")
CUSTOMERS = "T0KOWALSKA"


def share(office: Office, finance: Channel) -> None:
    administrator.share(office.world, finance, CUSTOMERS)


def unshare(office: Office, finance: Channel) -> None:
    administrator.unshare(office.world, finance, CUSTOMERS)


def publish(office: Office, finance: Channel) -> None:
    administrator.convert(office.world, finance, "public", office.beata.id)


def make_private(office: Office, finance: Channel) -> None:
    administrator.convert(office.world, finance, "private", office.beata.id)


def done(office: Office, act: Callable[[Office, Channel], None]) -> None:
    async def acting(name: str) -> None:
        act(office, office.world.channel_named(name))

    for name in DESKS:
        office.playground.run(acting(name))
        office.calm()


def board(books: Books) -> None:
    with books.turns.turn(HOME) as turn:
        payment_board.show(turn)


def of_money(office: Office) -> list[str]:
    """What stands of money in finance's channels."""
    seen = [str(each) for name in DESKS for each in office.beata.sees(name)]
    return [text for text in seen if "FV/" in text or "Kowalska" in text]


@pytest.mark.parametrize(("expose", "mend"), [(share, unshare), (publish, make_private)])
def test_nothing_of_money_stands_where_others_read_until_they_do_no_more(
    office: Office,
    bot: Running,
    active: Books,
    expose: Callable[[Office, Channel], None],
    mend: Callable[[Office, Channel], None],
) -> None:
    customer = kowalska(office, active)
    active.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=customer)
    active.invoice("FV/2026/11/0002", MONDAY + timedelta(1), customer=customer)
    days_later(office, active, bot, 1)
    letter = office["j.kowalska"].sees("#ext-kowalska")[-1]
    office["j.kowalska"].clicks("Zapłaciliśmy", on=letter).submits()
    money_comes(active, "zapłata za towar", "77.00")
    board(active)
    office.calm()
    before = len(of_money(office))
    assert before >= 4, of_money(office)
    done(office, expose)
    assert of_money(office) == []
    active.invoice("FV/2026/11/0003", MONDAY + timedelta(2), customer=customer)
    active.invoice("FV/2026/11/0004", MONDAY - timedelta(4), customer=customer)
    board(active)
    days_later(office, active, bot, 1)
    assert of_money(office) == []
    done(office, mend)
    days_later(office, active, bot, 1)
    text = "\n".join(of_money(office))
    assert "77,00" in text
    assert "Potwierdź" in text
    (asked,) = [seen for seen in heard(office) if "Wyślij" in seen.buttons]
    assert "0001" in asked
    assert "0004" in asked
    office.beata.clicks("Wyślij", on=asked)
    assert "Akceptacja: @Beata Kamińska" in asked.again()
