"""Lists of customers, people and rates are tables like any other: whichever program wrote them,
they are read the same, and what cannot be read is named by its row, column and cell.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.kit.errors import Problem
from bot.kit.tables.lists import Outcome, Record, Taken, records, take
from bot.kit.tables.vocabulary import Vocabulary
from handlers.ledger.rates.book import RATES
from handlers.ledger.service.customer_import import CUSTOMERS
from handlers.people.model.personnel import HEADINGS, facts_of
from tests.invoices.samples import workbook_with

Rows = Sequence[Sequence[object]]
TITLE: Rows = [["Wykaz z 30.11.2026"], []]
CUSTOMER: Rows = [["Nazwa", "NIP", "Kraj"], ["Łąka Sp. z o.o.", 7251100033, "PL"]]
PERSON: Rows = [
    ["Osoba", "Data zatrudnienia", "Wynagrodzenie zasadnicze"],
    ["U1", date(2019, 4, 13), 9400.5],
]
RATE: Rows = [
    ["Tabela", "Od", "Do", "Stopa", "Źródło"],
    ["PL-business", date(2027, 1, 13), date(2027, 6, 30), 13.25, "M.P."],
]
LISTS = pytest.mark.parametrize(
    ("vocabulary", "rows"), [(CUSTOMERS, CUSTOMER), (HEADINGS, PERSON), (RATES, RATE)]
)


def as_text(rows: Rows, delimiter: str) -> str:
    return "".join(delimiter.join(map(_polish, row)) + "\r\n" for row in rows)


def _polish(cell: object) -> str:
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def told(record: Record) -> dict[str, object]:
    """The facts of a row, as each user asks for them."""
    days = {name: record.day(name) for name in record.texts() if name in DAYS}
    sums = {name: record.amount(name) for name in record.texts() if name in SUMS}
    return {**record.texts(), **days, **sums}


DAYS, SUMS = ("from", "to", "started_on"), ("rate", "base_pay")


@LISTS
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso-8859-2"])
def test_list_is_the_same_whichever_program_wrote_it(
    vocabulary: Vocabulary, rows: Rows, delimiter: str, encoding: str
) -> None:
    text = as_text([*TITLE, *rows], delimiter).encode(encoding)
    [from_text] = records("list.csv", text, vocabulary)
    [from_book] = records("list.xlsx", workbook_with([*TITLE, *rows]), vocabulary)
    assert (from_text.line, from_book.line) == (4, 4)
    assert told(from_text) == told(from_book)


def taken(content: bytes, vocabulary: Vocabulary = CUSTOMERS) -> tuple[list[str], Outcome]:
    names: list[str] = []

    def save(record: Record) -> Taken:
        names.append(record.text(next(iter(vocabulary.words))))
        return "added"

    return names, take("klienci.xlsx", content, vocabulary, save)


def test_every_sheet_of_a_workbook_is_read_or_said() -> None:
    other = [["Miasto", "Ulica", "Kod"], ["Łódź", "Łąkowa", "90-001"]]
    names, done = taken(workbook_with(CUSTOMER, [["a note"]], [["Klient"], ["Bór"]], other))
    assert names == ["Łąka Sp. z o.o.", "Bór"]
    [refused] = done.problems
    assert (refused.sheet, done.added, done.failed) == ("Sheet3", 2, 1)
    assert str(refused.problem).startswith("The sheet “Sheet3” was not read")


def test_hidden_sheet_is_said_and_not_taken() -> None:
    book = load_workbook(BytesIO(workbook_with(CUSTOMER, CUSTOMER)))
    book.worksheets[1].sheet_state = "hidden"
    written = BytesIO()
    book.save(written)
    names, done = taken(written.getvalue())
    assert (len(names), done.added) == (1, 1)
    assert [str(refused.problem) for refused in done.problems] == [
        "The sheet “Sheet1” is hidden and was not read."
    ]


def test_hidden_rows_and_columns_of_a_list_are_taken_and_said() -> None:
    book = load_workbook(BytesIO(workbook_with([*CUSTOMER, ["Bór", None, "PL"]])))
    book.worksheets[0].row_dimensions[3].hidden = True
    book.worksheets[0].column_dimensions["B"].hidden = True
    written = BytesIO()
    book.save(written)
    names, done = taken(written.getvalue())
    assert (names, done.failed) == (["Łąka Sp. z o.o.", "Bór"], 0)
    assert list(map(str, done.remarks)) == [
        "Hidden rows were read too: 1, at line 3.",
        "Hidden columns were read too: NIP.",
    ]


def test_row_of_sums_below_a_list_is_nobody() -> None:
    rows = "Klient;Obrót;Miasto\nBór;12,00;\nTotal;;Paryż\nSuma;;\nRAZEM:;12,00;\n"
    assert taken(rows.encode())[0] == ["Bór", "Total", "Suma"]


@pytest.mark.parametrize(
    ("vocabulary", "text", "sentence"),
    [
        (CUSTOMERS, "NIP;Kraj\n1;PL\n", "klienci.xlsx lacks a column, headed with one of: “name”"),
        (HEADINGS, "Etat\n1\n", "headed with one of: “person”, “employee”, “osoba”"),
        (RATES, "table;rate;source\nPL;1;s\n", "headed with one of: “from”"),
        (RATES, "", "headed with one of: “table”"),
        (CUSTOMERS, 'Nazwa\n"' + "x" * 200_000, "cannot be read at line 2"),
        (
            RATES,
            "table;from;to;rate;source\nEU-business;01/02/2026;01/03/2026;10;s\n",
            "Line 2: “01/02/2026” in the column “from” is a day of either order",
        ),
        (
            HEADINGS,
            "person;base pay\nU1;9.400\n",
            "Line 2: the sign in “9.400” in the column “base pay”",
        ),
    ],
)
def test_what_a_whole_list_leaves_open_is_refused_with_its_cell(
    vocabulary: Vocabulary, text: str, sentence: str
) -> None:
    with pytest.raises(Problem) as refused:
        taken(text.encode(), vocabulary)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("column", "text", "example"),
    [
        ("Data zatrudnienia", "wczoraj", "2026-07-01"),
        ("Data zatrudnienia", "20.11.126", "2026-07-01"),
        ("Wynagrodzenie zasadnicze", "-1", "9400.00"),
        ("Wynagrodzenie zasadnicze", "1e9", "9400.00"),
        ("Rodzaj umowy", "ustna", "employment, mandate, specific_work, appointment"),
        ("Okres próbny", "może", "yes, no"),
        ("Waluta", "złote", "PLN"),
        ("Wynagrodzenia", "2026-08 9400.00", "2026-08 9400.00 6700.00"),
        ("Wynagrodzenia", "2026-13 9400.00 6700.00", "2026-08 9400.00 6700.00"),
        ("Wynagrodzenia", "2026-08 9400.00 NaN", "2026-08 9400.00 6700.00"),
        ("Potrącenia", "komornik 300", "bailiff: 300.00"),
        ("Potrącenia", "komornik: 3o0", "bailiff: 300.00"),
    ],
)
def test_cell_of_a_person_that_cannot_be_read_is_named(
    column: str, text: str, example: str
) -> None:
    [record] = records("kadry.csv", f"Osoba;{column}\nU1;{text}\n".encode(), HEADINGS)
    with pytest.raises(Problem) as refused:
        facts_of(record)
    assert str(refused.value) == (
        f"“{text}” in the column “{column}” cannot be read. Write it as {example}."
    )


def test_pay_and_deductions_are_read_as_people_write_them() -> None:
    cells = {
        "base pay": "9 400,50",
        "pay": "2026-08 9400,00 6700.5; 2026-09 9.400,00 6.710,00",
        "deductions": "komornik: 300; pożyczka: 1 100,00",
    }
    text = f"person;{';'.join(cells)}\nU1;" + ";".join(f'"{cell}"' for cell in cells.values())
    [record] = records("kadry.csv", text.encode(), HEADINGS)
    assert facts_of(record) == {
        "base_pay": "9400.50",
        "months": [["2026-08-01", "9400.00", "6700.5"], ["2026-09-01", "9400.00", "6710.00"]],
        "deductions": [["komornik", "300"], ["pożyczka", "1100.00"]],
    }
    assert record.amount("base_pay") == Decimal("9400.50")
