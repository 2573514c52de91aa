"""The freshness gate: the message that asks one person to import payments or to confirm that none
are missing.
"""

from datetime import datetime

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.words import Words

CONFIRM = "reminders.payments_known"


def card(known_until: datetime | None, words: Words) -> list[Block]:
    """What is known, and the button that says that it is all."""
    if known_until is None:
        since = words.mark("No payments were imported yet.")
    else:
        moment = block_kit.moment(known_until, known_until.isoformat(timespec="minutes"))
        since = words.mark("Payments are known up to {moment} only.", moment=moment)
    ask = words.mark(
        "Reminders are due, but they wait: nobody shall be reminded of what is paid. "
        "Import the bank statement, or confirm that no payment is missing."
    )
    button = block_kit.button(words.say("No payment is missing"), CONFIRM, style="primary")
    return [block_kit.section(since), block_kit.section(ask), block_kit.actions(button)]


def text_of(words: Words) -> str:
    return words.say("Reminders wait for newer payments")
