"""The decision of dunning: whether a reminder goes, is held, or is none.

One pure function decides, and tells why, rule by rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.kit.catalogue import ReminderPolicy, Stage
from bot.kit.days import day_after
from handlers.reminders.model.facts import Case, Facts
from handlers.reminders.model.rules import FIRM, SOFT, Rule, switched_on, worth_of
from handlers.reminders.model.stages import NO_STAGES, StageSchedule, schedule_of
from storage.reminders.reminders import NEVER
from storage.reminders.switches import Switch

Verdict = Literal["send", "hold", "none"]

OPEN_IS_LOOKED_AT_AFTER = timedelta(days=7)
"""What is open is never lost from sight, even when no stage is to come."""

_SETTLING = frozenset({"open", "dated"})
"""Where one of these refuses there is nothing to look at again."""


class Outcome(NamedTuple):
    """A decision without what was looked at: the same for instalments that are alike."""

    verdict: Verdict
    reason: str
    schedule: StageSchedule
    stage: Stage | None
    look_again: date


@dataclass(frozen=True)
class Decision:
    """``look_again`` is the day on which the answer may be another one."""

    verdict: Verdict
    rules: tuple[Rule, ...]
    schedule: StageSchedule = NO_STAGES
    stage: Stage | None = None
    look_again: date = NEVER

    @property
    def refused_by(self) -> Rule | None:
        """The first rule that did not let it pass."""
        for rule in self.rules:
            if not rule.passed:
                return rule
        return None

    @property
    def reason(self) -> str:
        return self.refused_by.rule if self.refused_by else ""

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.verdict, self.reason, self.schedule, self.stage, self.look_again)


def decide(facts: Facts, policy: ReminderPolicy, now: datetime) -> Decision:
    """Whether the latest stage that was reached goes to this audience now.

    ``none``: there is nothing to say. ``hold``: there is, but not now. ``send``: it goes.
    """
    on = switched_on(facts, policy)
    if facts.switch is None or not on.passed:
        return Decision("none", (on,))
    case = _case(facts, facts.switch, policy, now)
    firm = (on, *(rule(case) for rule in FIRM))
    refusals = _refusals(firm)
    if refusals:
        again = _next_stage(case) if _SETTLING.isdisjoint(refusals) else NEVER
        return Decision("none", firm, case.schedule, case.stage, again)
    soft = tuple(rule(case) for rule in SOFT)
    waits = _refusals(soft)
    again = min(max(waits.values(), default=NEVER), _next_stage(case))
    return Decision("hold" if waits else "send", (*firm, *soft), case.schedule, case.stage, again)


def _refusals(rules: Sequence[Rule]) -> dict[str, date]:
    """The rules that do not let it pass, with the day on which each may end."""
    return {rule.rule: rule.look_again for rule in rules if not rule.passed}


def _case(facts: Facts, switch: Switch, policy: ReminderPolicy, now: datetime) -> Case:
    zone = facts.hours.zone if facts.hours else ZoneInfo("UTC")
    day = now.astimezone(zone).date()
    schedule = NO_STAGES
    if facts.due_on:
        schedule = schedule_of(policy, switch, facts.due_on, facts.known_on, facts.country)
    worth = worth_of(facts.outstanding, policy)
    return Case(facts, policy, now, day, schedule, schedule.reached(day), worth)


def _next_stage(case: Case) -> date:
    """When there is something to look at though nothing waits: the next stage, the end of a
    promise.
    """
    days = [case.day + OPEN_IS_LOOKED_AT_AFTER]
    following = case.schedule.following(case.day)
    if following:
        days.append(following[1])
    until = case.facts.promised_until
    if until and until >= case.day:
        days.append(day_after(until))
    return min(days)
