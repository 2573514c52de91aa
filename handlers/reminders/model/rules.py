"""The rules of reminders: each says of a case whether it lets the reminder pass, and because of
what.

Where a firm rule refuses there is no reminder; where a soft one does, it waits.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.kit.catalogue import ReminderPolicy, Stage
from bot.kit.days import day_after
from bot.kit.money import Money
from bot.kit.words import Phrase
from handlers.reminders.model.facts import OUTSIDE, SETTLED, Case, Facts, Worth
from handlers.reminders.model.slots import after_gap, after_week, next_slot
from storage.reminders.reminders import NEVER, REFUSED, UNAPPROVED, UNDELIVERED
from storage.reminders.switches import EVERYTHING

CLAIM_DAYS = timedelta(days=7)
"""So long a claim that it was paid keeps us silent while finance has not answered."""
IN_CREDIT = "not_in_credit"
SMALL_IS_LOOKED_AT_AFTER = timedelta(days=30)


class Rule(NamedTuple):
    """``look_again`` is the day on which a refusal may have ended."""

    rule: str
    passed: bool
    because: Phrase
    look_again: date = NEVER


NO_POLICY = Rule(
    "switched_on",
    False,
    Phrase("No policy is for this invoice: it is neither owed to us nor by us."),
)


def switched_on(facts: Facts, policy: ReminderPolicy) -> Rule:
    is_on = facts.switch is not None and facts.switch.is_on
    if not is_on:
        return Rule(
            "switched_on",
            False,
            Phrase("The policy “{policy}” is switched off.", policy=policy.label),
        )
    return Rule(
        "switched_on", True, Phrase("The policy “{policy}” is switched on.", policy=policy.label)
    )


def _open(case: Case) -> Rule:
    if case.facts.status in SETTLED or case.worth == "nothing":
        return Rule("open", False, Phrase("Nothing is left to pay."))
    return Rule("open", True, Phrase("{amount} is left to pay.", amount=case.facts.outstanding))


def _dated(case: Case) -> Rule:
    if case.facts.due_on is None:
        return Rule("dated", False, Phrase("The invoice names no due date."))
    return Rule("dated", True, Phrase("It is due on {day}.", day=case.facts.due_on))


def _not_overdue_before(case: Case) -> Rule:
    if case.schedule.was_overdue and not case.schedule.stages:
        because = Phrase(
            "It was overdue when the policy was switched on, and finance left such invoices out."
        )
        return Rule("overdue_before", False, because)
    if case.schedule.was_overdue:
        return Rule(
            "overdue_before",
            True,
            Phrase("It was overdue before; the stages that finance chose hold."),
        )
    return Rule("overdue_before", True, Phrase("It was not overdue when we first knew of it."))


def _stage_reached(case: Case) -> Rule:
    if case.stage:
        return Rule("stage", True, Phrase("The stage “{stage}” has come.", stage=case.stage.label))
    following = case.schedule.following(case.day)
    if following is None:
        return Rule("stage", False, Phrase("No stage is to come."))
    stage, day = following
    return Rule(
        "stage", False, Phrase("The stage “{stage}” comes on {day}.", stage=stage.label, day=day)
    )


def _has_reader(case: Case) -> Rule:
    if case.facts.hours:
        return Rule("reader", True, Phrase("There is somebody to tell."))
    return Rule(
        "reader",
        False,
        Phrase("There is nobody to tell: the customer has no owner, channel or e-mail address."),
    )


def _not_told(case: Case) -> Rule:
    if case.row and case.row.reason == UNDELIVERED:
        because = Phrase(
            "The message of {day} was not delivered; it is tried again.", day=case.row.on_day
        )
        return Rule("not_yet_sent", True, because)
    if case.row is None or (case.row.state == "held" and case.row.reason != REFUSED):
        return Rule("not_yet_sent", True, Phrase("This stage was not told yet."))
    if case.row.state == "sent":
        return Rule(
            "not_yet_sent", False, Phrase("This stage was told on {day}.", day=case.row.on_day)
        )
    if case.row.state == "superseded":
        return Rule("not_yet_sent", False, Phrase("A later stage took the place of this one."))
    return Rule(
        "not_yet_sent",
        False,
        Phrase("Finance decided against this stage on {day}.", day=case.row.on_day),
    )


def _not_back(case: Case) -> Rule:
    """Nobody hears of a lower stage after a higher one, whichever policy holds now."""
    told_on = list(_later_told(case, case.stage)) if case.stage else []
    if told_on:
        because = Phrase("A later stage was told on {day} already.", day=max(told_on))
        return Rule("not_back", False, because)
    return Rule("not_back", True, Phrase("No later stage was told before."))


def _later_told(case: Case, stage: Stage) -> Iterator[date]:
    """The days on which stages after this one were told."""
    for row in case.facts.rows.values():
        if row.state == "sent" and _days_of(case, row.stage) > stage.days:
            yield row.on_day


def _days_of(case: Case, stage: str) -> int:
    for own in case.policy.stages:
        if own.key == stage:
            return own.days
    return case.facts.days_of.get(stage, -1_000)


def _undisputed(case: Case) -> Rule:
    if case.facts.is_disputed:
        return Rule(
            "not_disputed", False, Phrase("The invoice is disputed."), case.day + timedelta(1)
        )
    return Rule("not_disputed", True, Phrase("Nobody disputes it."))


def _no_promise(case: Case) -> Rule:
    until = case.facts.promised_until
    if until is None:
        return Rule("not_promised", True, Phrase("Nobody promised to pay by a day to come."))
    if until >= case.day:
        return Rule(
            "not_promised",
            False,
            Phrase("Payment is promised until {day}.", day=until),
            day_after(until),
        )
    return Rule(
        "not_promised", True, Phrase("The promise to pay until {day} was not kept.", day=until)
    )


def _no_claim(case: Case) -> Rule:
    day = case.facts.claimed_on
    if day is None or case.day >= day + CLAIM_DAYS:
        return Rule("not_claimed", True, Phrase("Nobody waits for finance to confirm a payment."))
    because = Phrase("Somebody said on {day} that it is paid; finance has not answered.", day=day)
    return Rule("not_claimed", False, because, case.day + timedelta(1))


def _not_in_credit(case: Case) -> Rule:
    credit, in_sum = case.facts.credit, case.facts.in_sum
    if credit is None or in_sum is None:
        return Rule(IN_CREDIT, True, Phrase("Nothing is to be given back to them."))
    if in_sum.minor <= 0:
        because = Phrase("{amount} is to be given back to them: as much as is open.", amount=credit)
        return Rule(IN_CREDIT, False, because, case.day + timedelta(1))
    because = Phrase("{amount} is to be given back to them: less than is open.", amount=credit)
    return Rule(IN_CREDIT, True, because)


def _not_paused(case: Case) -> Rule:
    lasting = [pause for pause in case.facts.pauses if pause.until >= case.day]
    if not lasting:
        return Rule("not_paused", True, Phrase("Nothing is paused."))
    longest = max(lasting, key=lambda pause: pause.until)
    because = Phrase(
        "{what} until {day}. {note}",
        what=_paused(longest.subject),
        day=longest.until,
        note=longest.note,
    )
    return Rule("not_paused", False, because, day_after(longest.until))


def _paused(subject: str) -> Phrase:
    if subject == EVERYTHING:
        return Phrase("All reminders are paused")
    if subject.startswith("customer:"):
        return Phrase("Reminders about this customer are paused")
    return Phrase("Reminders of this invoice are paused")


def _above_minimum(case: Case) -> Rule:
    if case.worth != "enough":
        owed = case.facts.outstanding
        because = Phrase(
            "{amount} is below the minimum of {minimum}.",
            amount=owed,
            minimum=_least(case.policy, owed.currency),
        )
        return Rule("above_minimum", False, because, case.day + SMALL_IS_LOOKED_AT_AFTER)
    return Rule("above_minimum", True, Phrase("The amount is worth a reminder."))


def worth_of(owed: Money, policy: ReminderPolicy) -> Worth:
    """Whether it is worth a reminder."""
    if owed.minor <= 0:
        return "nothing"
    return "little" if owed.minor < _least(policy, owed.currency).minor else "enough"


def _least(policy: ReminderPolicy, currency: str) -> Money:
    return _whole(policy.minimum.get(currency, 0), currency)


_whole = lru_cache(maxsize=64)(Money.of)


def is_fresh(known_until: datetime, now: datetime, zone: ZoneInfo, max_age_days: int) -> bool:
    """Whether payments are known so far that nobody who has paid is reminded; by the days of the
    company's ``zone``.
    """
    today, known_on = now.astimezone(zone).date(), known_until.astimezone(zone).date()
    return (today - known_on).days <= max_age_days


def _payments_fresh(case: Case) -> Rule:
    known_until = case.facts.payments_known_until
    if known_until is None:
        because = Phrase("No payments were imported yet, so nobody can say what is paid.")
        return Rule("payments_fresh", False, because, case.day + timedelta(1))
    zone, max_age_days = case.facts.zone, case.facts.payments_max_age_days
    day = known_until.astimezone(zone).date()
    if not is_fresh(known_until, case.now, zone, max_age_days):
        because = Phrase("Payments are known up to {day} only, which is too long ago.", day=day)
        return Rule("payments_fresh", False, because, case.day + timedelta(1))
    return Rule("payments_fresh", True, Phrase("Payments are known up to {day}.", day=day))


def _approved(case: Case) -> Rule:
    if case.stage is None or not case.stage.approval or case.facts.audience not in OUTSIDE:
        return Rule(UNAPPROVED, True, Phrase("This message needs nobody's approval."))
    if case.row and case.row.approved_by:
        return Rule(UNAPPROVED, True, Phrase("Finance approved it."))
    because = Phrase("It waits for the approval of finance.")
    return Rule(UNAPPROVED, False, because, case.day + timedelta(1))


def _no_money_waits(case: Case) -> Rule:
    waiting = case.facts.waiting
    if not waiting:
        return Rule("no_money_waits", True, Phrase("No payment waits that may be for it."))
    latest = max(waiting, key=lambda item: item.booked_on)
    because = Phrase(
        "A payment of {amount} of {day} waits that is probably for it; finance has not booked it.",
        amount=latest.amount,
        day=latest.booked_on,
    )
    return Rule("no_money_waits", False, because, case.day + timedelta(1))


def _gap(case: Case) -> Rule:
    free = after_gap(case.policy, case.facts.contacts, case.day)
    if free > case.day:
        because = Phrase(
            "The last message to these people went too recently; the next may go on {day}.",
            day=free,
        )
        return Rule("gap", False, because, free)
    return Rule("gap", True, Phrase("The last message to these people is long enough ago."))


def _week(case: Case) -> Rule:
    free = after_week(case.policy, case.facts.contacts, case.day)
    if free > case.day:
        because = Phrase(
            "These people had enough messages this week; the next may go on {day}.", day=free
        )
        return Rule("week", False, because, free)
    return Rule("week", True, Phrase("These people had few messages this week."))


def _working_hours(case: Case) -> Rule:
    hours = case.facts.hours
    if hours is None or hours.is_open(case.now):
        return Rule("working_hours", True, Phrase("It is a working day, and the hour is right."))
    day = next_slot(hours, case.policy, case.facts.contacts, case.now).astimezone(hours.zone).date()
    because = Phrase(
        "It is night, weekend or a holiday where the reader is; the next hour comes on {day}.",
        day=day,
    )
    return Rule("working_hours", False, because, day)


FIRM: tuple[Callable[[Case], Rule], ...] = (
    _open,
    _dated,
    _not_overdue_before,
    _stage_reached,
    _has_reader,
    _not_told,
    _not_back,
)
SOFT: tuple[Callable[[Case], Rule], ...] = (
    *(_undisputed, _no_promise, _no_claim, _not_in_credit, _not_paused),
    *(_above_minimum, _payments_fresh, _no_money_waits, _approved),
    *(_gap, _week, _working_hours),
)
