"""FA_RR(1): invoices of KSeF that a buyer issues to a flat-rate farmer (rolnik ryczałtowy)."""

from collections.abc import Iterator

from bot.kit.invoice_content import Tax
from handlers.invoices.formats import ksef_fa
from handlers.invoices.formats.document import InvoiceDocument
from handlers.invoices.formats.parts.node import whole
from handlers.invoices.formats.schemas import schema_findings
from handlers.invoices.formats.source import Source


def recognises(source: Source) -> bool:
    return source.element[1] == "Faktura" and ksef_fa.form_code(source.top).startswith("FA_RR")


def read(source: Source) -> Iterator[InvoiceDocument]:
    """The one document of the file. The seller is the farmer, whose account is to be paid to."""
    root = source.top
    fa = root.child("FakturaRR")
    payment, total = fa.child("Platnosc"), fa.amount("P_12_1")
    net, tax, issued_on = fa.amount("P_11_1"), fa.amount("P_11_2"), fa.day("P_4B")
    prepaid, marked_paid = ksef_fa.paid_in_part(payment), ksef_fa.marks_paid(payment)
    account = payment.text("RachunekBankowy1", "NrRB")
    lines = list(fa.children("FakturaRRWiersz"))
    correction = fa.text("RodzajFaktury") == "KOR_VAT_RR"
    yield InvoiceDocument(
        format="ksef-fa-rr",
        kind="correction" if correction else "invoice",
        number=fa.text("P_4C"),
        issued_on=issued_on,
        currency=fa.text("KodWaluty"),
        total=total,
        to_pay=ksef_fa.left_to_pay(total, fa.child("Rozliczenie"), prepaid, marked_paid),
        seller=ksef_fa.party(root.child("Podmiot1")),
        buyer=ksef_fa.party(root.child("Podmiot2")),
        instalments=tuple(ksef_fa.instalments(payment, issued_on)),
        prepaid=prepaid,
        marked_paid=marked_paid,
        accounts=(account.replace(" ", ""),) if account else (),
        corrects=tuple(ksef_fa.corrected(fa)),
        ksef_number=ksef_fa.ksef_number_in(source.name),
        net=net,
        tax=tax,
        taxes=(Tax(None, net, tax),),
        lines=len(lines),
        lines_net=None if correction else whole([line.amount("P_8") for line in lines]),
        noticed=(
            *root.noticed,
            *schema_findings(source.root, "ksef-fa-rr"),
        ),
    )
