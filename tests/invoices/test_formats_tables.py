"""CSV and XLSX: columns guessed in three languages, amounts and days as people write them, rows one
by one.
"""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.invoices.formats import csv_table, registry
from handlers.invoices.formats.guessing import guessed
from handlers.invoices.formats.headings import HEADINGS
from handlers.invoices.formats.mapping import FIELDS, ColumnMapping
from handlers.invoices.formats.rows import amount_in, day_in
from handlers.invoices.formats.source import Source
from tests.invoices.samples import amounts, content, one, reads, refusal, workbook_with

POLISH = "Nr faktury;Data wystawienia;Termin płatności;Nabywca;Brutto;Waluta"


def test_polish_table_of_windows_1250_is_read() -> None:
    first, second = (read.document for read in reads(content("faktury.csv"), "faktury.csv"))
    assert first
    assert second
    assert (first.number, first.currency, first.buyer.name) == (
        "FV/2026/11/0001",
        "PLN",
        "Źródło Łąk sp. z o.o.",
    )
    assert (first.issued_on, first.due_on) == (date(2026, 11, 2), [date(2026, 11, 16)])
    assert amounts(first, "net", "tax", "total", "to_pay") == ["1000", "230", "1230", "1230"]
    assert (first.marked_paid, second.marked_paid) == (False, True)
    assert second.to_pay == 0


def test_hungarian_table_is_read() -> None:
    first, second = (read.document for read in reads(content("szamlak.csv"), "szamlak.csv"))
    assert first
    assert second
    assert (first.number, first.currency) == ("VB-2026/25", "HUF")
    assert (first.seller.tax_id, first.seller.country) == ("12892312241", "HU")
    assert (first.issued_on, first.account) == (date(2026, 10, 1), "11773016-11111018-00000000")
    assert [first.total, second.total] == [Decimal(11054), Decimal("1250.50")]


