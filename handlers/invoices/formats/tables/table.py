"""Tables of invoices, as text or as a workbook, by the one reader of tables."""

from collections.abc import Iterator
from dataclasses import replace

from bot.kit.errors import Problem
from bot.kit.folding import fold
from bot.kit.tables import delimited, guesser, workbook
from bot.kit.tables.layout import Layout, key_of
from bot.kit.tables.values import Row, Sheet
from bot.kit.tables.vocabulary import texts
from bot.kit.words import N_
from handlers.invoices.formats.document import Finding, InvoiceDocument, Rule
from handlers.invoices.formats.source import Source
from handlers.invoices.formats.tables.rows import documents
from handlers.invoices.formats.tables.vocabulary import INVOICES

_ENDINGS = (".csv", ".tsv")
_BOOKS = (".xlsx", ".xlsm")
SHEET_UNREAD = Rule(
    "sheet.unread",
    "warning",
    N_("The sheet “{sheet}” was not read: its columns are none of invoices, or of others."),
    "Every sheet of a workbook is read, or said",
)
SHEET_HIDDEN = Rule(
    "sheet.hidden",
    "warning",
    N_("The sheet “{sheet}” is hidden and was not read."),
    "What is booked is what whoever sends a workbook sees in it",
)


class ColumnsNotRecognised(Problem):
    sentence = (
        "The columns of {name} were not recognised: one must be the invoice number and one the "
        "total or the amount to pay. Its first row reads: {headings}"
    )


class ColumnsMissing(Problem):
    sentence = "The table {name} lacks the columns that its mapping names: {headings}."


def recognises(source: Source) -> bool:
    """A workbook; or text by its ending, or by headings that are those of invoices."""
    if source.shape == "text":
        return source.name.lower().endswith(_ENDINGS) or bool(_text(source)[1])
    return is_workbook(source)


def is_workbook(source: Source) -> bool:
    return source.shape == "zip" and (source.name.lower().endswith(_BOOKS) or b"xl/" in source.head)


def read(source: Source) -> Iterator[InvoiceDocument | Problem]:
    """A document for each row of each sheet that holds invoices.

    Raises the problems of this module, of workbooks, and of what the table leaves open.
    """
    format_ = "xlsx" if is_workbook(source) else "csv"
    laid_out, unread = _laid_out(source)
    for sheet, layout in laid_out:
        for document in documents(sheet, layout, format_):
            yield _with(document, unread) if unread else document
            unread = ()


def sheets(source: Source) -> list[Sheet]:
    """The tables of a file that are shown: a text is one."""
    return [sheet for sheet in _every_sheet(source) if not sheet.is_hidden]


def _every_sheet(source: Source) -> list[Sheet]:
    if is_workbook(source):
        return workbook.sheets(source.name, source.size, source.open)
    return [_text(source)[0]]


def _laid_out(source: Source) -> tuple[list[tuple[Sheet, Layout]], tuple[Finding, ...]]:
    """The sheets that are read, with their layouts; the others are findings."""
    every = _every_sheet(source)
    pairs = [(sheet, _layout(sheet, source.mapping)) for sheet in every if not sheet.is_hidden]
    laid_out = [(sheet, layout) for sheet, layout in pairs if layout]
    if not laid_out:
        raise _unknown(source, [sheet for sheet, _ in pairs])
    others = [(sheet, SHEET_UNREAD) for sheet, layout in pairs if layout is None]
    others += [(sheet, SHEET_HIDDEN) for sheet in every if sheet.is_hidden]
    unread = [Finding(rule, {"sheet": s.title}) for s, rule in others if guesser.is_wide(s)]
    return laid_out, tuple(unread)


def _layout(sheet: Sheet, confirmed: Layout | None) -> Layout | None:
    """Raises what the table leaves open and nobody confirmed."""
    layout = _as_here(sheet, confirmed) if confirmed else guesser.guess(sheet, INVOICES)
    unclear = guesser.unclear(sheet, layout, INVOICES) if layout else None
    if unclear:
        raise unclear
    return layout


def _as_here(sheet: Sheet, confirmed: Layout) -> Layout | None:
    """Headings may come in another order, or among others, but each that means something must be
    there.
    """
    wanted = {name: fold(confirmed.heading(name)) for name in confirmed.columns}
    for row in guesser.first_rows(sheet):
        folded = [fold(text) for text in texts(row)]
        if all(heading in folded for heading in wanted.values()):
            columns = {name: (folded.index(heading),) for name, heading in wanted.items()}
            same = key_of(row) == confirmed.key
            return confirmed if same else replace(confirmed, headings=texts(row), columns=columns)
    return None


def _unknown(source: Source, tables: list[Sheet]) -> Problem:
    first = [row for sheet in tables for row in guesser.first_rows(sheet)]
    if source.mapping is None:
        shown = ", ".join(text for text in texts(first[0][:20]) if text) if first else ""
        return ColumnsNotRecognised(name=source.name, headings=shown[:300])
    wanted = [source.mapping.heading(name) for name in source.mapping.columns]
    absent = wanted
    for row in first:
        there = {fold(text) for text in texts(row)}
        lacking = [each for each in wanted if fold(each) not in there]
        absent = lacking if len(lacking) < len(absent) else absent
    return ColumnsMissing(name=source.name, headings=", ".join(absent))


def _with(document: InvoiceDocument, more: tuple[Finding, ...]) -> InvoiceDocument:
    return document._replace(noticed=(*document.noticed, *more))


def _text(source: Source) -> tuple[Sheet, int]:
    wanted = source.mapping and {
        fold(source.mapping.heading(name)) for name in source.mapping.columns
    }

    def sureness(row: Row) -> int:
        return len(wanted & {*map(fold, texts(row))}) if wanted else INVOICES.sureness(row)

    return delimited.sheet(source.name, source.open, sureness)
