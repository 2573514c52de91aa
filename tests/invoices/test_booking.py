"""What the ledger takes of a document: one digest whatever the format, parts to the last grosz,
suspicions.
"""

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.kit.words import Words
from bot.slack import HOME
from handlers.invoices.formats.document import Corrected, Instalment, InvoiceDocument, Party
from handlers.invoices.service import json_form
from handlers.invoices.service.document_booking import (
    direction_of,
    instalments,
    our_numbers,
    to_ledger,
    us,
)
from handlers.invoices.service.document_import import CHUNK, Import, import_reads, take
from handlers.invoices.service.document_reader import Read
from handlers.invoices.service.invoice_view import full_sight_of
from handlers.ledger.service import balances, payments
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.bank import reconciliation
from handlers.ledger.service.bank.reconciliation import Sums
from handlers.ledger.service.booking import distribute
from handlers.ledger.service.payments import Payment
from handlers.ledger.statements.values import Entry
from storage.invoices import customers
from storage.invoices.booking import Netting
from storage.invoices.invoices import ids_of
from storage.invoices.payments import on_invoice
from tests.ledger.test_reconciling import of

SUPPLIER = Party("Przewozy Wisła", "7251100139", "PL")
OURS = Party("BBT", "PL7251100004", "PL")
BILL = InvoiceDocument(
    format="ubl-invoice",
    kind="invoice",
    number="9/2026",
    issued_on=date(2026, 11, 2),
    currency="PLN",
    total=Decimal("100.00"),
    to_pay=Decimal("100.00"),
    seller=SUPPLIER,
    buyer=OURS,
    instalments=(Instalment(date(2026, 11, 16)),),
    accounts=("PL89109010140000000042000010",),
)


def books(turns: Turns, *documents: InvoiceDocument) -> Import:
    done = Import()
    with turns.turn(HOME) as turn:
        take(turn, [Read("x", document) for document in documents], done)
    return done


def test_same_invoice_in_another_format_is_unchanged(turns: Turns) -> None:
    books(turns, BILL)
    again = BILL._replace(
        format="cii", seller=SUPPLIER._replace(tax_id="PL 725-110-01-39"), number=" 9/2026 "
    )
    assert books(turns, again).unchanged == 1
    assert (
        books(turns, BILL._replace(total=Decimal("100.01"), to_pay=Decimal("100.01"))).conflicts
        == 1
    )


def test_two_copies_in_one_file_are_one_invoice(turns: Turns) -> None:
    done = books(turns, BILL, BILL)
    assert (done.imported, done.unchanged) == (1, 1)


def test_database_knows_of_a_large_import_when_it_ends(turns: Turns) -> None:
    """PostgreSQL seeks by what it knows of a table; SQLite has nothing to be told."""
    many = (Read("sales.csv", BILL._replace(number=f"FV/{n}")) for n in range(CHUNK))
    assert import_reads(lambda: turns.turn(HOME), many).imported == CHUNK
    if turns.engine.dialect.name == "postgresql":
        known = text("SELECT reltuples FROM pg_class WHERE relname = 'invoices'")
        with turns.transaction() as db:
            assert db.execute(known).scalar() == CHUNK


def test_another_account_of_a_supplier_raises_a_finding_and_the_first_one_none(
    turns: Turns,
) -> None:
    other = BILL._replace(number="10/2026", accounts=("PL61109010140000071219812874",))
    with turns.turn(HOME) as turn:
        first, second = to_ledger(turn, [Read("x", BILL), Read("y", other)])
        assert "account.changed" not in first.findings
        assert "account.changed" in second.findings


def test_known_account_behind_a_new_one_does_not_calm_the_alarm(turns: Turns) -> None:
    new, known = "PL61109010140000071219812874", BILL.accounts[0]
    books(turns, BILL)
    with turns.turn(HOME) as turn:
        told = [
            BILL._replace(number=f"{n}/2026", accounts=accounts)
            for n, accounts in ((10, (new, known)), (11, (known, new)))
        ]
        new_first, known_first = to_ledger(turn, [Read("x", one) for one in told])
        assert (new_first.account, "account.changed" in new_first.findings) == (new, True)
        assert (known_first.account, "account.changed" in known_first.findings) == (known, False)


