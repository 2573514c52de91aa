"""Asking what is open: for parties, a direction and a day, whole. Whoever shows, writes or sends
anything about what is owed asks here, and nobody else adds it up.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from bot.kit.errors import Problem
from bot.kit.words import N_
from handlers.ledger.model import open_items
from handlers.ledger.model.open_items import Balance, OpenItem
from storage.invoices import balances, invoices
from storage.invoices.balances import Bounds, Item, Question, Sum
from storage.invoices.invoices import Invoice
from storage.turn import Turn

Direction = Literal["receivable", "payable"]
DIRECTIONS: tuple[Direction, ...] = ("receivable", "payable")


class DayToCome(Problem):
    """Nobody knows what will be open."""

    sentence = N_("{day} is still to come. Ask for today or an earlier day.")
    field = "as_of"


def company_day(turn: Turn) -> date:
    """The day where the company is: what is open is open on it."""
    return turn.now.astimezone(ZoneInfo(turn.catalogue.timezone)).date()


def balance(
    turn: Turn, *, direction: Direction, day: date, customers: Collection[int] | None
) -> list[Balance]:
    """What is open in each currency on a day, of these customers or (None) of everybody."""
    sums = _sums(turn, _question(turn, direction, day, customers), by_customer=False)
    return open_items.balances(direction, sums)


def balance_by_customer(
    turn: Turn, *, direction: Direction, day: date, customers: Collection[int] | None
) -> dict[int | None, list[Balance]]:
    """The same customer by customer; those without anything open are left out."""
    sums = _sums(turn, _question(turn, direction, day, customers), by_customer=True)
    return _by_customer(direction, sums)


def balance_with_rest(
    turn: Turn,
    *,
    direction: Direction,
    day: date,
    customers: Collection[int],
    listed: Collection[int],
) -> tuple[dict[int | None, list[Balance]], dict[int | None, list[Balance]]]:
    """The same customer by customer, and what of it is open on other invoices than those that are
    ``listed``.
    """
    question = replace(_question(turn, direction, day, customers), apart=listed)
    sums = _sums(turn, question, by_customer=True)
    rest = [item for item in sums if not item.is_apart]
    return _by_customer(direction, sums), _by_customer(direction, rest)


def _by_customer(direction: Direction, sums: Iterable[Sum]) -> dict[int | None, list[Balance]]:
    grouped: dict[int | None, list[Sum]] = {}
    for item in sums:
        grouped.setdefault(item.customer, []).append(item)
    return {who: open_items.balances(direction, theirs) for who, theirs in grouped.items()}


def items(
    turn: Turn, *, direction: Direction, day: date, customers: Collection[int] | None
) -> list[OpenItem]:
    """Every open item on a day, the longest overdue first and credits last."""
    country = turn.catalogue.company.country
    kept, whole = balances.items(turn, _question(turn, direction, day, customers))
    changed = _changed(turn, kept)
    plain = open_items.plain_items(kept, changed, country)
    return open_items.in_order([*plain, *_read_whole(turn, whole, day)])


@dataclass(frozen=True)
class Standing:
    """Everything that is open, in both directions; the sums are those of the items."""

    items: Sequence[OpenItem]
    balances: Sequence[Balance]


def standing(turn: Turn, *, day: date, customers: Collection[int]) -> Standing:
    """Items and sums of these customers, asked once, each direction by itself."""
    bounds, country = _bounds(turn, day), turn.catalogue.company.country
    kept, whole = balances.items(turn, _question(turn, None, day, customers))
    changed = _changed(turn, kept)
    in_parts = list(balances.read_whole(turn, whole))
    listed: list[OpenItem] = []
    sums: list[Balance] = []
    for direction in DIRECTIONS:
        plain = [item for item in kept if item.direction == direction]
        split = [invoice for invoice in in_parts if invoice.direction == direction]
        some = open_items.in_order(
            [
                *open_items.plain_items(plain, changed, country),
                *_items_of(split, day, country),
            ]
        )
        listed += some
        sums += open_items.balances(direction, open_items.summed(some, bounds))
    return Standing(listed, sums)


def page(
    turn: Turn,
    *,
    direction: Direction,
    day: date,
    customers: Collection[int] | None,
    most: int,
    after: int,
) -> list[int]:
    """Ids of a page of the invoices to be paid, the earliest due first."""
    return balances.page(turn, _question(turn, direction, day, customers), most, after)


def with_changes(turn: Turn, some: Iterable[OpenItem], day: date) -> list[OpenItem]:
    """The same items, each with the documents that changed what is asked for on it by a day."""
    existing = list(some)
    last = {item.invoice: place for place, item in enumerate(existing)}
    changes = invoices.changes_of(turn, last)
    for place in last.values():
        item = existing[place]
        by_day = open_items.changes_by(changes.get(item.invoice, ()), day)
        existing[place] = item._replace(changes=by_day)
    return existing


def _changed(turn: Turn, kept: Iterable[Item]) -> dict[int, int]:
    """By how much corrections change some of these."""
    return balances.changed(turn, [item[0] for item in kept])


def _question(
    turn: Turn, direction: Direction | None, day: date, customers: Collection[int] | None
) -> Question:
    if day > company_day(turn):
        raise DayToCome(day=day)
    return Question(direction, day, customers)


def _sums(turn: Turn, question: Question, *, by_customer: bool) -> list[Sum]:
    bounds = _bounds(turn, question.day)
    kept, whole = balances.sums(turn, question, bounds, by_customer=by_customer)
    read = _read_whole(turn, whole, question.day)
    return [*kept, *open_items.summed(read, bounds, question.apart)]


def _read_whole(turn: Turn, ids: Sequence[int], day: date) -> Iterator[OpenItem]:
    whole = balances.read_whole(turn, ids)
    return _items_of(whole, day, turn.catalogue.company.country)


def _items_of(whole: Iterable[Invoice], day: date, country: str) -> Iterator[OpenItem]:
    for invoice in whole:
        yield from open_items.items_of(invoice, day, country)


def _bounds(turn: Turn, day: date) -> Bounds:
    soon_days = turn.catalogue.invoices.due_soon_days
    return open_items.bounds_of(day, turn.catalogue.company.country, soon_days)
