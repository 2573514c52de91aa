"""FA(2) and FA(3): structured invoices of the Polish National e-Invoice System (KSeF)."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from bot.kit.days import is_kept
from bot.kit.invoice_content import Tax
from handlers.invoices.formats.document import (
    Corrected,
    Instalment,
    InvoiceDocument,
    Kind,
    Party,
)
from handlers.invoices.formats.parts.ksef_rules import structure_findings
from handlers.invoices.formats.parts.node import Node, amounts, whole
from handlers.invoices.formats.schemas import schema_findings
from handlers.invoices.formats.source import Source

_VERSIONS = {"FA (1)": "ksef-fa1", "FA (2)": "ksef-fa2", "FA (3)": "ksef-fa3"}
_KINDS: dict[str, Kind] = {
    "KOR": "correction",
    "KOR_ZAL": "correction",
    "KOR_ROZ": "correction",
    "ZAL": "advance",
    "ROZ": "final",
}
# The VAT summary: the ending of P_13_… (net) and P_14_… (tax), and the rates that the field is for.
_RATES = {"1": (23, 22), "2": (8, 7), "3": (5,), "4": (4, 3), "6_1": (0,), "6_2": (0,), "6_3": (0,)}
# What P_12 calls them, where the percent alone does not say all.
_CATEGORIES = {
    "5": "OSS",
    "6_1": "KR",
    "6_2": "WDT",
    "6_3": "EX",
    "7": "zw",
    "8": "np I",
    "9": "np II",
    "10": "oo",
    "11": "marża",
}
_KSEF_NUMBER = re.compile(
    r"(?<![0-9])([0-9]{10}-[0-9]{8}-[0-9A-F]{6}-?[0-9A-F]{6}-[0-9A-F]{2})(?![0-9A-F])"
)


def recognises(source: Source) -> bool:
    return source.element[1] == "Faktura" and form_code(source.top) in _VERSIONS


def form_code(root: Node) -> str:
    """What the heading says that this is: ``FA (3)``, ``FA_RR (1)``."""
    return root.child("Naglowek", "KodFormularza").attribute("kodSystemowy") or ""


def read(source: Source) -> Iterator[InvoiceDocument]:
    """The one document of the file."""
    root = source.top
    format_, fa = _VERSIONS[form_code(root)], root.child("Fa")
    payment, settled = fa.child("Platnosc"), fa.child("Rozliczenie")
    total, prepaid, issued_on = fa.amount("P_15"), paid_in_part(payment), fa.day("P_1")
    marked_paid = marks_paid(payment)
    taxes = tuple(_taxes(fa))
    lines = list(fa.children("FaWiersz"))
    yield InvoiceDocument(
        format=format_,
        kind=_KINDS.get(fa.text("RodzajFaktury") or "", "invoice"),
        number=fa.text("P_2"),
        issued_on=issued_on,
        currency=fa.text("KodWaluty"),
        total=total,
        to_pay=left_to_pay(total, settled, prepaid, marked_paid),
        seller=party(root.child("Podmiot1")),
        buyer=party(root.child("Podmiot2")),
        instalments=tuple(instalments(payment, issued_on)),
        prepaid=prepaid,
        marked_paid=marked_paid,
        paid_on=payment.day("DataZaplaty"),
        accounts=tuple(_accounts(payment)),
        corrects=tuple(corrected(fa)),
        preceding=tuple(_advances(fa)),
        ksef_number=ksef_number_in(source.name),
        net=whole([tax.base for tax in taxes]),
        tax=whole([tax.amount for tax in taxes]),
        taxes=taxes,
        lines=len(lines),
        lines_net=_lines_net(fa, lines),
        noticed=(
            *root.noticed,
            *structure_findings(root),
            *schema_findings(source.root, format_),
        ),
    )


def party(node: Node) -> Party:
    contacts = (contact.text("Email") for contact in node.children("DaneKontaktowe"))
    return _identified(node)._replace(email=next(filter(None, contacts), None))


def _identified(node: Node) -> Party:
    identity = node.child("DaneIdentyfikacyjne")
    name = identity.text("Nazwa") or identity.text("PelnaNazwa")
    country = node.text("Adres", "KodKraju")
    if nip := identity.text("NIP"):
        return Party(name, nip.replace("-", "").replace(" ", ""), country or "PL")
    if vat := identity.text("NrVatUE"):
        prefix = identity.text("KodUE") or ""
        return Party(
            name, vat if vat.startswith(prefix) else prefix + vat, country or prefix or None
        )
    return Party(name, identity.text("NrID"), country or identity.text("KodKraju"))


def instalments(payment: Node, issued_on: date | None) -> Iterator[Instalment]:
    """Days as they stand; a term in words becomes a day only where it runs from the invoice's
    issue.
    """
    for term in payment.children("TerminPlatnosci"):
        words = term.child("TerminOpis")
        described = _described(words)
        due_on = term.day("Termin") or term.day() or _counted(words, issued_on)
        if due_on or described:
            yield Instalment(due_on, None, described)


def _described(words: Node) -> str | None:
    """FA(3) has a number, a unit and an event; FA(2) one text."""
    parts = [words.text(name) for name in ("Ilosc", "Jednostka", "ZdarzeniePoczatkowe")]
    return " ".join(part for part in parts if part) or words.text()


def _counted(words: Node, issued_on: date | None) -> date | None:
    count, unit = words.text("Ilosc") or "", (words.text("Jednostka") or "").lower()
    event = (words.text("ZdarzeniePoczatkowe") or "").lower()
    if "wystawieni" not in event or not re.fullmatch("[0-9]{1,3}", count):
        return None
    if issued_on is None or not is_kept(issued_on):
        return None
    if unit.startswith(("mies", "month")):
        return _months_later(issued_on, int(count))
    if unit.startswith(("dzie", "dni", "day")):
        return issued_on + timedelta(days=int(count))
    if unit.startswith(("tydz", "tyg", "week")):
        return issued_on + timedelta(weeks=int(count))
    return None


def _months_later(day: date, months: int) -> date:
    """Polish Civil Code, art. 112: the same day of that month, or its last where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def marks_paid(payment: Node) -> bool | None:
    """What the document says of itself: paid, paid in part (so not paid), or nothing."""
    if payment.text("Zaplacono") == "1":
        return True
    return {"1": False, "2": True}.get(payment.text("ZnacznikZaplatyCzesciowej") or "")


