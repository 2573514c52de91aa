"""The stages of an instalment on the calendar: which of them count, and on which day
each begins.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.kit.catalogue import ReminderPolicy, Stage
from bot.kit.days import is_kept
from handlers.ledger.model.due_days import effective_due
from storage.reminders.switches import Switch

_Dated = tuple[Stage, date]


@dataclass(frozen=True)
class StageSchedule:
    """Stages with their days, in order. ``was_overdue``: it was too late already when we first knew
    of it.
    """

    stages: tuple[tuple[Stage, date], ...]
    was_overdue: bool = False

    def reached(self, day: date) -> Stage | None:
        """The latest stage whose day has come."""
        for stage, begins in reversed(self.stages):
            if begins <= day:
                return stage
        return None

    def earlier(self, stage: Stage) -> list[Stage]:
        """The stages that this one takes the place of."""
        return [item for item, _ in self.stages if item.days < stage.days]

    def following(self, day: date) -> tuple[Stage, date] | None:
        """The first stage that is still to come, with its day."""
        for stage, begins in self.stages:
            if begins > day:
                return stage, begins
        return None


NO_STAGES = StageSchedule(())


def schedule_of(
    policy: ReminderPolicy, switch: Switch, due_on: date, known_on: date, country: str
) -> StageSchedule:
    """The stages of what is due on a day and known since another.

    A due date on a free day moves to the next working day (PL: art. 115 KC; HU: as courts count),
    so the stages on and after it count from there. What was overdue when the policy was switched
    on, or when the invoice came later, follows the stages that finance chose: from a stage on, only
    what is still to come, or none. A day that stands for "never" has no stages.
    """
    if not is_kept(due_on):
        return NO_STAGES
    due = effective_due(due_on, country)
    usual: list[_Dated] = []
    for stage in policy.stages:
        counted_from = due_on if stage.days < 0 else due
        usual.append((stage, counted_from + timedelta(stage.days)))
    since = max(switch.since, known_on)
    if due >= since:
        return StageSchedule(tuple(usual))
    if switch.overdue == "alone":
        return StageSchedule((), was_overdue=True)
    chosen = _from_stage(switch.begins_at, usual, since)
    to_come = tuple((stage, day) for stage, day in chosen if day >= since)
    return StageSchedule(to_come, was_overdue=True)


def _from_stage(key: str | None, usual: list[_Dated], since: date) -> list[_Dated]:
    """The stages from this one on, all as much later as it takes for the first not to be past."""
    for position, (stage, day) in enumerate(usual):
        if stage.key == key:
            late = max(since - day, timedelta())
            return [(later, begins + late) for later, begins in usual[position:]]
    return usual
