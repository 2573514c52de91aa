"""What an invoice asks for, what of it is settled and what is left, in minor units."""

from storage.invoices.invoices import REPLACEMENT, Invoice


def asked(invoice: Invoice) -> int:
    """What is to be paid in all, after corrections; a draft, and a pro forma is one, asks for
    nothing.
    """
    return 0 if invoice.is_draft else _own(invoice) + invoice.netted


def outstanding(invoice: Invoice) -> int:
    """What is left of that."""
    return asked(invoice) - _settled(invoice)


def is_credit(invoice: Invoice) -> bool:
    """Whether it gives money back by itself, and not because of what corrects it."""
    return _own(invoice) < 0


def _own(invoice: Invoice) -> int:
    return invoice.to_pay - invoice.spent


def _settled(invoice: Invoice) -> int:
    """The payments; of a document that says itself that it is paid, its own amount at least.

    Such a document speaks of itself alone: by how much a correction raises it is paid by payments,
    first of all. Of one in the place of others nothing is left to be said where more was paid on
    those than it asks for.
    """
    if not invoice.marked_paid or invoice.is_draft:
        return invoice.paid
    own, of_the_rise = _own(invoice), min(max(invoice.netted, 0), invoice.paid)
    rest = invoice.paid - of_the_rise
    is_given_back = own < 0 and invoice.kind != REPLACEMENT
    return of_the_rise + (min(own, rest) if is_given_back else max(own, rest))
