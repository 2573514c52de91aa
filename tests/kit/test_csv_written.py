"""CSV that we write: whichever sign a spreadsheet parts its cells at, none begins a formula."""

import csv
import io
from decimal import Decimal

import pytest

from bot.kit.tables.spreadsheet import as_csv

SEPARATORS = (",", ";", "\t")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "laptop,=1+1,biurko",
        "laptop;=1+1;biurko",
        'laptop,"=1+1",biurko',
        "laptop\t@SUM(1)",
        "laptop\n+1",
        "laptop\r-1+1",
        "\t=1+1",
        "＝1+1",
    ],
)
def test_no_text_begins_a_formula_wherever_a_spreadsheet_parts_it(text: str) -> None:
    written = as_csv(["Number", "Subject"], [["BO-1", text]]).decode("utf-8-sig")
    for separator in SEPARATORS:
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=separator):
            begun = [cell for cell in row if cell.lstrip('"').startswith(tuple("=+-@＝＋－＠"))]
            assert not begun, separator


def test_text_and_numbers_that_begin_none_stay_as_they_are() -> None:
    row = ["Kowalska Sp. z o.o., Łódź - magazyn", "a=b, c+d", Decimal("-12.30"), -3, "B/1-2"]
    written = as_csv([], [row]).decode("utf-8-sig")
    (read,) = [each for each in csv.reader(io.StringIO(written), delimiter=";") if each]
    assert read == [str(value) for value in row]
