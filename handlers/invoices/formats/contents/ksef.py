"""The content of FA(1) to FA(3) and FA_RR(1)."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from bot.kit.invoice_content import Content, Line, Method, Remark, Role
from handlers.invoices.formats import ksef_fa
from handlers.invoices.formats.contents.parts import address, discount, joined, other, texts
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.formats.parts.node import Node, loose_amount, whole
from handlers.invoices.formats.source import Source

FORMATS = ("ksef-fa1", "ksef-fa2", "ksef-fa3", "ksef-fa-rr")


class _Fields(NamedTuple):
    """What the fields of a line are called; ``before`` marks what stood before a correction."""

    name: str
    unit: str
    quantity: str
    price: str
    net: str
    gross: str
    rate: str
    discount: str
    before: str


_OF_SALE = _Fields("P_7", "P_8A", "P_8B", "P_9A", "P_11", "P_11A", "P_12", "P_10", "StanPrzed")
_OF_ORDER = _Fields("P_7Z", "P_8AZ", "P_8BZ", "P_9AZ", "P_11NettoZ", "", "P_12Z", "", "StanPrzedZ")
_OF_FARMER = _Fields("P_5", "P_6A", "P_6B", "P_7", "P_8", "P_11", "P_9", "", "StanPrzed")

_METHODS_OF_FARMER: dict[str, Method] = {"1": "transfer"}
_METHODS: dict[str, Method] = {
    "1": "cash",
    "2": "card",
    "3": "voucher",
    "4": "cheque",
    "5": "credit",
    "6": "transfer",
    "7": "mobile",
}
_REMARKS: tuple[tuple[str, Remark], ...] = (
    ("P_16", "cash_method"),
    ("P_17", "self_billing"),
    ("P_18", "reverse_charge"),
    ("P_18A", "split_payment"),
    ("P_23", "simplified_triangle"),
)
_ROLES: dict[str, Role] = {
    "1": "factor",
    "2": "recipient",
    "4": "further_buyer",
    "5": "issuer",
    "6": "payer",
    "7": "issuer",
    "8": "recipient",
    "9": "issuer",
    "10": "recipient",
}
_NIP = re.compile("[0-9]{10}")
_IN_PLN = re.compile("P_14_[1-4]W")
_LINK = "https://qr.ksef.mf.gov.pl/invoice/{nip}/{day:%d-%m-%Y}/{digest}"


def read(source: Source, document: InvoiceDocument) -> Content:
    root = source.top
    fa = root.child("Fa") or root.child("FakturaRR")
    payment = fa.child("Platnosc")
    methods = _METHODS_OF_FARMER if fa.name == "FakturaRR" else _METHODS
    return Content(
        currency=document.currency or "",
        lines=tuple(_lines(fa)),
        settled=tuple(_settled(fa.child("Rozliczenie"))),
        accounted=_accounted(fa, document.currency),
        sold_on=fa.day("P_6"),
        period=(fa.day("OkresFa", "P_6_Od"), fa.day("OkresFa", "P_6_Do")),
        references=texts(fa.child("WarunkiTransakcji").children("Zamowienia"), "NrZamowienia"),
        remarks=tuple(remark for name, remark in _REMARKS if fa.text("Adnotacje", name) == "1"),
        seller_address=_address(root.child("Podmiot1", "Adres")),
        buyer_address=_address(root.child("Podmiot2", "Adres")),
        others=tuple(_others(root, fa)),
        method=methods.get(payment.text("FormaPlatnosci") or "") or payment.text("OpisPlatnosci"),
        reason=", ".join(texts([fa.child("PrzyczynaKorekty"), fa.child("OkresFaKorygowanej")]))
        or None,
        notes=(
            *texts(
                fa.child("Adnotacje", "Zwolnienie", basis) for basis in ("P_19A", "P_19B", "P_19C")
            ),
            *_described(fa),
            *texts(root.child("Stopka").children("Informacje"), "StopkaFaktury"),
        ),
        has_attachments=bool(root.child("Zalacznik")),
        ksef_link=_link(source, document),
    )


def _others(root: Node, fa: Node) -> Iterator[tuple[Role, str]]:
    """Third parties, and how the two stood before a correction."""
    before: tuple[tuple[str, Role], ...] = (
        ("Podmiot1K", "seller_before"),
        ("Podmiot2K", "buyer_before"),
    )
    for third in root.children("Podmiot3"):
        yield from _other(_ROLES.get(third.text("Rola") or ""), third)
    for name, role in before:
        for node in fa.children(name):
            yield from _other(role, node)


def _other(role: Role | None, node: Node) -> tuple[tuple[Role, str], ...]:
    """Somebody whose role is one that people know."""
    if role is None:
        return ()
    who = ksef_fa.party(node)
    return other(role, who.name, *_address(node.child("Adres")), who.tax_id)


def _lines(fa: Node) -> Iterator[Line]:
    """What was sold; of an advance what was ordered."""
    for name, fields in (("FaWiersz", _OF_SALE), ("FakturaRRWiersz", _OF_FARMER)):
        for line in fa.children(name):
            yield _line(line, fields)
    for line in fa.child("Zamowienie").children("ZamowienieWiersz"):
        yield _line(line, _OF_ORDER)


def _line(line: Node, fields: _Fields) -> Line:
    told, net = line.text(fields.rate) or line.text("P_12_XII") or "", line.amount(fields.net)
    percent, quantity = loose_amount(told), line.amount(fields.quantity)
    price = line.amount(fields.price if line.child(fields.price) else "P_9B")
    gross = line.amount(fields.gross) if fields.gross and net is None else None
    less = line.amount(fields.discount) if fields.discount else None
    return Line(
        name=line.text(fields.name),
        quantity=quantity,
        unit=line.text(fields.unit),
        unit_price=price,
        rate=percent,
        category=None if percent is not None else told or None,
        net=net,
        gross=gross,
        is_before=line.text(fields.before) == "1",
        changed=discount(less, quantity, price, gross if net is None else net),
        is_ordered=fields is _OF_ORDER,
    )


def _accounted(fa: Node, currency: str | None) -> tuple[Decimal, str] | None:
    """The VAT in złoty."""
    in_zlotys = whole([node.amount() for node in fa.children() if _IN_PLN.fullmatch(node.name)])
    return None if in_zlotys is None or currency == "PLN" else (in_zlotys, "PLN")


def _described(fa: Node) -> Iterator[str]:
    for node in fa.children("DodatkowyOpis"):
        if words := joined(node.text("Klucz") and f"{node.text('Klucz')}:", node.text("Wartosc")):
            yield words


def _settled(settlement: Node) -> Iterator[tuple[str, Decimal]]:
    """What else is asked for or taken off, so that the amount to pay is not the total."""
    for name, sign in (("Obciazenia", 1), ("Odliczenia", -1)):
        for node in settlement.children(name):
            yield node.text("Powod") or "", sign * (node.amount("Kwota") or Decimal(0))


def _address(node: Node) -> tuple[str, ...]:
    return address(node.text("AdresL1"), node.text("AdresL2"))


def _link(source: Source, document: InvoiceDocument) -> str:
    """KSeF's first code (KOD I): the seller, the day of issue and the digest of the file as KSeF
    took it.
    """
    nip, day = document.seller.tax_id or "", document.issued_on
    digest = urlsafe_b64encode(sha256(source.content).digest()).rstrip(b"=").decode()
    return _LINK.format(nip=nip, day=day, digest=digest) if _NIP.fullmatch(nip) and day else ""
