"""Bank tables however they are written are read as they were meant, or refused with the cell that
can be read in two ways; never as anything else.
"""

from datetime import date
from decimal import Decimal
from operator import itemgetter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.kit.tables.values import DayUnclear
from handlers.ledger.statements.reader import read
from tests.kit.written import DAY, STROKES, Style, amounts, either_order, styles

POLISH = ("Data księgowania", "Opis operacji", "Kwota", "Waluta")
ENGLISH = ("Booking date", "Description", "Amount", "Currency")
WORDS = {"Uznanie": 1, "Obciążenie": -1, "Ma": 1, "Wn": -1, "CR": 1, "DR": -1, "credit": 1}
Rows = list[tuple[date, Decimal]]
ROWS = st.lists(st.tuples(DAY, amounts(-99_999_999)), min_size=1, max_size=6).map(
    lambda rows: sorted(rows, key=itemgetter(0))
)


def found(content: bytes) -> Rows:
    [statement] = read(content)
    assert statement.balanced is None
    return [(entry.booked_on, entry.amount) for entry in statement.entries]


def signed(style: Style, rows: Rows, headings: tuple[str, ...]) -> bytes:
    return style.table(
        [headings, *([style.day(day), "FV/1", style.amount(a), "PLN"] for day, a in rows)]
    )


@given(style=styles([" ", "\xa0", ".", ""]), rows=ROWS)
def test_polish_statement_is_read_as_it_was_meant(style: Style, rows: Rows) -> None:
    assume(style.days != "american")
    assert found(signed(style, rows, POLISH)) == rows


@given(style=styles([",", "'"]), rows=ROWS)
def test_english_statement_is_read_as_it_was_meant_or_its_order_of_days_is_asked(
    style: Style, rows: Rows
) -> None:
    content = signed(style, rows, ENGLISH)
    if style.days in STROKES and either_order([day for day, _ in rows]):
        with pytest.raises(DayUnclear, match="in the column “Booking date”"):
            found(content)
    else:
        assert found(content) == rows


@given(style=styles([" ", ".", ""]), rows=ROWS, data=st.data())
def test_direction_of_words_and_of_two_columns_is_the_same(
    style: Style, rows: Rows, data: st.DataObject
) -> None:
    assume(style.days != "american")
    told = {sign: [word for word in WORDS if WORDS[word] == sign] for sign in (1, -1)}
    words, columns = [[*POLISH, "Strona"]], [[*POLISH[:2], "Uznania", "Obciążenia", "Waluta"]]
    for day, amount in rows:
        plain, is_in = style.amount(abs(amount)), amount > 0
        word = data.draw(st.sampled_from(told[1 if is_in else -1]))
        words.append([style.day(day), "FV/1", plain, "PLN", word])
        sides = [plain, ""] if is_in else ["", plain]
        columns.append([style.day(day), "FV/1", *sides, "PLN"])
    assert found(style.table(words)) == found(style.table(columns)) == rows
