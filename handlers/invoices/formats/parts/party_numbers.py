"""The numbers by which UBL and CII name a party besides the VAT number."""

from collections.abc import Iterable

from handlers.invoices.formats.document import Party
from handlers.invoices.formats.parts.node import Node

_MOST = 10
_LONGEST = 64
_MAIL_SCHEME = "EM"
# ISO 6523 codes of Peppol's list (EAS) under which the number is a VAT number.
_VAT_SCHEMES = frozenset({"9906", *map(str, range(9910, 9960))} - {"9913", "9918", "9958", "9959"})


def identified(
    name: str | None,
    tax_id: str | None,
    country: str | None,
    given: Iterable[Node],
    email: str | None = None,
) -> Party:
    """The party. Where no VAT number is told, one of the other numbers may be one, and one may be
    the address for its invoices: its scheme says so. ``email`` is that of its contact.
    """
    others: dict[str, None] = {}  # in their order, each once
    vat_number = address = None
    for node in given:
        text, scheme = node.text(), node.attribute("schemeID")
        if not text or len(text) > _LONGEST:
            continue
        number = _plain(text)
        others[number] = None
        if vat_number is None and scheme in _VAT_SCHEMES:
            vat_number = number
        if address is None and scheme == _MAIL_SCHEME:
            address = number
    tax_id = tax_id or vat_number
    prefix = tax_id[:2] if tax_id and tax_id[:2].isalpha() else None
    if tax_id:
        others.pop(tax_id, None)
    return Party(name, tax_id, country or prefix, tuple(others)[:_MOST], address or email)


def represented(seller: Party, number: str | None) -> Party:
    """The seller, who may be abroad and known to the tax office by a representative's number."""
    return seller._replace(others=(*seller.others, number)) if number else seller


def _plain(number: str) -> str:
    return "".join(number.split())
