"""Letters that Slack does not take: they count as not sent, finance hears why, and they go once it
can be.
"""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.kit import clock
from bot.kit.catalogue import Catalogue
from bot.playground.slack.acts import administrator as administration
from handlers.people.service import roles
from storage import outbox
from storage.reminders import messages, reminders
from tests.driver import Office
from tests.reminders.books import Books
from tests.reminders.test_answers import days_later, rules
from tests.running import Running

__all__ = ["rules"]
MONDAY = date(2026, 11, 23)


@pytest.fixture
def invoice(office: Office, bot: Running, books: Books, rules: Catalogue) -> int:
    """An invoice that is due today, of a customer whose channel was archived."""
    archive(office, on=True)
    shared = office.world.channel_named("ext-kowalska").id
    found = books.invoice("FV/2026/11/0001", MONDAY, customer=books.customer(channel=shared))
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers").submits().closes(
        everything=True
    )
    bot.tick()
    bot.tick()
    return found


def archive(office: Office, *, on: bool) -> None:
    async def act() -> None:
        administration.archive(
            office.world, office.world.channel_named("ext-kowalska"), office.beata.id, on=on
        )

    office.playground.run(act())
    office.calm()


def notices(office: Office) -> list[str]:
    return [str(seen) for seen in office.beata.sees("#bo-collections") if "⚠️" in seen]


def states(books: Books, invoice: int) -> dict[str, tuple[str, str]]:
    """What the ledger holds for each audience."""
    with books.turns.turn("main") as turn:
        return {row.audience: (row.state, row.reason) for row in reminders.rows_of(turn, [invoice])}


