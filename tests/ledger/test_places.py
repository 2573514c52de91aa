"""Invoices in the place of others: one is asked for, whatever came first, and who waits for one
hears of it.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import count, permutations
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.ledger.model.amounts import outstanding
from handlers.ledger.model.replacement_chain import in_order
from handlers.ledger.service import booking, payments
from handlers.ledger.service.payments import Payment
from storage import outbox
from storage.invoices import customers, invoices, watches
from storage.invoices import payments as kept_payments
from storage.invoices.booking import NewInvoice
from storage.people import people
from storage.reminders import reminders
from storage.turn import Turn
from tests.reminders.books import new_invoice

DAY = date(2026, 11, 2)
PIOTR = {
    "id": "U0PIOTR",
    "name": "Piotr",
    "email": "",
    "locale": "pl-PL",
    "timezone": "Europe/Warsaw",
    "status": "",
}
FLAGS = {"is_external": False, "is_admin": False, "is_bot": False, "is_deleted": False}


def an_invoice(number: str, amount: int, day: int | None = 0, **facts: object) -> NewInvoice:
    issued_on = None if day is None else (DAY + timedelta(days=day)).isoformat()
    return new_invoice(number, DAY + timedelta(days=14), amount, {"issued_on": issued_on, **facts})


def anew(number: str, amount: int, *named: str, day: int | None = 1, **facts: object) -> NewInvoice:
    corrected = tuple((one, None) for one in named)
    return an_invoice(number, amount, day, kind="replacement", corrected=corrected, **facts)


def open_(turn: Turn) -> dict[str, int]:
    """What is outstanding, by number: worked out, and as the row says."""
    table = invoices.invoices.c
    rows = {row.id: row.outstanding for row in turn.db.execute(select(table.id, table.outstanding))}
    found = invoices.find(turn, invoices.Gate(True, ""))
    assert {one.id: outstanding(one) for one in found}.items() <= rows.items()
    return {one.number: rows[one.id] for one in found}


def books(turns: Turns, *told: NewInvoice, workspace: str = HOME) -> dict[str, int]:
    for one in told:
        with turns.turn(workspace) as turn:
            booking.book(turn, [one])
    with turns.turn(workspace) as turn:
        return open_(turn)


def pays(turn: Turn, number: str, amount: int, day: int = 3, reference: str = "1") -> int:
    (id_,) = invoices.ids_of(turn, [number]).values()
    payments.book(turn, Payment(id_, amount, DAY + timedelta(days=day), "hand", reference))
    return next(one.id for one in kept_payments.on_invoice(turn, id_) if one.reference == reference)


def waits_for(turns: Turns, *numbers: str) -> None:
    """The owner of their customer waits for these."""
    with turns.turn(HOME) as turn:
        people.save_person(turn, {**PIOTR, **FLAGS})
        customer = customers.save(turn, {"name": "Kowalska", "owner": PIOTR["id"]})
    with turns.turn(HOME, PIOTR["id"]) as turn:
        for id_ in invoices.ids_of(turn, numbers).values():
            invoices.set_facts(turn, id_, customer=customer)
            assert watches.watch(turn, id_)


def told(turns: Turns) -> list[str]:
    with turns.turn(HOME) as turn:
        bodies = turn.db.execute(
            select(outbox.outbox_messages.c.body).order_by(outbox.outbox_messages.c.id)
        ).scalars()
        return [body["text"] for body in bodies]


@pytest.mark.parametrize("paid_on", ["F/1", "F/1K"])
@pytest.mark.parametrize("waited_for", ["F/1", "F/1K"])
def test_who_waits_is_told_once_when_what_is_asked_for_is_paid_wherever_that_is(
    turns: Turns, paid_on: str, waited_for: str
) -> None:
    books(turns, an_invoice("F/1", 10_000))
    if waited_for == "F/1":
        waits_for(turns, waited_for)
    books(turns, anew("F/1K", 11_000, "F/1"))
    if waited_for == "F/1K":
        waits_for(turns, waited_for)
    with turns.turn(HOME) as turn:
        pays(turn, paid_on, 6_000)
    assert told(turns) == []
    with turns.turn(HOME) as turn:
        pays(turn, paid_on, 5_000, reference="2")
        pays(turn, "F/1", 1, reference="3")
    assert told(turns) == [f"🟢 *{waited_for}* – zapłacono."]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "credit_note",
            "🟢 *F/1* – rozliczono fakturą korygującą in minus K/2, nic nie zostało do zapłaty.",
        ),
        ("correction", "🟢 *F/1* – rozliczono fakturą korygującą K/2, nic nie zostało do zapłaty."),
        ("cancellation", "🟢 *F/1* – anulowano dokumentem K/2, nic nie zostało do zapłaty."),
    ],
)
def test_who_waits_is_told_once_which_document_leaves_nothing_to_pay(
    turns: Turns, kind: str, said: str
) -> None:
    books(turns, an_invoice("F/1", 10_000))
    waits_for(turns, "F/1")
    first, second, third = (
        an_invoice(f"K/{n}", amount, n, kind=kind, corrected=(("F/1", None),))
        for n, amount in ((1, -4_000), (2, -6_000), (3, -1))
    )
    books(turns, first)
    assert told(turns) == []
    books(turns, second, second, third)
    assert told(turns) == [said]


def test_who_waits_hears_what_settles_the_invoice_in_the_place_of_theirs(turns: Turns) -> None:
    books(turns, an_invoice("F/1", 10_000), an_invoice("F/2", 10_000))
    waits_for(turns, "F/1", "F/2")
    books(turns, anew("F/1K", 11_000, "F/1"), anew("F/2K", 9_000, "F/2", marked_paid=True))
    books(turns, an_invoice("K/1", -11_000, 3, kind="correction", corrected=(("F/1K", None),)))
    assert told(turns) == [
        "🟢 *F/2* – zastąpiono fakturą F/2K, nic nie zostało do zapłaty.",
        "🟢 *F/1* – rozliczono fakturą korygującą K/1, nic nie zostało do zapłaty.",
    ]


def test_who_waits_for_a_credit_is_told_when_all_of_it_is_given_back(turns: Turns) -> None:
    books(turns, an_invoice("K/1", -10_000, kind="credit_note"))
    waits_for(turns, "K/1")
    with turns.turn(HOME) as turn:
        pays(turn, "K/1", -4_000)
    assert told(turns) == []
    with turns.turn(HOME) as turn:
        pays(turn, "K/1", -6_000, reference="2")
    assert told(turns) == ["🟢 *K/1* – zapłacono."]


@pytest.mark.parametrize("settles", ["a payment", "a document"])
def test_who_may_not_see_the_invoice_any_more_is_told_nothing(turns: Turns, settles: str) -> None:
    books(turns, an_invoice("F/1", 10_000))
    waits_for(turns, "F/1")
    with turns.turn(HOME) as turn:
        customers.save(turn, {"name": "Kowalska", "owner": "U0EWA"})
        if settles == "a payment":
            pays(turn, "F/1", 10_000)
        else:
            booking.book(turn, [anew("F/1K", 10_000, "F/1", marked_paid=True)])
    assert told(turns) == []


def test_payment_taken_back_on_a_replaced_invoice_is_reminded_of_on_the_one_in_its_place(
    turns: Turns,
) -> None:
    books(
        turns,
        an_invoice("F/1", 10_000),
        anew("F/1K", 11_000, "F/1"),
        anew("F/1L", 12_000, "F/1", day=2),
    )
    with turns.turn(HOME) as turn:
        payment = pays(turn, "F/1", 12_000)
        reminders.look_at_new(turn, ["receivable"], 1_000)
        assert not reminders.is_anything_due(turn, DAY + timedelta(days=30))
        payments.take_back(turn, payment)
        assert reminders.is_anything_due(turn, DAY + timedelta(days=30))


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_later_one_of_two_in_the_place_of_an_invoice_is_asked_for_alone(
    turns: Turns, order: tuple[int, ...]
) -> None:
    documents = [
        an_invoice("F/1", 10_000),
        anew("F/1K", 11_000, "F/1"),
        anew("F/1L", 9_000, "F/1", day=2),
    ]
    assert books(turns, *(documents[n] for n in order)) == {"F/1": 0, "F/1K": 0, "F/1L": 9_000}
    with turns.turn(HOME) as turn:
        pays(turn, "F/1", 1_000)
        pays(turn, "F/1K", 2_000)
        assert open_(turn) == {"F/1": 0, "F/1K": 0, "F/1L": 6_000}


@pytest.mark.parametrize("order", [*permutations(range(2))])
def test_number_tells_the_later_one_of_a_day(turns: Turns, order: tuple[int, ...]) -> None:
    books(turns, an_invoice("F/1", 10_000))
    two = [anew("F/9", 11_000, "F/1"), anew("F/10", 12_000, "F/1")]
    assert books(turns, *(two[n] for n in order)) == {"F/1": 0, "F/9": 0, "F/10": 12_000}


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_of_invoices_that_name_each_other_the_latest_is_asked_for(
    turns: Turns, order: tuple[int, ...]
) -> None:
    round_ = [anew(f"F/{n}", 1_000 * n, f"F/{n % 3 + 1}", day=n) for n in (1, 2, 3)]
    assert books(turns, *(round_[n] for n in order)) == {"F/1": 0, "F/2": 0, "F/3": 3_000}
    with turns.turn(HOME) as turn:
        pays(turn, "F/1", 400)
        pays(turn, "F/2", 500)
        assert open_(turn) == {"F/1": 0, "F/2": 0, "F/3": 2_100}


def test_what_names_another_comes_after_it_whatever_its_day(turns: Turns) -> None:
    later, earlier = anew("F/1K", 11_000, "F/1", day=9), anew("F/1L", 9_000, "F/1K", day=1)
    assert books(turns, earlier, later, an_invoice("F/1", 10_000)) == {
        "F/1": 0,
        "F/1K": 0,
        "F/1L": 9_000,
    }


def test_in_another_currency_nothing_is_netted(turns: Turns) -> None:
    two = [an_invoice("F/1", 10_000), anew("F/1K", 2_500, "F/1", currency="EUR")]
    assert books(turns, *two) == {"F/1": 10_000, "F/1K": 2_500}


def test_prepayment_that_one_of_several_tells_is_taken_off_by_the_last_one(turns: Turns) -> None:
    books(turns, an_invoice("F/1", 10_000))
    with turns.turn(HOME) as turn:
        pays(turn, "F/1", 3_000)
    prepaid = anew("F/1K", 11_000, "F/1")._replace(to_pay=8_000)
    assert books(turns, prepaid) == {"F/1": 0, "F/1K": 8_000}
    assert books(turns, anew("F/1L", 9_000, "F/1K", day=2)) == {"F/1": 0, "F/1K": 0, "F/1L": 6_000}


def test_what_was_paid_too_much_is_not_lost_where_the_document_in_its_place_says_that_it_is_paid(
    turns: Turns,
) -> None:
    books(turns, an_invoice("F/1", 10_000))
    with turns.turn(HOME) as turn:
        pays(turn, "F/1", 12_000)
    assert books(turns, anew("F/1K", 10_000, "F/1", marked_paid=True)) == {"F/1": 0, "F/1K": -2_000}
    assert books(turns, anew("F/1L", 15_000, "F/1K", day=2)) == {"F/1": 0, "F/1K": 0, "F/1L": 3_000}


@pytest.mark.parametrize("change", [-2_000, 2_000])
def test_what_a_later_correction_of_a_replaced_invoice_changes_is_settled_there(
    turns: Turns, change: int
) -> None:
    later = an_invoice("K/1", change, 5, kind="correction", corrected=(("F/1", None),))
    found = books(turns, an_invoice("F/1", 10_000), later, anew("F/1K", 11_000, "F/1"))
    assert found == {"F/1": change, "K/1": 0, "F/1K": 11_000}
    with turns.turn(HOME) as turn:
        pays(turn, "F/1", change, day=6)
        pays(turn, "F/1", 11_000, day=4, reference="2")
        assert set(open_(turn).values()) == {0}


def lowers(number: str, amount: int, day: int, *named: str) -> NewInvoice:
    return an_invoice(
        number, -amount, day, kind="credit_note", corrected=tuple((one, None) for one in named)
    )


def test_what_takes_the_place_of_a_correction_asks_for_what_that_gave_whoever_else_is_replaced(
    turns: Turns,
) -> None:
    plain, credit = (
        [an_invoice("F/1", 4_000), an_invoice("F/2", 4_000, 4)],
        lowers("K/1", 3_000, 3, "F/2"),
    )
    two = [anew("F/3", 2_500, "K/1"), anew("F/4", 5_000, "F/1", "F/2", day=4)]
    both = {"F/1": 0, "F/2": 0, "K/1": 0, "F/3": 5_500, "F/4": 5_000}
    assert books(turns, *two, credit, *plain) == both
    with turns.turn("at once") as turn:
        booking.book(turn, [*two, credit, *plain])
        assert open_(turn) == both


@pytest.mark.parametrize("order", [*permutations(range(5))][::17])
def test_corrections_of_several_share_what_is_open_whichever_came_first(
    turns: Turns, order: tuple[int, ...]
) -> None:
    plain = [an_invoice("F/1", 8_000), an_invoice("F/2", 10_000)]
    credits_ = [
        lowers("K/1", 7_000, 2, "F/1", "F/2"),
        lowers("K/2", 5_000, 3, "F/1"),
        lowers("K/3", 4_000, 4, "F/1", "F/2"),
    ]
    documents = [*plain, *credits_]
    found = books(turns, *(documents[n] for n in order))
    assert found == {"F/1": 0, "F/2": 2_000, "K/1": 0, "K/2": 0, "K/3": 0}


def test_chain_has_no_longest_length(turns: Turns) -> None:
    chain = [anew(f"F/{n}", 10_000 + n, f"F/{n - 1}", day=n) for n in range(1, 24)]
    books(turns, *chain[::-1], an_invoice("F/0", 10_000))
    with turns.turn(HOME) as turn:
        pays(turn, "F/0", 5_000)
        assert {number: left for number, left in open_(turn).items() if left} == {"F/23": 5_023}


NAMES = ("F/1", "F/2", "R/1", "R/2", "R/3", "R/4")
amounts = st.sampled_from([1_000, 2_500, 4_000])
named = st.sampled_from(NAMES)
shares = st.sampled_from([None, None, -300])
some_days = st.one_of(st.none(), st.integers(0, 4))


@st.composite
def an_office(draw: st.DrawFn) -> list[NewInvoice]:
    """Invoices, others in their places and in each other's, and corrections."""
    plain = [
        an_invoice(
            name,
            draw(amounts),
            draw(some_days),
            marked_paid=draw(st.sampled_from([False, False, True])),
        )
        for name in NAMES[:2]
    ]
    new = [_drawn_anew(draw, name) for name in NAMES[2 : 2 + draw(st.integers(1, 4))]]
    credits_ = [
        an_invoice(
            f"K/{n}",
            -draw(amounts),
            draw(some_days),
            kind="credit_note",
            corrected=tuple(corrected),
        )
        for n, corrected in enumerate(
            draw(st.lists(st.lists(st.tuples(named, shares), max_size=2), max_size=3))
        )
    ]
    return [*plain, *new, *credits_]


