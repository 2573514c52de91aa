"""The forms of facts: what each key that was promised may hold."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Form = Callable[[Any], bool]


def fits(pattern: str) -> Form:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def flag(value: Any) -> bool:
    return isinstance(value, bool)


def count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def one_of(*values: object) -> Form:
    return lambda value: value in values


def maybe(form: Form) -> Form:
    """Or ``null``: the fact is absent."""
    return lambda value: value is None or form(value)


def listed(form: Form) -> Form:
    return lambda value: isinstance(value, list) and all(form(one) for one in value)


def holds(**forms: Form) -> Form:
    """An object with these keys; more may stand there."""
    return lambda value: isinstance(value, dict) and not broken(value, forms)


def broken(facts: Mapping[str, Any], forms: Mapping[str, Form]) -> dict[str, Any]:
    """The keys that are missing or do not have their form, with what stands there."""
    return {
        key: facts.get(key, "(missing)")
        for key, form in forms.items()
        if key not in facts or not form(facts[key])
    }


day = fits(r"\d{4}-\d\d-\d\d")
moment = fits(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)")
money = fits(r"-?\d+(\.\d+)?")
currency = fits(r"[A-Z]{3}")
party = holds(name=maybe(text), tax_id=maybe(text), country=maybe(fits("[A-Z]{2}")))

DOCUMENT: Mapping[str, Form] = {
    "format": one_of(
        *("ubl-invoice", "ubl-creditnote", "cii", "factur-x", "zugferd1", "nav", "csv", "xlsx"),
        *("ksef-fa2", "ksef-fa3", "ksef-fa-rr"),
    ),
    "number": maybe(text),
    "kind": one_of(
        "invoice", "correction", "credit_note", "advance", "final", "cancellation", "proforma"
    ),
    "issued_on": maybe(day),
    "due_on": listed(day),
    "currency": maybe(currency),
    "total": maybe(money),
    "to_pay": maybe(money),
    "prepaid": maybe(money),
    "marked_paid": maybe(flag),
    "seller": party,
    "buyer": party,
    "account": maybe(text),
    "corrects": listed(text),
    "findings": listed(holds(rule=text, severity=one_of("note", "warning", "error"), message=text)),
}
CHECKED = {"path": text, **DOCUMENT}
UNREAD: Mapping[str, Form] = {"path": text, "error": text}
SHOWN: Mapping[str, Form] = {
    **DOCUMENT,
    "direction": one_of("receivable", "payable", "none"),
    "status": one_of(
        *(
            "cancelled",
            "written_off",
            "draft",
            "paid",
            "overpaid",
            "disputed",
            "promised",
            "overdue",
        ),
        *("due_today", "due_soon", "partly_paid", "open"),
    ),
    "corrected": flag,
    "paid": money,
    "outstanding": money,
    "overdue_days": maybe(count),
    "instalments": listed(holds(due_on=maybe(day), amount=money, outstanding=money)),
    "promised_until": maybe(day),
    "disputed": flag,
    "payments_known_until": maybe(moment),
    "last_reminder_at": maybe(moment),
    "owner": maybe(text),
}
IMPORTED: Mapping[str, Form] = {
    **dict.fromkeys(("imported", "unchanged", "conflicts", "failed"), count),
    "files": listed(
        holds(
            path=text,
            outcome=one_of("imported", "unchanged", "conflict", "failed"),
            numbers=listed(text),
            message=maybe(text),
        )
    ),
}
STATEMENT: Mapping[str, Form] = {
    "path": text,
    "format": one_of("mt940", "mt942", "camt.052", "camt.053", "camt.054", "csv"),
    "account": maybe(text),
    "currency": maybe(currency),
    "opening": maybe(money),
    "closing": maybe(money),
    "balanced": maybe(flag),
    "entries": listed(
        holds(
            booked_on=day,
            amount=money,
            currency=maybe(currency),
            title=maybe(lambda value: isinstance(value, str)),
            counterparty=maybe(text),
            counterparty_account=maybe(text),
            reference=maybe(text),
        )
    ),
}
PAYMENTS: Mapping[str, Form] = dict.fromkeys(
    ("statements", "entries", "booked", "already_known", "matched", "partly_matched", "unmatched"),
    count,
)
LISTED: Mapping[str, Form] = {
    **dict.fromkeys(("added", "changed", "unchanged", "failed"), count),
    "problems": listed(holds(line=count, message=text)),
}
PLANNED: Mapping[str, Form] = {
    "on": day,
    "audience": text,
    "stage": text,
    "customer": text,
    "invoices": listed(text),
    "total": money,
    "currency": currency,
    "reason": text,
}
DECIDED: Mapping[str, Form] = {
    "number": text,
    "decision": one_of("send", "hold", "none"),
    "rules": listed(holds(rule=text, passed=flag, because=text)),
}
RENDERED: Mapping[str, Form] = {
    "number": text,
    "kind": text,
    "sha256": fits("[0-9a-f]{64}"),
    "code": text,
    "pages": count,
}
VERIFIED: Mapping[str, Form] = {
    "verdict": one_of("genuine", "altered", "superseded", "expired", "withdrawn", "unknown"),
    "number": maybe(text),
    "made_at": maybe(moment),
    "superseded_by": maybe(text),
}
EXAMINED: Mapping[str, Form] = {
    "ok": flag,
    "checks": listed(holds(name=text, ok=flag, message=text)),
}
