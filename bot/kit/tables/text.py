"""The lines of a table, whose encoding nobody wrote down."""

import codecs
from collections.abc import Iterable, Iterator
from io import BufferedReader, BytesIO, RawIOBase, StringIO, TextIOWrapper
from typing import Any, BinaryIO

from bot.kit.files.encodings import likeliest

_WIDE = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_BLOCK = 65_536  # within which a line ends
_LONGEST_LINE = 1_000_000


def lines(stream: BinaryIO) -> Iterator[str]:
    """Text line by line, so that a table of any length needs no more memory than a short one.

    By its byte order mark, else UTF-8, else the one encoding of Central Europe that all lines are
    read in which are no UTF-8.
    """
    begins = stream.read(_BLOCK)
    stream.seek(0)
    wide = next((encoding for mark, encoding in _WIDE.items() if begins.startswith(mark)), None)
    if wide:
        yield from TextIOWrapper(stream, encoding=wide, errors="replace", newline="")
        return
    if begins.startswith(codecs.BOM_UTF8):
        stream.seek(len(codecs.BOM_UTF8))
    is_old = b"\r" in begins and b"\n" not in begins
    yield from _blocks(BufferedReader(_OldLines(stream)) if is_old else stream)


class _OldLines(RawIOBase):
    """A file whose lines end with a carriage return alone, as spreadsheets on a Mac write them."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        part = self._stream.read(len(view)).replace(b"\r", b"\n")
        view[: len(part)] = part
        return len(part)


def _blocks(stream: BinaryIO) -> Iterator[str]:
    encoding = ""
    while block := stream.read(_BLOCK):
        block += stream.readline(_LONGEST_LINE)
        try:
            yield from StringIO(block.decode(), newline="\n")
        except UnicodeDecodeError:
            odd = b"".join(line for line in BytesIO(block) if not line.isascii())
            encoding = encoding or likeliest(odd)
            yield from _mixed(BytesIO(block), encoding)


def _mixed(lines_: Iterable[bytes], encoding: str) -> Iterator[str]:
    """Lines of UTF-8 between others stay UTF-8."""
    for line in lines_:
        try:
            yield line.decode()
        except UnicodeDecodeError:
            yield line.decode(encoding, errors="replace")
