"""What a workbook shows of its sheets, whichever program wrote it."""

import zipfile
from io import BytesIO

import pytest

from bot.kit.tables.shown import Merged, Shown, shown_in

_BOOK = (
    b'<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    b'<sheets><sheet name="S" r:id="r1"/></sheets></workbook>'
)
_RELATIONS = (
    b'<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
)


def shown(sheet: bytes) -> Shown:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    with zipfile.ZipFile(packed) as archive:
        return shown_in(archive)["S"]


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        (b'<row r="1"/><row r="3" hidden="1"><c/></row><row r="4" hidden="0"/>', {3}),
        (b'<row r="2" ht="12.8" hidden="false"/><row r="3" hidden="true" collapsed="false"/>', {3}),
        (b"<row><c/></row><row hidden='1'><c/></row><row/><row hidden='1'/>", {2, 4}),
        (b'<x:row r="5" ht="0" customHeight="1"/><x:row r="6" ht="0.75"/>', {5}),
        (b'<row r="1" spans="1:2"><c r="A1" hidden="1"/></row><rows hidden="1"/>', set()),
        (b"<sheetData>" + b"<row r='7' hidden='1'/>" + b" " * 1_000_000 + b"<row r='8'/>", {7}),
        (b" " * 999_990 + b'<row r="9" hidden="1"></row>', {9}),
    ],
)
def test_rows_out_of_sight_are_known(rows: bytes, hidden: set[int]) -> None:
    assert shown(rows).hidden_rows == hidden


def test_columns_out_of_sight_are_known() -> None:
    columns = (
        b'<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/><col/></cols>'
    )
    assert shown(columns).hidden_columns == {1, 2, 4}
    assert len(shown(b'<col min="1" max="16384" hidden="1"/>').hidden_columns) == 200


def test_merged_cells_fill_downwards_however_short_the_rows_are() -> None:
    merged = Merged(shown(b'<mergeCell ref="C2:C4"/><mergeCell ref="A1:E1"/>').merged)
    assert merged.filled(1, ["title"]) == ["title"]
    assert merged.filled(2, [1, 2, "Kowal"]) == [1, 2, "Kowal"]
    assert merged.filled(3, [1]) == [1, None, "Kowal"]
    assert merged.filled(5, [1]) == [1]


def test_tags_that_never_end_are_read_in_time() -> None:
    assert shown(b"<row " * 2_000_000) == Shown()
    assert shown(b"<row " + b"x" * 5_000_000) == Shown()
