"""Reading files and folders of invoices: each document with what the checks found, or one sentence
why not.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.numbers import get_currency_precision

from bot.kit.errors import Problem
from bot.kit.files import archives
from bot.kit.files.folders import files_below
from bot.kit.tables.layout import Layout
from handlers.invoices.formats import registry
from handlers.invoices.formats.bounds import MOST_FINDINGS, bounded
from handlers.invoices.formats.document import Finding, InvoiceDocument, Party
from handlers.invoices.formats.source import Source
from handlers.invoices.model.checks import check
from handlers.ledger.statements.vocabulary import STATEMENTS

MOST_KEPT = 10_000_000
"""Bytes of a file that is kept beside its invoices."""


class FileUnreadable(Problem):
    sentence = "The file {name} cannot be opened: {reason}."


class NothingInIt(Problem):
    sentence = "The file {name} holds no invoice: its table has no rows."


class Read(NamedTuple):
    """One document of a file with its findings, or the problem that stands in its place.

    ``original`` is the file itself where it is to be kept: one that is an invoice and no list of
    many.
    """

    path: str
    document: InvoiceDocument | None = None
    findings: tuple[Finding, ...] = ()
    problem: Problem | None = None
    original: bytes | None = None


Recall = Callable[[Source], Layout | None]
"""What a person confirmed about the columns of a file, where it is a table whose headings are
known.
"""


def _nothing(_: Source) -> Layout | None:
    return None


def read_path(path: Path, recall: Recall = _nothing) -> Iterator[Read]:
    """Everything below ``path``: a file, or a folder that is walked in the order of names. Raises
    nothing.
    """
    for file in files_below([path]):
        try:
            source = Source.file(file)
            mapping = recall(source)
        except OSError as refused:
            yield Read(
                str(file),
                problem=FileUnreadable(name=file.name, reason=refused.strerror or refused),
            )
        except Problem as problem:
            yield _refused(str(file), problem)
        else:
            yield from read_source(
                replace(source, mapping=mapping) if mapping else source, str(file)
            )


def read_bytes(content: bytes, name: str, mapping: Layout | None = None) -> Iterator[Read]:
    """The same for a file that somebody sent."""
    return read_source(Source.of(content, name, mapping), name)


def read_source(source: Source, path: str) -> Iterator[Read]:
    """Its documents as they come, each bounded and checked; a problem in place of what cannot be
    read. Of an archive the documents of each file in it.
    """
    source = replace(source, unlike=STATEMENTS)
    try:
        if source.shape == "zip" and not archives.is_office(source.content):
            for member in archives.members(source.content, source.name):
                file = Source.of(member.content, member.name.rpartition("/")[2])
                yield from _read_file(replace(file, unlike=STATEMENTS), f"{path}/{member.name}")
            return
    except Problem as problem:
        yield _refused(path, problem)
        return
    yield from _read_file(source, path)


def _read_file(source: Source, path: str) -> Iterator[Read]:
    result = False
    try:
        original = _original(source)
        for item in registry.read(source):
            result = True
            if isinstance(item, Problem):
                yield _refused(path, item)
            else:
                document = bounded(item)
                yield Read(path, document, check(document)[:MOST_FINDINGS], None, original)
        if not result:
            yield Read(path, problem=NothingInIt(name=source.name))
    except Problem as problem:
        yield _refused(path, problem)
    except OSError as refused:
        yield Read(
            path, problem=FileUnreadable(name=source.name, reason=refused.strerror or refused)
        )


def _original(source: Source) -> bytes | None:
    return source.content if source.shape in ("xml", "pdf") and source.size <= MOST_KEPT else None


def _refused(path: str, problem: Problem) -> Read:
    """Without the trace of where it was raised: that would keep the whole file in memory."""
    problem.__cause__ = problem.__context__ = None
    return Read(path, problem=problem.with_traceback(None))


def check_paths(paths: Iterable[Path]) -> Iterator[dict[str, object]]:
    """What ``invoices check --json`` prints, one object for each document or unread file."""
    for path in paths:
        yield from map(to_json, read_path(path))


def to_json(read: Read) -> dict[str, object]:
    """The keys that scripts rely on: those of a document with its findings, or ``path`` and
    ``error``.
    """
    if read.document is None:
        return {"path": read.path, "error": str(read.problem)}
    return {
        "path": read.path,
        **document_json(read.document),
        "findings": [
            {"rule": f.rule.id, "severity": f.rule.severity, "message": f.message}
            for f in read.findings
        ],
    }


def document_json(document: InvoiceDocument) -> dict[str, object]:
    """A document for scripts: amounts as decimal strings, days as ``YYYY-MM-DD``."""

    def amount(value: Decimal | None) -> str | None:
        return None if value is None else _plain(value, document.currency)

    return {
        "format": document.format,
        "number": document.number,
        "kind": document.kind,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "due_on": [day.isoformat() for day in document.due_on],
        "currency": document.currency,
        "total": amount(document.total),
        "to_pay": amount(document.to_pay),
        "prepaid": amount(document.prepaid),
        "marked_paid": document.marked_paid,
        "seller": _party_json(document.seller),
        "buyer": _party_json(document.buyer),
        "account": document.account,
        "corrects": document.corrected_numbers,
        "ksef_number": document.ksef_number,
        "terms": document.terms,
    }


def _party_json(party: Party) -> dict[str, object]:
    return {"name": party.name, "tax_id": party.tax_id, "country": party.country}


def _plain(value: Decimal, currency: str | None) -> str:
    """With at least the decimals of the currency, and none lost that the document writes beyond."""
    text = f"{value or Decimal(0):.{_decimals(currency)}f}"
    return text if Decimal(text) == value else f"{value.normalize():f}"


@cache
def _decimals(currency: str | None) -> int:
    return get_currency_precision(currency or "EUR")
