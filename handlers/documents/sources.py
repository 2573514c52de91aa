"""Sources: where the facts of a document come from. One function for each kind that the books can
fill.

``SOURCES`` are about a customer, ``OF_INVOICES`` about one invoice.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from bot.kit.folding import fold
from bot.kit.money import Money
from handlers.documents.kinds._debts import OpenItem
from handlers.documents.kinds._parties import Party, company_of
from handlers.ledger import service as ledger
from handlers.ledger.service import Entry
from storage import customers
from storage.turn import Turn

Values = dict[str, object]


def account_statement(turn: Turn, customer: int, as_of: date, given: Mapping[str, Any]) -> Values:
    """What a customer owes on a day, instalment by instalment."""
    entries = ledger.open_items(turn, customer, as_of)
    known_until = ledger.known_until(turn)
    return {
        "creditor": company_of(turn.catalogue.company),
        "debtor": debtor(turn, customer, given),
        "as_of": as_of,
        "items": tuple(item for entry in entries for item in _items(entry, as_of)),
        "payments_known_until": known_until.date() if known_until else None,
    }


def invoice_copy(turn: Turn, invoice: int) -> Values:
    """An invoice as it was booked; NothingFound where the actor may not see it."""
    entry = ledger.get(turn, invoice)
    booked, told = entry.invoice, entry.invoice.document
    return {
        "number": booked.number,
        "kind": booked.kind,
        "issued_on": booked.issued_on,
        "due_on": tuple(due for due, _ in booked.instalments if due),
        "seller": _told_party(told.get("seller")),
        "buyer": _told_party(told.get("buyer")),
        "total": entry.money(booked.total),
        "prepaid": Money.of(told["prepaid"], booked.currency) if told.get("prepaid") else None,
        "to_pay": entry.money(booked.to_pay),
        "marked_paid": bool(told.get("marked_paid")),
        "account": booked.account or "",
        "corrects": tuple(told.get("corrects") or ()),
        "ksef_number": booked.ksef_number or "",
    }


def _told_party(told: Mapping[str, Any] | None) -> Party:
    """What the invoice says of a party, and nothing that it does not."""
    said = told or {}
    country = said.get("country") or ""
    return Party(
        name=said.get("name") or "", address=(), tax_id=said.get("tax_id") or "", country=country
    )


OF_INVOICES: Mapping[str, Callable[[Turn, int], Values]] = {"invoice_copy": invoice_copy}


def payment_letter(
    only_late: bool, turn: Turn, customer: int, as_of: date, given: Mapping[str, Any]
) -> Values:
    """What a customer is reminded of, or called on to pay: never what is disputed, or promised for
    a day to come.
    """
    entries = [
        e
        for e in ledger.open_items(turn, customer, as_of)
        if e.state.status not in ("disputed", "promised")
    ]
    items = [
        item
        for entry in entries
        for item in _items(entry, as_of)
        if item.due_on and item.outstanding.minor > 0
    ]
    return {
        "creditor": company_of(turn.catalogue.company),
        "debtor": debtor(turn, customer, given),
        "as_of": as_of,
        "items": tuple(item for item in items if item.overdue_days or not only_late),
        "pay_by": date.fromisoformat(given["pay_by"]) if given.get("pay_by") else None,
        "signatory": str(given.get("signatory") or ""),
    }


SOURCES: Mapping[str, Callable[[Turn, int, date, Mapping[str, Any]], Values]] = {
    "account_statement": account_statement,
    "payment_reminder": partial(payment_letter, False),
    "payment_demand": partial(payment_letter, True),
    "final_demand": partial(payment_letter, True),
}


def debtor(turn: Turn, customer: int, given: Mapping[str, Any]) -> Party:
    """A customer as a party; what the books do not know may have been given in the form."""
    known = customers.get(turn, customer)
    address = str(given.get("debtor.address") or known.address)
    return Party(
        name=known.name,
        address=tuple(line.strip() for line in address.splitlines() if line.strip()),
        tax_id=str(given.get("debtor.tax_id") or known.tax_id),
        country=known.country,
        email=known.email,
    )


def chosen_kind(turn: Turn, words: str) -> tuple[str | None, str]:
    """The kind that words begin or end with by label or keyword, in any language, and the words
    that are left.
    """
    folded = fold(words)
    best = max((name for name in _names(turn) if _stands_in(name, folded)), key=len, default=None)
    if best is None:
        return None, words
    rest = f" {folded} ".replace(f" {best} ", " ").strip()
    return _names(turn)[best], rest


def _stands_in(name: str, text: str) -> bool:
    return f" {name} " in f" {text} "


def _names(turn: Turn) -> dict[str, str]:
    """What people call a kind: its labels and keywords in any language, and each word that only its
    names have.
    """
    names: dict[str, str] = {}
    words: dict[str, set[str]] = {}
    for key, kind in turn.catalogue.document_kinds.items():
        labels = (kind.label.en, kind.label.pl, kind.label.hu)
        for name in map(fold, (*labels, *kind.keywords.en, *kind.keywords.pl, *kind.keywords.hu)):
            names.setdefault(name, key)
            for word in name.split():
                words.setdefault(word, set()).add(key)
    return {word: min(of) for word, of in words.items() if len(of) == 1 and len(word) > 3} | names


def _items(entry: Entry, as_of: date) -> list[OpenItem]:
    """Every instalment with something left; an invoice without dates is one item."""
    parts = [part for part in entry.state.parts if part.outstanding]
    return [
        OpenItem(
            number=entry.invoice.number,
            issued_on=entry.invoice.issued_on,
            due_on=part.due_on,
            overdue_days=max(0, (as_of - part.due_on).days) if part.due_on else 0,
            amount=entry.money(part.amount),
            paid=entry.money(part.amount - part.outstanding),
            outstanding=entry.money(part.outstanding),
        )
        for part in parts
    ]
