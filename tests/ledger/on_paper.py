"""The ledger as an accountant would keep it on paper: slow, obvious, written from the docs, for
tests to compare with.

It knows documents and payments alone, and works everything out anew each time it is asked. Where
invoices take each other's places it speaks of those that name plain invoices and what takes places
before them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from handlers.invoices.formats.document import Kind

Key = tuple[str, str]  # who sells, and the number
CORRECTING = ("correction", "credit_note", "cancellation")


@dataclass(frozen=True)
class Paper:
    """One document. Amounts in minor units; ``corrects`` are numbers of the same seller, each with
    its told share.
    """

    seller: str
    number: str
    kind: Kind
    buyer: str
    currency: str
    issued_on: date | None
    total: int
    to_pay: int
    parts: tuple[tuple[date | None, int], ...]
    marked_paid: bool = False
    corrects: tuple[tuple[str, int | None], ...] = ()

    @property
    def key(self) -> Key:
        return self.seller, self.number

    @property
    def age(self) -> tuple[date, list[tuple[str, int]]]:
        """By day of issue, then by number as people count."""
        parts = re.findall(r"([^0-9]*)([0-9]*)", self.number)
        return self.issued_on or date.min, [
            (letters, int(digits or 0)) for letters, digits in parts
        ]

    @property
    def unshared(self) -> list[str]:
        """What it names without telling a share."""
        return list(dict.fromkeys(number for number, share in self.corrects if share is None))

    @property
    def prepaid(self) -> int:
        return self.total - self.to_pay


@dataclass(frozen=True)
class Paid:
    """Money on an invoice, signed as the invoice is."""

    amount: int
    day: date


@dataclass(frozen=True)
class Standing:
    """What is to be seen of an invoice; ``asked`` is after corrections."""

    asked: int
    paid: int
    status: str

    @property
    def outstanding(self) -> int:
        return self.asked - self.paid


@dataclass
class Book:
    """Everything that is known."""

    today: date
    soon: int
    papers: dict[Key, Paper] = field(default_factory=dict)
    paid: dict[Key, dict[tuple[str, str], Paid]] = field(default_factory=dict)
    disputed: set[Key] = field(default_factory=set)
    promised: dict[Key, date] = field(default_factory=dict)
    written_off: set[Key] = field(default_factory=set)

    def standings(self) -> dict[Key, Standing]:
        """How each invoice stands."""
        sheet = _Sheet(self)
        return {key: sheet.standing(paper) for key, paper in self.papers.items()}

    def on(self, key: Key) -> list[Paid]:
        return list(self.paid.get(key, {}).values())

    def original(self, by: Paper, number: str) -> Paper | None:
        """What can be netted with a document: of the same seller and currency, and owed at all."""
        found = self.papers.get((by.seller, number))
        fits = (
            found and found.currency == by.currency and found.kind != "proforma" and found is not by
        )
        return found if fits else None

    def named(self, by: Paper) -> list[Paper]:
        return [one for number in dict(by.corrects) if (one := self.original(by, number))]


@dataclass
class Place:
    """An invoice, and what it is asked for in the place of: plain ones, and some that took places
    before it.
    """

    last: Paper
    plain: list[Paper]
    inner: "list[Place]"

    def each(self) -> "Iterator[Place]":
        yield self
        for one in self.inner:
            yield from one.each()

    def members(self) -> list[Paper]:
        return [paper for place in self.each() for paper in (place.last, *place.plain)]


class _Sheet:
    """One reckoning."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.given: dict[tuple[Key, Key], int] = {}
        for paper in sorted(self._correcting(), key=lambda one: (len(one.unshared) > 1, one.age)):
            self._give(paper)
        self.places = self._taken()

    def _correcting(self) -> list[Paper]:
        return [one for one in self.book.papers.values() if one.kind in CORRECTING]

    def _give(self, by: Paper) -> None:
        """A share goes where it is told to, the rest to the oldest, which it lowers to nothing at
        most.
        """
        for number, share in by.corrects:
            if share is not None and (original := self.book.original(by, number)):
                self._note(by, original, share)
        rest = by.to_pay - sum(share or 0 for _, share in by.corrects)
        known = [one for number in by.unshared if (one := self.book.original(by, number))]
        known.sort(key=lambda one: min((day for day, _ in one.parts if day), default=date.max))
        for original in known:
            left = max(0, original.to_pay + sum(self.changes(original).values()))
            part = -min(left, max(-rest, 0))
            self._note(by, original, part)
            rest -= part
        if known and len(known) == len(by.unshared):
            self._note(by, known[-1], rest)

    def _note(self, by: Paper, original: Paper, amount: int) -> None:
        """What says that it is paid takes away what it takes away, and asks for nothing."""
        part = min(amount, 0) if by.marked_paid else amount
        self.given[by.key, original.key] = self.given.get((by.key, original.key), 0) + part

    def changes(self, paper: Paper) -> dict[Key, int]:
        return {by: amount for (by, on), amount in self.given.items() if on == paper.key}

    def _taken(self) -> list[Place]:
        """Who is asked for in whose place: each after those that it names, the rest by age."""
        waiting = [one for one in self.book.papers.values() if one.kind == "replacement"]
        places: list[Place] = []
        while waiting:
            ripe = [
                one for one in waiting if not any(each in waiting for each in self.book.named(one))
            ]
            new = min(ripe, key=lambda one: one.age)
            waiting.remove(new)
            named = self.book.named(new)
            inner = [place for place in places if any(one in named for one in place.members())]
            plain = [one for one in named if not any(one in place.members() for place in inner)]
            places = [*(place for place in places if place not in inner), Place(new, plain, inner)]
        return [place for place in places if place.plain or place.inner]

    def standing(self, paper: Paper) -> Standing:
        place = next((one for one in self.places if paper in one.members()), None)
        change = sum(self.changes(paper).values())
        if paper.kind == "proforma":
            return self._said(paper, 0, self._money(paper))
        if place is None:
            own = paper.to_pay - sum(
                amount for (by, _), amount in self.given.items() if by == paper.key
            )
            return self._said(
                paper, own + change, self._settled(paper, own, change, self._money(paper)), own
            )
        elsewhere = self._counted(paper, place)
        own = paper.to_pay - elsewhere
        if paper is place.last:
            settled = self._settled(paper, paper.to_pay, change, self._money(paper), elsewhere)
            return self._said(paper, own + change, settled - elsewhere, own, elsewhere)
        later, beside = self._later(paper, place.last)
        settled = self._settled_before(paper, place)
        return self._said(
            paper, settled + later, settled + beside, own, elsewhere, is_replaced=True
        )

    def _settled(self, paper: Paper, own: int, change: int, money: int, elsewhere: int = 0) -> int:
        """What is paid; of a document that says so its own amount at least, what a correction adds
        to it is not.
        """
        if not paper.marked_paid:
            return money + elsewhere
        on_rise = min(max(change, 0), money)
        rest = money - on_rise + elsewhere
        return on_rise + (min(own, rest) if own < 0 else max(own, rest))

    def _settled_before(self, paper: Paper, place: Place) -> int:
        """What of the money on an invoice counts for the one in its place."""
        later, beside = self._later(paper, place.last)
        before = sum(self.changes(paper).values()) - later
        elsewhere = self._counted(paper, place)
        return (
            self._settled(paper, paper.to_pay, before, self._money(paper) - beside, elsewhere)
            - elsewhere
        )

    def _later(self, paper: Paper, last: Paper) -> tuple[int, int]:
        """What corrections of a later day change beside what takes the place, and the money that
        was for that.
        """
        days = {by: day for by in self.changes(paper) if (day := self.book.papers[by].issued_on)}
        after = [by for by, day in days.items() if last.issued_on and day > last.issued_on]
        change = sum(self.changes(paper)[by] for by in after)
        since = min((days[by] for by in after), default=date.max)
        money = sum(
            one.amount
            for one in self.book.on(paper.key)
            if one.day >= since and one.amount * change > 0
        )
        return change, max(change, money) if change < 0 else min(change, money)

    def _counted(self, paper: Paper, outer: Place) -> int:
        """What counts for an invoice of what was paid before it: all, but what it is the first to
        tell as prepaid.
        """
        place = next((one for one in outer.each() if one.last is paper), None)
        if place is None:
            return 0
        money, told = self._before(place, outer)
        return money - max(0, min(paper.prepaid - told, money))

    def _before(self, place: Place, outer: Place) -> tuple[int, int]:
        """The money on all that a document replaced, and what these told as prepaid that is not
        among it.
        """
        money = told = 0
        for paper in place.plain:
            money += self._settled_before(paper, outer)
            told += paper.prepaid
        for inner in place.inner:
            more, told_before = self._before(inner, outer)
            money += more + self._settled_before(inner.last, outer)
            told += inner.last.prepaid - max(0, min(inner.last.prepaid - told_before, more))
        return money, told

    def _money(self, paper: Paper) -> int:
        return sum(one.amount for one in self.book.on(paper.key))

    def _said(
        self,
        paper: Paper,
        asked: int,
        paid: int,
        own: int = 0,
        elsewhere: int = 0,
        *,
        is_replaced: bool = False,
    ) -> Standing:
        days = (
            _days_left(paper, asked + elsewhere, paid + elsewhere, self.book.today)
            if paid < asked
            else None
        )
        cancelling = [one for one in self._correcting() if one.kind == "cancellation"]
        is_cancelled = is_replaced or any(paper in self.book.named(one) for one in cancelling)
        holds = {
            "cancelled": is_cancelled and asked <= 0 == paid,
            "written_off": paper.key in self.book.written_off,
            "draft": paper.kind == "proforma",
            "paid": asked == paid,
            "overpaid": asked < paid and not (own < 0 and paid <= 0),
            "disputed": paper.key in self.book.disputed,
            "promised": self.book.promised.get(paper.key, date.min) >= self.book.today,
            "overdue": days is not None and days < 0,
            "due_today": days == 0,
            "due_soon": days is not None and days <= self.book.soon,
            "partly_paid": paid > 0,
        }
        return Standing(
            asked, paid, next((status for status, is_so in holds.items() if is_so), "open")
        )


def _days_left(paper: Paper, asked: int, paid: int, today: date) -> int | None:
    """To the first day on which something is due: payments fill the first parts, corrections change
    the last ones.
    """
    begins = 0
    for n, (day, amount) in enumerate(paper.parts, 1):
        ends = asked if n == len(paper.parts) else min(asked, begins + max(amount, 0))
        if day and (max(paid, begins) < ends or (paid < 0 and n == len(paper.parts))):
            return (day - today).days
        begins = max(begins, ends)
    return None
