"""Credits: where as much is to be given back as is open, the message is held and finance is
asked.
"""

from collections.abc import Sequence

from bot.kit.money import Money
from bot.kit.words import Words
from handlers.reminders.blocks import message as looks
from handlers.reminders.model.rules import IN_CREDIT
from handlers.reminders.service.accounts import Account, Judged
from storage.turn import Turn


def ask(turn: Turn, account: Account, judged: Sequence[Judged]) -> None:
    """Ask finance once about each currency in which messages are held so."""
    held = [each.item for each in judged if each.decision.reason == IN_CREDIT]
    for currency in sorted({item.outstanding.currency for item in held}):
        _ask(turn, account, currency)


def _ask(turn: Turn, account: Account, currency: str) -> None:
    balance, policy = account.balances[currency], account.context.policy
    finance = account.finance
    if finance is None:
        return
    owed, credit = Money(balance.open, currency), Money(balance.credit, currency)
    about = f"{policy.direction}:{account.id}:{currency}:{owed.minor}:{credit.minor}"
    text = looks.in_credit(account.name, owed, credit, Words(finance.language))
    key = f"reminder-in-credit:{about}"
    turn.tell(finance.to, text, once=key, subject=f"customer:{account.id}")
