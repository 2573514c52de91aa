"""CSV and XLSX: columns guessed in three languages, amounts and days as people write them, rows one
by one.
"""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest

from bot.kit.tables.layout import Layout
from bot.kit.tables.vocabulary import Vocabulary
from handlers.invoices.columns import preview
from handlers.invoices.formats.source import Source
from handlers.invoices.formats.tables import table as tables
from handlers.invoices.formats.tables.vocabulary import INVOICES
from handlers.ledger.service.customer_import import CUSTOMERS
from handlers.ledger.statements.vocabulary import STATEMENTS
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


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("F/1,Kowal,2026-01-02,PLN,1,234.50", "Line 2: “234.50” stands beyond the last column"),
        ('F/1,Kowal,2026-01-02,PLN,"1.00\nF/2,Nowak,2026-01-02,PLN,"2.00"', "at line 2"),
    ],
)
def test_row_whose_cells_are_parted_within_is_refused(rows: str, said: str) -> None:
    [read] = reads(f"number,buyer name,issue date,currency,total\n{rows}\n", "x.csv")
    assert said in str(read.problem)


def test_amount_in_another_currency_than_its_row_is_not_booked() -> None:
    head = "number,buyer name,issue date,currency,total\n"
    first, second = reads(
        f"{head}F/1,A,2026-01-02,PLN,1.00 EUR\nF/2,A,2026-01-02,CAD,$2.00\n", "x.csv"
    )
    assert first.document
    assert second.document
    assert first.document.total is None
    assert second.document.total == 2
    assert "amount.currency" in [finding.rule.id for finding in first.findings]


def test_ragged_blank_and_summing_rows_do_not_matter() -> None:
    table = f"{POLISH}\n\nF/1;01.02.2026\n;;;;;\n;;;Razem;99,00;\nF/2;;;A;2,00;PLN;;\n"
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


def test_confirmed_layout_reads_what_could_not_be_guessed() -> None:
    constants = {"currency": "PLN", "seller_tax_id": "9999999999"}
    columns = {"number": (1,), "total": (2,), "issued_on": (0,)}
    layout = Layout("invoices", ("A3", "A1", "A2"), columns, ",", "dmy", constants)
    for table in ("A3;A1;A2\n01.02.2026;F/1;1.000,50\n", "a1;x;a2;a3\nF/1;x;1.000,50;01.02.2026\n"):
        document = one(table, "x.csv", layout)
        assert (document.number, document.total, document.issued_on) == (
            "F/1",
            Decimal("1000.50"),
            date(2026, 2, 1),
        )
        assert (document.currency, document.seller.tax_id) == ("PLN", "9999999999")


def test_table_that_lacks_a_column_of_its_layout_says_which() -> None:
    layout = Layout("invoices", ("A1", "A2"), {"number": (0,), "total": (1,)})
    (read,) = reads("A1;B\nF/1;2\n", "x.csv", layout)
    assert str(read.problem) == "The table x.csv lacks the columns that its mapping names: A2."


@pytest.mark.parametrize("vocabulary", [INVOICES, STATEMENTS, CUSTOMERS], ids=lambda one: one.kind)
def test_no_heading_means_two_fields_and_each_is_known(vocabulary: Vocabulary) -> None:
    headings = [heading for each in vocabulary.headings.values() for heading in each]
    assert len(headings) == len(set(headings))
    for field, words in vocabulary.headings.items():
        for word in words:
            assert list(vocabulary.columns([word])) == [field]
            assert list(vocabulary.columns([word.title().replace(" ", "")])) == [field]


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
    table, other = preview.guesses(Source.of(book, "x.xlsx"))
    assert (table.kind, other.kind) == ("invoices", "payments")
    assert table.columns == {"number": (0,), "total": (1,), "currency": (2,)}


def test_invoice_that_is_no_table_has_no_columns_to_confirm() -> None:
    assert not preview.is_table(Source.of(content("cii.xml"), "cii.xml"))


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
    rows = tables.read(endless)
    assert [getattr(next(rows), "number", None) for _ in range(100_000)] == ["F/1"] * 100_000
