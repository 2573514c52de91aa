"""Customers of whom much is due at once: a turn is as long as what it reads, and everything is told
once.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.reminders.service import tick
from handlers.reminders.service.accounts import accounts
from handlers.reminders.service.policy_context import active_policies
from storage.reminders import switches
from tests.driver import Office
from tests.driver_looks import Seen
from tests.reminders.books import Books
from tests.running import Running

MONDAY = date(2026, 11, 23)
MANY, MORE, AMOUNT = 150, 260, 10_000


def turns_of_the_clock(turns: Turns) -> list[tuple[int, int]]:
    """All that is due: what each turn planned and sent."""
    done: list[tuple[int, int]] = []
    is_more = True
    while is_more:
        with turns.turn(HOME) as turn:
            each = tick.tick(turn)
        done.append((each.looked_at, each.sent))
        is_more = each.is_more
    return done


def numbers(customer: str, count: int) -> list[str]:
    return [f"{customer}/{n}" for n in range(count)]


def naming(customer: str, seen: Sequence[Seen]) -> str:
    """The one message about them."""
    (told,) = [str(each) for each in seen if f"{customer}/" in str(each)]
    return told


@pytest.fixture
def switched_on(office: Office) -> None:
    for policy in ("customers", "suppliers"):
        office.beata.shortcut("reminders").clicks(f"reminders.switch_on:{policy}")
        office.beata.fills(overdue="done").submits().closes(everything=True)


@pytest.mark.usefixtures("switched_on")
def test_turn_is_as_long_as_what_it_reads(office: Office, bot: Running, books: Books) -> None:
    for name, count in (("Alfa", MANY), ("Beta", MANY), ("Gamma", MORE)):
        books.invoices(numbers(name, count), MONDAY, AMOUNT, customer=books.customer(name))
    supplier = books.customer("Delta")
    books.invoices(numbers("Delta", MANY), MONDAY, AMOUNT, customer=supplier, direction="payable")
    with bot.turns.turn(HOME) as turn:
        tick.sweep(turn)
    done = turns_of_the_clock(bot.turns)
    bot.settle()
    assert sum(planned for planned, _ in done) == 3 * MANY + MORE
    assert max(planned for planned, _ in done) == 200
    # To finance and the owner together, each alone where they are long, and to whoever pays;
    # which customer comes first is nobody's promise: what is due on one day is not sorted.
    assert Counter(sent for _, sent in done if sent) == {2: 2, 1: 3}
    for name, count, amount in (("Alfa", MANY, "15"), ("Beta", MANY, "15"), ("Gamma", MORE, "26")):
        told = naming(name, office.piotr.dm)
        assert f"{count} niezapłaconych faktur: {amount}\xa0000,00\xa0zł" in told
        assert f"… i jeszcze {count - 15} pozycji" in told
        assert f"{amount}\xa0000,00\xa0zł" in naming(name, office.beata.sees("#bo-collections"))
    assert "15\xa0000,00\xa0zł" in naming("Delta", office.marek.sees("#bo-accounting"))
    assert turns_of_the_clock(bot.turns) == [(0, 0)]


@pytest.mark.usefixtures("switched_on")
def test_what_differs_among_many_is_decided_by_itself(
    office: Office, bot: Running, books: Books
) -> None:
    """Alike they are decided together: each of these differs in one thing from all the others."""
    who = books.customer("Alfa")
    many = books.invoices(numbers("Alfa", 30), MONDAY, AMOUNT, customer=who)
    books.says(many[0], disputed="damaged")
    books.says(many[1], promised_until=MONDAY)
    books.pay(many[2], 9_999)  # less than the minimum is left
    books.pay(many[3], AMOUNT)
    books.pay(many[4], 2_500)
    books.invoice("Alfa/EUR", MONDAY, AMOUNT, customer=who, currency="EUR")
    books.invoice("Alfa/later", MONDAY + timedelta(4), AMOUNT, customer=who)
    with bot.turns.turn(HOME) as turn:
        switches.pause(turn, f"invoice:{many[5]}", MONDAY, "as agreed")
        tick.sweep(turn)
    turns_of_the_clock(bot.turns)
    bot.settle()
    told = naming("Alfa", office.piotr.dm)
    assert "26 niezapłaconych faktur: 2\xa0475,00\xa0zł i 100,00\xa0€" in told
    assert "Ponadto 5 otwartych faktur: 400,01\xa0zł" in told
    with bot.turns.turn(HOME) as turn:
        context = active_policies(turn)["receivable"]
        (account,) = accounts(turn, context, [who])
        for audience in context.audiences:
            for item, outcome in account.judge(audience):
                assert outcome == account.decide(item, audience).outcome


@pytest.mark.usefixtures("switched_on")
def test_customers_with_little_share_a_turn(office: Office, bot: Running, books: Books) -> None:
    for n in range(4):
        customer = books.customer(f"Kowal {n}")
        books.invoices([f"FV/{n}/{i}" for i in range(20)], MONDAY, AMOUNT, customer=customer)
    with bot.turns.turn(HOME) as turn:
        tick.sweep(turn)
    assert [sent for _, sent in turns_of_the_clock(bot.turns) if sent] == [8]
    bot.settle()
    assert len(office.piotr.dm) == 4
