"""What a message names besides what it is about; and of a customer only that is read whole of which a
stage may have come.
"""

from datetime import date, timedelta

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.reminders.service.accounts import Account, accounts, near_accounts, near_parts
from handlers.reminders.service.policy_context import context_of
from storage.reminders import open_invoices, reminders
from storage.reminders.reminders import UNAPPROVED, Row
from storage.turn import Turn
from tests.driver import Office
from tests.reminders.books import Books
from tests.running import Running

MONDAY = date(2026, 11, 23)


def in_parts(*parts: tuple[int, int]) -> tuple[tuple[str, int], ...]:
    """Instalments, each so many days from Monday."""
    return tuple(((MONDAY + timedelta(days)).isoformat(), amount) for days, amount in parts)


def several(books: Books) -> int:
    """One is due today, one in its first part; what else is open is not, or nobody is told of it."""
    who = books.customer()
    of = {"customer": who}
    books.invoice("FV/1", MONDAY, 120_000, **of)
    books.invoice("FV/2", None, 100_000, instalments=in_parts((0, 50_000), (60, 50_000)), **of)
    books.invoice("FV/3", MONDAY + timedelta(40), 30_000, **of)
    books.invoice("FV/4", None, 40_000, instalments=in_parts((50, 20_000), (80, 20_000)), **of)
    books.invoice("FV/5", MONDAY + timedelta(90), 10_000, currency="EUR", **of)
    books.invoice("FV/6", None, 70_000, **of)
    books.pay(books.invoice("FV/7", MONDAY + timedelta(40), 80_000, **of), 80_000)
    books.invoice("FV/8", MONDAY + timedelta(40), 1_000, customer=books.customer("Nowak"))
    return who


def test_message_names_what_else_is_open_and_in_which_currencies(
    office: Office, bot: Running, books: Books
) -> None:
    several(books)
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers")
    office.beata.fills(overdue="done").submits().closes(everything=True)
    bot.tick()
    (told,) = [str(seen) for seen in office.piotr.dm if "FV/1" in seen]
    assert "2 niezapłacone faktury: 1\xa0700,00\xa0zł" in told
    # a part of FV/2, FV/3, FV/4 with both its parts, FV/5
    assert "Ponadto 4 otwarte faktury: 1\xa0200,00\xa0zł i 100,00\xa0€" in told


def open_of(account: Account) -> dict[str, int]:
    amounts: dict[str, int] = {}
    for item in account.items:
        if item.due_on:
            currency = item.outstanding.currency
            amounts[currency] = amounts.get(currency, 0) + item.outstanding.minor
    for balance in account.later:
        amounts[balance.currency] = amounts.get(balance.currency, 0) + balance.open
    return amounts


def both(turn: Turn, customer: int) -> tuple[Account, Account]:
    """The account with all that is open, and the one that is read for a message."""
    book = context_of(turn, "receivable")
    assert book
    (whole,) = accounts(turn, book, [customer])
    (near,) = near_accounts(turn, book, [customer], near_parts(turn, book, [customer]))
    return whole, near


def test_what_is_read_for_a_message_decides_as_all_that_is_open(turns: Turns, books: Books) -> None:
    who = several(books)
    for days in range(-60, 61, 3):
        books.invoice(f"A/{days}", MONDAY + timedelta(days), 1_000, customer=who)
    with turns.turn(HOME) as turn:
        whole, near = both(turn, who)
        for audience in whole.readers:
            assert near.judge(audience) == whole.judge(audience)
        assert len(near.items) < len(whole.items) - 10
        assert open_of(near) == open_of(whole)
        assert near.balances == whole.balances


def test_promise_and_what_waits_for_somebody_are_read_however_late_they_are_due(
    turns: Turns, books: Books
) -> None:
    who, due = books.customer(), MONDAY + timedelta(40)
    promised, waiting, _ = (books.invoice(f"FV/{n}", due, 30_000, customer=who) for n in range(3))
    books.says(promised, promised_until=MONDAY - timedelta(3))
    with turns.turn(HOME) as turn:
        (part,) = open_invoices.parts_of(turn, [waiting])
        row = Row(
            part.instalment, waiting, who, "demand", "customer_channel", MONDAY, "held", "", MONDAY
        )
        assert reminders.enter(turn, [row]) == {(part.instalment, "demand")}
        assert reminders.enter(turn, [row._replace(state="sent")]) == {(part.instalment, "demand")}
        assert reminders.enter(turn, [row]) == set()  # what was told stays told
        again = row._replace(stage="reminder", reason=UNAPPROVED)
        assert reminders.enter(turn, [again]) == {(part.instalment, "reminder")}
        _, near = both(turn, who)
    assert [item.entry.invoice.id for item in near.items] == [promised, waiting]
    assert [(each.count, each.open) for each in near.later] == [(1, 30_000)]
