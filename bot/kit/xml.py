"""XML from strangers: parsed within bounds, without DTD, entities or network, in the encodings that
occur.
"""

import codecs
import re
from collections.abc import Collection, Iterator

from lxml import etree

from bot.kit.errors import Problem
from bot.kit.files.encodings import likeliest

MAX_BYTES = 50_000_000
MAX_DEPTH = 64
MAX_MARKS = 1_500_000
_PIECE = 65_536
# Without the signs between letters and digits, which everybody writes in their own way.
_ENCODINGS = re.compile(
    r"(?:utf8|usascii|ascii)|(?:iso8859|latin)(1[0-6]|[1-9])|(?:windows|win|cp|xcp)(125[0-8])"
    r"|(?:cp|ibm|pc)?(852)"
)
_WIDE = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WIDE_UNMARKED = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_BEFORE = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)  # what may stand before the first tag


class XmlTooLarge(Problem):
    sentence = "The XML is too large: {size} MB where at most {limit} MB are read. Split the file."


class XmlTooManyElements(Problem):
    sentence = (
        "The XML has too many elements: more than {limit} tags and attributes. Split the file."
    )


class XmlTooDeep(Problem):
    sentence = (
        "The XML is nested deeper than {limit} levels; no invoice or statement is. It was not read."
    )


class XmlWithDoctype(Problem):
    sentence = (
        "The XML declares a DTD or entities. Such files are refused for safety; ask for it without "
        "DOCTYPE."
    )


class XmlBroken(Problem):
    sentence = (
        "The XML is not well-formed at line {line}, column {column}. It may be cut off; get the "
        "file again."
    )


class NoXml(Problem):
    sentence = "This is no XML: it does not begin with a tag."


class XmlEncodingUnknown(Problem):
    sentence = (
        "The XML says that it is written in the encoding {encoding}, which cannot be read. Save it "
        "as UTF-8."
    )


class XmlBytesDoNotFit(Problem):
    sentence = (
        "The XML is not really written in {encoding} as it says (byte {position}). Save it again "
        "as UTF-8."
    )


def parse(
    data: bytes,
    *,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    max_marks: int = MAX_MARKS,
) -> etree._Element:
    """The root element of ``data``.

    Raises a :class:`Problem` of this module when the bytes are more than ``max_bytes``, hold more
    than
    ``max_marks`` tags and attributes, nest deeper than ``max_depth``, carry a DOCTYPE, or are not
    well-formed. Comments, processing instructions and blank text between elements are left out. A
    byte order mark wins over the declaration; a declaration of UTF-16 on single bytes (as .NET
    writes into strings) is read as UTF-8. What says that it is UTF-8 and is not is read in the
    likeliest encoding of Central Europe (:func:`is_mislabelled`).
    """
    plain = _admitted(data, max_bytes)
    if _marks(plain) > max_marks:
        raise XmlTooManyElements(limit=max_marks)
    root = _parsed(plain, max_depth)
    if etree.XPath("boolean(" + "/*" * (max_depth + 1) + ")")(root):
        raise XmlTooDeep(limit=max_depth)
    return root


def each(
    data: bytes, names: Collection[str], *, max_bytes: int = MAX_BYTES, max_marks: int = MAX_MARKS
) -> Iterator[etree._Element]:
    """The elements of these local names, in the order in which they end: for files of many like
    parts.

    Once the next one is asked for, an element is forgotten together with what stands before it
    beside it, so that memory stays flat; ``max_marks`` bounds the tags and attributes between two
    of them. Raises as
    :func:`parse` does (libxml2's own bound of 256 levels holds for the depth).
    """
    plain = _admitted(data, max_bytes)
    parser = etree.XMLPullParser(
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
    )
    marks = 0
    try:
        for start in range(0, len(plain), _PIECE):
            piece = plain[start : start + _PIECE]
            marks += _marks(piece)
            if marks > max_marks:
                raise XmlTooManyElements(limit=max_marks)
            parser.feed(piece)
            for _, element in parser.read_events():
                if isinstance(element, etree._Element):
                    yield element
                    _forget(element)
                    marks = 0
        parser.close()
    except etree.XMLSyntaxError as broken:
        raise _broken(broken, 256) from broken


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _marks(plain: bytes) -> int:
    """Each tag and attribute becomes a node of some 200 bytes: their number bounds the memory."""
    return plain.count(b"<") + plain.count(b"=")


