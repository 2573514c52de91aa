"""The decision on the days on which it turns: where a policy begins, which stage has come, what each
rule says, and when it is looked at again.
"""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.kit.catalogue import Frame
from bot.kit.money import Money
from bot.kit.words import Words
from bot.kit.working_time import reading_hours
from handlers.ledger.model.matching.values import Waiting
from handlers.reminders.blocks.reasons import told
from handlers.reminders.model.decision import Decision, decide
from handlers.reminders.model.rules import Rule, is_fresh
from handlers.reminders.model.stages import NO_STAGES, schedule_of
from storage.reminders.reminders import NEVER
from storage.reminders.switches import EVERYTHING, Pause
from tests.reminders.test_decision import DUE, MONDAY, NOW, ON, POLICY, row

TOMORROW = MONDAY + timedelta(1)
KNOWN = date(2026, 11, 1)
PLN = "PLN"
ENGLISH = Words("en")


def after(days: int) -> date:
    return MONDAY + timedelta(days)


def decided(**facts: Any) -> Decision:
    return decide(replace(DUE, **facts), POLICY, NOW)


def rule_of(name: str, **facts: Any) -> Rule:
    (rule,) = (rule for rule in decided(**facts).rules if rule.rule == name)
    return rule


# ---- whose day it is ----------------------------------------------------------------------------


def test_a_day_is_that_of_the_readers_clock() -> None:
    night = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # half past midnight on Monday in Warsaw
    stage = decide(replace(DUE, payments_known_until=night), POLICY, night).stage
    assert stage
    assert stage.key == "due"


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "Pacific/Auckland", "America/Los_Angeles"])
@pytest.mark.parametrize(
    ("known_until", "now", "passes"),
    [
        (datetime(2026, 11, 20, 8, tzinfo=UTC), datetime(2026, 11, 23, 12, tzinfo=UTC), True),
        (datetime(2026, 11, 19, 12, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC), False),
        (datetime(2026, 11, 19, 23, 30, tzinfo=UTC), datetime(2026, 11, 23, 22, tzinfo=UTC), True),
        (datetime(2026, 11, 19, 23, 30, tzinfo=UTC), datetime(2026, 11, 23, 23, tzinfo=UTC), False),
    ],
)
def test_how_old_payments_are_is_counted_in_the_companys_days_whoever_reads(
    zone: str, known_until: datetime, now: datetime, passes: bool
) -> None:
    hours = reading_hours("PL", zone, Frame(opens=0, closes=24 * 60))
    facts = replace(DUE, payments_known_until=known_until, hours=hours)
    (rule,) = [each for each in decide(facts, POLICY, now).rules if each.rule == "payments_fresh"]
    assert rule.passed is passes
    assert is_fresh(known_until, now, DUE.zone, DUE.payments_max_age_days) is passes


def test_the_next_hour_comes_on_the_readers_day() -> None:
    there = reading_hours("NZ", "Pacific/Auckland", Frame(opens=9 * 60, closes=16 * 60))
    rule = rule_of("working_hours", hours=there)  # ten in the evening of Monday
    assert (rule.passed, rule.look_again) == (False, TOMORROW)


def test_a_due_day_on_a_free_one_comes_with_the_next_working_day() -> None:
    saturday = datetime(2026, 11, 28, 10, tzinfo=UTC)
    facts = replace(DUE, due_on=saturday.date(), payments_known_until=saturday)
    stage = decide(facts, POLICY, saturday).stage
    assert stage
    assert stage.key == "courtesy"


def test_what_was_told_before_the_due_day_moved_is_nothing_to_compare_with() -> None:
    assert decided(due_on=after(20), rows={"due": row("due")}).verdict == "none"


# ---- the day on which a policy begins -----------------------------------------------------------


