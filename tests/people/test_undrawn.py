"""What was never drawn for somebody is obeyed from nobody: another's kept words, buttons of a card
that is not theirs, fields that no form asked.
"""

from datetime import timedelta
from typing import Any

from bot.edge.turns import HOME
from storage.invoices import customers
from storage.reminders import switches
from tests.driver import Office, Seen
from tests.reminders.books import Books
from tests.reminders.conftest import books
from tests.reminders.test_answers import in_finance, invoice, rules
from tests.reminders.test_conversation import MONDAY, active
from tests.running import Running
from tests.tickets.desk import newest_card

__all__ = ["active", "books", "invoice", "rules"]

LONG = "Poufne słowa " * 300


def forged(office: Office, bot: Running, who: str, action: str, value: str, on: Seen) -> None:
    """A click that was signed and never drawn."""
    world = office.world
    link = world.response_links.begin(on.channel.id, who)
    body: dict[str, Any] = {
        "type": "block_actions",
        "user": {"id": who, "team_id": world.team.id},
        "team": {"id": world.team.id},
        "api_app_id": world.app.app_id,
        "trigger_id": world.triggers.draw(who),
        "response_url": world.response_links.draw("actions", link),
        "container": {"type": "message", "channel_id": on.channel.id, "message_ts": on.ts},
        "channel": {"id": on.channel.id},
        "message": {"ts": on.ts},
        "actions": [{"action_id": action, "block_id": "b", "type": "button", "value": value}],
    }
    assert bot.receives(body).status == 200
    office.calm()


def value_of(seen: Seen, action: str) -> str:
    (element,) = [
        element
        for block in seen.blocks
        for element in block.get("elements", [])
        if element.get("action_id") == action
    ]
    return str(element["value"])


def test_words_that_were_kept_for_somebody_open_for_them_alone(
    office: Office, bot: Running
) -> None:
    dm = office.world.direct_channel({office.anna.id, office.world.app.bot_user_id})
    office.anna.says(dm, LONG)
    offer = office.anna.dm[-1]
    value = value_of(offer, "tickets.offer")
    forged(office, bot, office.piotr.id, "tickets.offer", value, offer)
    assert not office.piotr.has_modal
    office.anna.clicks("tickets.offer", on=offer)
    assert "Poufne" in office.anna.modal.value("description")
    office.piotr.types("/ticket Drukarka").fills(type="it_help")
    kept = office.anna.modal.view["private_metadata"]
    office.piotr.modal.view["private_metadata"] = kept
    office.piotr.submits()
    assert not any("Poufne" in str(seen) for seen in [*office.piotr.dm, newest_or_none(office)])


def newest_or_none(office: Office) -> Seen | None:
    try:
        return newest_card(office)
    except ValueError:
        return None


def test_cards_of_money_obey_those_alone_who_may(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    message = office.piotr.dm[0]
    value = value_of(message, "reminders.why")
    for who in (office.anna.id, office.daniel.id, "U0KOWALSKA", "U0GUEST"):
        card = office["j.kowalska"].sees("#ext-kowalska")[-1]
        for place in (message, card):
            for action in ("reminders.why", "reminders.escalate"):
                forged(office, bot, who, action, value, place)
            forged(office, bot, who, "reminders.snooze", f"{value}|7", place)
    for who in ("anna", "daniel", "j.kowalska", "olga"):
        assert not office[who].has_modal
        everything = [seen for place in office.world.channels for seen in office[who].notes(place)]
        assert not any("rule" in str(seen) or "etapie" in str(seen) for seen in everything)
    before = len(office.piotr.dm)
    days_pass(office, books, bot, 7)
    assert len(office.piotr.dm) > before, "somebody without a right silenced the reminders"


def test_nobody_snoozes_what_others_read(
    office: Office, bot: Running, books: Books, invoice: int
) -> None:
    card = office["j.kowalska"].sees("#ext-kowalska")[-1]
    finances = in_finance(office, "1 niezapłacona faktura")
    own = office.piotr.dm[0]
    for place, action in ((card, "reminders.promise"), (finances, "reminders.why")):
        value = value_of(place, action)
        forged(office, bot, office.piotr.id, "reminders.snooze", f"{value}|30", own)
    with books.turns.turn(HOME) as turn:
        assert switches.all_paused(turn, MONDAY) == []
    office.piotr.chooses("reminders.snooze", "na 7 dni", on=own)
    with books.turns.turn(HOME) as turn:
        (pause,) = switches.all_paused(turn, MONDAY)
    assert pause.audience == "account_owner"


def days_pass(office: Office, books: Books, bot: Running, days: int) -> None:
    for _ in range(days):
        office.later(timedelta(days=1).total_seconds())
        books.payments_known()
        bot.tick()


def test_field_that_no_form_asked_changes_nothing(
    office: Office, bot: Running, books: Books
) -> None:
    customer = books.customer(tax_id="PL5260001246", address="Prosta 1\n00-001 Warszawa")
    books.invoice("FV/2026/11/0001", MONDAY - timedelta(10), customer=customer)
    office.beata.types("/document zestawienie Kowalska")
    view = office.beata.modal.view
    stray = {"value": {"type": "plain_text_input", "value": "PL1111111111"}}
    view["state"]["values"]["debtor.tax_id"] = stray
    office.beata.submits()
    with books.turns.turn(HOME) as turn:
        known = customers.known(turn, customer)
    assert known is not None
    assert known.tax_id == "PL5260001246"
