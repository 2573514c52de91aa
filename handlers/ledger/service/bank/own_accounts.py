"""Which bank accounts are ours, and up to when the payments of each are known."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain

from handlers.ledger.statements.accounts import account_key, is_account_number
from handlers.ledger.statements.problems import CurrencyUntold
from handlers.ledger.statements.values import Entry, Statement
from storage.bank import account_answers
from storage.bank.statements import NO_ACCOUNT
from storage.invoices import payments
from storage.turn import Turn

CONFIRMED = "confirmed"
"""The source of what finance confirmed before any other had told of payments."""


def own_accounts(turn: Turn) -> set[str]:
    """Our accounts by the catalogue, and those that somebody said to be ours; where the catalogue
    names none, every account counts as ours.
    """
    ours = _listed(turn)
    return ours | account_answers.ours(turn) if ours else ours


def _listed(turn: Turn) -> set[str]:
    listed = turn.catalogue.company.accounts.values()
    return set(filter(None, map(account_key, chain.from_iterable(listed))))


def is_ours(statement: Statement, ours: Collection[str]) -> bool:
    """Whether a statement is of an account of ours, or does not say of which it is."""
    account = account_key(statement.account)
    return not ours or account is None or account in ours


def in_its_currency(turn: Turn, statement: Statement) -> Statement:
    """The statement, what it tells without a currency in that of its account; raises
    :class:`CurrencyUntold` where the catalogue has none for it, or several.
    """
    if all(entry.currency for entry in statement.entries):
        return statement
    currency = statement.currency or _currency_of(turn, account_key(statement.account))
    if currency is None:
        raise CurrencyUntold()
    entries: list[Entry] = []
    for entry in statement.entries:
        entries.append(entry if entry.currency else replace(entry, currency=currency))
    return replace(statement, currency=currency, entries=tuple(entries))


def _currency_of(turn: Turn, account: str | None) -> str | None:
    currencies: set[str] = set()
    for currency, listed in turn.catalogue.company.accounts.items():
        if account in map(account_key, listed):
            currencies.add(currency)
    return currencies.pop() if len(currencies) == 1 else None


def known_until(turn: Turn) -> datetime | None:
    """Up to when all our payments are known: that of the source furthest behind. None when none was
    told.
    """
    return min(known_by_source(turn).values(), default=None)


def known_by_source(turn: Turn) -> Mapping[str, datetime]:
    """Up to when the payments of each account of ours, and of each system that tells of payments,
    are known.

    What a statement of somebody else's account told says nothing of ours; nor does what stood in
    for a source once the sources tell by themselves.
    """
    every, ours = payments.known_by_source(turn), _listed(turn)
    accounts = set(filter(is_account_number, every))
    if not accounts <= ours:
        ours = own_accounts(turn)
    told = dict(every)
    if ours:
        for source in accounts - ours:
            del told[source]
    if len(told) > 1:
        told.pop(CONFIRMED, None)
    if not ours.isdisjoint(told):
        told.pop(NO_ACCOUNT, None)
    return told