@pytest.mark.parametrize(
    ("due_on", "since", "known_on", "was_overdue"),
    [
        (after(-3), MONDAY, KNOWN, True),
        (MONDAY, MONDAY, KNOWN, False),  # due on the very day the policy begins
        (after(1), MONDAY, KNOWN, False),
        (after(-3), KNOWN, MONDAY, True),  # the invoice came to us later than it was due
        (MONDAY, KNOWN, MONDAY, False),
        (date(2026, 11, 21), date(2026, 11, 23), KNOWN, False),  # a Saturday counts as Monday
        (date(2026, 11, 20), date(2026, 11, 21), KNOWN, True),
    ],
)
def test_what_is_due_on_the_day_a_policy_begins_was_not_overdue_before(
    due_on: date, since: date, known_on: date, was_overdue: bool
) -> None:
    switch = replace(ON, since=since, overdue="stage:reminder")
    assert schedule_of(POLICY, switch, due_on, known_on, "PL").was_overdue is was_overdue


@pytest.mark.parametrize(
    ("overdue", "stages"),
    [
        ("alone", []),
        ("done", [("final", after(10))]),
        ("stage:gone", [("final", after(10))]),
        ("stage:final", [("final", after(10))]),
        ("stage:demand", [("demand", MONDAY), ("final", after(16))]),
        ("stage:due", [("due", MONDAY), ("reminder", after(7)), ("demand", after(14)), ("final", after(30))]),
    ],
)  # fmt: skip
def test_what_was_overdue_follows_the_stages_that_finance_chose(
    overdue: str, stages: list[tuple[str, date]]
) -> None:
    switch = replace(ON, since=MONDAY, overdue=overdue)
    schedule = schedule_of(POLICY, switch, after(-20), KNOWN, "")
    assert [(stage.key, day) for stage, day in schedule.stages] == stages
    assert schedule.was_overdue


def test_a_stage_before_the_due_date_counts_from_the_day_on_the_document() -> None:
    saturday = date(2026, 11, 28)
    schedule = schedule_of(POLICY, ON, saturday, KNOWN, "PL")
    assert [(stage.key, day) for stage, day in schedule.stages] == [
        ("courtesy", date(2026, 11, 25)),
        ("due", date(2026, 11, 30)),
        ("reminder", date(2026, 12, 7)),
        ("demand", date(2026, 12, 14)),
        ("final", date(2026, 12, 30)),
    ]


@pytest.mark.parametrize(
    ("day", "reached", "following"),
    [
        (after(-4), None, ("courtesy", after(-3))),
        (after(-3), "courtesy", ("due", MONDAY)),
        (after(-1), "courtesy", ("due", MONDAY)),
        (MONDAY, "due", ("reminder", after(7))),
        (after(6), "due", ("reminder", after(7))),
        (after(29), "demand", ("final", after(30))),
        (after(30), "final", None),
    ],
)
def test_a_stage_holds_from_its_day_until_the_next_ones(
    day: date, reached: str | None, following: tuple[str, date] | None
) -> None:
    schedule = schedule_of(POLICY, ON, MONDAY, KNOWN, "")
    stage, coming = schedule.reached(day), schedule.following(day)
    assert (stage.key if stage else None) == reached
    assert ((coming[0].key, coming[1]) if coming else None) == following


def test_a_stage_takes_the_place_of_those_before_it() -> None:
    schedule = schedule_of(POLICY, ON, MONDAY, KNOWN, "")
    by_key = {stage.key: stage for stage, _ in schedule.stages}
    assert [stage.key for stage in schedule.earlier(by_key["demand"])] == [
        *("courtesy", "due", "reminder")
    ]
    assert schedule.earlier(by_key["courtesy"]) == []


# ---- each rule: what it says, and when it is looked at again -------------------------------------

WAITING = Waiting(5, after(-2), Money(100, PLN))
CREDIT = Money(500, PLN)


