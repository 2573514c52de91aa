"""Which of several instalments a part of an invoice is, and what people call it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from bot.kit.words import Words


class Instalment(NamedTuple):
    """The ``number``-th of several, by the plan of the invoice: what is paid counts too."""

    number: int
    of: int

    def said(self, words: Words) -> str:
        """``instalment 1 of 3``"""
        return words.say("instalment {number} of {count}", number=self.number, count=self.of)


def instalments_of(plan: Iterable[tuple[date | None, int]]) -> list[Instalment | None]:
    """Which one each line of a plan is; none where there is only one, or where a later plan of the
    same invoice left nothing on the line.
    """
    amounts = [amount for _, amount in plan]
    several = sum(1 for amount in amounts if amount)
    result: list[Instalment | None] = []
    number = 0
    for amount in amounts:
        number += bool(amount)
        result.append(Instalment(number, several) if amount and several > 1 else None)
    return result


def numbered(invoice: str, instalment: Instalment | None, words: Words) -> str:
    """An invoice's number, and where only one of its instalments is meant, which."""
    return f"{invoice}, {instalment.said(words)}" if instalment else invoice
