"""Banks' own CSV: columns guessed from headings in three languages, amounts, balances, a mapping
that is kept.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.kit.errors import Problem
from bot.kit.tables.layout import Layout
from bot.kit.tables.values import TableBroken
from handlers.ledger.statements import tables
from handlers.ledger.statements.problems import CellUnreadable, ColumnsUnknown, NoStatement
from handlers.ledger.statements.reader import read
from handlers.ledger.statements.values import Entry, Statement

FILES = Path(__file__).parent / "files"


def sample(bank: str) -> str:
    return (FILES / f"{bank}.csv").read_text()


def only(text: str, encoding: str = "utf-8") -> Statement:
    [statement] = read(text.encode(encoding))
    assert statement.format == "csv"
    return statement


def first(statement: Statement) -> Entry:
    return statement.entries[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2", "utf-16"])
def test_mbank_in_any_encoding(encoding: str) -> None:
    statement = only(sample("mbank"), encoding)
    assert (statement.account, statement.currency) == ("61109010140000071219812874", "PLN")
    assert (statement.opening, statement.closing, statement.balanced) == (
        Decimal("1000.00"),
        Decimal("2228.50"),
        None,
    )
    assert first(statement) == Entry(
        date(2026, 11, 20),
        Decimal("1230.00"),
        "PLN",
        "PRZELEW WEWNĘTRZNY FV/2026/11/0042",
        "ALFA SP. Z O.O.",
        "12105010121000002300112233",
    )


def test_ing_newest_first_with_holds() -> None:
    statement = only(sample("ing"), "cp1250")
    assert [entry.amount for entry in statement.entries] == [Decimal("230.00"), Decimal("-20.00")]
    assert (statement.opening, statement.closing, statement.balanced) == (
        Decimal("1000.00"),
        Decimal("1210.00"),
        None,
    )
    assert (first(statement).title, first(statement).reference) == (
        "FV/2026/11/0051",
        "202632400000001",
    )


def test_pko_whose_cells_name_themselves() -> None:
    entry = only(sample("pko")).entries[-1]
    assert (entry.title, entry.counterparty) == ("FV/2026/11/0042", "ALFA SP. Z O.O.")
    assert (entry.counterparty_account, entry.end_to_end) == ("61109010140000071219812874", "ZL-77")


def test_millennium_with_two_columns_of_money() -> None:
    statement = only(sample("millennium"))
    assert [entry.amount for entry in statement.entries] == [Decimal("1230.00"), Decimal("-30.00")]
    assert (statement.account, statement.closing) == (
        "PL61109010140000071219812874",
        Decimal("2200.00"),
    )


def test_pekao_with_two_accounts_takes_the_other_ones() -> None:
    entry = first(only(sample("pekao")))
    assert (entry.booked_on, entry.counterparty_account) == (
        date(2026, 11, 20),
        "12105010121000002300112233",
    )


def test_kh_with_whole_forints_and_dots_in_dates() -> None:
    statement = only(sample("kh"))
    assert (statement.account, statement.currency) == ("104000001234000000000000", "HUF")
    assert [entry.amount for entry in statement.entries] == [Decimal("127000"), Decimal("-1500")]
    assert (first(statement).title, first(statement).counterparty) == (
        "E-KELE-2026-55",
        "Szabó és Társa Kft.",
    )


def test_otp_where_a_letter_gives_the_sign() -> None:
    statement = only(sample("otp"), "cp1250")
    assert [entry.amount for entry in statement.entries] == [
        Decimal("38100.00"),
        Decimal("-1500.00"),
    ]
    assert first(statement).booked_on == date(2026, 11, 20)


def test_english_with_points_and_thousands() -> None:
    statement = only(sample("wise"))
    assert (statement.opening, statement.closing, statement.balanced) == (
        Decimal("1000.00"),
        Decimal("2400.00"),
        None,
    )
    assert [entry.counterparty for entry in statement.entries] == [
        "NORTHWIND TRADING LTD",
        "LANDLORD",
    ]
    assert "INV-2026-0042" in first(statement).title


def test_missing_row_is_told_by_the_balances() -> None:
    rows = sample("mbank").splitlines(keepends=True)
    third = '2026-11-20;2026-11-20;PRZELEW;"FV 7";"BETA";\'\';10,00;9 999,00;\n'
    assert only("".join([*rows[:9], third, *rows[9:11]])).balanced is False


def test_currencies_in_one_file_are_statements_of_their_own() -> None:
    text = "Date,Amount,Currency,Description\n2026-11-20,1.00,EUR,a\n2026-11-20,2.00,USD,b\n2026-11-21,3.00,EUR,c\n"
    assert [(s.currency, len(s.entries)) for s in read(text.encode())] == [("EUR", 2), ("USD", 1)]


def test_pending_lines_are_not_booked() -> None:
    rows = "2026-11-20,a,1.00,EUR,COMPLETED\n2026-11-20,b,2.00,EUR,PENDING\n"
    text = f"Completed Date,Description,Amount,Currency,State\n{rows}"
    assert [entry.title for entry in only(text).entries] == ["a"]


def test_layout_is_kept_and_used_again() -> None:
    layout = tables.guess(sample("mbank").encode())
    assert (layout.heading("booked_on"), len(layout.places("title"))) == ("#Data księgowania", 3)
    kept = Layout.from_json(layout.remembered())
    assert tables.read(sample("mbank").encode(), kept) == read(sample("mbank").encode())


def test_confirmed_layout_is_obeyed() -> None:
    text = "Wann;Wieviel;Warum\n20.11.2026;10,00;INV-1\n"
    columns = {"booked_on": (0,), "amount": (1,), "title": (2,)}
    layout = Layout(
        "payments", ("Wann", "Wieviel", "Warum"), columns, ",", "dmy", {"currency": "EUR"}
    )
    [statement] = tables.read(text.encode(), layout)
    assert first(statement) == Entry(date(2026, 11, 20), Decimal("10.00"), "EUR", "INV-1")


def test_layout_of_another_bank_is_refused() -> None:
    with pytest.raises(ColumnsUnknown):
        tables.read(sample("kh").encode(), tables.guess(sample("mbank").encode()))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a;b;c\n1;2;3\n", NoStatement),
        ("Data;Kwota;Tytuł\n", NoStatement),
        ("Data;Kwota;Tytuł\n2026-11-20;sto złotych;x\n", CellUnreadable),
        ("Data;Kwota;Tytuł\n9999-12-31;1,00;x\n", CellUnreadable),
        ("Data;Kwota;Tytuł\n2026-11-20;1,00;x\n2026-11-20;1234.50;x\n", CellUnreadable),
        (f"Data;Kwota;Tytuł\n2026-11-20;{'9' * 16},00;x\n", CellUnreadable),
        ("", NoStatement),
        ("\x00" * 100, NoStatement),
        ('Data;Kwota;Tytuł\n2026-11-20;1,00;"' + "x" * 200_000, TableBroken),
    ],
)
def test_what_cannot_be_read_is_one_sentence(text: str, problem: type[Problem]) -> None:
    with pytest.raises(problem) as refused:
        read(text.encode())
    assert "\n" not in str(refused.value)