def test_account_that_money_came_from_is_none_to_pay_to(turns: Turns) -> None:
    theirs = "PL27114020040000300201355387"
    sale = BILL._replace(number="FV/2026/11/0077", seller=OURS, buyer=SUPPLIER)
    books(turns, BILL, sale)
    paid = Entry(
        date(2026, 11, 20), Decimal("0.01"), "PLN", sale.number or "", SUPPLIER.name, theirs, "R1"
    )
    again = Entry(date(2026, 11, 21), Decimal("0.02"), "PLN", sale.number or "", None, theirs, "R2")
    with turns.turn(HOME) as turn:
        done = Sums()
        for entry in (paid, again):
            reconciliation.take(turn, of(entry), done)
        assert done.matched == 2  # the second by the account that the first one taught
        (bill,) = to_ledger(turn, [Read("x", BILL._replace(number="10/2026", accounts=(theirs,)))])
        assert "account.changed" in bill.findings


@given(st.decimals("0.01", "99999", places=2), st.integers(1, 7))
def test_equal_parts_add_up_to_the_last_grosz(total: Decimal, parts: int) -> None:
    dated = BILL._replace(
        instalments=tuple(Instalment(date(2026, 12, 1 + n)) for n in range(parts))
    )
    minor = int(total * 100)
    assert sum(amount for _, amount in instalments(dated, minor, "PLN")) == minor


def test_equal_parts_of_more_than_a_float_holds_are_exact() -> None:
    dated = BILL._replace(instalments=tuple(Instalment(date(2026, 12, 1 + n)) for n in range(3)))
    minor = 3 * (2**53 + 1)
    assert {amount for _, amount in instalments(dated, minor, "PLN")} == {2**53 + 1}
    assert [amount for _, amount in instalments(dated, -100, "PLN")] == [-33, -33, -34]


@pytest.mark.parametrize(
    "ours", ["12892312-2-41", "12892312241", "12892312", "HU12892312", "hu 12892312-2-41"]
)
@pytest.mark.parametrize(
    "theirs",
    [
        Party("Mi Kft.", "12892312", "HU"),
        Party("Mi Kft.", "12892312-2-41"),
        Party("Mi Kft.", "12892312241", "HU"),
        Party("Mi Kft.", "HU12892312", "PL"),
    ],
)
def test_our_hungarian_number_is_ours_however_it_is_written(
    rules: Catalogue, ours: str, theirs: Party
) -> None:
    company = rules.company.model_copy(update={"tax_numbers": (ours,), "country": "HU"})
    numbers = our_numbers(rules.model_copy(update={"company": company}))
    assert (
        direction_of(numbers, theirs, SUPPLIER)
        == direction_of(numbers, us(company), SUPPLIER)
        == "receivable"
    )
    assert direction_of(numbers, SUPPLIER, theirs) == "payable"
    assert direction_of(numbers, SUPPLIER, SUPPLIER) == "none"


SALE = BILL._replace(seller=OURS, buyer=SUPPLIER)
ANEW = SALE._replace(
    kind="replacement",
    number="9K/2026",
    total=Decimal("110.00"),
    to_pay=Decimal("110.00"),
    corrects=(Corrected("9/2026"), Corrected("9/2026")),
)


def asked_for(turns: Turns) -> dict[str, tuple[str, int, int]]:
    with turns.turn(HOME) as turn:
        entries = [
            ledger.get(turn, id_) for id_ in ids_of(turn, ["9/2026", "9K/2026", "9L/2026"]).values()
        ]
        return {
            one.invoice.number: (one.state.status, one.state.asked, one.state.outstanding)
            for one in entries
        }


@pytest.mark.parametrize("documents", [(SALE, ANEW), (ANEW, SALE)])
def test_replaced_invoice_is_not_asked_for_beside_the_one_in_its_place(
    turns: Turns, documents: tuple[InvoiceDocument, ...]
) -> None:
    for document in documents:
        books(turns, document)
    assert asked_for(turns) == {"9/2026": ("cancelled", 0, 0), "9K/2026": ("overdue", 11000, 11000)}


def test_what_was_paid_on_the_replaced_invoice_counts_for_the_one_in_its_place(
    turns: Turns,
) -> None:
    books(turns, SALE)
    pays(turns, 3000)
    books(turns, ANEW)
    assert asked_for(turns) == {"9/2026": ("paid", 3000, 0), "9K/2026": ("overdue", 8000, 8000)}
    books(turns, AGAIN)
    assert asked_for(turns) == {
        "9/2026": ("paid", 3000, 0),
        "9K/2026": ("cancelled", 0, 0),
        "9L/2026": ("overdue", 6000, 6000),
    }


