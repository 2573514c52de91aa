"""Walls: what is private stays with those who heard it, another customer's money is shown to none,
and what nobody was shown is obeyed from nobody.
"""

from datetime import date
from typing import Any

import pytest

from bot.edge.turns import HOME, Turns
from bot.playground.slack.acts import administrator
from bot.playground.slack.channels import Channel
from handlers.people.service import roles
from storage.invoices import customers
from tests.driver import Office, Seen
from tests.reminders.books import Books
from tests.running import Running
from tests.tickets.desk import newest_card

NUMBER = "FV/2026/11/0042"


@pytest.fixture
def books(turns: Turns) -> Books:
    """Kowalska owes one invoice; Piotr looks after her, in their shared channel."""
    books = Books(turns)
    books.payments_known()
    return books


def secret_channel(office: Office, bot: Running) -> Channel:
    async def make() -> Channel:
        world = office.world
        members = ["U0ANNA", "U0KATA", "U0ISTVAN", world.app.bot_user_id]
        channel = world.add_channel("board", members, kind="private", topic="secret")
        world.keep_channel(channel)
        return channel

    channel = office.playground.run(make())
    bot.refresh()
    return channel


def triage(office: Office) -> str:
    """All that the departments' channels show."""
    channels = [each for each in office.world.channels.values() if each.name.startswith("bo-")]
    cards = [Seen(office.world, each, one) for each in channels for one in each.top_level()]
    return "\n".join(str(each) for card in cards for each in [card, *card.thread])


@pytest.mark.parametrize("way", ["emoji", "shortcut"])
def test_of_a_private_channel_only_the_marked_message_goes_over(
    office: Office, bot: Running, way: str
) -> None:
    channel = secret_channel(office, bot)
    first = office.kata.says(channel, "Planujemy zwolnić Marka")
    marked = office.anna.replies(first, "Proszę o laptop dla następcy")
    if way == "emoji":
        office.anna.reacts(marked, "ticket")
    else:
        office.anna.shortcut("Make a ticket", on=marked).fills(type="it_help").submits()
    card = newest_card(office)
    assert ":lock:" in card
    assert "laptop" in card
    office.kata.replies(first, "Następczynią będzie Zofia")
    shown = triage(office) + "".join(map(str, office.anna.dm))
    assert "zwolnić" not in shown
    assert "Zofia" not in shown


def test_private_thread_is_no_place_for_a_ticket_made_elsewhere(
    office: Office, bot: Running
) -> None:
    channel = secret_channel(office, bot)
    first = office.kata.says(channel, "Planujemy zwolnić Marka")
    office.kata.replies(first, "W grudniu")
    open_one = office.piotr.says("#general", "Drukarka")
    office.piotr.shortcut("Make a ticket", on=open_one).fills(type="it_help")
    view = office.piotr.modal.view
    view["private_metadata"] = f'{{"channel": "{channel.id}", "ts": "{first.ts}"}}'
    office.piotr.submits()
    assert "grudniu" not in triage(office)
    assert "zwolnić" not in triage(office)


def shares(office: Office, place: str) -> str:
    """Piotr asks in a channel and shares what he sees; what he is told."""
    office.piotr.types(f"/invoice {NUMBER}", place)
    office.piotr.clicks("Udostępnij tutaj", on=office.piotr.notes(place)[-1])
    return str(office.piotr.notes(place)[-1])


def shown(office: Office, place: str) -> bool:
    messages = office.piotr.place(place).messages.values()
    return any(NUMBER in str(message) for message in messages)


def test_invoice_of_one_customer_is_not_shown_to_another(office: Office, books: Books) -> None:
    books.invoice(NUMBER, date(2026, 11, 3), customer=books.customer(), amount=100_000)
    ours = office.piotr.place("#ext-kowalska").id
    with books.turns.turn(HOME) as turn:
        (one,) = customers.search(turn, "", owner=None, most=9)
        customers.change(turn, one.id, channel="")
    assert "z innej firmy" in shares(office, "#ext-kowalska")
    assert not shown(office, "#ext-kowalska")
    with books.turns.turn(HOME) as turn:
        customers.change(turn, one.id, channel=ours)
    shares(office, "#ext-kowalska")
    assert shown(office, "#ext-kowalska")


def test_where_another_company_is_invited_nothing_is_shown_either(
    office: Office, books: Books, bot: Running
) -> None:
    books.invoice(NUMBER, date(2026, 11, 3), customer=books.customer(), amount=100_000)
    channel = office.piotr.place("#front-desk")

    async def invite() -> None:
        administrator.invite_company(office.world, channel, "T0HAFEN")

    office.playground.run(invite())
    bot.refresh()
    assert "z innej firmy" in shares(office, "#front-desk")
    assert not shown(office, "#front-desk")


def test_where_slack_does_not_tell_who_reads_nothing_is_shown(office: Office, books: Books) -> None:
    books.invoice(NUMBER, date(2026, 11, 3), customer=books.customer(), amount=100_000)
    office.playground.faults.next("server_error", "conversations.members", times=9)
    assert "kto czyta ten kanał" in shares(office, "#front-desk")
    assert not shown(office, "#front-desk")


def test_before_guests_it_is_asked_first(office: Office, books: Books) -> None:
    books.invoice(NUMBER, date(2026, 11, 3), customer=books.customer(), amount=100_000)
    assert "goście: Olga Marczak" in shares(office, "#front-desk")
    assert not shown(office, "#front-desk")
    office.piotr.clicks("Udostępnij mimo to")
    assert shown(office, "#front-desk")


def test_payloads_of_another_workspace_or_app_do_nothing(office: Office, bot: Running) -> None:
    def joined(**changes: Any) -> dict[str, Any]:
        channel = office.world.channel_named("bo-hr")
        event = {"type": "member_joined_channel", "user": "U0ANNA", "channel": channel.id}
        body = {
            "type": "event_callback",
            "event": event,
            "event_id": f"Ev{len(str(changes))}",
            "team_id": office.world.team.id,
            "api_app_id": office.world.app.app_id,
            "authorizations": [{"team_id": office.world.team.id}],
        }
        return body | changes

    for changes in (
        {"team_id": "T0OTHER"},
        {"api_app_id": "A0OTHER"},
        {"authorizations": [{"team_id": "T0OTHER"}]},
    ):
        bot.receives(joined(**changes), "events_api")
    with bot.turns.turn(HOME, "U0ANNA") as turn:
        assert not roles.departments_of(turn)
    # of a channel that the other workspace shares with us Slack names theirs above ours
    theirs = joined(team_id="T0OTHER", is_ext_shared_channel=True)
    assert bot.receives(theirs, "events_api").status == 200
    with bot.turns.turn(HOME, "U0ANNA") as turn:
        assert roles.departments_of(turn) == {"hr"}