def test_english_table_with_american_days_is_read() -> None:
    document = one(content("invoices.tsv"), "invoices.tsv")
    assert (document.issued_on, document.due_on) == (date(2026, 11, 2), [date(2026, 11, 25)])
    assert amounts(document, "total", "to_pay") == ["1234.5", "234.5"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2", "utf-16"])
def test_letters_survive_in_every_encoding(encoding: str) -> None:
    table = f"{POLISH}\nF/1;01.02.2026;;Łąka źdźbeł ćmy;1,50;PLN\n"
    document = one(table.encode(encoding), "x.csv")
    assert (document.buyer.name, document.total) == ("Łąka źdźbeł ćmy", Decimal("1.50"))


def test_letters_far_below_the_beginning_are_read() -> None:
    rows = "".join(f"F/{number};01.02.2026;;Abc;1,50;PLN\n" for number in range(5_000))
    table = (
        f"{POLISH}\n".encode("cp1250")
        + rows.encode()
        + "F/X;01.02.2026;;Żółw;1,50;PLN\n".encode("cp1250")
    )
    last = reads(table, "x.csv")[-1].document
    assert last
    assert last.buyer.name == "Żółw"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_any_usual_sign_parts_the_cells(delimiter: str) -> None:
    table = (
        delimiter.join(["number", "total", "currency"])
        + "\n"
        + delimiter.join(["F1", "12.50", "EUR"])
    )
    assert one(table, "x.csv").total == Decimal("12.50")


def test_table_without_the_usual_ending_is_known_by_its_headings() -> None:
    assert one(f"{POLISH}\nF/1;01.02.2026;;A;1,50;PLN\n", "export.txt").number == "F/1"


def test_text_that_is_no_table_is_refused() -> None:
    assert "no invoice in a format" in refusal(
        "Dear Sir,\nplease find enclosed; kind regards", "letter.txt"
    )


def test_table_of_something_else_is_refused_with_its_headings() -> None:
    assert "name, height" in refusal("name,height\nJoe,180\n", "people.csv")


def test_quotation_mark_that_is_never_closed_ends_in_a_sentence() -> None:
    table = (
        f"{POLISH}\n" + "F/1;01.02.2026;;A;1,50;PLN\n" * 100 + 'F/2;;;"' + "A;1,50;PLN\n" * 20_000
    )
    *before, last = reads(table, "x.csv")
    assert len(before) == 100
    assert str(last.problem).startswith(
        "The table x.csv cannot be read at line 102: a quotation mark is missing"
    )


def test_ragged_blank_and_summing_rows_do_not_matter() -> None:
    table = f"{POLISH}\n\nF/1;01.02.2026\n;;;;;\n;;;Razem;99,00;\nF/2;;;A;2,00;PLN;more;and more\n"
    assert [read.document.number for read in reads(table, "x.csv") if read.document] == [
        "F/1",
        "F/2",
    ]


def test_cells_that_cannot_be_read_are_told_by_line_and_column() -> None:
    (read,) = reads(f"{POLISH}\nF/1;31.02.2026;;A;dużo;PLN\n", "x.csv")
    told = {finding.rule.id: finding.message for finding in read.findings}
    assert told["amount.unreadable"] == "Line 2: the amount “dużo” in column Brutto cannot be read."
    assert (
        told["date.unreadable"]
        == "Line 2: the date “31.02.2026” in column Data wystawienia cannot be read."
    )


@pytest.mark.parametrize(
    ("said", "kind", "total"),
    [
        ("Faktura VAT", "invoice", 12),
        ("Korekta", "correction", 12),
        ("Credit note", "credit_note", -12),
        ("Előlegszámla", "advance", 12),
        ("Sztornó számla", "cancellation", -12),
        ("Pro forma", "proforma", 12),
        ("Faktura końcowa", "final", 12),
    ],
)
def test_kinds_are_understood_in_three_languages(said: str, kind: str, total: int) -> None:
    document = one(f"number;type;total;currency\nF1;{said};12;EUR\n", "x.csv")
    assert document.kind == kind
    assert document.total == total


@pytest.mark.parametrize(
    ("cell", "marked_paid", "to_pay"),
    [
        ("tak", True, 0),
        ("Igen", True, 0),
        ("unpaid", False, 100),
        ("40", False, 60),
        ("100", True, 0),
        ("", None, 100),
    ],
)
def test_paid_column_may_say_whether_or_how_much(
    cell: str, marked_paid: bool | None, to_pay: int
) -> None:
    document = one(f"number;total;paid;currency\nF1;100;{cell};EUR\n", "x.csv")
    assert document.marked_paid is marked_paid
    assert document.to_pay == to_pay


@pytest.mark.parametrize(
    ("total", "cell", "marked_paid", "to_pay"),
    [
        ("-40", "0.00", False, -40),
        ("-40", "-10", False, -30),
        ("-40", "10", False, -30),
        ("-40", "-40", True, 0),
        ("-40", "40", True, 0),
        ("100", "-5", False, 105),
    ],
)
def test_what_was_paid_of_a_credit_was_paid_back(
    total: str, cell: str, marked_paid: bool, to_pay: int
) -> None:
    document = one(
        f"number;type;total;paid;currency;corrects\nK1;correction;{total};{cell};EUR;F1\n", "x.csv"
    )
    assert document.marked_paid is marked_paid
    assert document.to_pay == to_pay


def test_confirmed_mapping_reads_what_could_not_be_guessed() -> None:
    mapping = ColumnMapping(
        {"number": "A1", "total": "A2", "issued_on": "A3"},
        ",",
        "dmy",
        {"currency": "PLN", "seller_tax_id": "9999999999"},
    )
    table = "A3;A1;A2\n01.02.2026;F/1;1.000,50\n"
    document = one(table, "x.csv", mapping)
    assert (document.number, document.total, document.issued_on) == (
        "F/1",
        Decimal("1000.50"),
        date(2026, 2, 1),
    )
    assert (document.currency, document.seller.tax_id) == ("PLN", "9999999999")


def test_table_that_lacks_a_column_of_its_mapping_says_which() -> None:
    (read,) = reads("A1;B\nF/1;2\n", "x.csv", ColumnMapping({"number": "A1", "total": "A2"}))
    assert str(read.problem) == "The table x.csv lacks the columns that its mapping names: A2."


def test_mapping_can_be_kept_and_comes_back_the_same() -> None:
    table = registry.opened(Source.of(content("faktury.csv"), "faktury.csv"))
    assert table
    mapping = table.mapping
    assert mapping.columns["total"] == "Wartość brutto"
    assert ColumnMapping.from_json(mapping.as_json()) == mapping


@pytest.mark.parametrize(
    "kept",
    [
        {"columns": {"nonsense": "A"}},
        {"columns": []},
        {"decimal": "x"},
        {"days": "ydm"},
        {"constants": 3},
    ],
)
def test_mapping_of_nonsense_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"unknown|no table|must be"):
        ColumnMapping.from_json(kept)


def test_every_field_has_headings_and_no_heading_means_two_fields() -> None:
    assert set(HEADINGS) == set(FIELDS)
    words = [word for words in HEADINGS.values() for word in words]
    assert len(words) == len(set(words))


def test_every_known_heading_is_guessed() -> None:
    for field, words in HEADINGS.items():
        for word in words:
            headings = [
                word,
                *(HEADINGS[other][0] for other in ("number", "total") if other != field),
            ]
            mapping = guessed(headings, [])
            assert mapping
            assert mapping.columns[field] == word


