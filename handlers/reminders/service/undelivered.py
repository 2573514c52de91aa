"""Messages that Slack did not take: what they told counts as untold, what they asked as unasked; it
is tried again, and finance hears why.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from bot.kit.words import Words
from handlers.ledger.service import lookup as ledger
from handlers.reminders.blocks import undelivered as looks
from handlers.reminders.blocks.undelivered import Lost
from handlers.reminders.service.accounts import policy_for, switch_of
from handlers.reminders.service.audiences import finance_reader
from storage.invoices import customers
from storage.outbox import IN_DOUBT
from storage.people import people
from storage.reminders import messages, reminders
from storage.reminders.messages import Message
from storage.turn import Turn


def take_back(turn: Turn) -> None:
    """What Slack refused since the last look is to be told again; what is in doubt is
    not repeated.
    """
    lost = [
        (message, error)
        for message, error in messages.lost(turn)
        if _take_back(turn, message, error)
    ]
    for _, group in groupby(sorted(lost, key=_by_place), _by_place):
        _tell(turn, list(group))


def _by_place(item: tuple[Message, str]) -> tuple[str, str, bool, str]:
    message, error = item
    return message.direction, message.addressee, message.is_question, error


def _take_back(turn: Turn, message: Message, error: str) -> bool:
    """False where nobody misses it: what it asked is answered."""
    is_doubtful = error.startswith(IN_DOUBT)
    if message.is_question:
        if not _ask_again(turn, message):
            return False
    elif is_doubtful:
        messages.mark_lost(turn, message, is_doubtful=True)
    else:
        messages.mark_lost(turn, message, is_doubtful=False)
        _look_tomorrow(turn, reminders.take_back(turn, message.id))
    event = "reminder.in_doubt" if is_doubtful else "reminder.undelivered"
    turn.record(
        event, f"reminder:{message.id}", audience=message.audience, why=error.removeprefix(IN_DOUBT)
    )
    return True


def _ask_again(turn: Turn, question: Message) -> bool:
    """A card that finance has not got, or may not have, is asked anew: two of them do no harm."""
    messages.mark_lost(turn, question, is_doubtful=False)
    asked = reminders.ask_again(turn, question.customer, question.about)
    if not asked:
        return False
    turn.withdraw(question.key)
    _look_tomorrow(turn, [*asked, *reminders.take_back(turn, question.id)])
    return True


def _look_tomorrow(turn: Turn, instalments: Sequence[int]) -> None:
    tomorrow = ledger.today(turn) + timedelta(days=1)
    reminders.put_off(turn, dict.fromkeys(instalments, tomorrow))


def _tell(turn: Turn, lost: Sequence[tuple[Message, str]]) -> None:
    """In finance's channel, or where that is the very place that cannot be reached, whoever
    switched them on.
    """
    message, error = lost[0]
    policy = policy_for(turn, message.direction)
    if policy is None:
        return
    channel = finance_reader(turn, policy)
    person = people.person(turn, switch_of(turn, policy).by_person)
    existing = customers.some(turn, {item.customer for item, _ in lost})
    names = [existing[item.customer].name for item, _ in lost if item.customer in existing]
    shown = Lost(
        message.addressee,
        error.removeprefix(IN_DOUBT),
        len(lost),
        names,
        error.startswith(IN_DOUBT),
        message.is_question,
    )
    once = f"reminders-undelivered:{message.id}"
    if channel and channel.to != message.addressee:
        words = Words(channel.language)
        turn.tell(channel.to, looks.told(shown, words), once=once, subject="reminders")
    elif person:
        turn.tell(
            person.id, looks.told(shown, Words(person.language)), once=once, subject="reminders"
        )