AGAIN = ANEW._replace(
    number="9L/2026",
    total=Decimal("90.00"),
    to_pay=Decimal("90.00"),
    corrects=(Corrected("9K/2026"),),
)
CREDIT = SALE._replace(
    kind="credit_note",
    number="K1/2026",
    total=Decimal("-100.00"),
    to_pay=Decimal("-100.00"),
    corrects=(Corrected("9/2026"),),
    instalments=(),
)


def pays(turns: Turns, amount: int, number: str = "9/2026") -> None:
    with turns.turn(HOME) as turn:
        (id_,) = ids_of(turn, [number]).values()
        payments.book(turn, Payment(id_, amount, date(2026, 11, 10), "hand", "x"))


@pytest.mark.parametrize(
    "documents", [*permutations((SALE._replace(marked_paid=True), ANEW, AGAIN))]
)
@pytest.mark.parametrize("at_once", [True, False])
def test_order_in_which_invoices_come_that_replace_one_another_does_not_matter(
    turns: Turns, documents: tuple[InvoiceDocument, ...], at_once: bool
) -> None:
    for some in [documents] if at_once else [(one,) for one in documents]:
        books(turns, *some)
    assert asked_for(turns) == {
        "9/2026": ("paid", 10000, 0),
        "9K/2026": ("cancelled", 0, 0),
        "9L/2026": ("open", -1000, -1000),
    }


@pytest.mark.parametrize("documents", [*permutations((SALE, ANEW, CREDIT))])
@pytest.mark.parametrize("paid", [0, 3000])
def test_credit_note_of_a_replaced_invoice_lowers_nothing_more_whichever_came_first(
    turns: Turns, documents: tuple[InvoiceDocument, ...], paid: int
) -> None:
    for document in documents:
        books(turns, document)
        if document is SALE and paid:
            pays(turns, paid)
    assert asked_for(turns) == {
        "9/2026": ("paid" if paid else "cancelled", paid, 0),
        "9K/2026": ("overdue", 11000 - paid, 11000 - paid),
    }


def test_credit_note_of_a_later_day_is_owed_though_the_invoice_that_it_names_is_replaced(
    turns: Turns,
) -> None:
    later = CREDIT._replace(
        issued_on=date(2026, 11, 9), total=Decimal("-20.00"), to_pay=Decimal("-20.00")
    )
    books(turns, SALE, later, ANEW)
    assert sorted(left for _, _, left in asked_for(turns).values()) == [-2000, 11000]


def test_without_a_day_of_issue_the_new_document_takes_the_place_too(turns: Turns) -> None:
    books(turns, SALE, CREDIT, ANEW._replace(issued_on=None))
    assert sorted(left for _, _, left in asked_for(turns).values()) == [0, 11000]


def test_what_is_paid_on_an_invoice_after_it_was_replaced_counts_until_it_is_taken_back(
    turns: Turns,
) -> None:
    books(turns, SALE, ANEW)
    pays(turns, 11000)
    assert asked_for(turns) == {"9/2026": ("paid", 11000, 0), "9K/2026": ("paid", 0, 0)}
    with turns.turn(HOME) as turn:
        (id_,) = ids_of(turn, ["9/2026"]).values()
        payments.take_back(turn, on_invoice(turn, id_)[0].id)
    assert asked_for(turns) == {"9/2026": ("cancelled", 0, 0), "9K/2026": ("overdue", 11000, 11000)}


def test_payment_that_the_new_document_tells_as_prepaid_is_taken_off_once(turns: Turns) -> None:
    books(turns, SALE)
    pays(turns, 3000)
    books(turns, ANEW._replace(prepaid=Decimal("30.00"), to_pay=Decimal("80.00")))
    assert asked_for(turns) == {"9/2026": ("paid", 3000, 0), "9K/2026": ("overdue", 8000, 8000)}


def found(turns: Turns, number: str) -> dict[str, str]:
    """Findings about invoices in each other's place, by rule."""
    with turns.turn(HOME) as turn:
        (told,) = json_form.show(turn, number)
    findings = cast("list[dict[str, str]]", told["findings"])
    return {
        f["rule"]: f["message"]
        for f in findings
        if f["rule"] in ("corrects.rivals", "corrects.other_currency")
    }


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_cards_of_several_in_one_place_say_which_is_asked_for(
    turns: Turns, order: tuple[int, ...]
) -> None:
    documents = (SALE, ANEW, AGAIN._replace(corrects=ANEW.corrects))
    books(turns, *(documents[n] for n in order))
    said = (
        "9K/2026, 9L/2026 each tell the same claim as a whole. Only 9L/2026, the latest, is asked "
        "for. Compare them."
    )
    assert [found(turns, one.number or "") for one in documents] == [{"corrects.rivals": said}] * 3


