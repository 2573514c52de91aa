"""The content of FA(1) to FA(3) and FA_RR(1)."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256

from bot.kit.invoice_content import Content, Line, Method
from handlers.invoices.formats.contents.parts import address, joined, texts
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.formats.node import Node, loose_amount
from handlers.invoices.formats.source import Source

# The fields of a line: name, unit, quantity, price, net, gross, rate, and the mark of what stood before a correction.
_OF_SALE = ("P_7", "P_8A", "P_8B", "P_9A", "P_11", "P_11A", "P_12", "StanPrzed")
_OF_ORDER = ("P_7Z", "P_8AZ", "P_8BZ", "P_9AZ", "P_11NettoZ", "", "P_12Z", "StanPrzedZ")
_OF_FARMER = ("P_5", "P_6A", "P_6B", "P_7", "P_8", "P_11", "P_9", "StanPrzed")

_METHODS: dict[str, Method] = {
    "1": "cash",
    "2": "card",
    "3": "voucher",
    "4": "cheque",
    "5": "credit",
    "6": "transfer",
    "7": "mobile",
}
_NIP = re.compile("[0-9]{10}")
_LINK = "https://qr.ksef.mf.gov.pl/invoice/{nip}/{day:%d-%m-%Y}/{digest}"


def read(source: Source, document: InvoiceDocument) -> Content:
    root = source.top
    fa = root.child("Fa") or root.child("FakturaRR")
    payment = fa.child("Platnosc")
    return Content(
        currency=document.currency or "",
        taxes=document.taxes,
        lines=tuple(_lines(fa)),
        sold_on=fa.day("P_6"),
        seller_address=_address(root.child("Podmiot1", "Adres")),
        buyer_address=_address(root.child("Podmiot2", "Adres")),
        method=_METHODS.get(payment.text("FormaPlatnosci") or "") or payment.text("OpisPlatnosci"),
        reason=fa.text("PrzyczynaKorekty"),
        notes=(*_settled(fa), *_described(fa), *texts(root.child("Stopka").children("Informacje"), "StopkaFaktury")),
        ksef_link=_link(source, document),
    )


def _lines(fa: Node) -> Iterator[Line]:
    """What was sold; of an advance what was ordered."""
    for name, fields in (("FaWiersz", _OF_SALE), ("FakturaRRWiersz", _OF_FARMER)):
        yield from (_line(line, fields) for line in fa.children(name))
    yield from (_line(line, _OF_ORDER) for line in fa.child("Zamowienie").children("ZamowienieWiersz"))


def _line(line: Node, fields: tuple[str, ...]) -> Line:
    name, unit, quantity, price, net, gross, rate, before = fields
    told, stated = line.text(rate) or "", line.amount(net)
    percent = loose_amount(told)
    return Line(
        name=line.text(name),
        quantity=line.amount(quantity),
        unit=line.text(unit),
        unit_price=line.amount(price) if line.child(price) else line.amount("P_9B"),
        rate=percent,
        category=None if percent is not None else told or None,
        net=stated,
        gross=line.amount(gross) if stated is None and gross else None,
        is_before=line.text(before) == "1",
    )


def _described(fa: Node) -> Iterator[str]:
    for told in fa.children("DodatkowyOpis"):
        if words := joined(told.text("Klucz") and f"{told.text('Klucz')}:", told.text("Wartosc")):
            yield words


def _settled(fa: Node) -> Iterator[str]:
    """What else is asked for or taken off, so that the amount to pay is not the total."""
    for sign, name in (("+", "Obciazenia"), ("−", "Odliczenia")):
        for told in fa.child("Rozliczenie").children(name):
            yield f"{told.text('Powod') or ''}: {sign}{told.text('Kwota') or ''}"


def _address(node: Node) -> tuple[str, ...]:
    return address(node.text("AdresL1"), node.text("AdresL2"))


def _link(source: Source, document: InvoiceDocument) -> str:
    """KSeF's first code (KOD I): the seller, the day of issue and the digest of the file as KSeF took it."""
    nip, day = document.seller.tax_id or "", document.issued_on
    digest = urlsafe_b64encode(sha256(source.content).digest()).rstrip(b"=").decode()
    return _LINK.format(nip=nip, day=day, digest=digest) if _NIP.fullmatch(nip) and day else ""
