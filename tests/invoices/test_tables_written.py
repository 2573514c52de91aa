"""Tables of invoices however they are written are read as they were meant, or refused with the cell
that can be read in two ways; never as anything else.
"""

from datetime import date
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.invoices.samples import reads
from tests.kit.written import DAY, STROKES, Style, amounts, either_order, styles

POLISH = ("Numer", "Data wystawienia", "Nabywca", "Brutto", "Waluta")
ENGLISH = ("Invoice number", "Issue date", "Customer", "Gross amount", "Currency")
HUNGARIAN = ("Számlaszám", "Kiállítás kelte", "Vevő", "Bruttó összeg", "Pénznem")
Rows = list[tuple[date, Decimal]]
ROWS = st.lists(st.tuples(DAY, amounts(-99_999_999)), min_size=1, max_size=6)


def table(style: Style, rows: Rows, headings: tuple[str, ...]) -> bytes:
    invoices = (
        [f"F/{n}", style.day(day), "Źródło Łąk", style.amount(amount), "EUR"]
        for n, (day, amount) in enumerate(rows)
    )
    sums = ["Razem", "", "", style.amount(sum((a for _, a in rows), Decimal(0))), ""]
    return style.table([headings, *invoices, sums])


def found(content: bytes) -> Rows:
    documents = [read.document for read in reads(content, "x.csv")]
    assert all(one and one.buyer.name == "Źródło Łąk" for one in documents)
    return [(one.issued_on, one.total) for one in documents if one and one.issued_on and one.total]


@given(
    style=styles([" ", "\xa0", ".", ""]),
    rows=ROWS,
    headings=st.sampled_from([POLISH, HUNGARIAN]),
)
def test_table_is_read_as_it_was_meant(style: Style, rows: Rows, headings: tuple[str, ...]) -> None:
    assume(style.days != "american")
    assert found(table(style, rows, headings)) == rows


@given(style=styles([",", "'"]), rows=ROWS)
def test_english_table_is_read_as_it_was_meant_or_its_order_of_days_is_asked(
    style: Style, rows: Rows
) -> None:
    content = table(style, rows, ENGLISH)
    if style.days in STROKES and either_order([day for day, _ in rows]):
        [read] = reads(content, "x.csv")
        assert "in the column “Issue date” is a day of either order" in str(read.problem)
    else:
        assert found(content) == rows
