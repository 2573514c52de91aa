"""Policy contexts: what holds for all reminders of a direction at the moment, and how finance
switched its policies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.kit.catalogue import ReminderPolicy
from handlers.ledger.service.balances import DIRECTIONS
from handlers.ledger.service.bank import own_accounts
from handlers.ledger.service.bank.waiting_money import WaitingMoney
from storage.reminders import switches as reminder_switches
from storage.reminders.switches import Switch
from storage.turn import Turn


class Rules(NamedTuple):
    """A policy, and how finance switched it."""

    policy: ReminderPolicy
    switch: Switch


@dataclass(frozen=True)
class PolicyContext:
    """What holds for all reminders of a direction at the moment.

    ``policy`` is the catalogue's first of the direction: it holds where neither the invoice nor its
    customer was given another one.
    """

    policy: ReminderPolicy
    switch: Switch
    others: tuple[Rules, ...]
    waiting: WaitingMoney
    country: str
    zone: ZoneInfo
    payments_known_until: datetime | None
    payments_max_age_days: int
    now: datetime

    @property
    def day(self) -> date:
        """Today where the company is."""
        return self.now.astimezone(self.zone).date()

    @cached_property
    def every(self) -> tuple[Rules, ...]:
        """The policies of the direction, in the catalogue's order."""
        return (Rules(self.policy, self.switch), *self.others)

    @property
    def is_on(self) -> bool:
        return any(rules.switch.is_on for rules in self.every)

    @property
    def audiences(self) -> tuple[str, ...]:
        """Whoever one of the policies writes to."""
        audiences: dict[str, None] = {}
        for rules in self.every:
            audiences |= dict.fromkeys(rules.policy.audience)
        return tuple(audiences)

    @cached_property
    def near(self) -> date:
        """The last due day of which a first stage may have come, wherever its readers are."""
        first = min(rules.policy.stages[0].days for rules in self.every)
        return self.day + timedelta(1 - first)

    @cached_property
    def days_of_stages(self) -> Mapping[str, int]:
        """When each stage comes that an item may have reached, under whichever policy."""
        days: dict[str, int] = {}
        for rules in self.every:
            days |= {stage.key: stage.days for stage in rules.policy.stages}
        return days

    def rules(self, *given: str) -> Rules:
        """The rules of the first of these keys that is a policy here: the most particular first."""
        every = self.every
        for key in filter(None, given):
            for rules in every:
                if rules.policy.key == key:
                    return rules
        return every[0]

    def switched(self, switches: Mapping[str, Switch]) -> "PolicyContext":
        """The same as if the policies were switched otherwise."""
        first, *others = (
            rules._replace(switch=switches.get(rules.policy.key, rules.switch))
            for rules in self.every
        )
        return replace(self, switch=first.switch, others=tuple(others))


ActivePolicies = Mapping[str, PolicyContext]
"""By direction."""


def context_of(turn: Turn, direction: str) -> PolicyContext | None:
    """What holds for a direction; None when no policy is for it."""
    every = [Rules(policy, switch_of(turn, policy)) for policy in _policies_of(turn, direction)]
    if not every:
        return None
    first, *others = every
    return PolicyContext(
        policy=first.policy,
        switch=first.switch,
        others=tuple(others),
        waiting=WaitingMoney(turn),
        country=turn.catalogue.company.country,
        zone=ZoneInfo(turn.catalogue.timezone),
        payments_known_until=own_accounts.known_until(turn),
        payments_max_age_days=turn.catalogue.invoices.payments_max_age_days,
        now=turn.now,
    )


def active_policies(turn: Turn) -> ActivePolicies:
    """What holds for each direction in which a policy is switched on."""
    active: dict[str, PolicyContext] = {}
    for direction in DIRECTIONS:
        context = context_of(turn, direction)
        if context and context.is_on:
            active[direction] = context
    return active


def policy_for(turn: Turn, direction: str) -> ReminderPolicy | None:
    """The policy of a direction: the one that is switched on, else the first."""
    existing = _policies_of(turn, direction)
    for policy in existing:
        if switch_of(turn, policy).is_on:
            return policy
    return existing[0] if existing else None


def _policies_of(turn: Turn, direction: str) -> list[ReminderPolicy]:
    """In the catalogue's order."""
    every = turn.catalogue.reminder_policies.values()
    return [policy for policy in every if policy.direction == direction]


def switch_of(turn: Turn, policy: ReminderPolicy) -> Switch:
    """How finance switched a policy; off until it did."""
    result = reminder_switches.switched(turn).get(policy.key)
    return result or Switch(policy.key, False, date.min, "done", "")