@pytest.mark.parametrize(
    ("rule", "facts", "passed", "because", "look_again"),
    [
        ("switched_on", {}, True, "The policy “Customers' invoices” is switched on.", NEVER),
        ("switched_on", {"switch": None}, False, "The policy “Customers' invoices” is switched off.", NEVER),
        ("open", {}, True, "PLN\xa01,200.00 is left to pay.", NEVER),
        ("open", {"outstanding": Money(1, PLN)}, True, "PLN\xa00.01 is left to pay.", NEVER),
        ("open", {"outstanding": Money(-1, PLN)}, False, "Nothing is left to pay.", NEVER),
        ("dated", {}, True, "It is due on 23 Nov 2026.", NEVER),
        ("dated", {"due_on": None}, False, "The invoice names no due date.", NEVER),
        ("overdue_before", {}, True, "It was not overdue when we first knew of it.", NEVER),
        ("overdue_before", {"due_on": after(-9), "switch": replace(ON, since=MONDAY, overdue="alone")}, False, "It was overdue when the policy was switched on, and finance left such invoices out.", NEVER),
        ("overdue_before", {"due_on": after(-9), "switch": replace(ON, since=MONDAY, overdue="stage:demand")}, True, "It was overdue before; the stages that finance chose hold.", NEVER),
        ("stage", {}, True, "The stage “Due today” has come.", NEVER),
        ("stage", {"due_on": after(4)}, False, "The stage “Due soon” comes on 24 Nov 2026.", NEVER),
        ("stage", {"due_on": after(-9), "switch": replace(ON, since=MONDAY, overdue="alone")}, False, "No stage is to come.", NEVER),
        ("reader", {}, True, "There is somebody to tell.", NEVER),
        ("reader", {"hours": None}, False, "There is nobody to tell: the customer has no owner, channel or e-mail address.", NEVER),
        ("not_yet_sent", {}, True, "This stage was not told yet.", NEVER),
        ("not_yet_sent", {"rows": {"due": row("due")}}, False, "This stage was told on 23 Nov 2026.", NEVER),
        ("not_yet_sent", {"rows": {"due": row("due", "held", "gap")}}, True, "This stage was not told yet.", NEVER),
        ("not_yet_sent", {"rows": {"due": row("due", "held", "undelivered")}}, True, "The message of 23 Nov 2026 was not delivered; it is tried again.", NEVER),
        ("not_yet_sent", {"rows": {"due": row("due", "held", "refused")}}, False, "Finance decided against this stage on 23 Nov 2026.", NEVER),
        ("not_yet_sent", {"rows": {"due": row("due", "superseded")}}, False, "A later stage took the place of this one.", NEVER),
        ("not_yet_sent", {"rows": {"reminder": row("reminder")}}, True, "This stage was not told yet.", NEVER),
        ("not_back", {}, True, "No later stage was told before.", NEVER),
        ("not_back", {"rows": {"reminder": row("reminder")}}, False, "A later stage was told on 23 Nov 2026 already.", NEVER),
        ("not_back", {"rows": {"reminder": row("reminder", "held", "gap")}}, True, "No later stage was told before.", NEVER),
        ("not_back", {"rows": {"courtesy": row("courtesy")}}, True, "No later stage was told before.", NEVER),
        ("not_back", {"rows": {"gone": row("gone")}}, True, "No later stage was told before.", NEVER),
        ("not_back", {"rows": {"gone": row("gone")}, "days_of": {"gone": 1}}, False, "A later stage was told on 23 Nov 2026 already.", NEVER),
        ("not_back", {"rows": {"gone": row("gone")}, "days_of": {"gone": 0}}, True, "No later stage was told before.", NEVER),
        ("not_disputed", {}, True, "Nobody disputes it.", NEVER),
        ("not_disputed", {"is_disputed": True}, False, "The invoice is disputed.", TOMORROW),
        ("not_promised", {}, True, "Nobody promised to pay by a day to come.", NEVER),
        ("not_promised", {"promised_until": MONDAY}, False, "Payment is promised until 23 Nov 2026.", TOMORROW),
        ("not_promised", {"promised_until": after(5)}, False, "Payment is promised until 28 Nov 2026.", after(6)),
        ("not_promised", {"promised_until": after(-1)}, True, "The promise to pay until 22 Nov 2026 was not kept.", NEVER),
        ("not_claimed", {}, True, "Nobody waits for finance to confirm a payment.", NEVER),
        ("not_claimed", {"claimed_on": MONDAY}, False, "Somebody said on 23 Nov 2026 that it is paid; finance has not answered.", TOMORROW),
        ("not_claimed", {"claimed_on": after(-6)}, False, "Somebody said on 17 Nov 2026 that it is paid; finance has not answered.", TOMORROW),
        ("not_claimed", {"claimed_on": after(-7)}, True, "Nobody waits for finance to confirm a payment.", NEVER),
        ("not_in_credit", {}, True, "Nothing is to be given back to them.", NEVER),
        ("not_in_credit", {"credit": CREDIT, "in_sum": Money(1, PLN)}, True, "PLN\xa05.00 is to be given back to them: less than is open.", NEVER),
        ("not_in_credit", {"credit": CREDIT, "in_sum": Money(0, PLN)}, False, "PLN\xa05.00 is to be given back to them: as much as is open.", TOMORROW),
        ("not_in_credit", {"credit": CREDIT, "in_sum": Money(-1, PLN)}, False, "PLN\xa05.00 is to be given back to them: as much as is open.", TOMORROW),
        ("not_in_credit", {"credit": CREDIT}, True, "Nothing is to be given back to them.", NEVER),
        ("not_in_credit", {"in_sum": Money(-1, PLN)}, True, "Nothing is to be given back to them.", NEVER),
        ("not_paused", {}, True, "Nothing is paused.", NEVER),
        ("not_paused", {"pauses": (Pause(EVERYTHING, "", MONDAY, "stocktaking", "U1"),)}, False, "All reminders are paused until 23 Nov 2026. stocktaking", TOMORROW),
        ("not_paused", {"pauses": (Pause("customer:1", "", after(3), "talks", "U1"), Pause("invoice:1", "", after(2), "wait", "U1"))}, False, "Reminders about this customer are paused until 26 Nov 2026. talks", after(4)),
        ("not_paused", {"pauses": (Pause("invoice:1", "", after(2), "wait", "U1"),)}, False, "Reminders of this invoice are paused until 25 Nov 2026. wait", after(3)),
        ("not_paused", {"pauses": (Pause(EVERYTHING, "", after(-1), "", "U1"),)}, True, "Nothing is paused.", NEVER),
        ("above_minimum", {"outstanding": Money(5_000, PLN)}, True, "The amount is worth a reminder.", NEVER),
        ("above_minimum", {"outstanding": Money(4_999, PLN)}, False, "PLN\xa049.99 is below the minimum of PLN\xa050.00.", after(30)),
        ("payments_fresh", {}, True, "Payments are known up to 23 Nov 2026.", NEVER),
        ("payments_fresh", {"payments_known_until": None}, False, "No payments were imported yet, so nobody can say what is paid.", TOMORROW),
        ("payments_fresh", {"payments_known_until": NOW - timedelta(3)}, True, "Payments are known up to 20 Nov 2026.", NEVER),
        ("payments_fresh", {"payments_known_until": NOW - timedelta(4)}, False, "Payments are known up to 19 Nov 2026 only, which is too long ago.", TOMORROW),
        ("payments_fresh", {"payments_known_until": datetime(2026, 11, 19, 23, 30, tzinfo=UTC)}, True, "Payments are known up to 20 Nov 2026.", NEVER),  # it is Friday in Warsaw
        ("no_money_waits", {}, True, "No payment waits that may be for it.", NEVER),
        ("no_money_waits", {"waiting": (WAITING, replace(WAITING, booked_on=MONDAY, amount=Money(300, PLN)))}, False, "A payment of PLN\xa03.00 of 23 Nov 2026 waits that is probably for it; finance has not booked it.", TOMORROW),
        ("approved", {}, True, "This message needs nobody's approval.", NEVER),
        ("approved", {"audience": "customer_channel"}, True, "This message needs nobody's approval.", NEVER),
        ("approved", {"audience": "customer_channel", "due_on": after(-7)}, False, "It waits for the approval of finance.", TOMORROW),
        ("approved", {"audience": "customer_channel", "due_on": after(-7), "rows": {"reminder": row("reminder", "held", "approved", approved_by="U1")}}, True, "Finance approved it.", NEVER),
        ("approved", {"due_on": after(-7)}, True, "This message needs nobody's approval.", NEVER),
        ("gap", {}, True, "The last message to these people is long enough ago.", NEVER),
        ("gap", {"contacts": (after(-2),)}, False, "The last message to these people went too recently; the next may go on 24 Nov 2026.", TOMORROW),
        ("gap", {"contacts": (after(-3),)}, True, "The last message to these people is long enough ago.", NEVER),
        ("week", {}, True, "These people had few messages this week.", NEVER),
        ("week", {"contacts": (after(-6), after(-3))}, False, "These people had enough messages this week; the next may go on 24 Nov 2026.", TOMORROW),
        ("week", {"contacts": (after(-7), after(-3))}, True, "These people had few messages this week.", NEVER),
        ("working_hours", {}, True, "It is a working day, and the hour is right.", NEVER),
    ],
)  # fmt: skip
def test_a_rule_turns_at_its_boundary_and_says_why(
    rule: str, facts: dict[str, Any], passed: bool, because: str, look_again: date
) -> None:
    held = rule_of(rule, **facts)
    assert (held.passed, told(held.because, ENGLISH), held.look_again) == (
        passed,
        because,
        look_again,
    )


