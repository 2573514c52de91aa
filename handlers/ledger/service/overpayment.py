"""More than is open: by how much an amount goes beyond an invoice, and the question before it is
booked so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.markup import Mrkdwn
from bot.kit.money import Money
from bot.kit.words import Words
from handlers.ledger.model.amounts import outstanding
from storage.invoices.invoices import Invoice

# and minor units: who ticks it agrees to so much, and a box for another sum comes unticked
_BOX = "more_by_"


@dataclass(frozen=True)
class Excess:
    """So much ``more`` than the ``left`` that is open; of a credit, than what is to be given back.
    Never negative.
    """

    more: Money
    left: Money
    is_credit: bool


def excess(invoice: Invoice, amount: Money, agreed: Money | None) -> Excess | None:
    """By how much an amount is more than is open; None where it is not, or only by what somebody
    agreed to.
    """
    is_credit = invoice.to_pay < 0
    open_ = outstanding(invoice)
    left = Money(max(-open_ if is_credit else open_, 0), invoice.currency)
    more = amount - left
    expected = agreed or Money(0, invoice.currency)
    return None if more <= expected else Excess(more, left, is_credit)


def agreed(values: Mapping[str, object], currency: str) -> Money | None:
    """By how much more than is open the sent form says that it is right; None where nobody was
    asked, or agreed.
    """
    ticked = (
        name.removeprefix(_BOX) for name, value in values.items() if name.startswith(_BOX) and value
    )
    return next((Money(int(minor), currency) for minor in ticked), None)


def question(more_than_open: Excess, words: Words) -> list[Block]:
    """What is wrong with the amount, and the box that says that it is right."""
    facts = {"more": words.money(more_than_open.more), "left": words.money(more_than_open.left)}
    if more_than_open.is_credit:
        text = words.mark("That is {more} more than is to be given back ({left}).", **facts)
        so = words.say("Yes, it is more than is to be given back")
    else:
        text = words.mark("That is {more} more than is open ({left}).", **facts)
        so = words.say("Yes, it is more than is open")
    name = f"{_BOX}{more_than_open.more.minor}"
    box = block_kit.field(
        words.say("Is it right?"),
        block_kit.checkboxes("agreed", [block_kit.option(so, "yes")]),
        name=name,
        optional=True,
    )
    return [block_kit.section(Mrkdwn(f"⚠️ {text}")), box]
