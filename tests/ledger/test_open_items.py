"""What is open, held against a ledger kept on paper: any history, any day, every caller."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.ledger.model.due_days import effective_due, first_in_time
from handlers.ledger.model.open_items import Balance, OpenItem
from handlers.ledger.service import balances, booking, payments
from handlers.ledger.service.balances import DIRECTIONS, Direction
from handlers.ledger.service.payments import Payment
from storage.invoices import customers, invoices, write_offs
from storage.invoices import payments as kept
from storage.turn import Turn
from tests.ledger import paper_balance
from tests.ledger.paper_balance import TODAY, Paper


def _books(turns: Turns, random: Random, count: int) -> tuple[list[Paper], list[int]]:
    """A history on paper and in the books: documents and payments come in any order."""
    with turns.turn(HOME) as turn:
        who = [
            customers.save(turn, {"name": f"Customer {n}", "owner": "U0PIOTR"}) for n in range(4)
        ]
    papers = paper_balance.history(random, who, count)
    coming = random.sample(papers, len(papers))
    with turns.turn(HOME) as turn:
        ids = [one.invoice for one in booking.book(turn, [paper.booked() for paper in coming])]
        for id_, paper in zip(ids, coming, strict=True):
            if paper.written_off_on:
                invoices.set_facts(turn, id_, is_written_off=True)
                write_offs.add(turn, id_, 1, paper.written_off_on, "")
        _pay(turn, random, dict(zip(ids, coming, strict=True)))
    return papers, who


def _pay(turn: Turn, random: Random, papers: dict[int, Paper]) -> None:
    money = [
        Payment(id_, amount, day, "bank", f"{id_}:{place}")
        for id_, paper in papers.items()
        for place, (day, amount) in enumerate(paper.payments)
    ]
    mistaken = [
        Payment(id_, 77, paper.issued_on, "bank", f"mistaken:{id_}")
        for id_, paper in papers.items()
        if random.random() < 0.1
    ]
    payments.book_all(turn, random.sample(money + mistaken, len(money) + len(mistaken)))
    for one in mistaken:
        (standing,) = (
            booked for booked in kept.on_invoice(turn, one.invoice) if booked.reference[0] == "m"
        )
        payments.take_back(turn, standing.id)


def _of_balances(some: list[Balance]) -> Counter[object]:
    told: Counter[object] = Counter()
    for one in some:
        told[one.currency, "overdue"] += one.overdue
        told[one.currency, "not_due"] += one.not_due
        told[one.currency, "credit"] += one.credit
    return +told


def _of_items(some: list[OpenItem], day: date) -> Counter[object]:
    told: Counter[object] = Counter()
    for one in some:
        assert one.amount - one.paid == one.outstanding
        near = "overdue" if one.overdue_days(day) else "not_due"
        told[one.currency, near if one.outstanding > 0 else "credit"] += abs(one.outstanding)
    return +told


@pytest.mark.parametrize("seed", [1, 2])
def test_sums_and_items_of_any_day_are_those_on_paper(turns: Turns, seed: int) -> None:
    random = Random(seed)
    papers, who = _books(turns, random, 150)
    days = [TODAY, *(TODAY - timedelta(days=random.randint(0, 220)) for _ in range(8))]
    with turns.turn(HOME) as turn:
        for day in days:
            for direction in DIRECTIONS:
                _agree(turn, papers, direction, day, who)


def _agree(
    turn: Turn, papers: list[Paper], direction: Direction, day: date, who: list[int]
) -> None:
    by_customer = balances.balance_by_customer(turn, direction=direction, day=day, customers=who)
    for customer in [None, *who]:
        wanted = paper_balance.sums(papers, direction, customer, day)
        some = None if customer is None else [customer]
        asked = {"direction": direction, "day": day, "customers": some}
        told = balances.balance(turn, direction=direction, day=day, customers=some)
        assert _of_balances(told) == wanted, asked
        items = balances.items(turn, direction=direction, day=day, customers=some)
        assert _of_items(items, day) == wanted, asked
        if customer is not None:
            assert _of_balances(by_customer.get(customer, [])) == wanted, asked


def test_day_to_come_is_refused(turns: Turns) -> None:
    with turns.turn(HOME) as turn, pytest.raises(balances.DayToCome):
        balances.balance(
            turn,
            direction="receivable",
            day=balances.company_day(turn) + timedelta(days=1),
            customers=None,
        )


def test_first_due_day_in_time_parts_what_is_late_from_what_is_not(rules: Catalogue) -> None:
    country = rules.company.country
    for n in range(400):
        day = TODAY - timedelta(days=n)
        first = first_in_time(day, country)
        assert effective_due(first, country) >= day > effective_due(first - timedelta(1), country)
