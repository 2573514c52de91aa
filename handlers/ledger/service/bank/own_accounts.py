"""Which bank accounts are ours, and up to when the payments of each are known."""

from collections.abc import Collection, Mapping
from datetime import datetime

from handlers.ledger.statements.accounts import account_key, is_account_number
from handlers.ledger.statements.values import Statement
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
    named = (account_key(account) for accounts in listed for account in accounts)
    return {account for account in named if account}


def is_ours(statement: Statement, ours: Collection[str]) -> bool:
    """Whether a statement is of an account of ours, or does not say of which it is."""
    account = account_key(statement.account)
    return not ours or account is None or account in ours


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
    if any(is_account_number(source) and source not in ours for source in every):
        ours = own_accounts(turn)
    told = {
        source: until
        for source, until in every.items()
        if not ours or source in ours or not is_account_number(source)
    }
    behind = {CONFIRMED} if len(told) > 1 else set()
    if any(source in ours for source in told):
        behind.add(NO_ACCOUNT)
    return {source: until for source, until in told.items() if source not in behind}