@pytest.mark.parametrize(
    ("cell", "decimal", "amount"),
    [
        ("1234.5", ".", "1234.5"),
        ("1 234,50 zł", ",", "1234.50"),
        ("1.234,50", ",", "1234.50"),
        ("1,234.50", ".", "1234.50"),
        ("(12.00)", ".", "-12.00"),
        ("11 054,- Ft", ",", "11054"),
        ("EUR -5.20", ".", "-5.20"),
        (".50", ".", None),
        ("12,00-", ",", "-12.00"),
        ("−5", ".", "-5"),
        ("1\xa0234\u202f567 Ft", ",", "1234567"),
        (12.1, ",", "12.1"),
        (0.1 + 0.2, ".", "0.3"),
        (7, ",", "7"),
        ("1234.50", ",", None),
        ("1234,50", ".", None),
        ("1.2345,00", ",", None),
        ("12.34.567,00", ",", None),
        ("1.234.567", ",", "1234567"),
        ("1e5", ".", None),
        ("NaN", ".", None),
        ("", ".", None),
        ("--5", ".", None),
        ("9" * 30, ".", None),
        (True, ".", None),
        (float("inf"), ".", None),
    ],
)
def test_amounts_are_read_as_people_write_them(
    cell: object, decimal: str, amount: str | None
) -> None:
    assert amount_in(cell, decimal) == (None if amount is None else Decimal(amount))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("2026-11-02", "ymd", date(2026, 11, 2)),
        ("2026.11.02.", "ymd", date(2026, 11, 2)),
        ("02.11.2026", "dmy", date(2026, 11, 2)),
        ("11/2/26", "mdy", date(2026, 11, 2)),
        ("2026-11-02 12:30:00", "dmy", date(2026, 11, 2)),
        (datetime(2026, 11, 2, 5), "dmy", date(2026, 11, 2)),  # noqa: DTZ001 - as a spreadsheet gives it
        (46328, "dmy", date(2026, 11, 2)),
        ("soon", "dmy", None),
        ("32.01.2026", "dmy", None),
        (3, "dmy", None),
    ],
)
def test_days_are_read_as_people_write_them(cell: object, order: str, day: date | None) -> None:
    assert day_in(cell, order) == day  # type: ignore[arg-type]


@given(amount=st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_amount_written_in_either_way_is_the_same(amount: Decimal) -> None:
    american = f"{amount:,.2f}"
    european = american.replace(",", "\xa0").replace(".", ",")
    assert amount_in(american, ".") == amount_in(european, ",") == amount


@given(cell=st.text(max_size=30), decimal=st.sampled_from([".", ","]))
def test_any_text_is_an_amount_or_none(cell: str, decimal: str) -> None:
    read = amount_in(cell, decimal)
    assert read is None or read.is_finite()


def test_workbook_is_read_from_the_sheet_that_holds_invoices() -> None:
    book = workbook_with(
        [["Notes"], ["nothing here"]],
        [
            ["Számlaszám", "Kelte", "Fizetési határidő", "Vevő neve", "Bruttó összeg", "Pénznem"],
            [1001, datetime(2026, 11, 2), date(2026, 11, 16), "Őrült Kft.", 1234.5, "HUF"],  # noqa: DTZ001
            [None, None, None, "Összesen", 1234.5, None],
        ],
    )
    document = one(book, "szamlak.xlsx")
    assert (document.format, document.number, document.buyer.name) == ("xlsx", "1001", "Őrült Kft.")
    assert (document.issued_on, document.due_on) == (date(2026, 11, 2), [date(2026, 11, 16)])
    assert document.total == Decimal("1234.5")


def test_columns_of_a_workbook_can_be_shown_for_confirmation() -> None:
    book = workbook_with([["Invoice no", "Gross amount", "Currency"], ["F1", 2, "EUR"]])
    table = registry.opened(Source.of(book, "x.xlsx"))
    assert table
    assert table.mapping.columns == {
        "number": "Invoice no",
        "total": "Gross amount",
        "currency": "Currency",
    }


def test_invoice_that_is_no_table_has_no_columns_to_confirm() -> None:
    assert registry.opened(Source.of(content("cii.xml"), "cii.xml")) is None


def test_workbook_without_invoices_is_refused_in_a_sentence() -> None:
    assert "were not recognised" in refusal(
        workbook_with([["Name", "Height"], ["Joe", 180]]), "people.xlsx"
    )


def test_million_rows_need_no_more_memory_than_ten() -> None:
    """Rows come one by one: the first is there before the file has been read to its end."""
    row = b"F/1;01.02.2026;;A;1,50;PLN\n"

    class Endless(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(size) or row

    endless = Source("x.csv", 0, lambda: Endless(f"{POLISH}\n".encode() + row * 3_000))
    rows = csv_table.read(endless)
    assert [next(rows).number for _ in range(100_000)] == ["F/1"] * 100_000
