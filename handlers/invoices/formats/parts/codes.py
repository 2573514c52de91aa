"""UNTDID 1001, the codes by which UBL and CII say what kind of document this is, and the sign that
follows from it.
"""

from decimal import Decimal

from bot.kit.words import N_
from handlers.invoices.formats.document import Finding, InvoiceDocument, Kind, Rule

SIGN_WRITTEN = Rule(
    "credit_note.sign",
    "note",
    N_(
        "The credit note is written with negative amounts; it is read as lowering what is owed by "
        "{amount}."
    ),
    "EN 16931-1, BT-3: a credit note states what is credited as a positive amount",
)

# EN 16931 code lists, BT-3: which codes of UNTDID 1001 are read as credit notes.
_CREDIT_NOTES = {
    "81",
    "83",
    "261",
    "262",
    "296",
    "308",
    "381",
    "396",
    "420",
    "458",
    "502",
    "503",
    "532",
}
_CORRECTIONS = {"384", "471", "472", "473"}
_ADVANCES = {"386", "500"}
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_CREDIT_NOTES, "credit_note"),
    **dict.fromkeys(_CORRECTIONS, "correction"),
    **dict.fromkeys(_ADVANCES, "advance"),
    "325": "proforma",
    "877": "final",
}


def kind_of(code: str | None, total: Decimal | None = None, earlier: tuple[str, ...] = ()) -> Kind:
    """The kind that a document type code says; an unknown one is an invoice.

    An invoice with a negative total that names an earlier one corrects it, whatever its code says.
    A corrected invoice (384) is written in two ways that its sign alone tells apart: with a
    negative total it is the difference, with a positive one the whole invoice anew, in the place of
    the earlier one. Read as a difference that would be asked for on top of what it replaces.
    """
    kind, amount = _KINDS.get(code or "", "invoice"), total or Decimal(0)
    if kind == "correction" and amount > 0:
        return "replacement"
    if kind == "invoice" and earlier and amount < 0:
        return "correction"
    return kind


def signed(document: InvoiceDocument) -> InvoiceDocument:
    """Credit notes made negative: the syntax writes what is credited as a positive amount."""
    if document.kind not in ("credit_note", "cancellation"):
        return document
    stated = document.total or document.to_pay or Decimal(0)
    if stated < 0:
        return document._replace(
            noticed=(*document.noticed, Finding(SIGN_WRITTEN, {"amount": -stated}))
        )
    return negated(document)


def negated(document: InvoiceDocument) -> InvoiceDocument:
    """The same document with every amount's sign turned."""

    def turned(amount: Decimal | None) -> Decimal | None:
        return amount if not amount else -amount

    return document._replace(
        total=turned(document.total),
        to_pay=turned(document.to_pay),
        prepaid=turned(document.prepaid),
        net=turned(document.net),
        tax=turned(document.tax),
        rounding=turned(document.rounding),
        lines_net=turned(document.lines_net),
        taxes=tuple(
            t._replace(base=turned(t.base), amount=turned(t.amount)) for t in document.taxes
        ),
        instalments=tuple(i._replace(amount=turned(i.amount)) for i in document.instalments),
    )
