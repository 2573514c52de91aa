"""The catalogue is edited while messages are planned."""

from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from tests.driver import Office
from tests.reminders.books import Books
from tests.reminders.test_conversation import MONDAY, active, messages
from tests.running import Running

__all__ = ["active"]
HOUR = 3600


def with_audience(rules: Catalogue, *audience: str) -> Catalogue:
    """The same, where these are written to about customers."""
    edited = rules.reminder_policies["customers"].model_copy(update={"audience": audience})
    return rules.model_copy(
        update={"reminder_policies": {**rules.reminder_policies, "customers": edited}}
    )


def test_what_was_planned_for_finance_stops_nobody_when_finance_is_taken_out(
    office: Office, bot: Running, active: Books, rules: Catalogue
) -> None:
    active.invoice("FV/2026/11/0001", MONDAY, customer=active.customer())
    office.later(9 * HOUR)  # in the evening, so that all is planned for the morning
    bot.tick()
    assert messages(office.beata.sees("#bo-collections"), "0001") == []
    bot.turns.catalogues = {HOME: with_audience(rules, "account_owner")}
    office.later(15 * HOUR)
    active.payments_known()
    bot.tick()
    assert len(messages(office.piotr.dm, "0001")) == 1
    assert messages(office.beata.sees("#bo-collections"), "0001") == []
