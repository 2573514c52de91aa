"""Who waits for an invoice hears once that nothing is left to pay: money came, or a document that
settles it.
"""

from collections.abc import Collection, Iterable, Iterator

from bot.kit.words import N_
from handlers.ledger.model.amounts import is_credit, outstanding
from handlers.ledger.service import lookup as ledger
from handlers.people.service import roles
from storage.invoices import invoices, replacements, watches
from storage.invoices.invoices import Invoice
from storage.people import people
from storage.turn import Turn

_PAID = N_("🟢 *{number}* is paid.")
_SETTLED = N_("🟢 Nothing is left to pay on *{number}*.")
_SETTLED_BY = {
    "cancellation": N_("🟢 *{number}* is cancelled by {by}: nothing is left to pay."),
    "credit_note": N_("🟢 *{number}* is settled by credit note {by}: nothing is left to pay."),
    invoices.REPLACEMENT: N_("🟢 *{number}* is replaced by {by}: nothing is left to pay."),
}
_CORRECTED = N_("🟢 *{number}* is settled by correction {by}: nothing is left to pay.")


def tell_paid(turn: Turn, touched: Iterable[int]) -> None:
    """Money came: who waits for one of these invoices hears of it if nothing is left, nor on what
    is in its place.
    """
    for invoice, _ in _settled(turn, touched):
        _tell(turn, invoice, _PAID, {})


def tell_settled(turn: Turn, touched: Iterable[int]) -> None:
    """The same where documents came: which one settles the invoice is said."""
    for invoice, last in _settled(turn, touched):
        by = _settling(turn, invoice, last)
        if by is None:
            _tell(turn, invoice, _SETTLED, {})
        else:
            _tell(turn, invoice, _SETTLED_BY.get(by.kind, _CORRECTED), {"by": by.number})


def _settled(turn: Turn, touched: Iterable[int]) -> Iterator[tuple[Invoice, int]]:
    """The invoices that somebody waits for and that are open no more, each with what is asked for
    in its place.
    """
    for id_ in watches.awaited(turn, touched):
        last = replacements.last_in_place_of(turn, id_)
        existing = replacements.known(turn, {id_, last})
        if not any(map(_is_open, existing.values())):
            yield existing[id_], last


def _is_open(invoice: Invoice) -> bool:
    left = outstanding(invoice)
    return left < 0 if is_credit(invoice) else left > 0


def _settling(turn: Turn, invoice: Invoice, last: int) -> Invoice | None:
    """The newest of the documents that changed what is asked for, or that took the
    invoice's place.
    """
    asked_for: Collection[int] = {invoice.id, last}
    by = {change.by for change in replacements.changes(turn, asked_for) if change.amount} | {
        last
    } - {invoice.id}
    return replacements.known(turn, {max(by)})[max(by)] if by else None


def _tell(turn: Turn, invoice: Invoice, sentence: str, facts: dict[str, str]) -> None:
    for person in watches.take(turn, invoice.id):
        if _may_see(turn, person, invoice.id):
            text = roles.words_for(turn, person).mark(sentence, number=invoice.number, **facts)
            once = f"settled:{invoice.id}:{person}:{turn.now.isoformat()}"
            turn.tell(person, text, once=once, subject=f"invoice:{invoice.id}")


def _may_see(turn: Turn, person: str, invoice: int) -> bool:
    """Whoever lost the right since they asked hears nothing."""
    who = people.person(turn, person)
    may = who is not None and not who.is_external
    return may and invoices.get(turn, ledger.gate(turn, who), invoice) is not None
