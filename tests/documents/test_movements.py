"""The statement as tables, and what moved an account: both come to what the ledger says."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.edge.turns import Turns
from bot.kit.tables.spreadsheet import Tab, as_xlsx
from bot.slack import HOME
from handlers.ledger.service import balances
from handlers.ledger.service.movements import movements
from storage.invoices import customers
from storage.turn import Turn
from tests.books import books, rules
from tests.driver import Office, Seen

__all__ = ["books", "rules"]

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("days", [0, 1, 20, 60, 400])
def test_balance_before_and_what_moved_it_make_the_balance_after(books: Turns, days: int) -> None:
    with books.turn(HOME) as turn:
        since = TODAY - timedelta(days=days)
        moved_in_all = 0
        for customer in (each.id for each in customers.everybody(turn)):
            before, moved = movements(turn, customer, since, TODAY)
            moved_in_all += len(moved)
            assert {k: v for k, v in before.items() if v} == _in_sum(
                turn, customer, since - timedelta(1)
            )
            after = dict(before)
            for each in moved:
                assert since <= each.on <= TODAY
                after[each.currency] = after[each.currency] + each.amount
            assert {k: v for k, v in after.items() if v} == _in_sum(turn, customer, TODAY)
    assert moved_in_all or not days


def _in_sum(turn: Turn, customer: int, day: date) -> dict[str, int]:
    existing = balances.balance(turn, direction="receivable", day=day, customers=[customer])
    return {each.currency: each.in_sum for each in existing if each.in_sum}


def _kowalska(turn: Turn) -> int:
    (customer,) = [each.id for each in customers.everybody(turn) if "Kowalska" in each.name]
    return customer


def ordered(office: Office, **fields: str) -> tuple[Seen, Seen]:
    """A statement of Kowalska's account: its tables and its paper."""
    office.beata.types("/document zestawienie należności Kowalska", "#general")
    office.beata.fills(fields).submits()
    tables, paper = [seen for seen in office.beata.dm if seen.files][-2:]
    return tables, paper


def opened(office: Office, seen: Seen) -> dict[str, list[tuple[object, ...]]]:
    content = office.world.store.bytes_of(seen.files[0]["id"]) or b""
    book = load_workbook(BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_statement_comes_as_tables_beside_the_paper(office: Office, books: Turns) -> None:
    tables, paper = ordered(office)
    assert tables.files[0]["name"].endswith(".xlsx")
    assert paper.files[0]["name"].endswith(".pdf")
    (name, rows) = next(iter(opened(office, tables).items()))
    assert name == "Zestawienie należności"
    assert rows[0][1] == "Numer faktury"
    with books.turn(HOME) as turn:
        kowalska = _kowalska(turn)
        owed = balances.balance(turn, direction="receivable", day=TODAY, customers=[kowalska])
    for balance in owed:
        sums = [
            row[10]
            for row in rows[1:]
            if row[7] == balance.currency and row[0] == "Pozycja otwarta"
        ]
        assert sum(Decimal(str(value)) for value in sums) == Decimal(balance.open) / 100


def test_movements_stand_in_both_where_they_are_asked_for(office: Office, books: Turns) -> None:
    tables, _ = ordered(office, movements_since="2026-09-01")
    rows = opened(office, tables)["Obroty"]
    with books.turn(HOME) as turn:
        kowalska = _kowalska(turn)
        in_sum = _in_sum(turn, kowalska, TODAY)
    last = {row[3]: row[5] for row in rows[1:]}
    assert {k: Decimal(str(v)) for k, v in last.items() if v} == {
        currency: Decimal(minor) / 100 for currency, minor in in_sum.items()
    }


def test_movements_after_the_day_of_the_statement_are_refused_at_their_field(
    office: Office, books: Turns
) -> None:
    office.beata.types("/document zestawienie należności Kowalska 2026-10-31", "#general")
    office.beata.fills(movements_since="2026-11-01").submits()
    (said,) = office.beata.modal.errors.items()
    assert said == (
        "Obroty od dnia",
        "Ten dzień jest późniejszy niż data dokumentu (31 paź 2026). Wybierz wcześniejszy.",
    )
    assert not any(seen.files for seen in office.beata.dm)
    office.beata.fills(movements_since="2026-10-31").submits()
    assert len([seen for seen in office.beata.dm if seen.files]) == 2


def test_what_people_typed_is_no_formula() -> None:
    content = as_xlsx([Tab("tab", ["head"], [("=1+1",), ("+48 600",), ("\x07bell",)])])
    cells = [cell for (cell,) in load_workbook(BytesIO(content))["tab"].iter_rows(min_row=2)]
    assert [(cell.data_type, cell.value) for cell in cells] == [
        ("s", "=1+1"),
        ("s", "+48 600"),
        ("s", "bell"),
    ]
