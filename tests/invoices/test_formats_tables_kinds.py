"""Tables of invoices as offices keep them: nothing is paid, dropped or an invoice by default."""

from datetime import date, datetime
from io import BytesIO
from typing import Literal

import pytest
from openpyxl import Workbook, load_workbook

from tests.invoices.samples import one, reads, refusal, workbook_with
from tests.ledger.workbooks import rewritten

HEADINGS = "Numer;Data wystawienia;Nabywca;Brutto;Waluta"
ROW = "F/1;05.01.2026;Kowal;{amount};PLN"


def table(*rows: str, headings: str = HEADINGS) -> str:
    return "\n".join([headings, *rows])


def rules(text: str | bytes, name: str = "x.csv") -> list[list[str]]:
    own = ("amount.", "date.", "number.", "paid.", "sheet.")
    return [
        [f.rule.id for f in read.findings if f.rule.id.startswith(own)]
        for read in reads(text, name)
    ]


def filled(**cells: object) -> bytes:
    """A workbook of one invoice, with some of its cells written otherwise."""
    row = {"A": "F/1", "B": datetime(2026, 1, 5), "C": "Kowal", "D": 100, "E": "PLN", **cells}  # noqa: DTZ001
    return workbook_with([HEADINGS.split(";"), list(row.values())])


@pytest.mark.parametrize(
    ("said", "marked_paid", "to_pay", "rule"),
    [
        ("Zapłacone", True, "0", []),
        ("opłacona w całości", True, "0", []),
        ("Fully paid", True, "0", []),
        ("Rozliczono", True, "0", []),
        ("Kifizetve", True, "0", []),
        ("opłacona częściowo", False, "100", ["paid.partly"]),
        ("Partially paid", False, "100", ["paid.partly"]),
        ("Részben fizetve", False, "100", ["paid.partly"]),
        ("Niezapłacona", False, "100", []),
        ("nie zapłacono", False, "100", []),
        ("Kifizetetlen", False, "100", []),
        ("Not paid", False, "100", []),
        ("po terminie", False, "100", []),
        ("Anulowana", None, "0", ["paid.cancelled"]),
        ("Void", None, "0", ["paid.cancelled"]),
        ("w windykacji", False, "100", ["paid.unknown"]),
        ("", None, "100", []),
        ("PartiallyPaidOverDue", False, "100", ["paid.partly"]),
        ("Stornováno", None, "0", ["paid.cancelled"]),
        ("Do zapłacenia", False, "100", []),
        ("do rozliczenia", False, "100", []),
        ("To be paid", False, "100", []),
        ("Payment pending", False, "100", []),
        ("kifizetésre vár", False, "100", []),
        ("Kifizetendő", False, "100", []),
        ("zu bezahlen", False, "100", []),
        ("Zapłacona po terminie", True, "0", []),
        *((sign, True, "0", []) for sign in ("✓", "✔\ufe0f", "☑\ufe0f", "✅")),
        *((sign, None, "100", []) for sign in ("–", "---", "– –", "…", "...", "—.—")),
        *((sign, False, "100", []) for sign in ("✗", "✖\ufe0f", "✖", "×")),
        ("☹", False, "100", ["paid.unknown"]),
        ("1", False, "100", ["paid.unknown"]),
        ("0", False, "100", []),
    ],
)
def test_words_of_payment_are_known_in_every_form_or_said(
    said: str, marked_paid: bool | None, to_pay: str, rule: list[str]
) -> None:
    text = table(f"F/1;05.01.2026;Kowal;100,00;PLN;{said}", headings=f"{HEADINGS};Status płatności")
    document = one(text, "x.csv")
    assert document.marked_paid is marked_paid
    assert document.to_pay == int(to_pay)
    assert rules(text) == [rule]


@pytest.mark.parametrize("heading", ["Status", "Stan", "InvoiceStatus", "Állapot"])
@pytest.mark.parametrize(
    ("said", "marked_paid", "to_pay", "rule"),
    [
        ("Paid", True, "0", []),
        ("Opłacona", True, "0", []),
        ("Kifizetve", True, "0", []),
        ("Partially paid", False, "100", ["paid.partly"]),
        ("Anulowana", None, "0", ["paid.cancelled"]),
        ("Wystawiona", False, "100", []),
        *(
            (other, None, "100", [])
            for other in ("Approved", "Zaksięgowana", "tak", "200", "1", "")
        ),
    ],
)
def test_status_that_speaks_of_payment_is_obeyed_and_any_other_is_not(
    heading: str, said: str, marked_paid: bool | None, to_pay: str, rule: list[str]
) -> None:
    text = table(f"F/1;05.01.2026;Kowal;100,00;PLN;{said}", headings=f"{HEADINGS};{heading}")
    document = one(text, "x.csv")
    assert document.marked_paid is marked_paid
    assert document.to_pay == int(to_pay)
    assert rules(text) == [rule]