def test_at_night_the_next_hour_of_the_reader_is_told() -> None:
    evening = datetime(2026, 11, 27, 18, tzinfo=UTC)  # a Friday
    facts = replace(DUE, due_on=evening.date(), payments_known_until=evening)
    (rule,) = (r for r in decide(facts, POLICY, evening).rules if r.rule == "working_hours")
    assert not rule.passed
    assert rule.look_again == date(2026, 11, 30)
    assert told(rule.because, ENGLISH) == (
        "It is night, weekend or a holiday where the reader is; the next hour comes on 30 Nov 2026."
    )


# ---- what the rules come to, and when there is something to look at ------------------------------


@pytest.mark.parametrize(
    ("facts", "verdict", "look_again"),
    [
        ({}, "send", after(7)),
        ({"switch": None}, "none", NEVER),
        ({"switch": replace(ON, is_on=False)}, "none", NEVER),
        ({"status": "paid"}, "none", NEVER),
        ({"due_on": None}, "none", NEVER),
        ({"due_on": after(4)}, "none", TOMORROW),
        ({"due_on": after(30)}, "none", after(7)),  # what is open is never lost from sight
        ({"hours": None}, "none", after(7)),
        ({"is_disputed": True}, "hold", TOMORROW),
        ({"is_disputed": True, "promised_until": after(5)}, "hold", after(6)),
        ({"outstanding": Money(4_999, PLN)}, "hold", after(7)),
        ({"due_on": after(-3), "outstanding": Money(4_999, PLN)}, "hold", after(4)),
        ({"due_on": after(4), "promised_until": MONDAY}, "none", TOMORROW),
        ({"due_on": after(30), "promised_until": after(2)}, "none", after(3)),
        ({"due_on": after(30), "promised_until": after(-1)}, "none", after(7)),
        ({"due_on": after(30), "promised_until": MONDAY}, "none", TOMORROW),
    ],
)
def test_it_is_looked_at_again_when_the_answer_may_be_another(
    facts: dict[str, Any], verdict: str, look_again: date
) -> None:
    decision = decided(**facts)
    assert (decision.verdict, decision.look_again) == (verdict, look_again)


