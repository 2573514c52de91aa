"""Finance hears in its channel of a rate of late interest that ends soon, or has ended."""

from collections.abc import Callable, Sequence

from bot.kit.block_kit import Block
from bot.kit.words import Words
from handlers.ledger.model.debtor_kinds import debtor_of
from handlers.ledger.rates import book, expiry
from handlers.ledger.rates.expiry import Ending
from handlers.ledger.service.balances import company_day
from handlers.people.service.finance_channel import desk
from storage.invoices import customers
from storage.turn import Turn

Buttons = Callable[[str, Words], Sequence[Block]]
"""The look of a notice, with what one may do about it."""


def ending(turn: Turn) -> list[Ending]:
    """What ends of the tables that our customers need."""
    kinds = {debtor_of(each.debtor) for each in customers.everybody(turn)} | {expiry.BUSINESS}
    rates, country = book.interest_rates(turn), turn.catalogue.company.country
    return expiry.endings([country], rates, company_day(turn), kinds)


def over(turn: Turn) -> list[Ending]:
    """What is over by now of the tables that businesses need."""
    rates, country = book.interest_rates(turn), turn.catalogue.company.country
    ends = expiry.endings([country], rates, company_day(turn))
    return [each for each in ends if each.is_over]


def tell(turn: Turn, buttons: Buttons) -> None:
    """Each ending is told once before, and once when it is over."""
    finance = desk(turn)
    if finance is None:
        return
    for each in ending(turn):
        text = said(each, finance.words)
        day = each.last_day.isoformat() if each.last_day else "never"
        once = f"rate-ends:{each.table}:{day}:{each.is_over}"
        blocks = buttons(text, finance.words)
        turn.tell(finance.channel, text, blocks, once=once, subject="rates")


def said(each: Ending, words: Words) -> str:
    day = words.date(each.last_day) if each.last_day else "–"
    return words.say(each.sentence, table=words.fact(each.name), day=day)