def test_cards_of_two_that_name_each_other_say_which_is_asked_for(turns: Turns) -> None:
    books(turns, ANEW._replace(corrects=(Corrected("9L/2026"),)), AGAIN)
    assert found(turns, "9K/2026") == found(turns, "9L/2026") != {}


def test_cards_of_invoices_that_follow_each_other_say_nothing_of_it(turns: Turns) -> None:
    books(turns, SALE, ANEW, AGAIN, BILL._replace(number="10/2026"))
    assert [found(turns, number) for number in ("9/2026", "9K/2026", "9L/2026", "10/2026")] == [
        {}
    ] * 4


@pytest.mark.parametrize("language", ["en", "pl", "hu"])
def test_card_of_what_tells_another_currency_anew_leaves_it_to_a_person(
    turns: Turns, language: str
) -> None:
    books(turns, SALE, ANEW._replace(currency="EUR"))
    with turns.turn(HOME) as turn:
        for entry in (ledger.look_up(turn, number).entries[0] for number in ("9/2026", "9K/2026")):
            (said,) = (
                one for one in full_sight_of(turn, entry, Words(language)).findings if "EUR" in one
            )
            assert all(fact in said for fact in ("9/2026", "9K/2026", "PLN"))
    assert sorted(left for _, _, left in asked_for(turns).values()) == [10000, 11000]
    assert (
        list(found(turns, "9/2026")) == list(found(turns, "9K/2026")) == ["corrects.other_currency"]
    )


def test_what_was_paid_before_fills_the_first_instalment_of_the_invoice_in_its_place(
    turns: Turns,
) -> None:
    parts = tuple(
        Instalment(day, Decimal("55.00")) for day in (date(2026, 11, 16), date(2027, 1, 16))
    )
    books(turns, SALE)
    pays(turns, 5500)
    books(turns, ANEW._replace(instalments=parts))
    assert asked_for(turns)["9K/2026"] == ("open", 5500, 5500)


def test_paid_invoice_replaced_by_a_smaller_one_leaves_money_to_give_back(turns: Turns) -> None:
    books(turns, SALE._replace(marked_paid=True))
    books(turns, ANEW._replace(total=Decimal("80.00"), to_pay=Decimal("80.00")))
    assert asked_for(turns) == {"9/2026": ("paid", 10000, 0), "9K/2026": ("open", -2000, -2000)}


BERLIN = Party("Holz GmbH", "DE100000207", "DE")
PORTO = Party("Pedra Lda", "100000207", "PT")  # a number that both countries may give


def customers_of(turns: Turns, *parties: Party) -> list[str]:
    sales = [SALE._replace(number=f"S{n}/2026", buyer=party) for n, party in enumerate(parties)]
    for sale in sales:
        books(turns, sale)
    with turns.turn(HOME) as turn:
        ids = ids_of(turn, [sale.number or "" for sale in sales])
        return [ledger.get(turn, ids[sale.number or ""]).invoice.customer_name for sale in sales]


@pytest.mark.parametrize(
    ("parties", "names"),
    [
        ((BERLIN, PORTO, BERLIN, PORTO), ["Holz GmbH", "Pedra Lda", "Holz GmbH", "Pedra Lda"]),
        (
            (PORTO, BERLIN, PORTO._replace(tax_id="PT 100 000 207")),
            ["Pedra Lda", "Holz GmbH", "Pedra Lda"],
        ),
        (
            (BERLIN, BERLIN._replace(tax_id="100000207"), Party("Holz", "100000207")),
            ["Holz GmbH"] * 3,
        ),
        (
            (BERLIN._replace(country=None), Party(PORTO.name, "PT100000207")),
            ["Holz GmbH", "Pedra Lda"],
        ),
        (
            (BERLIN, PORTO._replace(country=None)),
            ["Holz GmbH"] * 2,
        ),  # nobody knows whose number that is
        ((BERLIN, PORTO, PORTO._replace(country=None)), ["Holz GmbH", "Pedra Lda", "Pedra Lda"]),
        (
            (SUPPLIER._replace(tax_id="PL7251100139"), SUPPLIER._replace(name="Wisła")),
            [SUPPLIER.name] * 2,
        ),
        (
            (SUPPLIER._replace(country="DE"), SUPPLIER._replace(name="Wisła")),
            [SUPPLIER.name] * 2,
        ),  # an address abroad
        ((Party("Wien", "ATU12345675"), Party("Wien GmbH", "U12345675", "AT")), ["Wien"] * 2),
    ],
)
def test_same_digits_are_one_customer_unless_two_countries_gave_them(
    turns: Turns, parties: tuple[Party, ...], names: list[str]
) -> None:
    assert customers_of(turns, *parties) == names