def test_a_decision_names_its_rules_in_their_order_with_schedule_and_stage() -> None:
    sent, off = decided(), decided(switch=None)
    assert [rule.rule for rule in sent.rules] == [
        *("switched_on", "open", "dated", "overdue_before", "stage", "reader"),
        *("not_yet_sent", "not_back", "not_disputed", "not_promised", "not_claimed"),
        *("not_in_credit", "not_paused", "above_minimum", "payments_fresh", "no_money_waits"),
        *("approved", "gap", "week", "working_hours"),
    ]
    assert sent.stage is not None
    assert (sent.stage.key, len(sent.schedule.stages)) == ("due", 5)
    assert (sent.refused_by, sent.reason) == (None, "")
    assert [rule.rule for rule in off.rules] == ["switched_on"]
    assert (off.stage, off.schedule) == (None, NO_STAGES)
    held = decided(is_disputed=True)
    assert held.refused_by is not None
    assert (held.reason, held.stage, len(held.rules)) == ("not_disputed", sent.stage, 20)
    quiet = decided(due_on=after(4))
    assert (quiet.stage, len(quiet.schedule.stages), len(quiet.rules)) == (None, 5, 8)


def test_where_nobody_reads_the_day_is_that_of_greenwich() -> None:
    moment = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # Tuesday in Warsaw
    facts = replace(DUE, hours=None, due_on=TOMORROW)
    stage = decide(facts, POLICY, moment).stage
    assert stage is not None
    assert stage.key == "courtesy"


