"""What FA(2) and FA(3) demand beyond their schema: which parts and fields belong together."""

from collections.abc import Iterator

from lxml import etree

from bot.kit.words import N_
from handlers.invoices.formats.document import Finding, Rule
from handlers.invoices.formats.parts.node import Node

_FA3 = "FA(3) information brochure and schema notes, Ministry of Finance"
NAMESPACE_MISSING = Rule(
    "ksef.namespace",
    "error",
    N_("The invoice names no KSeF schema (namespace missing); KSeF would refuse it."),
    "FA(3) schema, target namespace",
)
UNIT_MISSING = Rule(
    "ksef.jst",
    "warning",
    N_(
        "The invoice says that it is for a unit of local government (JST = 1) but names none "
        "(Podmiot3 with role 8)."
    ),
    _FA3,
)
GROUP_MEMBER_MISSING = Rule(
    "ksef.gv",
    "warning",
    N_(
        "The invoice says that it is for a member of a VAT group (GV = 1) but names none (Podmiot3 "
        "with role 10)."
    ),
    _FA3,
)
NIP_AS_EU_NUMBER = Rule(
    "ksef.nip_place",
    "warning",
    N_("The Polish tax number {tax_id} is in the field for EU VAT numbers; its place is NIP."),
    _FA3,
)
LINE_TWICE = Rule(
    "ksef.line_number",
    "warning",
    N_("The line number {line} is used more than once."),
    "FA(3) schema notes, NrWierszaFa",
)
TAX_IN_PLN_MISSING = Rule(
    "ksef.tax_in_pln",
    "warning",
    N_("The invoice is in {currency}, but the tax is not given in PLN as well ({field})."),
    "Polish VAT Act, art. 106e(11)",
)


def structure_findings(root: Node) -> Iterator[Finding]:
    """What of the document's parts does not fit together."""
    fa, buyer = root.child("Fa"), root.child("Podmiot2")
    roles = {third.text("Rola") for third in root.children("Podmiot3")}
    if root.element is not None and etree.QName(root.element).namespace is None:
        yield Finding(NAMESPACE_MISSING)
    if buyer.text("JST") == "1" and "8" not in roles:
        yield Finding(UNIT_MISSING)
    if buyer.text("GV") == "1" and "10" not in roles:
        yield Finding(GROUP_MEMBER_MISSING)
    eu_number = buyer.text("DaneIdentyfikacyjne", "NrVatUE") or ""
    if eu_number.startswith("PL") or buyer.text("DaneIdentyfikacyjne", "KodUE") == "PL":
        yield Finding(NIP_AS_EU_NUMBER, {"tax_id": eu_number})
    yield from _tax_not_in_pln(fa)
    yield from _lines_twice(fa)


def _tax_not_in_pln(fa: Node) -> Iterator[Finding]:
    currency = fa.text("KodWaluty")
    if currency in (None, "PLN"):
        return
    for ending in ("1", "2", "3", "4"):
        if fa.amount(f"P_14_{ending}") and not fa.child(f"P_14_{ending}W"):
            yield Finding(TAX_IN_PLN_MISSING, {"currency": currency, "field": f"P_14_{ending}W"})


def _lines_twice(fa: Node) -> Iterator[Finding]:
    """A line before and after its correction may carry one number; otherwise each is used once."""
    seen, told = set(), set()
    for line in fa.children("FaWiersz"):
        key = (line.text("NrWierszaFa"), line.text("StanPrzed"))
        if key in seen and key not in told:
            told.add(key)
            yield Finding(LINE_TWICE, {"line": key[0]})
        seen.add(key)