def paid_in_part(payment: Node) -> Decimal | None:
    parts = payment.children("ZaplataCzesciowa")
    return whole(amounts(parts, "KwotaZaplatyCzesciowej"))


def left_to_pay(
    total: Decimal | None, settled: Node, prepaid: Decimal | None, marked_paid: bool | None
) -> Decimal | None:
    """What the settlement states (``DoZaplaty``, or overpaid ``DoRozliczenia``), else the total;
    less what was paid.

    The settlement is the total with charges and deductions: payments are no part of it.
    """
    if (to_pay := settled.amount("DoZaplaty")) is not None:
        return Decimal(0) if marked_paid else to_pay - (prepaid or 0)
    if (overpaid := settled.amount("DoRozliczenia")) is not None:
        return -overpaid if overpaid else overpaid
    if total is None:
        return None
    return Decimal(0) if marked_paid else total - (prepaid or 0)


def _accounts(payment: Node) -> Iterator[str]:
    """The factor's account first: where there is one, the claim is assigned and the debtor pays
    there.
    """
    for name in ("RachunekBankowyFaktora", "RachunekBankowy"):
        for account in payment.children(name):
            if number := account.text("NrRB"):
                yield number.replace(" ", "")


def corrected(fa: Node) -> Iterator[Corrected]:
    for reference in fa.children("DaneFaKorygowanej"):
        if number := reference.text("NrFaKorygowanej"):
            yield Corrected(number, reference.text("NrKSeFFaKorygowanej"))


def _advances(fa: Node) -> Iterator[str]:
    for reference in fa.children("FakturaZaliczkowa"):
        number = reference.text("NrFaZaliczkowej") or reference.text("NrKSeFFaZaliczkowej")
        if number:
            yield number


def ksef_number_in(file_name: str) -> str | None:
    """KSeF gives the number when it takes the invoice, so it is not in the XML; files from KSeF are
    named by it.
    """
    written = _KSEF_NUMBER.search(file_name.upper())
    return written[1] if written else None


def _taxes(fa: Node) -> Iterator[Tax]:
    written = frozenset(line.text("P_12") for line in fa.children("FaWiersz"))
    taxes = {node.name[5:]: node for node in fa.children() if node.name.startswith("P_14_")}
    for node in fa.children():
        if node.name.startswith("P_13_"):
            ending = node.name[5:]
            net, tax = (
                node.amount(),
                taxes.pop(ending, Node(None, fa.noticed)).amount() or Decimal(0),
            )
            yield Tax(_rate(ending, net, tax, written), net, tax, _CATEGORIES.get(ending))


def _rate(
    ending: str, net: Decimal | None, tax: Decimal, written: frozenset[str | None]
) -> Decimal | None:
    """Of the rates that share a field the one in the lines, else the one that fits the tax."""
    shared = _RATES.get(ending, ())
    rates = [Decimal(rate) for rate in shared if str(rate) in written] or [*map(Decimal, shared)]
    return min(rates, key=lambda rate: abs((net or 0) * rate / 100 - tax), default=None)


def _lines_net(fa: Node, lines: list[Node]) -> Decimal | None:
    """Only where lines stand for the whole total: corrections, advances and final invoices list
    more or less.
    """
    nets = amounts(lines, "P_11")
    if fa.text("RodzajFaktury") != "VAT" or None in nets:
        return None
    return whole(nets)
