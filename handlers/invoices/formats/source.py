"""What lies before a reader: one file, what its first bytes say that it is, and its XML once
parsed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal

from lxml import etree

from bot.kit import xml
from bot.kit.errors import Problem
from bot.kit.files import archives
from bot.kit.tables.layout import Layout
from bot.kit.tables.vocabulary import Vocabulary
from bot.kit.words import N_
from handlers.invoices.formats.document import Finding, Rule
from handlers.invoices.formats.parts.node import Node

Shape = Literal["empty", "xml", "pdf", "zip", "old_office", "open_document", "text", "binary"]

MAX_BYTES = 50_000_000
"""Of a file that is read as a whole; tables of text are read row by row and may be of any size."""
_HEAD = 65_536
_MARKS_OF_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")
_XML = re.compile(rb"(?:\s|\xef\xbb\xbf)*<")
_WIDE_ANGLES = (b"<\0", b"\0<", b"\xff\xfe<\0", b"\xfe\xff\0<")


ENCODING = Rule(
    "encoding",
    "warning",
    N_(
        "The file is not written in UTF-8 as it says; its letters were read as those of Central "
        "Europe."
    ),
    "XML 1.0, 4.3.3",
)


class FileTooLarge(Problem):
    sentence = "{name} is too large: {size} MB where at most {limit} MB are read."


@dataclass(frozen=True)
class Source:
    """One file. ``name`` is for people and for its ending; ``mapping`` is what a person confirmed
    about its columns, and a table whose headings are rather those of ``unlike`` has no invoices.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]
    mapping: Layout | None = None
    unlike: Vocabulary | None = None

    @classmethod
    def of(cls, content: bytes, name: str, mapping: Layout | None = None) -> "Source":
        return cls(name, len(content), lambda: BytesIO(content), mapping)

    @classmethod
    def file(cls, path: Path, mapping: Layout | None = None) -> "Source":
        return cls(path.name, path.stat().st_size, lambda: path.open("rb"), mapping)

    @cached_property
    def head(self) -> bytes:
        with self.open() as stream:
            return stream.read(_HEAD)

    @cached_property
    def content(self) -> bytes:
        """All bytes. Raises :class:`FileTooLarge`."""
        if self.size > MAX_BYTES:
            raise FileTooLarge(
                name=self.name, size=round(self.size / 1e6, 1), limit=MAX_BYTES // 1_000_000
            )
        with self.open() as stream:
            return stream.read(MAX_BYTES)

    @cached_property
    def root(self) -> etree._Element:
        """The root element of its XML. Raises the problems of :mod:`bot.kit.xml`."""
        return xml.parse(self.content)

    @property
    def top(self) -> Node:
        """The root element to read from; what is noticed below it is collected from here on."""
        return Node(self.root, [Finding(ENCODING)] if self._is_mislabelled else [])

    @cached_property
    def _is_mislabelled(self) -> bool:
        return xml.is_mislabelled(self.content)

    @cached_property
    def element(self) -> tuple[str, str]:
        """Namespace and local name of the root element; two empty strings where this is no XML."""
        if self.shape != "xml":
            return "", ""
        name = etree.QName(self.root)
        return name.namespace or "", name.localname

    @cached_property
    def shape(self) -> Shape:
        """What the first bytes say that this is, whatever the file is called."""
        head = self.head
        if not head.strip():
            return "empty"
        if b"%PDF-" in head[:1024]:
            return "pdf"
        if archives.is_archive(head):
            return "open_document" if archives.is_open_document(head) else "zip"
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            return "old_office"
        if head.startswith(_WIDE_ANGLES) or _XML.match(head):
            return "xml"
        return "binary" if b"\0" in head and not head.startswith(_MARKS_OF_WIDE_TEXT) else "text"
