"""The XML files that a PDF carries, wherever the standard lets it, the likeliest first.

ISO 32000: the tree of embedded files (``/Names``), associated files of the document and of its
pages (``/AF``), and the paper clips on a page (``/FileAttachment``). Which of several is the
invoice follows from the XMP metadata (``DocumentFileName``), the names that Factur-X, ZUGFeRD and
XRechnung lay down, and the relationship (``/AFRelationship``).
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from pypdf import PdfReader
from pypdf.errors import LimitReachedError

from bot.kit.files.foreign_pdf import BROKEN, MAX_UNFOLDED
from handlers.invoices.formats.source import Source

MAX_ATTACHMENTS = 50
_MAX_NODES = 1_000
_MAX_DEPTH = 16
_MAX_PAGES = 100
_XMP_NAME = re.compile(rb"DocumentFileName(?:>|=[\"'])\s*([^<\"']{1,200}?)\s*[<\"']")
_STANDARD = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"})
_RELATED = frozenset({"/Data", "/Source", "/Alternative"})


class Attached(NamedTuple):
    """A file of a PDF; ``is_named`` where the PDF itself says that it is the invoice."""

    source: Source
    is_named: bool


def attached(reader: PdfReader) -> Iterator[Attached]:
    """The attached files that begin like XML; those on pages only where there are no others."""
    seen: set[object] = set()
    names, left = _xmp_names(reader), 3 * MAX_UNFOLDED
    for places in (_of_document(reader), _on_pages(reader)):
        ranked = sorted(
            ((_rank(name, spec, names), name, spec) for name, spec in _once(places, seen)),
            key=lambda item: item[0],
        )
        result = False
        for rank, name, spec in islice(ranked, MAX_ATTACHMENTS):
            file = Source.of(_stream(spec).get_data(), name)
            left -= file.size
            if left < 0:
                raise LimitReachedError("attached files")
            if file.shape == "xml":
                result = True
                yield Attached(file, rank < 2)
        if result:
            return


def _rank(name: str, spec: Any, names: frozenset[str]) -> int:
    base = re.split(r"[/\\\\]", name)[-1].casefold()
    if base in names:
        return 0
    if base in _STANDARD:
        return 1
    return 2 if spec.get("/AFRelationship") in _RELATED else 3


def _xmp_names(reader: PdfReader) -> frozenset[str]:
    try:
        metadata: Any = reader.root_object.get("/Metadata")
        text = metadata.get_object().get_data() if metadata is not None else b""
    except BROKEN:
        return frozenset()
    results = (name.decode("utf-8", errors="replace") for name in _XMP_NAME.findall(text))
    return frozenset(name.casefold() for name in results)


def _once(places: Iterator[tuple[str, Any]], seen: set[object]) -> Iterator[tuple[str, Any]]:
    """Each file once, though a tree and a list of associated files both name it."""
    for name, spec in islice(places, _MAX_NODES):
        stream = _stream(spec)
        if stream is None:
            continue
        reference = getattr(stream, "indirect_reference", None)
        key = (reference.idnum, reference.generation) if reference else id(stream)
        if key not in seen:
            seen.add(key)
            yield name, spec


def _of_document(reader: PdfReader) -> Iterator[tuple[str, Any]]:
    root = reader.root_object
    names: Any = _at(root, "/Names")
    yield from _tree(_at(names, "/EmbeddedFiles"), [_MAX_NODES])
    yield from _associated(root)


def _on_pages(reader: PdfReader) -> Iterator[tuple[str, Any]]:
    for page in islice(reader.pages, _MAX_PAGES):
        yield from _associated(page)
        for annotation in islice(_list(_at(page, "/Annots")), _MAX_NODES):
            clip = _plain(annotation)
            if _at(clip, "/Subtype") == "/FileAttachment":
                yield from _specified(_at(clip, "/FS"))


def _tree(node: Any, left: list[int], depth: int = 0) -> Iterator[tuple[str, Any]]:
    left[0] -= 1
    if left[0] < 0 or depth > _MAX_DEPTH:
        return
    pairs = _list(_at(node, "/Names"))
    for key, spec in zip(pairs[::2], pairs[1::2], strict=False):
        yield from _specified(_plain(spec), str(_plain(key)))
    for kid in _list(_at(node, "/Kids")):
        yield from _tree(_plain(kid), left, depth + 1)


def _associated(holder: Any) -> Iterator[tuple[str, Any]]:
    files = _at(holder, "/AF")
    for spec in _list(files) or [files]:
        yield from _specified(_plain(spec))


def _specified(spec: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(spec, dict) and isinstance(_at(spec, "/EF"), dict):
        name = _at(spec, "/UF") or _at(spec, "/F") or key
        yield str(name), spec


def _stream(spec: Any) -> Any:
    files = _at(spec, "/EF")
    of_systems = (_at(files, name) for name in ("/UF", "/F", "/Unix", "/DOS", "/Mac"))
    return next((stream for stream in of_systems if hasattr(stream, "get_data")), None)


def _at(holder: Any, name: str) -> Any:
    return _plain(holder.get(name)) if isinstance(holder, dict) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _plain(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
