"""Every format that can be read: the modules of this folder with ``recognises`` and ``read``."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol, cast

from bot.kit.errors import Problem
from bot.kit.plugins import modules_with
from handlers.invoices import formats
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.formats.envelopes import unwrapped
from handlers.invoices.formats.source import Source


class Reader(Protocol):
    """A module that reads one format."""

    def recognises(self, source: Source) -> bool:
        """Whether the file is of this format, by what is in it; raises where its XML cannot be
        parsed.
        """

    def read(self, source: Source) -> Iterator[InvoiceDocument | Problem]:
        """Its documents; a :class:`Problem` in place of one that cannot be read while
        others can.
        """


@cache
def readers() -> Sequence[Reader]:
    """Every reader; a table is asked last, since nearly any text could be one."""
    return cast(Sequence[Reader], modules_with(formats, "recognises", "read"))


class EmptyFile(Problem):
    sentence = "The file {name} is empty."


class NoInvoiceFormat(Problem):
    sentence = (
        "The file {name} holds no invoice in a format that can be read: UBL, CII, Factur-X or "
        "ZUGFeRD, KSeF FA, "
        "NAV Online Számla, CSV, XLSX."
    )


class OtherXml(Problem):
    sentence = "The XML in {name} is no invoice that can be read: its first element is {element}."


class OldExcel(Problem):
    sentence = "The file {name} is an old Office file. Open it in Excel and save it as XLSX."


class OpenDocument(Problem):
    sentence = "The file {name} is an OpenDocument file. Save it as XLSX or CSV."


def read(source: Source) -> Iterator[InvoiceDocument | Problem]:
    """The documents of a file, and a problem in place of each that cannot be read.

    Raises a :class:`Problem` where the file as a whole cannot be read or holds no invoice.
    """
    source = unwrapped(source)
    reader = next((reader for reader in readers() if reader.recognises(source)), None)
    if reader is None:
        raise _unknown(source)
    return reader.read(source)


def _unknown(source: Source) -> Problem:
    match source.shape:
        case "empty":
            return EmptyFile(name=source.name)
        case "xml":
            return OtherXml(name=source.name, element=source.element[1])
        case "old_office":
            return OldExcel(name=source.name)
        case "open_document":
            return OpenDocument(name=source.name)
    return NoInvoiceFormat(name=source.name)
