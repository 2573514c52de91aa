"""What is open, as matching sees it: an index of what bears on a few payments says what one of
everything does.
"""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from statistics import median

import pytest

from bot.edge.turns import Turns
from bot.kit.money import Money
from bot.slack import HOME
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.values import Level, Match, MatchingItem
from handlers.ledger.model.matching.verdict import match
from handlers.ledger.service import booking
from handlers.ledger.service.bank import matching_items
from handlers.ledger.service.payments import Payment, book_all
from handlers.ledger.statements.values import Entry
from storage.invoices import customers, invoices
from storage.invoices import matching_items as stored
from storage.turn import Turn
from tests.ledger.office import Office
from tests.reminders.books import Books, new_invoice

DUE = date(2026, 12, 1)


def entry(title: str, amount: Decimal | str, who: str = "", account: str = "") -> Entry:
    return Entry(date(2026, 11, 20), Decimal(amount), "PLN", title, who or None, account or None)


def test_payments_are_offered_the_same_as_from_everything(books: Turns) -> None:
    with books.turn(HOME) as turn:
        every = [
            item
            for item in matching_items.every(turn)
            if item.outstanding and item.currency == "PLN"
        ]
        whole = Index(every)
        for entries in map(payments_of, every[::9]):
            near = matching_items.around(turn, entries)
            assert sum(bool(item.outstanding) for item in near.items) < len(every) / 2
            assert [offered(one, near) for one in entries] == [
                offered(one, whole) for one in entries
            ]


@pytest.mark.slow
def test_verdicts_are_those_of_everything(turns: Turns) -> None:
    office = Office(Random(7), customers=150, invoices=400)
    entries = [replace(office.payment().entry, booked_on=DUE) for _ in range(120)]
    with turns.turn(HOME) as turn:
        store(turn, office)
        whole = Index(matching_items.every(turn))
        levels = Counter(match(one, whole).level for one in entries)
        assert min(levels[level] for level in Level) > 10
        sizes = []
        for one in entries:
            near = matching_items.bearing_on(turn, [one])
            sizes.append(len(near.items))
            assert near.letters == whole.letters
            assert said(match(one, near)) == said(match(one, whole)), one
        assert median(sizes) < len(whole.items)  # its few names and numbers are alike


def test_of_very_many_payments_everything_is_arranged(books: Turns) -> None:
    with books.turn(HOME) as turn:
        assert matching_items.bearing_on(
            turn, [entry("przelew", "1.00")] * 2_001
        ).items == matching_items.every(turn)


def store(turn: Turn, office: Office) -> None:
    """The office's invoices; those that were paid before are settled by a payment."""
    facts = {"country": "PL", "language": "pl", "timezone": "Europe/Warsaw"}
    who = {
        id_: customers.save(
            turn, {"name": f"{name} {id_}", "aliases": name, "accounts": account, **facts}
        )
        for id_, name, account in office.customers
    }
    sums = {item.number: Money.of(item.outstanding, item.currency).minor for item in office.all}
    new = [
        new_invoice(one.number, DUE, sums[one.number], {"customer": who[one.customer_id]})
        for one in office.all
    ]
    ids = invoices.ids_of(turn, [booked.number for booked in booking.book(turn, new)])
    paid = [
        one.number
        for one in office.all
        if one.invoice_id not in office.open_ids and one.number in ids
    ]
    book_all(turn, [Payment(ids[number], sums[number], DUE, "hand", "1") for number in paid])


def said(verdict: Match) -> tuple[object, ...]:
    return verdict.level, verdict.allocations, verdict.left, verdict.reasons


def payments_of(item: MatchingItem) -> list[Entry]:
    """For one invoice: by its number, by the payer's name or account, by the amount alone."""
    amount = item.expected
    by_account = [entry("przelew", amount, account=one) for one in item.accounts[:1]]
    by_name = entry("wpłata", amount / 2, who=item.customer_names[0].upper())
    return [entry(item.number.lower(), amount), by_name, *by_account, entry("przelew", amount)]


def offered(one: Entry, index: Index) -> list[tuple[str, ...]]:
    proposals = match(one, index).proposals
    return [tuple(item.number for item in proposal.items) for proposal in proposals]


@pytest.mark.parametrize("most", [2, 50])
def test_of_many_over_one_amount_the_newest_are_offered(turns: Turns, most: int) -> None:
    small = Books(turns)
    who = [small.customer(), small.customer("Nowak S.A.")]
    ids = [small.invoice(f"S/{n}", DUE, 10_000, customer=who[n % 2]) for n in range(6)]
    other = small.invoice("S/7", DUE, 20_000, customer=who[0])
    with turns.turn(HOME) as turn:
        newest = stored.newest_outstanding(turn, {10_000, -10_000, 0, 20_000}, most)
        assert newest == {*ids[-most:], other}
        theirs = stored.newest_of(turn, who, most)
        assert theirs == {*ids[::2][1 - most :], other, *ids[1::2][-most:]}
        assert stored.newest_of(turn, [], most) == set()


@pytest.mark.parametrize(
    "written",
    [
        "PL61109010140000071219812874",
        "61 1090 1014 0000 0712 1981 2874",
        "x\nPL 6110 9010 1400 0007 1219 8128 74",
    ],
)
def test_account_is_found_however_it_is_kept(turns: Turns, written: str) -> None:
    small = Books(turns)
    small.invoice("S/1", DUE, 10_000, customer=small.customer(accounts=written))
    small.invoice("S/2", DUE, 20_000, customer=small.customer("Nowak S.A."))
    with turns.turn(HOME) as turn:
        near = matching_items.around(
            turn, [entry("przelew", "5.00", account="61109010140000071219812874")]
        )
        assert [item.number for item in near.items] == ["S/1"]
        customers.alike(turn, ["%", "_"], [])


def test_instalments_are_items_of_their_own(turns: Turns) -> None:
    small = Books(turns)
    parts = [("2026-11-01", 10_000), ("2026-12-01", 5_000), ("2027-01-01", 5_000)]
    invoice = small.invoice("S/1", DUE, 20_000, instalments=parts)
    small.pay(invoice, 12_000)
    with turns.turn(HOME) as turn:
        assert [item.outstanding for item in matching_items.every(turn)] == [
            Decimal(30),
            Decimal(50),
        ]
        assert matching_items.some(turn, [invoice]) == matching_items.every(turn)
        assert matching_items.around(turn, [entry("S/1", "1.00")]).items == matching_items.every(
            turn
        )
