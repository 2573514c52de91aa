"""Invoices for scripts: what ``invoices show --json`` prints."""

from datetime import datetime

from handlers.invoices.findings import message
from handlers.ledger.service import Entry


def entry_json(entry: Entry, payments_known_until: datetime | None) -> dict[str, object]:
    """The keys that scripts rely on: those of the document, and its state in the ledger."""
    invoice, state = entry.invoice, entry.state
    told = {key: value for key, value in invoice.document.items() if key != "path"}
    return {
        **told,
        "findings": [{"rule": f["rule"], "severity": f["severity"], "message": message(f)} for f in invoice.findings],
        "direction": invoice.direction,
        "status": state.status,
        "corrected": state.corrected,
        "paid": entry.money(state.paid).plain(),
        "outstanding": entry.money(state.outstanding).plain(),
        "overdue_days": state.overdue_days,
        "instalments": [
            {
                "due_on": part.due_on.isoformat() if part.due_on else None,
                "amount": entry.money(part.amount).plain(),
                "outstanding": entry.money(part.outstanding).plain(),
            }
            for part in state.parts
        ],
        "promised_until": invoice.promised_until.isoformat() if invoice.promised_until else None,
        "disputed": bool(invoice.disputed),
        "payments_known_until": payments_known_until.isoformat() if payments_known_until else None,
        "last_reminder_at": None,
        "owner": invoice.owner or None,
    }
