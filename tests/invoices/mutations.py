"""Ways of spoiling a file: bytes, tokens and whole parts of it, or of the files packed inside."""

import random
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

TOKENS = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"&",
    b"&#0;",
    b"&#x110000;",
    b"]]>",
    b"<![CDATA[",
    b"<!DOCTYPE a [",
    b"<!--",
    b"<?x ",
    b'"',
    b"'",
    b"=",
    b";",
    b",",
    b"\t",
    b"\r",
    b"\n\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xed\xa0\x80",
    b"-",
    b"--1",
    b"1e999",
    b"NaN",
    b"Infinity",
    b"-0",
    b"0.0000000000000000000001",
    b"9" * 40,
    b"1,2,3.4.5",
    b"0000-00-00",
    b"2026-02-30",
    b"99991231",
    b"-1-1-1",
    b"2026-11-02T25:61:61+99:99",
    b"XXX",
    b"\xd9\xa1\xd9\xa2",
    b"{}",
    b"{facts}",
    b"%s",
    b"\\",
    b"../../etc/passwd",
    b"=HYPERLINK(1)",
    b"\xe2\x80\xae",
    b"\xf0\x9f\x92\xa5" * 5,
    b"obj",
    b"endobj",
    b"stream",
    b"endstream",
    b"1 0 R",
    b"<<",
    b">>",
    b"/Kids",
    b"/Prev 9",
    b"/Filter/LZWDecode",
]
Spoiling = Callable[[random.Random, bytes], bytes]


def spoiled(by: random.Random, data: bytes, others: list[bytes]) -> bytes:
    """The file with one to six things wrong in it."""
    if by.random() < 0.6:
        if data.startswith(b"PK"):
            return _in_archive(by, data, others)
        if data.startswith(b"%PDF"):
            return _in_streams(by, data, others)
    for _ in range(by.choice((1, 1, 1, 2, 3, 6))):
        data = _once(by, data, others)
    return data


def _once(by: random.Random, data: bytes, others: list[bytes]) -> bytes:
    if by.random() < 0.05 and others:
        other = by.choice(others)
        return data[: by.randint(0, len(data))] + other[by.randint(0, len(other)) :]
    return by.choice(_WAYS)(by, data)


def _flip(by: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(by.choice((1, 1, 4, 16))):
        if changed:
            changed[by.randrange(len(changed))] = by.randrange(256)
    return bytes(changed)


def _cut(by: random.Random, data: bytes) -> bytes:
    begin, end = _span(by, data)
    return data[:begin] + data[end:]


def _repeat(by: random.Random, data: bytes) -> bytes:
    begin, end = _span(by, data)
    return data[:end] + data[begin:end] * by.choice((1, 1, 3, 50)) + data[end:]


def _insert(by: random.Random, data: bytes) -> bytes:
    place = by.randint(0, len(data))
    return data[:place] + by.choice(TOKENS) + data[place:]


def _retell(by: random.Random, data: bytes) -> bytes:
    """The text of one element, or one cell, becomes something else."""
    begin = data.find(by.choice((b">", b";", b",", b'"')), by.randint(0, len(data)))
    if begin < 0:
        return _insert(by, data)
    ends = [
        end for sign in (b"<", b";", b",", b'"', b"\n") if (end := data.find(sign, begin + 1)) >= 0
    ]
    return data[: begin + 1] + by.choice(TOKENS) + data[min(ends, default=len(data)) :]


def _end(by: random.Random, data: bytes) -> bytes:
    return data[: by.randint(0, len(data))]


def _swap(by: random.Random, data: bytes) -> bytes:
    begin, end = _span(by, data)
    middle = by.randint(begin, end)
    return data[:begin] + data[middle:end] + data[begin:middle] + data[end:]


_WAYS: list[Spoiling] = [
    _flip,
    _cut,
    _repeat,
    _insert,
    _insert,
    _retell,
    _retell,
    _retell,
    _end,
    _swap,
]


def _span(by: random.Random, data: bytes) -> tuple[int, int]:
    begin = by.randint(0, len(data))
    return begin, min(len(data), begin + by.choice((1, 8, 64, 512, 4096)))


def _in_archive(by: random.Random, data: bytes, others: list[bytes]) -> bytes:
    """One part inside is spoiled, and packed again so that it is really read."""
    written = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as whole,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        names = whole.namelist()
        chosen = by.choice(names)
        for name in names:
            part = whole.read(name)
            archive.writestr(name, _once(by, part, others) if name == chosen else part)
    return written.getvalue()


def _in_streams(by: random.Random, data: bytes, others: list[bytes]) -> bytes:
    """The structure of a PDF outside of its pages' streams; or the stream of one attachment, folded
    again.
    """
    begin = data.find(b"stream\n", by.randint(0, len(data)))
    end = data.find(b"endstream", begin)
    if begin < 0 or end < 0 or by.random() < 0.5:
        objects = data.rfind(b"/EmbeddedFiles")
        place = objects if objects >= 0 and by.random() < 0.5 else by.randint(0, len(data))
        around = max(0, place - 300)
        return data[:around] + _once(by, data[around : place + 300], others) + data[place + 300 :]
    try:
        inner = zlib.decompress(data[begin + 7 : end].strip(b"\r\n"))
    except zlib.error:
        inner = data[begin + 7 : end]
    return data[: begin + 7] + zlib.compress(_once(by, inner, others)) + b"\n" + data[end:]
