"""What became of the payments of a statement, in a sentence, and the way to what waits of them."""

from dataclasses import dataclass

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.words import Words
from handlers.invoices.blocks.waiting_payments import SHOW_ALL


@dataclass(frozen=True)
class Payments:
    """How many: ``new`` are ``booked``, booked in part (``partly``) or ``waiting``; ``repeated``
    came before.
    """

    new: int
    repeated: int
    booked: int
    partly: int
    waiting: int


def sentence(payments: Payments, words: Words) -> str:
    """What a person would say of them; what there is none of is not spoken of."""
    summary = words.say("No new payment.")
    if payments.new:
        new = words.count("{n} new payment", "{n} new payments", payments.new)
        summary = words.say("{payments}: {became}.", payments=new, became=_became(payments, words))
    if not payments.repeated:
        return summary
    repeated = words.count("{n} was known already.", "{n} were known already.", payments.repeated)
    return f"{summary} {repeated}"


def _became(payments: Payments, words: Words) -> str:
    parts: list[str] = []
    if payments.booked:
        booked = words.count(
            "{n} is booked on an invoice", "{n} are booked on invoices", payments.booked
        )
        parts.append(booked)
    if payments.partly:
        parts.append(
            words.count("{n} is booked in part", "{n} are booked in part", payments.partly)
        )
    if payments.waiting:
        waiting = words.count(
            "{n} waits to be assigned", "{n} wait to be assigned", payments.waiting
        )
        parts.append(waiting)
    return words.list(parts)


def way_to_the_board(payments: Payments, words: Words) -> list[Block]:
    """A button that shows what waits, where anything does."""
    if not payments.partly and not payments.waiting:
        return []
    button = block_kit.button(words.say("Assign what waits…"), SHOW_ALL, "all", style="primary")
    return [block_kit.actions(button)]
