"""Which way money went in banks' tables: never income by default, and never called balanced
unless the balances prove it.
"""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.errors import Problem
from bot.kit.tables.layout import Layout
from bot.kit.tables.values import AmountUnclear, DayUnclear, DirectionUnclear
from handlers.ledger.statements import tables
from handlers.ledger.statements.problems import CellUnreadable
from handlers.ledger.statements.reader import read
from tests.ledger.workbooks import book, written

TWO_COLUMNS = "Data operacji;Tytuł;Obciążenia;Uznania;Saldo;Waluta"
ONE_COLUMN = "Data operacji;Tytuł;Kwota;Waluta"


def amounts(*lines: str) -> list[str]:
    (statement,) = read("\n".join(lines).encode())
    return [str(entry.amount) for entry in statement.entries]


@pytest.mark.parametrize(
    ("headings", "inwards", "outwards"),
    [
        ("Date;Description;Amount;Type", "CREDIT", "DEBIT"),
        ("Data operacji;Tytuł;Kwota;Typ operacji", "Uznanie", "Obciążenie"),
        ("Data operacji;Tytuł;Kwota;Wn/Ma", "Ma", "Winien"),
        ("Data operacji;Tytuł;Kwota;Strona operacji", "uznania", "obciążenia"),
        ("Buchungstag;Verwendungszweck;Betrag;Soll/Haben", "Haben", "Soll"),
        ("Buchungstag;Verwendungszweck;Betrag;S/H", "H", "S"),
        ("Könyvelés dátuma;Közlemény;Összeg;Terhelés/jóváírás", "Jóváírás", "Terhelés"),
        ("Könyvelés dátuma;Közlemény;Összeg;T/J", "J", "T"),
        ("Date;Description;Amount;CdtDbtInd", "CRDT", "DBIT"),
        ("Date;Description;Amount;+/-", "+", "-"),
        ("Date;Description;Amount;Amount type", "income", "expense"),
        ("Date;Description;Amount;Type", "inflow", "outflow"),
        ("Date;Description;Amount;Af Bij", "Bij", "Af"),
        ("Date;Description;Amount;Sens", "Crédit", "Débit"),
    ],
)
def test_words_of_directions_give_the_sign(headings: str, inwards: str, outwards: str) -> None:
    rows = (f"2026-01-05;a;100,00;{inwards}", f"2026-01-06;b;50,00;{outwards}")
    assert amounts(headings, *rows) == ["100.00", "-50.00"]
    assert amounts(headings, rows[1]) == ["-50.00"]


@pytest.mark.parametrize("word", ["", "Przelew", "?"])
def test_direction_that_nobody_knows_is_refused_with_its_row_and_cell(word: str) -> None:
    text = f"{ONE_COLUMN};D/C\n2026-01-05;a;1,00;PLN;C\n2026-01-06;b;2,00;PLN;{word}\n"
    with pytest.raises(DirectionUnclear) as refused:
        read(text.encode())
    assert f"Line 3: “{word}” in the column “D/C”" in str(refused.value)


@pytest.mark.parametrize("heading", ["D/K", "Konto D K", "12"])
def test_words_for_money_out_are_obeyed_whatever_their_heading(heading: str) -> None:
    text = f"{ONE_COLUMN};{heading}\n2026-01-05;a;1,00;PLN;D\n2026-01-06;b;2,00;PLN;K\n"
    with pytest.raises(DirectionUnclear) as refused:
        read(text.encode())
    assert f"Line 3: “K” in the column “{heading}”" in str(refused.value)


@pytest.mark.parametrize(
    "rows",
    [
        ("2026-01-05;a;1,00;PLN;Wn", "2026-01-06;b;-2,00;PLN;Ma"),
        *[tuple(f"2026-01-0{n};a;1,00;PLN;{word}" for n, word in enumerate("DEFGH", 1))],
        ("2026-01-05;a;1,00;PLN;Kawa", "2026-01-06;b;2,00;PLN;Ma"),
    ],
)
def test_column_that_says_something_else_is_no_direction(rows: tuple[str, ...]) -> None:
    without = [row.rpartition(";")[0] for row in rows]
    assert amounts(f"{ONE_COLUMN};Uwagi", *rows) == amounts(ONE_COLUMN, *without)


PARTED = ("Wejście", "Wyjście", "Wejście")


@pytest.mark.parametrize("heading", ["Rodzaj ruchu", "Typ", "X"])
def test_unknown_words_that_part_the_rows_in_two_are_asked_about(heading: str) -> None:
    rows = [f"2026-01-0{n};a;1,00;PLN;{word}" for n, word in enumerate(PARTED, 1)]
    text = "\n".join([f"{ONE_COLUMN};{heading}", *rows, ""])
    with pytest.raises(DirectionUnclear) as refused:
        read(text.encode())
    assert f"Line 2: “Wejście” in the column “{heading}”" in str(refused.value)
    assert "direction" in tables.guess(text.encode()).asks


