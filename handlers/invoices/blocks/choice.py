"""What was asked for is neither one invoice nor one list: several customers, or nothing that is
known here.
"""

from collections.abc import Sequence

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.words import Words
from handlers.invoices.blocks.card import CUSTOMER

MOST = 20
ASK_SOURCE = "invoices.ask_source"
SHARE_BEFORE_GUESTS = "invoices.share_before_guests"


def customers_found(names: Sequence[tuple[int, str]], words: Words) -> list[Block]:
    """More than one customer fits: which one is meant? Those who owe something come first."""
    shown = [block_kit.button(name, f"{CUSTOMER}:{id_}", str(id_)) for id_, name in names[:MOST]]
    more = len(names) - len(shown)
    rest = words.mark_count(
        "… and {n} more; write more of the name.", "… and {n} more; write more of the name.", more
    )
    return [
        block_kit.section(words.mark("More than one customer fits. Which one?")),
        block_kit.actions(*shown),
        *([block_kit.context(rest)] if more else []),
    ]


def ask_sources(text: str, number: str, sources: Sequence[str], words: Words) -> list[Block]:
    """Nothing fits here; each connected source may know the number."""
    buttons = [
        block_kit.button(
            words.say("Ask {source}", source=source.title()), f"{ASK_SOURCE}:{source}", number
        )
        for source in sources[:5]
    ]
    return [block_kit.section(text), block_kit.actions(*buttons)]


def before_guests(invoice: int, guests: Sequence[str], words: Words) -> tuple[str, list[Block]]:
    """Whether an invoice shall be shown where guests read."""
    people = words.list(guests)
    text = words.say("{people} read here too, as guests. Share it all the same?", people=people)
    button = block_kit.button(words.say("Share all the same"), SHARE_BEFORE_GUESTS, str(invoice))
    return text, [block_kit.section(text), block_kit.actions(button)]
