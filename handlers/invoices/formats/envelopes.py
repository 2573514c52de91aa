"""Envelopes of XML around an invoice: the header of a network (SBDH) and UBL's AttachedDocument."""

import binascii
from base64 import b64decode
from collections.abc import Iterator

from lxml import etree

from handlers.invoices.formats.parts.node import Node
from handlers.invoices.formats.source import MAX_BYTES, Source

_MOST_LAYERS = 4
_SBDH = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"


def unwrapped(source: Source) -> Source:
    """The file inside its envelopes, or the file itself where it is in none."""
    for _ in range(_MOST_LAYERS):
        inner = next((item for item in _inside(source) if 0 < len(item) <= MAX_BYTES), None)
        if inner is None:
            return source
        source = Source.of(inner, source.name)
    return source


def _inside(source: Source) -> Iterator[bytes]:
    namespace, name = source.element
    if name == "StandardBusinessDocument" and namespace == _SBDH:
        yield from _carried(source.top)
    elif name == "AttachedDocument":
        yield from _attached(source.top)


def _carried(envelope: Node) -> Iterator[bytes]:
    for node in envelope.children():
        if node.name == "BinaryContent":
            yield _decoded(node)
        elif node.element is not None and node.name != "StandardBusinessDocumentHeader":
            yield etree.tostring(node.element, encoding="utf-8", with_tail=False)


def _attached(envelope: Node) -> Iterator[bytes]:
    attachment = envelope.child("Attachment")
    written = attachment.child("ExternalReference", "Description").element
    if written is not None and (text := (written.text or "").strip()).startswith("<"):
        yield text.encode()
    packed = attachment.child("EmbeddedDocumentBinaryObject")
    if packed:
        yield _decoded(packed)


def _decoded(node: Node) -> bytes:
    """The bytes of base64; none where it is none, so that the envelope is refused by its name."""
    text = node.element.text if node.element is not None else None
    try:
        return b64decode(text or "")
    except (binascii.Error, ValueError):
        return b""
