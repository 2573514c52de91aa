"""What is open, in a few lines: each direction by itself, credits beside it, nothing set off."""

from collections.abc import Callable, Sequence

from bot.kit.markup import Mrkdwn, join
from bot.kit.money import Money
from bot.kit.words import Words
from handlers.ledger.model.open_items import Balance


def lines(name: str, balances: Sequence[Balance], words: Words) -> Mrkdwn:
    """Whose it is and what they owe; what we owe; what is to be given back. ``name`` is empty for
    the reader's own customers together.
    """
    ours = [balance for balance in balances if balance.direction == "receivable"]
    theirs = [balance for balance in balances if balance.direction == "payable"]
    owed, owing = _sum(ours, _open, words), _sum(theirs, _open, words)
    told = [_headline(name, owed, owing, words), *_late(ours if owed else theirs, words)]
    if owed and owing:
        told += [words.mark("We owe them {sum}.", sum=owing), *_late(theirs, words)]
    return join("\n", [*told, *_credits(ours, theirs, words)])


def _headline(name: str, owed: str, owing: str, words: Words) -> Mrkdwn:
    if owed and name:
        return words.mark("*{name}*: {sum} open", name=name, sum=owed)
    if owed:
        return words.mark("*Your customers*: {sum} open", sum=owed)
    if owing:
        return words.mark("*{name}*: we owe {sum}", name=name or words.say("Suppliers"), sum=owing)
    if name:
        return words.mark("*{name}*: nothing is open.", name=name)
    return words.mark("Your customers have nothing open.")


def _late(balances: Sequence[Balance], words: Words) -> list[Mrkdwn]:
    late = _sum(balances, _overdue, words)
    return [words.mark("Of it overdue: {sum}", sum=late)] if late else []


def _credits(ours: Sequence[Balance], theirs: Sequence[Balance], words: Words) -> list[Mrkdwn]:
    owed_back, due_back = _sum(ours, _credit, words), _sum(theirs, _credit, words)
    told = []
    if owed_back:
        told.append(
            words.mark(
                "In credit: {sum} (credit notes and overpayments); nothing is set off.",
                sum=owed_back,
            )
        )
    if due_back:
        told.append(words.mark("They owe us back {sum}; nothing is set off.", sum=due_back))
    return told


def _open(balance: Balance) -> int:
    return balance.open


def _overdue(balance: Balance) -> int:
    return balance.overdue


def _credit(balance: Balance) -> int:
    return balance.credit


def _sum(balances: Sequence[Balance], of: Callable[[Balance], int], words: Words) -> str:
    amounts: list[str] = []
    for balance in balances:
        if minor := of(balance):
            amounts.append(words.money(Money(minor, balance.currency)))
    return words.list(amounts)