# ---- drawn, and counted -------------------------------------------------------------------------

REFUSALS: dict[str, dict[str, Any]] = {
    "switched_on": {"switch": None},
    "open": {"status": "paid"},
    "dated": {"due_on": None},
    "overdue_before": {"due_on": after(-9), "switch": replace(ON, since=MONDAY, overdue="alone")},
    "stage": {"due_on": after(40)},
    "reader": {"hours": None},
    "not_yet_sent": {"rows": {"due": row("due")}},
    "not_back": {"rows": {"final": row("final")}},
    "not_disputed": {"is_disputed": True},
    "not_promised": {"promised_until": after(9)},
    "not_claimed": {"claimed_on": MONDAY},
    "not_in_credit": {"credit": CREDIT, "in_sum": Money(0, PLN)},
    "not_paused": {"pauses": (Pause(EVERYTHING, "", MONDAY, "", "U1"),)},
    "above_minimum": {"outstanding": Money(10, PLN)},
    "payments_fresh": {"payments_known_until": None},
    "no_money_waits": {"waiting": (WAITING,)},
    "gap": {"contacts": (MONDAY,)},
    "week": {"contacts": (after(-6), after(-5), after(-3))},
}
VERDICTS = ("send", "hold", "none")
FIRM = ("switched_on", "open", "dated", "overdue_before", "stage", "reader", "not_yet_sent")
NONE = (*FIRM, "not_back")


@some.composite
def a_case(draw: some.DrawFn) -> tuple[str, set[str], dict[str, Any]]:
    """A verdict first, then rules that come to it, over facts that refuse nothing by themselves."""
    verdict = draw(some.sampled_from(VERDICTS))
    soft = [name for name in REFUSALS if name not in NONE and name not in ("gap", "week")]
    picked: set[str] = set()
    if verdict == "hold":
        picked = draw(some.sets(some.sampled_from([*soft, "gap", "week"]), min_size=1, max_size=3))
    if verdict == "none":
        picked = {draw(some.sampled_from(NONE))} | draw(some.sets(some.sampled_from(soft)))
    plain = {
        "outstanding": Money(draw(some.integers(5_000, 10**9)), PLN),
        "contacts": (after(-draw(some.integers(7, 900))),),
        "promised_until": after(-draw(some.integers(1, 900))),
    }
    return verdict, picked, plain


def test_every_verdict_and_every_rule_is_drawn_and_what_refuses_is_named() -> None:
    verdicts, rules = Counter[str](), Counter[str]()

    @settings(max_examples=600, database=None)
    @given(a_case())
    def follows(case: tuple[str, set[str], dict[str, Any]]) -> None:
        verdict, picked, facts = case
        for name in sorted(picked):
            facts |= REFUSALS[name]
        decision = decided(**facts)
        refused = {rule.rule for rule in decision.rules if not rule.passed}
        assert decision.verdict == verdict
        assert refused >= picked - {"gap"} or verdict == "none"
        assert refused & picked or verdict == "send"
        verdicts[verdict] += 1
        rules.update(picked)

    follows()
    rare = {verdict for verdict in VERDICTS if verdicts[verdict] < verdicts.total() * 0.05}
    assert not rare, verdicts
    assert set(rules) == set(REFUSALS)
