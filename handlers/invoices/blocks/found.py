"""What a question found that is neither one invoice nor one list: several customers."""

from collections.abc import Sequence

from bot.kit import looks
from bot.kit.looks import Block
from bot.kit.words import Words
from handlers.invoices.blocks.card import CUSTOMER


def customers_found(names: Sequence[tuple[int, str]], words: Words) -> list[Block]:
    """More than one customer fits: which one is meant?"""
    buttons = [looks.button(name, f"{CUSTOMER}:{id_}", str(id_)) for id_, name in names[:20]]
    return [looks.section(words.mark("More than one customer fits. Which one?")), looks.actions(*buttons)]
