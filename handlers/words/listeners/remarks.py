"""What is said above an answer about money: that another number or name was read, or that a name is
nobody's.
"""

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.folding import fold_number
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.lookup import Found
from handlers.words.model.figures import taken_apart
from handlers.words.model.matters import is_of_its_words
from handlers.words.model.subjects import subject_words
from handlers.words.service.interpretation import Read
from storage.turn import Turn


def refuse_strangers(read: Read) -> None:
    """A name that is nobody's, or of somebody whom the reader may not see."""
    words = subject_words(read.understood.text)
    strange = [word for word in words if word[0].isupper() and not is_of_its_words(word)]
    if strange:
        raise ledger.NothingFound(text=" ".join(strange))


def another_number(turn: Turn, typed: str, result: Found) -> list[Block]:
    """What is shown has another number than was typed."""
    numbers = [entry.invoice.number for entry in result.entries]
    if len(numbers) != 1 or fold_number(numbers[0]) in map(fold_number, _readings(typed)):
        return []
    text = turn.words.mark(
        "There is no “{typed}”; {number} is the nearest.", typed=typed, number=numbers[0]
    )
    return [block_kit.section(text)]


def _readings(typed: str) -> list[str]:
    return [typed, taken_apart(typed) or typed]


def another_name(turn: Turn, read: Read) -> list[Block]:
    """A name with a slip in it was read as a customer's."""
    if not read.has_slips:
        return []
    text = turn.words.mark(
        "I read “{typed}” as {name}.", typed=" ".join(read.names), name=read.customers[0].name
    )
    return [block_kit.section(text)]