def test_number_of_ours_given_by_another_country_is_not_ours(rules: Catalogue) -> None:
    company = rules.company.model_copy(update={"tax_numbers": ("DE100000207",)})
    numbers = our_numbers(rules.model_copy(update={"company": company}))
    assert direction_of(numbers, PORTO, SUPPLIER) == "none"
    assert direction_of(numbers, PORTO._replace(country=None), SUPPLIER) == "receivable"
    assert direction_of(numbers, BERLIN, PORTO) == "receivable"


def test_customer_whose_name_is_written_in_several_ways_in_one_import_is_one(turns: Turns) -> None:
    names = [
        SUPPLIER,
        SUPPLIER._replace(name="Wisła"),
        Party("WISŁA", "PL 725-110-01-39"),
        BERLIN,
        PORTO,
    ]
    books(
        turns, *(SALE._replace(number=f"S{n}/2026", buyer=party) for n, party in enumerate(names))
    )
    with turns.turn(HOME) as turn:
        assert {one.name for one in customers.everybody(turn)} == {
            SUPPLIER.name,
            "Holz GmbH",
            "Pedra Lda",
        }
        ids = ids_of(turn, ["S0/2026", "S1/2026", "S2/2026"]).values()
        assert {ledger.get(turn, id_).invoice.customer_name for id_ in ids} == {SUPPLIER.name}


AFTER = Instalment(None, Decimal(70), "after acceptance")


@pytest.mark.parametrize(
    ("parts", "split"),
    [
        (
            (AFTER, Instalment(date(2026, 11, 16), Decimal(30))),
            [("2026-11-16", 3000), (None, 7000)],
        ),
        ((AFTER, Instalment(date(2026, 11, 16))), [("2026-11-16", 10000)]),
        ((Instalment(None, Decimal(100)), Instalment(date(2026, 11, 16))), [("2026-11-16", 10000)]),
        ((AFTER, Instalment(date(2026, 11, 16), Decimal(40))), [("2026-11-16", 10000)]),
    ],
)
def test_part_without_a_day_is_due_on_none(
    parts: tuple[Instalment, ...], split: list[tuple[str | None, int]]
) -> None:
    assert instalments(BILL._replace(instalments=parts), 10_000, "PLN") == split


def test_only_what_has_a_day_is_overdue(turns: Turns) -> None:
    sale = BILL._replace(
        seller=OURS,
        buyer=SUPPLIER,
        instalments=(AFTER, Instalment(date(2026, 11, 16), Decimal(30))),
    )
    books(turns, sale)
    with turns.turn(HOME) as turn:
        (entry,) = ledger.look_up(turn, "9/2026").entries
        assert [(part.due_on, part.amount) for part in entry.state.parts] == [
            (date(2026, 11, 16), 3000),
            (None, 7000),
        ]
        items = balances.items(turn, direction="receivable", day=date(2026, 11, 23), customers=None)
        assert [(one.due_on, one.outstanding) for one in items if one.number == "9/2026"] == [
            (date(2026, 11, 16), 3000),
            (None, 7000),
        ]


lines = st.lists(
    st.builds(
        Netting,
        id=st.integers(1, 10**6),
        share=st.one_of(st.none(), st.integers(-500, 0)),
        invoice=st.integers(1, 99),
        open=st.integers(0, 1000),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda line: line.id,
)


@given(st.integers(-5000, 500), lines)
def test_correction_gives_all_it_has_where_a_line_tells_no_share(
    given_: int, lines: list[Netting]
) -> None:
    amounts = distribute(given_, lines)
    if any(line.share is None for line in lines):
        assert sum(amount for _, amount in amounts.values()) == given_
    assert all(amounts[line.id][1] == line.share for line in lines if line.share is not None)
