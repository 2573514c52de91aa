"""Columns: how wide each column of a table becomes, and its rows wrapped to that."""

from collections.abc import Sequence

from bot.kit.pdf import fonts, letters, style
from bot.kit.pdf.grid import GUTTER, Band, Layout, Look, lay_out, wrap
from bot.kit.pdf.sheet import Column, Table

_LEAST = 52.0  # what a growing column gets before the type becomes smaller


def table(block: Table, room: float) -> Layout:
    """The table laid out for a page ``room`` wide: full size where it fits, else smaller type, else
    wrapped cells.
    """
    rows = _by_column(block.rows, len(block.columns))
    totals = _by_column(block.totals, len(block.columns))
    for column, texts, sums in zip(block.columns, rows, totals, strict=True):
        together = "".join((column.title, *texts, *sums))
        letters.require(together.replace("\n", ""), column.title)
    for size in style.TABLE_SIZES:
        header, body, bold = style.table_looks(size)
        filled = [
            max(_widest(r, body), _widest(t, bold)) for r, t in zip(rows, totals, strict=True)
        ]
        widths = _share(block.columns, filled, header, room - GUTTER * (len(filled) - 1))
        if widths:
            break
    else:
        widths = _filled(filled, room - GUTTER * (len(filled) - 1))
    bands = [_wrapped(body, rows, widths), _wrapped(bold, totals, widths)]
    titles = _wrapped(header, [[column.title] for column in block.columns], widths)
    rights = [column.align == "right" for column in block.columns]
    return lay_out(widths, rights, bands, _set_low(titles), tail=len(block.totals))


def _by_column(rows: Sequence[tuple[str, ...]], count: int) -> list[Sequence[str]]:
    return list(zip(*rows, strict=True)) if rows else [()] * count


def _widest(texts: Sequence[str], look: Look) -> float:
    lines = (line for text in set(texts) for line in text.split("\n"))
    return max((fonts.width(line, look.font, look.size) for line in lines), default=0.0)


def _share(
    columns: Sequence[Column], filled: Sequence[float], header: Look, room: float
) -> list[float]:
    """The width of each column; nothing when they do not fit at this size. Titles stay on one line
    where they can.
    """
    growing = [n for n, column in enumerate(columns) if column.grows] or range(len(columns))
    for longest in (_one_line, _longest_word):
        natural = [
            max(w, longest(column.title, header)) for w, column in zip(filled, columns, strict=True)
        ]
        spare = (room - sum(natural)) / len(growing)
        if spare >= 0:
            return [w + (spare if n in growing else 0) for n, w in enumerate(natural)]
    left = room - sum(w for n, w in enumerate(natural) if n not in growing)
    if left < _LEAST * len(growing):
        return []
    given = iter(_filled([natural[n] for n in growing], left))
    return [next(given) if n in growing else w for n, w in enumerate(natural)]


def _one_line(title: str, look: Look) -> float:
    return fonts.width(title, look.font, look.size)


def _longest_word(title: str, look: Look) -> float:
    return max(_one_line(word, look) for word in title.split(" "))


def _filled(wanted: Sequence[float], room: float) -> list[float]:
    """``room`` given to all alike until each has what it wants; the wide ones share the rest."""
    given, left = [0.0] * len(wanted), room
    for count, n in enumerate(sorted(range(len(wanted)), key=lambda n: wanted[n])):
        given[n] = min(wanted[n], left / (len(wanted) - count))
        left -= given[n]
    return given


def _wrapped(look: Look, columns: Sequence[Sequence[str]], widths: Sequence[float]) -> Band:
    return Band(
        look,
        tuple(
            [wrap(text, look.font, look.size, room + 0.01) for text in column]
            for column, room in zip(columns, widths, strict=True)
        ),
    )


def _set_low(titles: Band) -> Band:
    """The header with short titles on the last line."""
    most = max(column[0].count("\n") for column in titles.columns)
    return Band(
        titles.look, tuple(["\n" * (most - c[0].count("\n")) + c[0]] for c in titles.columns)
    )
