"""Invoices for scripts: what ``invoices show --json`` prints."""

from datetime import date, datetime

from bot.kit.money import Money
from handlers.invoices.model.findings import message
from handlers.invoices.service import answers
from handlers.invoices.service.suspicions import findings_of
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.lookup import Entry
from storage.reminders import reminders
from storage.turn import Turn


def show(turn: Turn, text: str) -> list[dict[str, object]]:
    """Every invoice that fits what is typed; where customers fit it, what each of them has not
    paid.
    """
    result = ledger.look_up(turn, text)
    ids = ledger.open_of(turn, result.customers).ids if result.is_choice else result.ids
    entries = ledger.entries_of(turn, ids)
    return [entry_json(turn, entry, result.payments_known_until) for entry in entries]


def nearest(turn: Turn, text: str) -> str:
    """What is to be said where nothing fits what was typed, and only what is like it is shown."""
    result = ledger.look_up(turn, text)
    return answers.not_there(turn, result) if result.typed else ""


def entry_json(
    turn: Turn, entry: Entry, payments_known_until: datetime | None
) -> dict[str, object]:
    """The keys that scripts rely on: those of the document, and its state in the ledger."""
    invoice, state, findings = entry.invoice, entry.state, findings_of(turn, entry.invoice)
    last_reminder_at = reminders.last_sent(turn, invoice.id)
    return {
        **_document(entry),
        "findings": [
            {"rule": f["rule"], "severity": f["severity"], "message": message(f)} for f in findings
        ],
        "direction": invoice.direction,
        "status": state.status,
        "corrected": state.corrected,
        "paid": entry.money(state.paid).plain(),
        "outstanding": entry.money(state.outstanding).plain(),
        "overdue_days": state.overdue_days,
        "instalments": [
            {
                "due_on": _day(part.due_on),
                "amount": entry.money(part.amount).plain(),
                "outstanding": entry.money(part.outstanding).plain(),
            }
            for part in state.parts
        ],
        "promised_until": _day(invoice.promised_until),
        "disputed": bool(invoice.disputed),
        "payments_known_until": payments_known_until.isoformat() if payments_known_until else None,
        "last_reminder_at": last_reminder_at.isoformat() if last_reminder_at else None,
        "owner": invoice.owner or None,
    }


def _document(entry: Entry) -> dict[str, object]:
    """What the document said, as ``invoices check`` tells it."""
    invoice, more = entry.invoice, entry.invoice.document
    nobody = {"name": None, "tax_id": None, "country": None}
    return {
        "format": more.get("format"),
        "number": invoice.number,
        "kind": invoice.kind,
        "issued_on": _day(invoice.issued_on),
        "due_on": [due_on.isoformat() for due_on, _ in invoice.instalments if due_on],
        "currency": invoice.currency,
        "total": entry.money(invoice.total).plain(),
        "to_pay": entry.money(invoice.to_pay).plain(),
        "prepaid": Money.of(more["prepaid"], invoice.currency).plain()
        if "prepaid" in more
        else None,
        "marked_paid": more.get("marked_paid"),
        "seller": more.get("seller") or nobody,
        "buyer": more.get("buyer") or nobody,
        "account": invoice.account,
        "corrects": more.get("corrects") or [],
        "ksef_number": invoice.ksef_number,
        "terms": more.get("terms") or [],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
