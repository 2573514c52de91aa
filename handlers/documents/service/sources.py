"""Sources: where the facts of a document come from. One function for each kind that the books can
fill.

``SOURCES`` are about a customer, ``OF_INVOICES`` about one invoice.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from bot.kit.folding import fold
from bot.kit.money import Money
from handlers.documents.kinds._debts import Correction, OpenItem
from handlers.documents.kinds._parties import Party, company_of
from handlers.ledger.model.open_items import OpenItem as Open
from handlers.ledger.service import balances
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import Direction
from storage.invoices import customers
from storage.turn import Turn

Values = dict[str, object]


def account_statement(turn: Turn, customer: int, as_of: date, given: Mapping[str, Any]) -> Values:
    """What a customer owes on a day, instalment by instalment, and what is owed to them."""
    known_until = ledger.known_until(turn)
    return {
        "creditor": company_of(turn.catalogue.company),
        "debtor": debtor(turn, customer, given),
        "as_of": as_of,
        **_both_ways(turn, customer, as_of),
        "payments_known_until": known_until.date() if known_until else None,
    }


def _both_ways(turn: Turn, customer: int, as_of: date) -> Values:
    owed, credits = _open(turn, customer, as_of, "receivable")
    owing, owed_back = _open(turn, customer, as_of, "payable")
    return {
        "items": _items(owed, as_of),
        "credits": _items(credits, as_of),
        "payables": _items(owing, as_of),
        "payable_credits": _items(owed_back, as_of),
    }


def _open(
    turn: Turn, customer: int, as_of: date, direction: Direction
) -> tuple[list[Open], list[Open]]:
    """What is to be paid in a direction, and what is to be given back."""
    items = balances.items(turn, direction=direction, day=as_of, customers=[customer])
    known = balances.with_changes(turn, items, as_of)
    return (
        [one for one in known if one.outstanding > 0],
        [one for one in known if one.outstanding < 0],
    )


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
    """What a customer is reminded of, or called on to pay: of what they owe us alone, and never
    what is disputed, or promised for a day to come. Their credits are named beside it.
    """
    owed, credits = _open(turn, customer, as_of, "receivable")
    claimed = [
        one
        for one in owed
        if one.due_on and not one.is_held and (one.overdue_days(as_of) or not only_late)
    ]
    return {
        "creditor": company_of(turn.catalogue.company),
        "debtor": debtor(turn, customer, given),
        "as_of": as_of,
        "items": _items(claimed, as_of),
        "credits": _items(credits, as_of),
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


def _items(some: Sequence[Open], as_of: date) -> tuple[OpenItem, ...]:
    return tuple(
        OpenItem(
            number=one.number,
            issued_on=one.issued_on,
            due_on=one.due_on,
            effective_due_on=one.effective_due_on,
            overdue_days=one.overdue_days(as_of),
            amount=Money(one.amount, one.currency),
            paid=Money(one.paid, one.currency),
            outstanding=Money(one.outstanding, one.currency),
            corrections=tuple(
                Correction(
                    number=change.number,
                    issued_on=change.issued_on,
                    amount=Money(change.amount, one.currency),
                )
                for change in one.changes
                if change.amount
            ),
        )
        for one in some
    )
