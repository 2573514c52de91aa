"""Money on Home: account owners see their customers', finance the company's."""

from collections import Counter
from datetime import timedelta

from bot.kit.money import Money
from handlers.home.blocks import MONEY, Purse
from handlers.invoices.blocks.card import MOST, Page, page_within
from handlers.ledger import service as ledger
from handlers.ledger.service import Entry
from handlers.people import roles
from storage import customers, invoice_sums
from storage.invoice_sums import When
from storage.invoices import Gate
from storage.turn import Turn

_NEAR: dict[str, When] = {
    "overdue": "overdue",
    "due_today": "due_soon",
    "due_soon": "due_soon",
    "disputed": "held",
    "promised": "held",
}

Sums = Counter[tuple[str, When, str]]
"""Minor units by direction, nearness and currency."""


def gate(turn: Turn) -> Gate:
    """Finance looks at everything; everybody else, readers of all invoices too, at their own
    customers.
    """
    return Gate(roles.may(turn, "overview", "see money of all"), turn.actor.id)


def owns_customers(turn: Turn) -> bool:
    return bool(customers.search(turn, "", owner=turn.actor.id, most=1))


def purses(turn: Turn) -> list[Purse]:
    """A purse for each direction in which something is open; an owner's customers only receive
    invoices.
    """
    amounts, counts = _sums(turn)
    directions = ("receivable", "payable") if gate(turn).everything else ("receivable",)
    return [
        _purse(turn, one, amounts, counts)
        for one in directions
        if any(key[0] == one for key in amounts)
    ]


def open_entries(turn: Turn, direction: str, number: int) -> tuple[list[Entry], Page]:
    """A page of what is open in a direction, the earliest due first."""
    _, counts = _sums(turn)
    in_all = sum(count for (one, _), count in counts.items() if one == direction)
    page = Page(page_within(number, in_all), in_all, MONEY, lambda n: f"{direction}|{n}")
    found = invoice_sums.open_ones(turn, gate(turn), direction, MOST, page.first)
    return [ledger.entry_of(turn, one) for one in found], page


def _sums(turn: Turn) -> tuple[Sums, Counter[tuple[str, When]]]:
    today = ledger.today(turn)
    soon = today + timedelta(days=turn.catalogue.invoices.due_soon_days)
    amounts: Sums = Counter()
    counts: Counter[tuple[str, When]] = Counter()
    for one in invoice_sums.in_one_part(turn, gate(turn), today, soon):
        amounts[one.direction, one.when, one.currency] += one.amount
        counts[one.direction, one.when] += one.count
    for invoice in invoice_sums.in_parts(turn, gate(turn)):
        entry = ledger.entry_of(turn, invoice, today)
        when = _NEAR.get(entry.state.status, "other")
        amounts[invoice.direction, when, invoice.currency] += entry.state.outstanding
        counts[invoice.direction, when] += 1
    return amounts, counts


def _purse(turn: Turn, direction: str, amounts: Sums, counts: Counter[tuple[str, When]]) -> Purse:
    in_all: Counter[str] = Counter()
    near: dict[When, Counter[str]] = {
        "overdue": Counter(),
        "due_soon": Counter(),
        "held": Counter(),
        "other": Counter(),
    }
    for (one, when, currency), amount in amounts.items():
        if one == direction:
            in_all[currency] += amount
            near[when][currency] += amount
    return Purse(
        direction=direction,
        overdue=_said(turn, near["overdue"]),
        overdue_count=counts[direction, "overdue"],
        due_soon=_said(turn, near["due_soon"]),
        held=_said(turn, near["held"]),
        held_count=counts[direction, "held"],
        open=_said(turn, in_all),
    )


def _said(turn: Turn, amounts: Counter[str]) -> str:
    return turn.words.list(
        [turn.words.money(Money(minor, currency)) for currency, minor in sorted(amounts.items())]
    )
