"""The directory and the house's own jobs: what Slack does not say costs nobody their role; what is
old is forgotten.
"""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from sqlalchemy import func, select

from bot.slack import HOME
from storage.deliveries import deliveries
from storage.people import people
from tests.driver import Office
from tests.running import Running


def members(bot: Running, channel: str) -> set[str]:
    id = bot.playground.world.channel_named(channel).id
    with bot.turns.turn(HOME) as turn:
        everybody = bot.playground.world.people
        return {who for who in everybody if id in people.memberships_of(turn, who)}


def test_an_outage_of_one_method_takes_no_roles_away(bot: Running) -> None:
    before = members(bot, "bo-it")
    bot.playground.faults.next("server_error", "conversations.members", times=50)
    with pytest.raises(SlackApiError):
        bot.refresh()
    assert members(bot, "bo-it") == before != set()


def test_a_refresh_waits_when_slack_wants_it_to(bot: Running) -> None:
    bot.playground.faults.next("rate_limited", "users.list")
    bot.playground.faults.next("cut_before", "conversations.list")
    bot.refresh()
    assert "U0TOMASZ" in members(bot, "bo-it")


def test_deliveries_are_forgotten_after_some_days(office: Office, bot: Running) -> None:
    def remembered() -> int:
        with bot.turns.transaction() as db:
            return db.execute(select(func.count()).select_from(deliveries)).scalar_one()

    office.anna.types("/ticket printer").fills(type="general").submits()
    bot.tick()
    assert remembered() > 0
    office.later(timedelta(days=4).total_seconds())
    bot.tick()
    assert remembered() == 0
