"""The freshness gate: the message that asks one person to import payments or to confirm that none
are missing.
"""

from datetime import datetime

from bot.kit import looks
from bot.kit.looks import Block
from bot.kit.words import Words

CONFIRM = "reminders.payments_known"


def card(known_until: datetime | None, words: Words) -> list[Block]:
    """What is known, and the button that says that it is all."""
    if known_until is None:
        since = words.mark("No payments were imported yet.")
    else:
        moment = looks.moment(known_until, known_until.isoformat(timespec="minutes"))
        since = words.mark("Payments are known up to {moment} only.", moment=moment)
    ask = words.mark(
        "Reminders are due, but they wait: nobody shall be reminded of what is paid. "
        "Import the bank statement, or confirm that no payment is missing."
    )
    button = looks.button(words.say("No payment is missing"), CONFIRM, style="primary")
    return [looks.section(since), looks.section(ask), looks.actions(button)]


def text_of(words: Words) -> str:
    return words.say("Reminders wait for newer payments")