def _drawn_anew(draw: st.DrawFn, name: str) -> NewInvoice:
    others = draw(
        st.lists(
            st.sampled_from([one for one in (*NAMES, "K/0") if one != name]), min_size=1, max_size=2
        )
    )
    currency = draw(st.sampled_from(["PLN", "PLN", "PLN", "EUR"]))
    one = anew(name, draw(amounts), *others, day=draw(some_days), currency=currency)
    return one._replace(
        to_pay=one.total - draw(st.sampled_from([0, 0, 500])),
        marked_paid=draw(st.integers(0, 4)) == 0,
    )


Money = tuple[str, int, int]
Act = Callable[[Turn], bool]  # false where it has to wait
paid = st.lists(
    st.tuples(
        st.sampled_from(NAMES[:4]), st.sampled_from([-300, 500, 1_000, 4_000]), st.integers(0, 6)
    ),
    max_size=4,
)
_office = count()


def _in_any_order(
    turns: Turns, told: list[NewInvoice], money: list[Money], random: Random
) -> dict[str, int]:
    """What is open after documents and payments came in some order, payments that are taken back
    among them.
    """
    workspace = f"office {next(_office)}"
    acts: list[Act] = [_booked(one) for one in told]
    acts += [
        _paid(one, str(n), is_taken_back=n % 2 > 0)
        for n, one in enumerate(one for one in money for _ in range(2))
    ]
    random.shuffle(acts)
    with turns.turn(workspace) as turn:
        waiting = [act for act in acts if not act(turn)]
        for act in waiting:
            act(turn)
    with turns.turn(workspace) as turn:
        return open_(turn)