@pytest.mark.parametrize("heading", ["Status KSeF", "Status wysyłki", "Stan magazynowy"])
def test_status_of_something_else_says_nothing_of_payment(heading: str) -> None:
    text = table("F/1;05.01.2026;Kowal;100,00;PLN;tak", headings=f"{HEADINGS};{heading}")
    assert one(text, "x.csv").marked_paid is None


def test_what_was_paid_is_told_by_its_own_column_before_a_status() -> None:
    headings = f"{HEADINGS};Status;Zapłacono"
    text = table("F/1;05.01.2026;Kowal;100,00;PLN;Opłacona;40,00", headings=headings)
    assert one(text, "x.csv").to_pay == 60


@pytest.mark.parametrize(
    "last",
    [
        *("RAZEM;;;300,00;", "Suma:;;;300,00;PLN", ";;Razem;300,00;", ";;;300,00;"),
        *("Total;;;300,00;", "Total general;;;300,00;", "Σ;;;300,00;PLN", "Végösszesen;;;300,00;"),
    ],
)
def test_row_of_sums_is_no_invoice(last: str) -> None:
    text = table(ROW.format(amount="100,00"), ROW.format(amount="200,00"), last)
    assert len(reads(text, "x.csv")) == 2


def test_sums_of_parts_and_of_all_are_passed_over_and_what_adds_up_to_nothing_is_read() -> None:
    first, second = ROW.format(amount="100,00"), ROW.format(amount="200,00")
    parts = table(first, second, "Styczeń;;;300,00;", second, "Luty;;;200,00;", "Rok;;;500,00;")
    assert [read.document and read.document.number for read in reads(parts, "x.csv")] == ["F/1"] * 3
    for last in ("Zaliczka;;;50,00;PLN", "Zaliczka;;Kowal;100,00;PLN", "Z1;;;100,00;PLN"):
        assert len(reads(table(first, last), "x.csv")) == 2


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheet_is_said_and_not_booked(state: Literal["hidden", "veryHidden"]) -> None:
    book = load_workbook(BytesIO(filled()))
    copy = book.copy_worksheet(book.worksheets[0])
    copy.title, copy.sheet_state, copy["A2"] = "robocze", state, "X/1"
    written = BytesIO()
    book.save(written)
    [read] = reads(written.getvalue(), "x.xlsx")
    assert read.document
    assert read.document.number == "F/1"
    assert "The sheet “robocze” is hidden and was not read." in [f.message for f in read.findings]


def test_row_without_a_number_is_none_of_sums_and_said() -> None:
    assert rules(table(ROW.format(amount="1,00"), ";;Kowal;2,00;PLN")) == [
        [],
        ["number.missing", "number.missing"],
    ]


def test_amounts_are_decided_by_the_whole_column() -> None:
    rows = [ROW.format(amount=f"{n}.000") for n in range(1, 700)]
    first, *_ = reads(table(*rows, ROW.format(amount="1.234,56")), "x.csv")
    assert first.document
    assert first.document.total == 1000
    assert "may part thousands or decimals" in refusal(table(*rows), "x.csv")
    assert one(table(ROW.format(amount="100,00 -")), "x.csv").total == -100


def test_order_of_days_that_nothing_tells_is_refused_with_its_row_and_cell() -> None:
    english = "Invoice Number,Invoice Date,Customer,Total,Currency"
    text = table("1,01/02/2026,Kowal,1.00,USD", headings=english)
    assert "Line 2: “01/02/2026” in the column “Invoice Date”" in refusal(text, "x.csv")
    rows = ["1,01/02/2026,Kowal,1.00,USD"] * 600
    first, *_ = reads(table(*rows, "2,01/31/2026,K,1.00,USD", headings=english), "x.csv")
    assert first.document
    assert first.document.issued_on == date(2026, 1, 2)


def test_days_that_contradict_each_other_decide_nothing_about_the_others() -> None:
    english = "Invoice Number,Invoice Date,Customer,Total,Currency"
    rows = ("1,12/31/2026,K,1.00,USD", "2,31/12/2026,K,1.00,USD")
    assert [
        read.document is not None for read in reads(table(*rows, headings=english), "x.csv")
    ] == [
        True,
        True,
    ]
    text = table(*rows, "3,12/01/2026,K,1.00,USD", headings=english)
    assert "Line 4: “12/01/2026” in the column “Invoice Date”" in refusal(text, "x.csv")