def test_it_counts_as_not_sent_and_finance_hears_why_once(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    (notice,) = notices(office)
    assert (
        "1 przypomnienie do #ext-kowalska nie zostało dostarczone: kanał jest zarchiwizowany."
        in notice
    )
    assert "Dotyczy: Kowalska Sp. z o.o." in notice
    bot.tick()
    assert len(notices(office)) == 1
    assert states(books, invoice)["customer_channel"] == ("held", "undelivered")
    assert states(books, invoice)["account_owner"] == ("sent", "")
    with books.turns.turn("main") as turn:
        went = messages.contacts(turn, range(9), MONDAY)
    assert sorted(audience for _, _, audience in went) == ["account_owner", "finance"]


def test_it_goes_on_the_next_working_day_if_it_can(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    days_later(office, books, bot, 1)
    bot.tick()
    assert len(notices(office)) == 2
    archive(office, on=False)
    days_later(office, books, bot, 1)
    (message,) = [
        seen for seen in office["j.kowalska"].sees("#ext-kowalska") if "FV/2026/11/0001" in seen
    ]
    assert "Uprzejmie przypominamy" in message
    days_later(office, books, bot, 1)
    assert len(notices(office)) == 2
    assert states(books, invoice)["customer_channel"] == ("sent", "")


def test_why_says_that_it_was_not_delivered(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    office.piotr.clicks("Dlaczego?", on=office.piotr.dm[0])
    own, outside = str(office.piotr.dm[-1]).split("*FV/2026/11/0001*")[1:]
    assert "O tym etapie powiadomiono: 23 lis 2026" in own
    assert "Zostanie wysłane z najbliższą wiadomością. · kanał klienta" in outside
    assert "Wiadomość z 23 lis 2026 nie została dostarczona; ponawiamy." in outside


def test_what_may_have_arrived_is_not_sent_again_and_finance_is_asked_to_look(
    office: Office, bot: Running, books: Books
) -> None:
    channel = office.world.channel_named("ext-kowalska")
    invoice = books.invoice("FV/2026/11/0001", MONDAY, customer=books.customer(channel=channel.id))
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers").submits().closes(
        everything=True
    )
    bot.tick()
    channel.members.remove(office.world.app.bot_user_id)
    with bot.turns.transaction() as db:  # as if the sender had been killed before it was noted
        lost = {
            "state": "claimed",
            "ts": None,
            "channel": None,
            "lease_until": clock.real() - timedelta(seconds=1),
        }
        db.execute(
            update(outbox.outbox_messages)
            .where(outbox.outbox_messages.c.addressee == channel.id)
            .values(lost)
        )
    office.calm()
    bot.tick()
    (notice,) = notices(office)
    assert "Nie wiadomo, czy 1 przypomnienie dotarło do #ext-kowalska" in notice
    assert states(books, invoice)["customer_channel"] == ("sent", "")
    days_later(office, books, bot, 2)
    assert (
        len(
            [
                seen
                for seen in office["j.kowalska"].sees("#ext-kowalska")
                if "FV/2026/11/0001" in seen
            ]
        )
        == 1
    )


def refuse(books: Books, key: str) -> None:
    """As if Slack had refused this message for good."""
    refused = {"state": "failed", "error": "invalid_blocks", "ts": None, "channel": None}
    table = outbox.outbox_messages
    with books.turns.transaction() as db:
        db.execute(update(table).where(table.c.key.startswith(key)).values(refused))


@pytest.fixture
def asked(office: Office, bot: Running, books: Books, rules: Catalogue) -> int:
    """An invoice whose reminder to the customer waits for finance."""
    customer = books.customer(channel=office.world.channel_named("ext-kowalska").id)
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers").submits()
    office.beata.closes(everything=True)
    found = books.invoice("FV/2026/11/0001", MONDAY - timedelta(6), customer=customer)
    days_later(office, books, bot, 1)
    return found


def warnings(office: Office) -> list[str]:
    return [str(seen) for seen in office.beata.dm if "⚠️" in seen]


def test_a_question_that_did_not_reach_finance_is_heard_of_and_asked_again(
    office: Office, bot: Running, books: Books, asked: int
) -> None:
    refuse(books, "reminder-approval:")
    bot.tick()
    bot.tick()
    (warning,) = warnings(office)
    assert "1 pytanie o akceptację przypomnienia dotarło do #bo-collections" in warning
    assert "Dotyczy: Kowalska Sp. z o.o." in warning
    assert states(books, asked)["customer_channel"] == ("held", "unasked")
    days_later(office, books, bot, 1)
    card = [seen for seen in office.beata.sees("#bo-collections") if "Wyślij" in seen.buttons][-1]
    office.beata.clicks("Wyślij", on=card)
    bot.tick()
    assert states(books, asked)["customer_channel"] == ("sent", "")
    assert len(warnings(office)) == 1


def test_nobody_misses_a_question_that_was_answered(
    office: Office, bot: Running, books: Books, asked: int
) -> None:
    card = [seen for seen in office.beata.sees("#bo-collections") if "Wyślij" in seen.buttons][-1]
    office.beata.clicks("Nie wysyłaj", on=card)
    refuse(books, "reminder-approval:")
    days_later(office, books, bot, 2)
    assert warnings(office) == []
    assert states(books, asked)["customer_channel"] == ("held", "refused")


def test_administrators_hear_where_whoever_switched_reminders_on_has_left(
    office: Office, bot: Running, books: Books, asked: int
) -> None:
    office.beata.changes(deleted=True)
    refuse(books, "reminder-approval:")
    bot.tick()
    bot.tick()
    with books.turns.turn("main") as turn:
        administrators = [person.id for person in roles.administrators(turn)]
    assert administrators
    table = outbox.outbox_messages
    notice = select(table.c.addressee).where(table.c.key.startswith("reminders-undelivered:"))
    with books.turns.transaction() as db:
        assert sorted(db.execute(notice).scalars()) == sorted(administrators)


def test_what_is_not_told_anew_and_did_not_arrive_is_heard_of_once(
    office: Office, bot: Running, books: Books, asked: int
) -> None:
    with books.turns.turn("main") as turn:
        channel = office.world.channel_named("bo-collections").id
        turn.show("reminder-claim:view:1", channel, "Please confirm: Kowalska")
        turn.tell(office.piotr.id, "Finance did not confirm it", once="reminder-claim-refused:1")
    office.calm()
    refuse(books, "reminder-claim")
    bot.tick()
    bot.tick()
    (warning,) = warnings(office)
    assert "wiadomość o przypomnieniach dotarła do #bo-collections" in warning
    (notice,) = [seen for seen in office.beata.sees("#bo-collections") if "⚠️" in seen]
    assert "Piotr" in notice
