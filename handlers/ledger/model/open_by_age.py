"""How old what is open is, and in which week money is to come or go: pure, over open items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from handlers.ledger.model.open_items import OpenItem

BUCKETS = ("not_due", "days_30", "days_60", "days_90", "older", "credit")
_UP_TO = ((30, "days_30"), (60, "days_60"), (90, "days_90"))
WEEKS = 13


@dataclass(frozen=True)
class Ageing:
    """What is open in one currency by age, in minor units; a credit is what is to be given back."""

    currency: str
    by_bucket: dict[str, int] = field(default_factory=dict)

    @property
    def in_sum(self) -> int:
        return sum(self.by_bucket.values())


@dataclass(frozen=True)
class Week:
    """What is to be paid in a week that begins on ``monday``, in one currency."""

    monday: date
    currency: str
    amount: int


def bucket_of(item: OpenItem, day: date) -> str:
    """Which age an item has on a day."""
    if item.outstanding < 0:
        return "credit"
    days = item.overdue_days(day)
    if not days:
        return "not_due"
    for most, name in _UP_TO:
        if days <= most:
            return name
    return "older"


def ageing(items: Iterable[OpenItem], day: date) -> list[Ageing]:
    """A line for each currency; the buckets add up to what is open less what is in credit."""
    sums: dict[str, dict[str, int]] = {}
    for item in items:
        line = sums.setdefault(item.currency, dict.fromkeys(BUCKETS, 0))
        line[bucket_of(item, day)] += item.outstanding
    return [Ageing(currency, line) for currency, line in sorted(sums.items())]


def expected(items: Sequence[OpenItem], day: date) -> list[Week]:
    """What falls due in this week and the twelve after it; what is late, disputed or in credit is
    expected in no week.
    """
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(weeks=WEEKS)
    sums: dict[tuple[date, str], int] = {}
    for item in items:
        due = item.effective_due_on
        if item.outstanding <= 0 or item.is_held or due is None or not day <= due < last:
            continue
        key = (due - timedelta(days=due.weekday()), item.currency)
        sums[key] = sums.get(key, 0) + item.outstanding
    return [Week(monday, currency, amount) for (monday, currency), amount in sorted(sums.items())]