def test_table_without_a_currency_is_one_sentence() -> None:
    text = table(*["F/1;05.01.2026;Kowal;100,00"] * 50, headings=HEADINGS.removesuffix(";Waluta"))
    assert refusal(text, "x.csv").startswith(
        "Line 2 of x.csv: “100,00” in the column “Brutto” has no currency"
    )


def test_headings_without_blanks_are_known() -> None:
    text = "invoiceNumber,InvoiceDate,DueDate,CustomerName,InvoiceAmount,Currency\n1,2026-01-05,2026-01-19,K,9.50,EUR"
    document = one(text, "x.csv")
    assert (document.number, document.buyer.name, str(document.total)) == ("1", "K", "9.50")


def test_decimals_beyond_the_currencys_are_said() -> None:
    text = table("F/1;05.01.2026;Kowal;12000,50;JPY", "F/2;05.01.2026;Kowal;12,345;KWD")
    assert rules(text) == [["amount.decimals"], []]
    many = table(f"F/1;05.01.2026;Kowal;{'9' * 15},55;XXL", f"F/2;05.01.2026;K;{'9' * 15},55;JPY")
    assert rules(many) == [[], ["amount.decimals"]]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1250", "iso-8859-2", "cp852", "utf-16"])
def test_letters_of_every_old_encoding_are_read(encoding: str) -> None:
    text = table("F/1;05.01.2026;Żółw i Spółka ąśź;100,00;PLN")
    assert one(text.encode(encoding), "x.csv").buyer.name == "Żółw i Spółka ąśź"


def test_every_sheet_is_read_or_said() -> None:
    book, made = load_workbook(BytesIO(filled())), BytesIO()
    again = book.copy_worksheet(book.worksheets[0])
    again["A2"] = "F/2"
    other = book.create_sheet("Prices")
    for cells in (["Item", "Size", "Price"], ["Chair", 3, 9]):
        other.append(cells)
    book.create_sheet("Notes").append(["nothing here"])
    book.save(made)
    first, second = reads(made.getvalue(), "x.xlsx")
    assert [read.document and read.document.number for read in (first, second)] == ["F/1", "F/2"]
    assert rules(made.getvalue(), "x.xlsx") == [["sheet.unread"], []]


def test_number_that_a_spreadsheet_made_a_day_is_said_and_not_booked() -> None:
    (read,) = reads(filled(A=datetime(2026, 1, 1)), "x.xlsx")  # noqa: DTZ001 - as a spreadsheet gives it
    assert read.document
    assert read.document.number is None
    assert "Line 2: the spreadsheet made the day 2026-01-01" in read.findings[0].message


def test_formula_without_a_value_is_said_by_its_row() -> None:
    (read,) = reads(filled(B="=TODAY()", D="=100*1.23"), "x.xlsx")
    messages = [finding.message for finding in read.findings]
    assert "Line 2: the date “=TODAY()” in column Data wystawienia cannot be read." in messages
    assert "Line 2: the amount “=100*1.23” in column Brutto cannot be read." in messages


def test_merged_cells_are_told_of_every_row_they_cover() -> None:
    book, made = Workbook(), BytesIO()
    sheet = book.active
    assert sheet
    sheet.append(["List"])
    sheet.append(HEADINGS.split(";"))
    for n in (1, 2, 3):
        sheet.append([f"F/{n}", "05.01.2026", "Kowal", n, "PLN"])
    sheet["C4"] = sheet["C5"] = None
    sheet.merge_cells("C3:C4")
    sheet.merge_cells("A1:E1")
    book.save(made)
    names = [
        read.document and read.document.buyer.name for read in reads(made.getvalue(), "x.xlsx")
    ]
    assert names == ["Kowal", "Kowal", None]


def test_rows_whose_formulas_gave_an_empty_text_are_blank() -> None:
    made = workbook_with([HEADINGS.split(";"), ["F/1", "05.01.2026", "Kowal", 1, "PLN"], ["x"] * 5])
    empty = '<c r="{0}" t="str"><f>IF(TRUE,"",1)</f><v></v></c>'
    cells = {f"{column}3": empty.format(f"{column}3") for column in "ABCDE"}
    (read,) = reads(rewritten(made, cells), "x.xlsx")
    assert read.document
    assert read.document.number == "F/1"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1250", "utf-16"])
def test_lines_of_an_old_mac_are_lines(encoding: str) -> None:
    rows = [f"F/{n};05.01.2026;Żółw {n} {'č' * 40};{n},00;PLN" for n in range(1, 2_000)]
    text = table(*rows).replace("\n", "\r")
    numbers = [read.document and read.document.number for read in reads(text.encode(encoding), "x")]
    assert numbers == [f"F/{n}" for n in range(1, 2_000)]
