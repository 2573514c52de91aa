"""Tables of invoices, as text or as a workbook, by the one reader of tables."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.kit.errors import Problem
from bot.kit.folding import fold
from bot.kit.tables import delimited, guesser, table_file, unseen
from bot.kit.tables.layout import Layout, key_of
from bot.kit.tables.values import Row, Sheet
from bot.kit.tables.vocabulary import texts
from handlers.invoices.formats.document import Finding, InvoiceDocument, Rule
from handlers.invoices.formats.source import Source
from handlers.invoices.formats.tables.rows import documents
from handlers.invoices.formats.tables.vocabulary import INVOICES

_ENDINGS = (".csv", ".tsv")
_BOOKS = (".xlsx", ".xlsm")


def _told(id_: str, remark: type[Problem]) -> Rule:
    source = "What is booked of a workbook is what whoever sends it sees in it, or it is said"
    return Rule(id_, "warning", remark.sentence, source)


REMARKS = {
    unseen.SheetUnread: _told("sheet.unread", unseen.SheetUnread),
    unseen.SheetHidden: _told("sheet.hidden", unseen.SheetHidden),
    unseen.RowsHidden: _told("rows.hidden", unseen.RowsHidden),
    unseen.ColumnsHidden: _told("columns.hidden", unseen.ColumnsHidden),
}
"""What is told of a whole file, as a finding of its first document."""
_REMARKS_BY_RULE = {rule.id: remark for remark, rule in REMARKS.items()}


class ColumnsNotRecognised(Problem):
    sentence = (
        "The columns of {name} were not recognised: one must be the invoice number and one the "
        "total or the amount to pay. Its first row reads: {headings}"
    )


class TableOfPayments(Problem):
    sentence = (
        "The headings of {name} are those of a bank statement. Import it with: zaplecze payments "
        "import FILE"
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


def remark_of(finding: Finding) -> Problem | None:
    """What a finding tells of the whole file, if it does."""
    remark = _REMARKS_BY_RULE.get(finding.rule.id)
    return remark(**finding.facts) if remark else None


def sheets(source: Source) -> list[Sheet]:
    """The tables of a file that are shown: a text is one."""
    return [sheet for sheet in _every_sheet(source) if not sheet.is_hidden]


def _every_sheet(source: Source) -> list[Sheet]:
    return table_file.sheets(source.name, source.size, source.open, _sureness(source))


def _laid_out(source: Source) -> tuple[list[tuple[Sheet, Layout]], tuple[Finding, ...]]:
    """The sheets that are read, with their layouts; the others are findings."""
    every = _every_sheet(source)
    pairs = [(sheet, _layout(sheet, source)) for sheet in every if not sheet.is_hidden]
    laid_out = [(sheet, layout) for sheet, layout in pairs if layout]
    if not laid_out:
        raise _unknown(source, [sheet for sheet, _ in pairs])
    remarks = unseen.remarks(every, laid_out)
    return laid_out, tuple(Finding(REMARKS[type(remark)], remark.facts) for _, remark in remarks)


def _layout(sheet: Sheet, source: Source) -> Layout | None:
    """Raises what the table leaves open and nobody confirmed."""
    is_confirmed = source.mapping is not None
    layout = (
        _as_here(sheet, source.mapping)
        if source.mapping
        else guesser.guess(sheet, INVOICES, unlike=source.unlike)
    )
    if layout is None:
        return None
    unclear = guesser.unclear(sheet, layout, INVOICES, is_confirmed=is_confirmed)
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
        if source.unlike and any(map(source.unlike.sureness, first)):
            return TableOfPayments(name=source.name)
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
    return delimited.sheet(source.name, source.open, _sureness(source))


def _sureness(source: Source) -> Callable[[Row], int]:
    """By which a row is known to head the table: by the headings of its mapping, if it has one."""
    layout = source.mapping
    if layout is None or not layout.columns:
        return INVOICES.sureness
    wanted = {fold(layout.heading(name)) for name in layout.columns}

    def sureness(row: Row) -> int:
        return len(wanted & {*map(fold, texts(row))})

    return sureness
