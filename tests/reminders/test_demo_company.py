"""The demo's company speaks in a customer's own channel, and the customer answers there."""

import pytest

from bot.demo.books import demo_catalogue, fill
from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from tests.driver import Office
from tests.running import Running


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    return demo_catalogue(shipped)


def test_customer_of_the_demo_is_reminded_in_their_channel_and_claims_to_have_paid(
    office: Office, bot: Running, turns: Turns
) -> None:
    fill(turns, turns.now().date())
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers")
    office.beata.fills(overdue="stage:reminder").submits().closes(everything=True)
    bot.tick()
    approval = next(
        seen
        for seen in office.beata.sees("#bo-collections")
        if "Kowalska" in seen and "Wyślij" in seen.buttons
    )
    office.beata.clicks("Wyślij", on=approval)
    bot.tick()
    customer = office["j.kowalska"]
    message = customer.sees("#ext-kowalska")[-1]
    assert "Uprzejmie przypominamy" in message
    customer.clicks("Zapłaciliśmy", on=message).submits().closes(everything=True)
    claim = office.beata.sees("#bo-collections")[-1]
    assert "klient Kowalska Sp. z o.o. zapłacił" in claim
