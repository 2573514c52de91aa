"""What a decision about a reminder is made from: the facts of one instalment for one audience."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.kit.catalogue import TO_CUSTOMERS, ReminderPolicy, Stage
from bot.kit.money import Money
from bot.kit.working_time import WorkCalendar
from handlers.ledger.model.matching.values import Waiting
from handlers.reminders.model.stages import StageSchedule
from storage.reminders.reminders import RowState
from storage.reminders.switches import Pause, Switch

SETTLED = ("cancelled", "written_off", "draft", "paid", "overpaid")
ACCOUNT_OWNER, FINANCE, PAYER = "account_owner", "finance", "payer"
OUTSIDE = TO_CUSTOMERS
"""Audiences of customers: what they are told a person approves, where the stage wants it."""
CUSTOMER_CHANNEL, CUSTOMER_MAIL = OUTSIDE


Worth = Literal["nothing", "little", "enough"]
"""What is left, beside the policy's minimum: no rule compares the amount with anything else."""


class StageRow(NamedTuple):
    """What the ledger holds of a stage, for one audience and due date, as rules read it."""

    stage: str
    state: RowState
    reason: str
    on_day: date
    approved_by: str | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of one instalment, for one audience, at a moment."""

    direction: str
    status: str
    outstanding: Money
    due_on: date | None
    known_on: date
    country: str
    """Whose law and holidays move a due date."""
    switch: Switch | None
    payments_known_until: datetime | None
    payments_max_age_days: int
    zone: ZoneInfo
    """The company's: how old payments are is counted in its days, whoever reads."""
    audience: str
    hours: WorkCalendar | None
    """When the reader may be written to; none where nobody is there to read."""
    credit: Money | None = None
    """What is to be given back to the customer in this currency; none where nothing is."""
    in_sum: Money | None = None
    """What is open less that credit."""
    is_disputed: bool = False
    promised_until: date | None = None
    claimed_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    contacts: tuple[date, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    """Money that came, is booked on nothing, and is probably for this invoice."""
    days_of: Mapping[str, int] = field(default_factory=dict)
    """After how many days each stage comes, also those of other policies."""
    rows: Mapping[str, StageRow] = field(default_factory=dict)
    """What the ledger holds for this instalment, audience and due date, by stage."""


@dataclass(frozen=True)
class Case:
    """The facts in the light of a policy, at a moment and its day where the reader is."""

    facts: Facts
    policy: ReminderPolicy
    now: datetime
    day: date
    schedule: StageSchedule
    stage: Stage | None
    """The latest stage whose day has come."""
    worth: Worth

    @property
    def row(self) -> StageRow | None:
        """What the ledger holds of that stage."""
        return self.facts.rows.get(self.stage.key) if self.stage else None
