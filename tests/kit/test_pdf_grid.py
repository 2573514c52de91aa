"""The grid: nothing is wider than its column, no row is lost, wherever the pages break."""

from hypothesis import given
from hypothesis import strategies as st

from bot.kit.pdf import Column, Table, columns, fonts, grid, style
from bot.kit.pdf.grid import Grid

printable = st.text(st.sampled_from("aąÁőŰ1 -/.łW€"), max_size=60)


@given(printable, st.floats(12, 300))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room: float) -> None:
    wrapped = grid.wrap(text, fonts.REGULAR, 8.6, room)
    assert all(fonts.width(line, fonts.REGULAR, 8.6) <= room + 0.01 for line in wrapped.split("\n"))
    assert wrapped.replace("\n", "").replace(" ", "") == text.replace(" ", "")


tables = st.integers(1, 9).flatmap(
    lambda count: st.builds(
        Table,
        st.tuples(
            *[st.builds(Column, printable, st.sampled_from(["left", "right"]), st.booleans())]
            * count
        ),
        st.lists(st.tuples(*[printable] * count), min_size=1, max_size=6),
        st.lists(st.tuples(*[printable] * count), max_size=1).map(tuple),
    )
)


@given(tables)
def test_columns_never_leave_the_page(table: Table) -> None:
    layout = columns.table(table, style.ROOM)
    assert layout.lefts[-1] + layout.widths[-1] <= style.ROOM + 0.01
    for band in layout.bands:
        for column, room in zip(band.columns, layout.widths, strict=True):
            widest = max(
                fonts.width(line, band.look.font, band.look.size)
                for t in column
                for line in t.split("\n")
            )
            assert widest <= max(room, band.look.size) + 0.02


@given(tables, st.lists(st.floats(60, 700), min_size=1, max_size=30))
def test_splitting_keeps_every_row_once(table: Table, rooms: list[float]) -> None:
    rest = Grid(columns.table(table, style.ROOM))
    seen: list[int] = []
    whole = len(rest._layout.edges) - 1
    for room in [*rooms, 1e6]:
        if parts := rest.split(style.ROOM, room):
            assert parts[0].wrap(style.ROOM, room)[1] <= room + 0.001
            seen += range(parts[0]._first, parts[0]._last)
            if len(parts) == 1:
                break
            rest = parts[1]
    assert seen == list(range(whole))


def test_a_row_taller_than_a_page_goes_on_in_further_rows() -> None:
    table = Table((Column("a"), Column("b")), [("x " * 3_000, "y " * 2_000)])
    layout = columns.table(table, style.ROOM)
    assert len(layout.edges) > 2
    assert (
        max(low - high for high, low in zip(layout.edges, layout.edges[1:], strict=False))
        < style.TALLEST
    )