def _admitted(data: bytes, max_bytes: int) -> bytes:
    """The bytes as UTF-8, once size and beginning are found harmless."""
    if len(data) > max_bytes:
        raise XmlTooLarge(size=round(len(data) / 1e6, 1), limit=round(max_bytes / 1e6, 1))
    plain = _as_utf8(data)
    beginning = _beginning(plain)
    if beginning == b"<!DOCTYPE":
        raise XmlWithDoctype
    if not beginning.startswith(b"<"):
        raise NoXml
    return plain


def _beginning(plain: bytes) -> bytes:
    """The first nine bytes after blanks, instructions and comments."""
    place = 0
    while match_ := _BEFORE.match(plain, place):
        place = match_.end()
    return plain[place : place + 9]


def _parsed(plain: bytes, max_depth: int) -> etree._Element:
    # huge_tree lifts libxml2's bound on one text (an attached PDF); ours on size, depth and marks
    # stay.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
    )
    try:
        return etree.fromstring(plain, parser)
    except etree.XMLSyntaxError as broken:
        raise _broken(broken, max_depth) from broken


def _broken(error: etree.XMLSyntaxError, max_depth: int) -> Problem:
    if "depth" in str(error.msg):
        return XmlTooDeep(limit=max_depth)
    if "huge" in str(error.msg):
        return XmlTooLarge(size="more than 10", limit=10)
    line, column = error.position
    return XmlBroken(line=line, column=column)


def is_mislabelled(data: bytes) -> bool:
    """Whether single bytes are no UTF-8 though nothing says that they are anything else."""
    return _wide(data) is None and _declared(data) == "utf-8" and not _is_utf8(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_utf8(data: bytes) -> bytes:
    if wide := _wide(data):
        return _recoded(data, wide)
    plain = _bare(data)
    encoding = _declared(data)
    if encoding != "utf-8":
        return _recoded(plain, encoding)
    return plain if _is_utf8(plain) else plain.decode(likeliest(plain), errors="replace").encode()


def _wide(data: bytes) -> str | None:
    return next((name for start, name in (*_WIDE, *_WIDE_UNMARKED) if data.startswith(start)), None)


def _bare(data: bytes) -> bytes:
    """Without marks of the byte order (some write two) and the zeros that fill up a block."""
    plain = data.lstrip().rstrip(b"\0")
    while plain.startswith(codecs.BOM_UTF8):
        plain = plain[len(codecs.BOM_UTF8) :].lstrip()
    return plain


def _declared(data: bytes) -> str:
    """The encoding that single bytes are said to be in, as Python calls it."""
    plain = _bare(data[:_PIECE])
    declared = _DECLARED.match(plain)
    if declared is None or data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    written = declared[1].decode("ascii").lower()
    name = re.sub("[^a-z0-9]", "", written)
    if name.startswith(("utf16", "utf32", "ucs")):
        return "utf-8"
    match_ = _ENCODINGS.fullmatch(name)
    if not match_:
        raise XmlEncodingUnknown(encoding=written)
    part, windows, dos = match_.groups()
    if part:
        return _existing(f"iso8859-{part}", written)
    return _existing(f"cp{windows or dos}", written) if windows or dos else "utf-8"


def _existing(encoding: str, written: str) -> str:
    """There is no twelfth part of ISO 8859, though there are the eleventh and the thirteenth."""
    try:
        codecs.lookup(encoding)
    except LookupError as unknown:
        raise XmlEncodingUnknown(encoding=written) from unknown
    return encoding


def _recoded(data: bytes, encoding: str) -> bytes:
    try:
        return data.decode(encoding).lstrip("\ufeff \t\r\n").rstrip("\0").encode()
    except UnicodeError as wrong:
        position = wrong.start if isinstance(wrong, UnicodeDecodeError) else 0
        raise XmlBytesDoNotFit(encoding=encoding.upper(), position=position) from wrong
