"""The decision: one pure function; what it refuses it names, and what it names decides."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from bot.catalogue import loader
from bot.kit.catalogue import Frame
from bot.kit.money import Money
from bot.kit.words import LANGUAGES, Words
from bot.kit.working_time import reading_hours
from handlers.ledger.model.due_days import effective_due
from handlers.reminders.blocks.reasons import told
from handlers.reminders.model.decision import decide
from handlers.reminders.model.facts import Facts, StageRow
from handlers.reminders.model.rules import worth_of
from handlers.reminders.model.slots import next_slot
from handlers.reminders.model.stages import schedule_of
from storage.reminders.switches import EVERYTHING, Pause, Switch

POLICY = loader.load(None).reminder_policies["customers"]
HOURS = reading_hours("PL", "Europe/Warsaw", Frame(opens=9 * 60, closes=16 * 60))
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ON = Switch("customers", True, date(2026, 1, 1), "done", "U0BEATA")
DUE = Facts(
    direction="receivable",
    status="due_today",
    outstanding=Money(120_000, "PLN"),
    due_on=MONDAY,
    known_on=date(2026, 11, 1),
    country="PL",
    switch=ON,
    payments_known_until=NOW,
    payments_max_age_days=3,
    zone=ZoneInfo("Europe/Warsaw"),
    audience="account_owner",
    hours=HOURS,
)


def row(stage: str, state: Any = "sent", reason: str = "", approved_by: str = "") -> StageRow:
    return StageRow(stage, state, reason, MONDAY, approved_by or None)


@pytest.mark.parametrize(
    ("facts", "verdict", "rule"),
    [
        ({}, "send", ""),
        ({"switch": replace(ON, is_on=False)}, "none", "switched_on"),
        ({"status": "paid"}, "none", "open"),
        ({"status": "cancelled"}, "none", "open"),
        ({"outstanding": Money(0, "PLN")}, "none", "open"),
        ({"due_on": None}, "none", "dated"),
        ({"due_on": MONDAY + timedelta(4)}, "none", "stage"),
        ({"due_on": date.max}, "none", "stage"),
        ({"due_on": date.min}, "none", "stage"),
        ({"hours": None}, "none", "reader"),
        ({"rows": {"due": row("due")}}, "none", "not_yet_sent"),
        ({"rows": {"due": row("due", "held", "refused")}}, "none", "not_yet_sent"),
        ({"rows": {"due": row("due", "held", "not_disputed")}}, "send", ""),
        ({"is_disputed": True}, "hold", "not_disputed"),
        ({"promised_until": MONDAY}, "hold", "not_promised"),
        ({"promised_until": date.max}, "hold", "not_promised"),
        ({"promised_until": MONDAY - timedelta(1)}, "send", ""),
        ({"claimed_on": MONDAY - timedelta(6)}, "hold", "not_claimed"),
        ({"claimed_on": MONDAY - timedelta(7)}, "send", ""),
        ({"pauses": (Pause(EVERYTHING, "", MONDAY, "stocktaking", "U1"),)}, "hold", "not_paused"),
        ({"pauses": (Pause(EVERYTHING, "", date.max, "", "U1"),)}, "hold", "not_paused"),
        ({"pauses": (Pause("customer:1", "", MONDAY - timedelta(1), "", "U1"),)}, "send", ""),
        ({"outstanding": Money(4999, "PLN")}, "hold", "above_minimum"),
        ({"outstanding": Money(5000, "PLN")}, "send", ""),
        ({"outstanding": Money(1, "CZK")}, "send", ""),
        ({"payments_known_until": None}, "hold", "payments_fresh"),
        ({"payments_known_until": NOW - timedelta(3)}, "send", ""),
        ({"payments_known_until": NOW - timedelta(4)}, "hold", "payments_fresh"),
        ({"contacts": (MONDAY - timedelta(2),)}, "hold", "gap"),
        ({"contacts": (MONDAY - timedelta(3),)}, "send", ""),
        ({"contacts": (MONDAY - timedelta(6), MONDAY - timedelta(3))}, "hold", "week"),
        ({"due_on": MONDAY - timedelta(7), "audience": "customer_channel"}, "hold", "approved"),
        ({"due_on": MONDAY - timedelta(7), "audience": "account_owner"}, "send", ""),
        ({"due_on": MONDAY - timedelta(7), "audience": "finance"}, "send", ""),
        (
            {
                "due_on": MONDAY - timedelta(7),
                "audience": "customer_channel",
                "rows": {"reminder": row("reminder", "held", "approved", approved_by="U0BEATA")},
            },
            "send",
            "",
        ),
    ],
)
def test_each_rule_refuses_what_it_is_for(facts: dict[str, Any], verdict: str, rule: str) -> None:
    decision = decide(replace(DUE, **facts), POLICY, NOW)
    assert (decision.verdict, decision.reason) == (verdict, rule)


@pytest.mark.parametrize(
    ("moment", "verdict"),
    [
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), "send"),  # nine in Warsaw
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), "hold"),
        (datetime(2026, 11, 23, 15, 0, tzinfo=UTC), "hold"),
        (datetime(2026, 11, 28, 9, 0, tzinfo=UTC), "hold"),  # Saturday
        (datetime(2026, 12, 24, 9, 0, tzinfo=UTC), "hold"),  # a holiday in Poland since 2025
    ],
)
def test_hours_are_those_of_the_reader(moment: datetime, verdict: str) -> None:
    facts = replace(DUE, payments_known_until=moment, due_on=moment.date())
    if moment.date() in (date(2026, 11, 28), date(2026, 12, 24)):
        facts = replace(facts, due_on=moment.date() + timedelta(3))  # the earlier stage has come
    assert decide(facts, POLICY, moment).verdict == verdict


def test_a_due_date_on_a_free_day_moves_to_the_next_working_day() -> None:
    assert effective_due(date(2026, 12, 24), "PL") == date(2026, 12, 28)
    assert effective_due(date(2026, 10, 31), "PL") == date(2026, 11, 2)
    assert effective_due(date(2026, 1, 10), "HU") == date(
        2026, 1, 10
    )  # a Saturday that Hungary works
    schedule = schedule_of(POLICY, ON, date(2026, 11, 28), MONDAY, "PL")
    stages = {stage.key: day for stage, day in schedule.stages}
    assert stages["courtesy"] == date(2026, 11, 25)
    assert stages["due"] == date(2026, 11, 30)
    assert stages["reminder"] == date(2026, 12, 7)


def test_what_was_overdue_begins_at_the_stage_that_finance_chose() -> None:
    begun = replace(ON, since=MONDAY, overdue="stage:reminder")
    schedule = schedule_of(POLICY, begun, date(2026, 3, 2), date(2026, 3, 1), "PL")
    days = [(stage.key, day) for stage, day in schedule.stages]
    assert days == [
        ("reminder", MONDAY),
        ("demand", MONDAY + timedelta(7)),
        ("final", MONDAY + timedelta(23)),
    ]
    lately = schedule_of(POLICY, begun, date(2026, 11, 18), date(2026, 11, 1), "PL")
    assert [stage.key for stage, _ in lately.stages] == ["reminder", "demand", "final"]
    assert lately.stages[0][1] == date(2026, 11, 25)  # not before its own day


days = some.dates(date(2025, 1, 1), date(2027, 12, 31))
choices = some.sampled_from(
    ["done", "alone", "stage:due", "stage:reminder", "stage:final", "stage:gone"]
)


@given(due=days, known=days, since=days, overdue=choices)
def test_stages_come_in_their_order_and_never_before_we_knew(
    due: date, known: date, since: date, overdue: str
) -> None:
    schedule = schedule_of(POLICY, replace(ON, since=since, overdue=overdue), due, known, "PL")
    begins = [day for _, day in schedule.stages]
    assert begins == sorted(begins)
    assert [stage.days for stage, _ in schedule.stages] == sorted(
        stage.days for stage, _ in schedule.stages
    )
    if schedule.was_overdue:
        assert all(day >= max(since, known) for day in begins)


contacts = some.lists(some.dates(date(2026, 10, 1), date(2026, 12, 1)), max_size=6).map(
    lambda found: tuple(set(found))
)
moments = some.integers(0, 60 * 24 * 60).map(
    lambda minutes: NOW + timedelta(minutes=minutes - 30_000)
)


@given(contacts=contacts, now=moments, gap=some.integers(0, 9), week=some.integers(1, 4))
def test_the_slot_is_the_first_moment_at_which_nothing_forbids_a_letter(
    contacts: tuple[date, ...], now: datetime, gap: int, week: int
) -> None:
    policy = POLICY.model_copy(update={"min_gap_days": gap, "max_per_week": week})
    slot = next_slot(HOURS, policy, contacts, now)
    assert slot >= now
    long_due = replace(DUE, due_on=date(2026, 10, 5), known_on=date(2026, 9, 1), audience="finance")
    facts = replace(long_due, contacts=contacts, payments_known_until=slot)
    refusing = {rule.rule for rule in decide(facts, policy, slot).rules if not rule.passed}
    assert not refusing & {"gap", "week", "working_hours"}
    earlier = HOURS.next_opening(now)
    if earlier < slot:
        before = decide(replace(facts, payments_known_until=earlier), policy, earlier)
        assert {rule.rule for rule in before.rules if not rule.passed} & {"gap", "week"}


amounts = some.integers(-2, 10_000).map(lambda minor: Money(minor, "PLN"))


@given(one=amounts, other=amounts, due=days, now=moments, promised=some.none() | days)
def test_what_is_left_matters_beside_the_minimum_alone(
    one: Money, other: Money, due: date, now: datetime, promised: date | None
) -> None:
    assume(worth_of(one, POLICY) == worth_of(other, POLICY))
    known = replace(DUE, due_on=due, promised_until=promised, outstanding=one)
    decisions = [decide(each, POLICY, now) for each in (known, replace(known, outstanding=other))]
    assert decisions[0].outcome == decisions[1].outcome


FIRM_NAMES = {
    *("switched_on", "open", "dated", "overdue_before", "stage", "reader"),
    *("not_yet_sent", "not_back"),
}
"""Where one of these refuses there is nothing to say; the others only hold."""


@given(
    status=some.sampled_from(["open", "due_today", "overdue", "paid", "disputed", "promised"]),
    outstanding=some.integers(0, 10_000),
    due=days,
    now=moments,
    contacts=contacts,
    promised=some.none() | days,
    is_disputed=some.booleans(),
    overdue=choices,
)
def test_a_verdict_follows_from_its_rules(now: datetime, due: date, **facts: Any) -> None:
    told_of = replace(
        DUE,
        status=facts["status"],
        outstanding=Money(facts["outstanding"], "PLN"),
        due_on=due,
        contacts=facts["contacts"],
        promised_until=facts["promised"],
        is_disputed=facts["is_disputed"],
        switch=replace(ON, overdue=facts["overdue"]),
    )
    decision = decide(told_of, POLICY, now)
    refused = [rule.rule for rule in decision.rules if not rule.passed]
    assert decision.reason == (refused[0] if refused else "")
    assert (decision.verdict == "hold") == (bool(refused) and not set(refused) & FIRM_NAMES)
    assert (decision.verdict == "send") == all(rule.passed for rule in decision.rules)
    later = decision.look_again - now.astimezone(HOURS.zone).date()
    assert (
        later.days >= HOURS.is_open(now) or decision.verdict == "none"
    )  # at night it may be the same day
    if facts["status"] == "paid" or not facts["outstanding"]:
        assert decision.verdict == "none"
    for language in LANGUAGES:
        assert all(told(rule.because, Words(language)) for rule in decision.rules)