def _booked(one: NewInvoice) -> Act:
    return lambda turn: bool(booking.book(turn, [one]))


def _paid(money: Money, reference: str, *, is_taken_back: bool) -> Act:
    number, amount, day = money

    def act(turn: Turn) -> bool:
        if number not in invoices.ids_of(turn, [number]):
            return False
        payment = pays(turn, number, amount, day, reference)
        if is_taken_back:
            payments.take_back(turn, payment)
        return True

    return act


@given(an_office(), paid, st.integers(0, 2**32))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_open_in_the_end_is_the_same_whatever_came_first(
    turns: Turns, told: list[NewInvoice], money: list[Money], seed: int
) -> None:
    orders = Random(seed)
    assert _in_any_order(turns, told, money, orders) == _in_any_order(turns, told, money, orders)


@given(st.dictionaries(st.integers(0, 6), st.sets(st.integers(0, 9), max_size=4), min_size=1))
def test_order_keeps_to_what_is_named_and_ends_with_circles_too(named: dict[int, set[int]]) -> None:
    order = in_order(named, {one: (DAY, (("", 1, str(one)),)) for one in named})
    assert sorted(order) == sorted(named)
    for one, others in named.items():
        for other in others & named.keys() - {one}:
            is_circle = one in _named_by(named, other)
            assert is_circle or order.index(other) < order.index(one)


def _named_by(named: Mapping[int, set[int]], start: int) -> set[int]:
    found: set[int] = set()
    while fresh := {each for one in found | {start} for each in named.get(one, ())} - found:
        found |= fresh
    return found
