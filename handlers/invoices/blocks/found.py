"""What was asked for is neither one invoice nor one list: several customers, or nothing that is
known here.
"""

from collections.abc import Sequence

from bot.kit import looks
from bot.kit.looks import Block
from bot.kit.words import Words
from handlers.invoices.blocks.card import CUSTOMER

MOST = 20
ASK_SOURCE = "invoices.ask_source"


def customers_found(names: Sequence[tuple[int, str]], words: Words) -> list[Block]:
    """More than one customer fits: which one is meant? Those who owe something come first."""
    shown = [looks.button(name, f"{CUSTOMER}:{id_}", str(id_)) for id_, name in names[:MOST]]
    more = len(names) - len(shown)
    rest = words.mark_count(
        "… and {n} more; write more of the name.", "… and {n} more; write more of the name.", more
    )
    return [
        looks.section(words.mark("More than one customer fits. Which one?")),
        looks.actions(*shown),
        *([looks.context(rest)] if more else []),
    ]


def ask_sources(said: str, number: str, sources: Sequence[str], words: Words) -> list[Block]:
    """Nothing fits here; each connected source may know the number."""
    buttons = [
        looks.button(
            words.say("Ask {source}", source=source.title()), f"{ASK_SOURCE}:{source}", number
        )
        for source in sources[:5]
    ]
    return [looks.section(said), looks.actions(*buttons)]
