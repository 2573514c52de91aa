"""Bank files written after what people reported of other programs, each as it is read."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.errors import Problem
from handlers.ledger.statements.problems import EntryUnreadable
from handlers.ledger.statements.reader import as_json, read
from tests.ledger.test_statements_identity import Books

READINGS: dict[str, list[dict[str, object]]] = json.loads(
    (Path(__file__).parent / "reported.json").read_text(encoding="utf-8")
)
HEAD = ":20:1\n:25:PL86109010140000000712340001\n:28C:1\n:60F:C260101PLN1000,00\n"


@pytest.fixture
def reported(data: Path) -> Path:
    return data / "reported" / "money"


@pytest.mark.parametrize("name", READINGS)
def test_a_reported_file_is_read_as_it_was(name: str, reported: Path) -> None:
    assert _as_read(reported / name) == READINGS[name]


def _as_read(file: Path) -> list[dict[str, object]]:
    """The statements of a file, or the sentence that refuses it."""
    try:
        return [_without_nothing(as_json(one)) for one in read(file)]
    except Problem as refused:
        return [{"refused": str(refused)}]


def _without_nothing(statement: dict[str, object]) -> dict[str, object]:
    entries: list[dict[str, object]] = statement["entries"]  # type: ignore[assignment]
    kept = [
        {key: fact for key, fact in entry.items() if fact is not None and key != "currency"}
        for entry in entries
    ]
    return {**statement, "entries": kept}


def amount(written: str, closing: str) -> str:
    text = f"{HEAD}:61:2601050105{written}NTRFNONREF//X12345\n:86:a\n:62F:C260105PLN{closing}\n"
    [statement] = read(text.encode())
    assert statement.balanced
    return str(statement.entries[0].amount)


@pytest.mark.parametrize(
    ("written", "closing", "read_as"),
    [
        ("C1.234,56", "2234,56", "1234.56"),
        ("C1 234,56", "2.234,56", "1234.56"),
        ("C1'234'567,8", "1 235 567,80", "1234567.8"),
        ("C1,234.56", "2,234.56", "1234.56"),
        ("C1.234.567", "1235567,", "1234567.0"),
        ("CN1234.5", "2234,50", "1234.5"),
        ("D-104,12", "1104,12", "104.12"),
        ("C-104,12", "895,88", "-104.12"),
        ("D-104,12", "895,88", "-104.12"),
        ("RC100,00", "900,00", "-100.00"),
    ],
)
def test_an_amount_of_mt940_is_read_whole(written: str, closing: str, read_as: str) -> None:
    assert amount(written, closing) == read_as


@pytest.mark.parametrize(
    "written",
    ["C1.234", "C1,234", "C1.23.4", "C1 23,4", "C--1,00", "C12.34,567", "C1,2,3", "C1,234,56"],
)
def test_an_amount_that_can_be_read_in_two_ways_or_none_is_refused(written: str) -> None:
    text = f"{HEAD}:61:2601050105{written}NTRFNONREF\n:86:a\n"
    with pytest.raises(EntryUnreadable, match="line 5"):
        read(text.encode())


def test_a_minus_that_no_balance_proves_is_refused() -> None:
    text = f"{HEAD}:61:2601050105D-104,12NTRFNONREF\n:86:a\n"
    with pytest.raises(Problem, match="D-104,12"):
        read(text.encode())
    with pytest.raises(Problem, match="D-104,12"):
        read(f"{text}:62F:C260105PLN5,00\n".encode())


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_line_is_booked_once_whichever_way_its_account_is_written(
    order: tuple[int, int], reported: Path
) -> None:
    files = ("double/mt940-account-with-currency.sta", "double/same-line.camt053.xml")
    books = Books()
    booked = [books.take(read(reported / files[place])) for place in order]
    assert booked == [1, 0]


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("TEL +48601222333", "020+00PRZELEW+20TEL +48601222333+21DZIEKUJE+32KOWAL"),
        ("TEL +36301234567", "020+00PRZELEW+20TEL +36301234567+21DZIEKUJE+32KOWAL"),
        ("2^50 SZT.", "020^00PRZELEW^202^50 SZT.^32KOWAL"),
    ],
)
def test_a_separator_within_a_title_is_a_sign_of_the_title(title: str, parts: str) -> None:
    text = f"{HEAD}:61:2601050105C1,00NTRFNONREF\n:86:{parts}\n:62F:C260105PLN1001,00\n"
    [entry] = read(text.encode())[0].entries
    assert entry.title.startswith(title)
    assert entry.counterparty == "KOWAL"


def test_a_dash_on_a_line_of_its_own_ends_the_statement_where_another_begins() -> None:
    text = f"{HEAD}:61:2601050105C1,00NTRFNONREF\n:86:a\n-\nBANK\n{HEAD}:61:2601050105C2,00N\n"
    first, second = read(text.encode())
    assert (first.entries[0].title, len(second.entries)) == ("a", 1)


@given(
    amounts=st.lists(st.integers(-99_999, 99_999).filter(bool), min_size=1, max_size=8),
    data=st.data(),
)
def test_lines_turned_lost_or_doubled_are_never_called_balanced(
    amounts: list[int], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(amounts) - 1))
    turned, lost = list(amounts), [*amounts[:place], *amounts[place + 1 :]]
    turned[place] = -turned[place]
    doubled = [*amounts, amounts[place]]
    closing = 100_000_00 + sum(amounts)
    assert [_is_balanced(each, closing) for each in (amounts, turned, lost, doubled)] == [
        True,
        False,
        False,
        False,
    ]


def _is_balanced(amounts: list[int], closing: int) -> bool | None:
    lines = "".join(
        f":61:260105{'C' if amount > 0 else 'D'}{_written(abs(amount))}NTRF\n:86:a\n"
        for amount in amounts
    )
    head = HEAD.replace("PLN1000,00", "PLN100000,00")
    return read(f"{head}{lines}:62F:C260105PLN{_written(closing)}\n".encode())[0].balanced


def _written(minor: int) -> str:
    return f"{minor // 100},{minor % 100:02d}"


MOVEMENTS = "Data księgowania;Kwota;Waluta;Tytuł\n2026-01-02;100,00;PLN;Alfa\n"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (f'{MOVEMENTS}2026-01-03;2,00;PLN;"Beta\n2026-01-04;3,00;PLN;Gamma\n', "line 3"),
        (f'{MOVEMENTS}2026-01-03;2,00;PLN;"B\n2026-01-04;3,00;PLN;"C"\n', "line 3"),
        ("Date,Text,Currency,Amount\n2026-01-02,Alfa,USD,1,234.50\n", "Line 2: “234.50”"),
        ("Date,Text,Currency,Amount\n2026-01-02,Alfa,EUR,12,50\n", "Line 2: “50”"),
        ("Data;Tytuł;Kwota;Saldo;Waluta\n2026-01-02;FV 12; 34;100,00;9,00;PLN\n", "Line 2: “PLN”"),
        (
            "Date,Amount,Currency,Amount,Currency\n2026-01-02,100.00,EUR,430.00,PLN\n",
            "two columns are headed “Amount”",
        ),
        (MOVEMENTS.replace("100,00", "100,00 EUR"), "“100,00 EUR” in the column “Kwota”"),
        ("Data;Kwota;Waluta\n26-01-02;1,00;PLN\n26-01-15;2,00;PLN\n", "“26-01-15”"),
    ],
    ids=[
        *("quote-never-closed", "quote-closed-by-another", "thousands", "decimals", "title"),
        *("heading-twice", "other-currency", "short-year-first"),
    ],
)
def test_bank_table_whose_cells_are_not_what_they_seem_is_refused(table: str, said: str) -> None:
    with pytest.raises(Problem, match=said):
        read(table.encode())


def test_cells_of_several_lines_and_marks_within_them_are_read() -> None:
    rows = '2026-01-03;2,00;PLN;"Beta\nul. Długa 5; lok. 3"\n2026-01-04;3,00;PLN;"Gamma" i syn;\n'
    [statement] = read((MOVEMENTS + rows).encode())
    assert [entry.amount for entry in statement.entries] == [100, 2, 3]


def test_amounts_of_several_currencies_are_as_many_statements() -> None:
    statements = read("Data;Kwota;Tytuł\n2026-01-02;1,00 EUR;A\n2026-01-03;2,00 PLN;B\n".encode())
    assert [(each.currency, len(each.entries)) for each in statements] == [("EUR", 1), ("PLN", 1)]


def test_days_of_one_month_in_several_years_are_read_day_first() -> None:
    [statement] = read(b"Data;Kwota;Waluta\n15.12.25;1,00;PLN\n15.01.26;2,00;PLN\n")
    assert [f"{entry.booked_on}" for entry in statement.entries] == ["2025-12-15", "2026-01-15"]
