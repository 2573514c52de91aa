"""What a person sees of a ledger entry: values for the looks."""

from collections.abc import Sequence

from bot.kit.words import Words
from handlers.invoices.blocks.card import Sight
from handlers.invoices.findings import Kept, spoken
from handlers.invoices.replacements import findings_of
from handlers.invoices.suspicions import ACCOUNT_CHANGED
from handlers.ledger.service import Entry
from handlers.people import roles
from storage import reminders, watches
from storage.turn import Turn


def sight_of(turn: Turn, entry: Entry, words: Words) -> Sight:
    """An entry for a reader of these words; whether payments may be booked is the
    actor's matter.
    """
    return _sight(turn, entry, words, entry.invoice.findings)


def full_sight_of(turn: Turn, entry: Entry, words: Words) -> Sight:
    """The same for its card, which also tells what follows from other invoices."""
    return _sight(turn, entry, words, findings_of(turn, entry.invoice))


def _sight(turn: Turn, entry: Entry, words: Words, told: Sequence[Kept]) -> Sight:
    invoice, state = entry.invoice, entry.state
    findings = [f for f in told if f["severity"] != "note"]
    seller, buyer = invoice.document.get("seller") or {}, invoice.document.get("buyer") or {}
    return Sight(
        id=invoice.id,
        number=invoice.number,
        kind=invoice.kind,
        direction=invoice.direction,
        status=state.status,
        customer=invoice.customer_name,
        seller=seller.get("name") or "",
        buyer=buyer.get("name") or "",
        issued_on=invoice.issued_on,
        due_on=state.due_on,
        total=entry.money(invoice.total),
        paid=entry.money(state.paid),
        outstanding=entry.outstanding,
        overdue_days=state.overdue_days,
        instalments=[
            (part.due_on, entry.money(part.outstanding)) for part in state.parts if part.outstanding
        ],
        corrected_by=invoice.corrected_by,
        ksef_number=invoice.ksef_number,
        account=invoice.account,
        promised_until=invoice.promised_until,
        disputed=invoice.disputed,
        findings=[spoken(f, words) for f in sorted(findings, key=_suspicions_first)],
        may_book=roles.is_finance(turn),
        last_reminder=reminders.last_sent(turn, invoice.id),
        is_watched=watches.is_watching(turn, invoice.id),
        is_suspect=any(f["rule"] == ACCOUNT_CHANGED.id for f in findings),
    )


def _suspicions_first(finding: Kept) -> bool:
    return bool(finding["rule"] != ACCOUNT_CHANGED.id)
