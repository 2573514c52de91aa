"""The tables of a file: each sheet of a workbook, or the one of a text."""

from collections.abc import Callable
from contextlib import closing

from bot.kit.files import archives
from bot.kit.tables import delimited, workbook
from bot.kit.tables.values import Row, Sheet
from bot.kit.tables.workbook import Open


def sheets(name: str, size: int, opened: Open, sureness: Callable[[Row], int]) -> list[Sheet]:
    """Every table; ``sureness`` says how much a row of headings tells, by which a text is parted.

    Raises the problems of workbooks and texts.
    """
    with closing(opened()) as stream:
        is_archive = archives.is_archive(stream.read(4))
    if is_archive:
        return workbook.sheets(name, size, opened)
    return [delimited.sheet(name, opened, sureness)[0]]
