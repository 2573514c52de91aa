"""Banks' movements in a spreadsheet: read as their CSV is, sheet by sheet, and nothing of it in
silence.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from bot.kit.tables.values import DirectionUnclear
from handlers.invoices.formats.tables.vocabulary import INVOICES
from handlers.ledger.statements import tables
from handlers.ledger.statements.problems import (
    CellUnreadable,
    ColumnsUnknown,
    NoStatement,
    TableOfInvoices,
)
from handlers.ledger.statements.reader import read
from handlers.ledger.statements.values import Statement
from tests.ledger.workbooks import (
    as_workbook,
    book,
    movements,
    prefixed,
    rewritten,
    written,
)

FILES = Path(__file__).parent / "files"
BANKS = sorted(file.stem for file in FILES.glob("*.csv") if file.stem != "open_items")
JANUARY = movements(("2026-01-05", "FV/1", "100.00"), ("2026-01-06", "prąd", "-40.00"))
FEBRUARY = movements(("2026-02-05", "FV/2", "200.50"))
EMPTIED = '<c r="{}" t="str"><f>IF(TRUE,"",1)</f><v></v></c>'
BILLS = [["Numer faktury", "Nabywca", "Kwota brutto", "Waluta"], ["F/1", "Kowal", 9, "PLN"]]


def sums(statements: list[Statement]) -> list[list[str]]:
    return [[str(entry.amount) for entry in item.entries] for item in statements]


def remarks(content: bytes) -> list[str]:
    return [str(remark) for item in read(content) for remark in item.remarks]


@pytest.mark.parametrize("bank", BANKS)
def test_workbook_of_a_bank_is_read_as_its_csv_is(bank: str) -> None:
    text = (FILES / f"{bank}.csv").read_text()
    from_text, from_book = read(text.encode()), read(as_workbook(text))
    assert [item.format for item in from_book] == ["xlsx"] * len(from_text)
    assert [replace(item, format="csv") for item in from_book] == from_text


def test_each_sheet_is_a_statement_of_its_own() -> None:
    statements = read(written(book({"Styczeń": JANUARY, "Luty": FEBRUARY})))
    assert sums(statements) == [["100", "-40"], ["200.5"]]
    assert [item.remarks for item in statements] == [(), ()]


def test_balances_of_a_sheet_prove_that_sheet_alone() -> None:
    def told(closing: int) -> list[list[object]]:
        return [["Saldo początkowe", 10], ["Saldo końcowe", closing], *JANUARY]

    statements = read(written(book({"A": told(70), "B": told(71), "C": JANUARY})))
    assert [item.balanced for item in statements] == [True, False, None]


@pytest.mark.parametrize(
    ("cells", "problem", "sentence"),
    [
        (["wczoraj", "a", 1, "PLN"], CellUnreadable, "“wczoraj” in the column “Data operacji”"),
        ([None, "a", 1, "PLN"], CellUnreadable, "“” in the column “Data operacji”"),
        (
            ["2026-02-06", "a", "=SUM(C2)", "PLN"],
            CellUnreadable,
            "“=SUM(C2)” in the column “Kwota”",
        ),
    ],
)
def test_cell_that_cannot_be_read_is_refused_with_its_sheet_and_row(
    cells: list[object], problem: type[CellUnreadable], sentence: str
) -> None:
    content = written(book({"Styczeń": JANUARY, "Luty": [*FEBRUARY, cells]}))
    with pytest.raises(problem) as refused:
        read(content)
    assert f"Line Luty 3 of the table: {sentence}" in str(refused.value)


def test_direction_that_nobody_knows_is_refused_with_its_sheet_and_row() -> None:
    rows = [
        [*JANUARY[0], "D/C"],
        ["2026-01-05", "a", 1, "PLN", "C"],
        ["2026-01-06", "b", 2, "PLN", "?"],
    ]
    with pytest.raises(DirectionUnclear, match=r"Line Luty 3: “\?” in the column “D/C”"):
        read(written(book({"Styczeń": JANUARY, "Luty": rows})))


def test_sheet_that_is_hidden_or_of_something_else_is_said_and_not_read() -> None:
    other = [["Miasto", "Ulica", "Kod"], ["Łódź", "Łąkowa", "90-001"]]
    made = book({"Styczeń": JANUARY, "robocze": FEBRUARY, "Adresy": other}, hidden_sheet="robocze")
    assert sums(read(written(made))) == [["100", "-40"]]
    assert remarks(written(made)) == [
        "The sheet “robocze” is hidden and was not read.",
        "The sheet “Adresy” was not read: none of its first rows heads such a table.",
    ]


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    made = book({"Styczeń": JANUARY, "Luty": movements(*[("2026-02-05", "a", "1.00")] * 9)})
    for line in (2, 3, 4, 7, 30):
        made["Luty"].row_dimensions[line].hidden = True
    made["Styczeń"].column_dimensions["C"].hidden = True
    made["Styczeń"].column_dimensions["F"].hidden = True
    assert [len(item.entries) for item in read(written(made))] == [2, 9]
    assert remarks(written(made)) == [
        "Hidden columns were read too: Kwota.",
        "Hidden rows were read too: 4, at line Luty 2–4, 7.",
    ]


def test_workbook_is_told_by_its_headings() -> None:
    mixed = written(book({"Faktury": BILLS, "Bank": JANUARY}))
    assert sums(read(mixed)) == [["100", "-40"]]
    assert remarks(mixed) == [
        "The sheet “Faktury” was not read: none of its first rows heads such a table."
    ]
    with pytest.raises(NoStatement):
        read(written(book({"Faktury": BILLS})))
    dated = [
        ["Data", "Numer faktury", "Nabywca", "Kwota", "Waluta"],
        ["2026-01-05", "F/1", "K", 9, "PLN"],
    ]
    assert sums(read(written(book({"Faktury": dated})))) == [["9"]]
    with pytest.raises(TableOfInvoices):
        tables.read(written(book({"Faktury": dated})), unlike=INVOICES)


def test_confirmed_layout_reads_the_sheets_with_its_headings() -> None:
    odd = [["Wann", "Wieviel", "Warum"], ["20.11.2026", 10, "INV-1"]]
    layout = tables.guess(written(book({"Styczeń": JANUARY})))
    content = written(book({"Luty": FEBRUARY, "Inne": odd}))
    (statement,) = tables.read(content, layout)
    assert statement.entries[0].amount == Decimal("200.5")
    assert [str(remark) for remark in statement.remarks] == [
        "The sheet “Inne” was not read: none of its first rows heads such a table."
    ]
    with pytest.raises(ColumnsUnknown):
        tables.read(written(book({"Inne": odd})), layout)


def test_account_whose_digits_a_spreadsheet_lost_is_none() -> None:
    heads = ["Data", "Kwota", "Waluta", "Rachunek kontrahenta", "Tytuł"]
    lost, whole = 12105010121000002300112233.0, 12345678
    rows = [
        heads,
        ["2026-01-05", 1, "PLN", lost, "a"],
        ["2026-01-06", 1, "PLN", whole, "b"],
        ["2026-01-07", 1, "PLN", "1,2105E+25", "c"],
    ]
    (statement,) = read(written(book({"Bank": rows})))
    assert [entry.counterparty_account for entry in statement.entries] == [None, "12345678", None]


def test_days_counted_from_1904_are_those_days_whether_they_look_like_days_or_numbers() -> None:
    made = book({"Bank": [*movements(("2026-01-05", "a", "41405.00")), [44566, "b", 2.5, "PLN"]]})
    made.epoch = CALENDAR_MAC_1904
    (statement,) = read(written(made))
    assert [(f"{entry.booked_on}", str(entry.amount)) for entry in statement.entries] == [
        ("2026-01-05", "41405"),
        ("2026-01-06", "2.5"),
    ]


def test_formula_that_gave_an_empty_text_is_an_empty_cell() -> None:
    rows = [*JANUARY, ["=A9", "=B9", "=C9", "=D9"]]
    gave = {f"{column}4": EMPTIED.format(f"{column}4") for column in "ABCD"}
    (statement,) = read(rewritten(written(book({"Bank": rows})), gave))
    assert [entry.title for entry in statement.entries] == ["FV/1", "prąd"]


@pytest.mark.parametrize("program", [bytes, prefixed])
def test_formula_without_a_value_is_never_taken_for_nothing(
    program: Callable[[bytes], bytes],
) -> None:
    several = ArrayFormula("C4:C5", "=SUM(C2:C3)")
    for formula in ("=SUM(C2:C3)", several):
        made = book({"Bank": [*JANUARY, [None, "c", None, "PLN"]]})
        made["Bank"]["C4"] = formula
        with pytest.raises(CellUnreadable, match=r"Line 4 .*“=SUM\(C2:C3\)” in the column"):
            read(program(written(made)))