def test_balances_that_say_that_all_came_in_leave_nothing_to_ask() -> None:
    rows = [f"2026-01-0{n};a;1,00;PLN;{n},00;{word}" for n, word in enumerate(PARTED, 1)]
    text = "\n".join([f"{ONE_COLUMN};Saldo;Rodzaj ruchu", *rows, ""])
    (statement,) = read(text.encode())
    assert [str(entry.amount) for entry in statement.entries] == ["1.00"] * 3


def test_words_of_a_banks_own_are_confirmed_once() -> None:
    text = (
        f"{ONE_COLUMN};Typ;D/C\n2026-01-05;a;1,00;PLN;x;Wejście\n2026-01-06;b;2,00;PLN;x;Wyjście\n"
    )
    guessed = tables.guess(text.encode())
    assert "direction" in guessed.asks
    constants = {"currency": "PLN", "words_in": "wejscie", "words_out": "Wyjście, inne"}
    layout = Layout("payments", guessed.headings, guessed.columns, ",", "ymd", constants)
    (statement,) = tables.read(text.encode(), layout)
    assert [str(entry.amount) for entry in statement.entries] == ["1.00", "-2.00"]


def test_type_that_tells_no_direction_changes_nothing() -> None:
    rows = ("2026-01-05;a;100,00;TRANSFER", "2026-01-06;b;-50,00;DEBIT")
    assert amounts("Date;Description;Amount;Type", *rows) == ["100.00", "-50.00"]
    assert amounts("Date;Description;Amount;Type", rows[0]) == ["100.00"]


def test_minus_beside_a_direction_takes_back_or_is_the_sign_itself() -> None:
    heading = f"{ONE_COLUMN};D/C"
    back = ("2026-01-05;a;100,00;PLN;D", "2026-01-06;b;-100,00;PLN;D")
    signed = ("2026-01-05;a;-100,00;PLN;D", "2026-01-06;b;40,00;PLN;C")
    assert amounts(heading, *back) == ["-100.00", "100.00"]
    assert amounts(heading, *signed) == ["-100.00", "40.00"]


def test_minus_in_a_column_of_one_direction_takes_back() -> None:
    rows = ("2026-01-05;FV/1;;200,00;1200,00;PLN", "2026-01-06;STORNO;;-200,00;1000,00;PLN")
    fees = ("2026-01-07;fee;50,00;;950,00;PLN", "2026-01-08;fee back;-50,00;;1000,00;PLN")
    (statement,) = read("\n".join([TWO_COLUMNS, *rows, *fees]).encode())
    assert [str(entry.amount) for entry in statement.entries] == [
        "200.00",
        "-200.00",
        "-50.00",
        "50.00",
    ]
    assert statement.entries[0].booked_on == date(2026, 1, 5)


def test_column_of_debits_that_always_has_a_minus_is_money_out() -> None:
    rows = ("2026-01-05;a;;200,00;1200,00;PLN", "2026-01-07;fee;-50,00;;1150,00;PLN")
    assert amounts(TWO_COLUMNS, *rows) == ["200.00", "-50.00"]
    alone = "2026-01-07;fee back;-50,00;;1150,00;PLN"
    after = "2026-01-08;a;;10,00;1160,00;PLN"
    assert amounts(TWO_COLUMNS, alone, after) == ["-50.00", "10.00"]


def test_row_whose_day_cannot_be_read_stops_the_file() -> None:
    rows = ("2026-01-05;a;100,00;PLN", "wczoraj;b;200,00;PLN")
    with pytest.raises(CellUnreadable) as refused:
        amounts(ONE_COLUMN, *rows)
    assert "Line 3 of the table: “wczoraj” in the column “Data operacji”" in str(refused.value)
    with pytest.raises(CellUnreadable):
        amounts(ONE_COLUMN, rows[0], ";b;200,00;PLN")
    with pytest.raises(CellUnreadable):
        amounts(ONE_COLUMN, rows[0], "2026-01-06;b;;PLN")


def test_sums_and_balances_below_the_table_are_passed_over() -> None:
    below = (";Razem;200,00;PLN", "Saldo końcowe;;1 100,00;PLN", "2026-01-31;Suma;300,00;PLN")
    assert amounts(ONE_COLUMN, "2026-01-05;a;100,00;PLN", *below[:2]) == ["100.00"]
    assert amounts(ONE_COLUMN, "2026-01-05;Total Polska sp. z o.o.;1,00;PLN") == ["1.00"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (["2026-01-05;a;1.000;PLN", "2026-01-06;b;12.500;PLN"], AmountUnclear),
        (["01/02/2026;a;1.00;PLN", "03/04/2026;b;2.00;PLN"], DayUnclear),
    ],
)
def test_what_the_whole_table_leaves_open_is_refused(
    rows: list[str], problem: type[Problem]
) -> None:
    with pytest.raises(problem) as refused:
        amounts("Date;Description;Amount;Currency", *rows)
    assert "Line 2" in str(refused.value)


