"""Whoever tells what is owed tells what stands on paper: /invoice, Home, statement and letters,
reminders, `customers balance`, `invoices show`.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from bot.edge.turns import Turns
from bot.kit.money import Money
from bot.slack import HOME
from handlers.documents.kinds.parts.books import open_of
from handlers.home.service import money
from handlers.invoices.service import json_form
from handlers.ledger.model.open_items import Balance
from handlers.ledger.service import balance_report
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import Direction
from handlers.reminders.service.accounts import accounts
from handlers.reminders.service.policy_context import context_of
from storage.turn import Turn
from tests.driver import Office
from tests.ledger import paper_balance
from tests.ledger.paper_balance import TODAY, Paper
from tests.ledger.test_open_items import _books

Sums = Counter[Any]


def _of_balances(some: Iterable[Balance]) -> Sums:
    sums: Sums = Counter()
    for item in some:
        sums[item.currency, "overdue"] += item.overdue
        sums[item.currency, "not_due"] += item.not_due
        sums[item.currency, "credit"] += item.credit
    return +sums


def _of_invoice(turn: Turn, direction: Direction, customer: int) -> Sums:
    found = ledger.of_customer(turn, customer)
    return _of_balances(item for item in found.balances if item.direction == direction)


def _of_command(turn: Turn, direction: Direction, customer: int) -> Sums:
    sums: Sums = Counter()
    for line in balance_report.report(turn, f"Customer {customer - 1}", None, [direction]):
        currency = str(line["currency"])
        for name in ("overdue", "not_due", "credit"):
            sums[currency, name] += Money.of(str(line[name]), currency).minor
    return +sums


def _of_reminders(turn: Turn, direction: Direction, customer: int) -> Sums:
    book = context_of(turn, direction)
    assert book
    return _of_balances(
        balance
        for account in accounts(turn, book, [customer])
        for balance in account.balances.values()
    )


def _of_papers_sent(turn: Turn, direction: Direction, customer: int) -> Sums:
    return _of_letters(turn, direction, customer, TODAY)


def _of_letters(turn: Turn, direction: Direction, customer: int, day: date) -> Sums:
    owed, credits = open_of(turn, customer, day, direction)
    sums: Sums = Counter()
    for item in owed:
        sums[item.currency, "overdue" if item.overdue_days(day) else "not_due"] += item.outstanding
    for item in credits:
        sums[item.currency, "credit"] -= item.outstanding
    return +sums


CALLERS: dict[str, Callable[[Turn, Direction, int], Sums]] = {
    "/invoice": _of_invoice,
    "customers balance": _of_command,
    "reminders": _of_reminders,
    "statement and letters": _of_papers_sent,
}


def _shown(turn: Turn, paper: Paper) -> list[int]:
    """What `invoices show` says is outstanding on it."""
    return [
        Money.of(str(line["outstanding"]), paper.currency).minor
        for line in json_form.show(turn, paper.number)
        if line["number"] == paper.number
    ]


@pytest.mark.parametrize("seed", [1, 7])
def test_every_caller_tells_what_stands_on_paper(turns: Turns, seed: int) -> None:
    random = Random(seed)
    papers, who = _books(turns, random, 80)
    past = TODAY - timedelta(days=random.randint(1, 150))
    with turns.turn(HOME) as turn:
        for direction in ("receivable", "payable"):
            side: Direction = "payable" if direction == "payable" else "receivable"
            for customer in who:
                wanted = paper_balance.sums(papers, side, customer, TODAY)
                for name, ask in CALLERS.items():
                    assert ask(turn, side, customer) == wanted, (name, side, customer)
                then = paper_balance.sums(papers, side, customer, past)
                assert _of_letters(turn, side, customer, past) == then, (past, side, customer)
        for paper in papers:
            if paper.issued_on <= TODAY and not paper.written_off_on:
                assert _shown(turn, paper) == [paper.left(TODAY)], paper


def test_home_of_finance_tells_what_stands_on_paper(office: Office, turns: Turns) -> None:
    papers, _ = _books(turns, Random(3), 80)
    with turns.turn(HOME, "U0MAREK") as turn:
        purses = {purse.direction: purse for purse in money.purses(turn)}
        for side in ("receivable", "payable"):
            wanted = paper_balance.sums(papers, side, None, TODAY)
            overdue = _in_words(turn, wanted, "overdue")
            assert purses[side].overdue == overdue
            assert purses[side].credit == _in_words(turn, wanted, "credit")
            both = _both(wanted)
            assert purses[side].open == _in_words(turn, both, "open")


def _both(wanted: Sums) -> Sums:
    result: Sums = Counter()
    for (currency, near), amount in wanted.items():
        if near != "credit":
            result[currency, "open"] += amount
    return result


def _in_words(turn: Turn, sums: Sums, near: str) -> str:
    amounts = sorted(
        (currency, amount) for (currency, of), amount in sums.items() if of == near and amount
    )
    return turn.words.list(
        [turn.words.money(Money(amount, currency)) for currency, amount in amounts]
    )
