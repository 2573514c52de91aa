"""A ledger kept on paper: documents and payments alone, added up anew for each question, slowly and
plainly; and random histories to keep in it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from bot.kit.folding import fold_number
from storage.invoices.booking import NewInvoice

TODAY = date(2026, 11, 23)
FREE = (date(2026, 11, 1), date(2026, 11, 11), date(2026, 8, 15), date(2026, 6, 4))
"""Polish holidays among the due days; Saturdays and Sundays beside them."""
OURS = "5261040828"


@dataclass
class Paper:
    """A document, and all that happened to it. Minor units."""

    number: str
    direction: str
    customer: int
    currency: str
    issued_on: date
    parts: list[tuple[date | None, int]]
    kind: str = "invoice"
    corrects: list[tuple["Paper", int]] = field(default_factory=list)
    changes: list[tuple[date, int]] = field(default_factory=list)
    payments: list[tuple[date, int]] = field(default_factory=list)
    written_off_on: date | None = None

    @property
    def to_pay(self) -> int:
        return sum(amount for _, amount in self.parts)

    def left(self, day: date) -> int:
        own = self.to_pay - sum(amount for _, amount in self.corrects)
        asked = (own if self.issued_on <= day else 0) + sum(
            amount for on, amount in self.changes if on <= day
        )
        return asked - sum(amount for on, amount in self.payments if on <= day)

    def open_parts(self, day: date) -> Iterator[tuple[date | None, int]]:
        """What is left, from the last instalment backwards: payments filled the first ones."""
        left = self.left(day)
        if left <= 0 or self.issued_on > day:
            yield None, left
            return
        rise = max(0, sum(amount for on, amount in self.changes if on <= day))
        asked = left + sum(amount for on, amount in self.payments if on <= day)
        units = [(due, amount) for due, amount in self.parts]
        units[-1] = (units[-1][0], units[-1][1] + rise)
        taken = asked - left
        for due, amount in units:
            amount = min(amount, asked)
            asked -= amount
            paid = min(taken, amount)
            taken -= paid
            yield due, amount - paid

    def booked(self) -> NewInvoice:
        return NewInvoice(
            seller_tax=OURS if self.direction == "receivable" else f"T{self.customer}",
            number=self.number,
            folded=fold_number(self.number),
            digest=self.number,
            kind=self.kind,
            direction=self.direction,
            customer=self.customer,
            issued_on=self.issued_on.isoformat(),
            currency=self.currency,
            total=self.to_pay,
            to_pay=self.to_pay,
            marked_paid=False,
            account=None,
            ksef_number=None,
            document="{}",
            instalments=[(due.isoformat() if due else None, amount) for due, amount in self.parts],
            corrected=[(one.number, share) for one, share in self.corrects],
        )


def is_late(due: date | None, day: date) -> bool:
    """Whether the last day on which paying is in time is over."""
    while due and (due.weekday() >= 5 or due in FREE):
        due += timedelta(days=1)
    return due is not None and due < day


def sums(papers: list[Paper], direction: str, customer: int | None, day: date) -> Counter[object]:
    """Overdue, not due and credit in each currency."""
    counted: Counter[object] = Counter()
    for one in papers:
        is_asked = one.direction == direction and customer in (None, one.customer)
        if not is_asked or (one.written_off_on and one.written_off_on <= day):
            continue
        for due, amount in one.open_parts(day):
            near = "overdue" if is_late(due, day) else "not_due"
            counted[one.currency, near if amount > 0 else "credit"] += abs(amount)
    return +counted


def history(random: Random, customers: list[int], count: int) -> list[Paper]:
    """Documents of every kind, the corrected before the correcting ones, with their payments."""
    papers: list[Paper] = []
    for n in range(count):
        paper = _document(random, n, random.choice(customers))
        papers.append(paper)
        if random.random() < 0.25 and paper.direction != "none":
            papers.append(_credit_note(random, paper, n))
        if random.random() < 0.6:
            _pay(random, paper)
    return papers


def _document(random: Random, n: int, customer: int) -> Paper:
    issued_on = TODAY - timedelta(days=random.randint(-3, 200))
    count = random.choice((1, 1, 1, 2, 3))
    days = sorted(random.sample(range(90), count))
    due: list[date | None] = [issued_on + timedelta(days=after) for after in days]
    if count == 1 and random.random() < 0.1:
        due = [None]
    direction = random.choice(("receivable", "receivable", "payable", "none"))
    parts = [(day, random.randint(1, 500_000)) for day in due]
    if random.random() < 0.1:
        parts = [(due[0], -random.randint(1, 100_000))]
    kind = "credit_note" if parts[0][1] < 0 else "invoice"
    currency = random.choice(("PLN", "PLN", "EUR", "HUF"))
    paper = Paper(f"FV/{n}/2026", direction, customer, currency, issued_on, parts, kind)
    if random.random() < 0.1:
        paper.written_off_on = min(TODAY, issued_on + timedelta(days=random.randint(0, 90)))
    return paper


def _credit_note(random: Random, of: Paper, n: int) -> Paper:
    """It lowers what it names, by some of it, all or more, or raises it."""
    amount = -round(of.to_pay * random.choice((0.2, 0.5, 1, 1.2, -0.3)))
    issued_on = of.issued_on + timedelta(days=random.randint(0, 60))
    note = Paper(
        f"KOR/{n}/2026", of.direction, of.customer, of.currency, issued_on, [(None, amount)]
    )
    note.kind, note.corrects = "correction", [(of, amount)]
    of.changes.append((issued_on, amount))
    return note


def _pay(random: Random, paper: Paper) -> None:
    """Some of it, all in parts, or more than is asked for; now and then before it is issued."""
    for _ in range(random.choice((1, 1, 2))):
        share = random.choice((0.1, 0.4, 0.5, 1, 1, 1.1))
        on = min(TODAY + timedelta(2), paper.issued_on + timedelta(days=random.randint(-2, 120)))
        paper.payments.append((on, round(paper.to_pay * share)))