def test_order_of_days_is_decided_by_the_last_row_too() -> None:
    rows = [f"01/0{n % 9 + 1}/2026;a;1.00;USD" for n in range(800)]
    text = "\n".join(["Date;Description;Amount;Currency", *rows, "01/31/2026;a;1.00;USD"])
    (statement,) = read(text.encode())
    assert {entry.booked_on.month for entry in statement.entries} == {1}


@pytest.mark.parametrize(
    ("headings", "rows", "signed"),
    [
        ("Amount Debit,Amount Credit", ("-70.55,", ",120.00"), ["-70.55", "120.00"]),
        ("Debit,Credit", ("-70.55,", ",+120.00", ",-20.00"), ["-70.55", "120.00", "-20.00"]),
        ("Debit,Credit", ("70.55,0.00", "0.00,120.00"), ["-70.55", "120.00"]),
        ("Amount,Type", ("-70.55,DEBIT", "120.00,CREDIT"), ["-70.55", "120.00"]),
    ],
)
def test_two_columns_or_a_word_beside_signs_give_one_amount(
    headings: str, rows: tuple[str, ...], signed: list[str]
) -> None:
    lines = (f"2026-01-0{day},{row},PLN" for day, row in enumerate(rows, 1))
    (statement,) = read("\n".join([f"Date,{headings},Currency", *lines]).encode())
    assert [str(entry.amount) for entry in statement.entries] == signed


def test_amount_with_two_signs_is_refused_with_its_row() -> None:
    with pytest.raises(CellUnreadable, match=r"Line 2 .*“--21\.78”"):
        amounts("Date;Description;Amount;Currency", "2026-12-20;Rev:Purchase;--21.78;PLN")


def test_one_account_in_two_currencies_is_two_statements() -> None:
    account = "PL61109010140000071219812874"
    rows = [f"2026-01-05;a;10.00;{code};{account}" for code in ("PLN", "EUR")]
    text = "\n".join(["Date;Description;Amount;Currency;Account number", *rows])
    assert [(each.currency, len(each.entries)) for each in read(text.encode())] == [
        ("PLN", 1),
        ("EUR", 1),
    ]


def test_german_headings_are_known_in_both_spellings() -> None:
    for heading in ("Währung", "Waehrung", "WÄHRUNG", unicodedata.normalize("NFD", "Währung")):
        text = f"Buchungstag;Verwendungszweck;Betrag;{heading}\n02.02.2026;a;1,00;EUR\n"
        (statement,) = read(text.encode())
        assert statement.currency == "EUR"


_MONEY = st.integers(-99_999, 99_999).filter(bool)


@given(st.lists(_MONEY, min_size=3, max_size=8), st.data())
def test_statement_whose_rows_were_changed_is_never_called_balanced(
    cents: list[int], data: st.DataObject
) -> None:
    """With and without a column of balances, as text and as a workbook."""
    has_column, as_book = data.draw(st.booleans()), data.draw(st.booleans())
    rows, balance = [], 100_000
    for number, value in enumerate(cents, 1):
        balance += value
        rows.append((f"2026-01-{number:02}", value, balance))
    closing = balance
    assert _read(rows, closing, has_column, as_book) is True
    place = data.draw(st.integers(0, len(rows) - 1))
    day, value, after = rows[place]
    ways = {"drop": [], "double": [rows[place]] * 2, "flip": [(day, -value, after)]}
    changed = ways[data.draw(st.sampled_from(sorted(ways)))]
    spoiled = [*rows[:place], *changed, *rows[place + 1 :]]
    assert _read(spoiled, closing, has_column, as_book) is False
    assert _read(spoiled, None, has_column, as_book) is not True


def _read(
    rows: list[tuple[str, int, int]], closing: int | None, has_column: bool, as_book: bool
) -> bool | None:
    if as_book:
        return _read_book(rows, closing, has_column)
    told = f"Saldo początkowe;1000,00\nSaldo końcowe;{_plain(closing)}\n" if closing else ""
    head = "Data operacji;Tytuł;Kwota;Waluta;Saldo\n"
    lines = (
        f"{day};a;{_plain(value)};PLN;{_plain(after) if has_column else ''}\n"
        for day, value, after in rows
    )
    (statement,) = read(f"{told}{head}{''.join(lines)}".encode())
    return statement.balanced


def _read_book(
    rows: list[tuple[str, int, int]], closing: int | None, has_column: bool
) -> bool | None:
    def balance(cents: int) -> Decimal | None:
        return Decimal(cents) / 100 if has_column else None

    told: list[list[object]] = []
    if closing:
        told = [["Saldo początkowe", 1000], ["Saldo końcowe", Decimal(closing) / 100]]
    movements = [
        [date.fromisoformat(day), "a", Decimal(value) / 100, "PLN", balance(after)]
        for day, value, after in rows
    ]
    head = ["Data operacji", "Tytuł", "Kwota", "Waluta", "Saldo"]
    (statement,) = read(written(book({"Bank": [*told, head, *movements]})))
    return statement.balanced


def _plain(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}".replace(".", ",")
