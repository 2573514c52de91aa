"""Messages that Slack did not take: what they told counts as untold, what they asked as unasked; it
is tried again, and finance hears why.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby

from bot.kit.catalogue import ReminderPolicy
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words
from handlers.ledger.service import lookup as ledger
from handlers.people.service import roles
from handlers.reminders.blocks import undelivered as looks
from handlers.reminders.blocks.undelivered import Lost
from handlers.reminders.service import claims
from handlers.reminders.service.audiences import finance_reader
from handlers.reminders.service.policy_context import policy_for, switch_of
from storage import waiting_messages
from storage.invoices import customers
from storage.outbox import IN_DOUBT
from storage.outbox_places import Refusal
from storage.people import people
from storage.reminders import messages, reminders, switches
from storage.reminders.messages import Message
from storage.turn import Person, Turn

_UNDELIVERED, _NOTICE = "reminders-undelivered:", "reminders-unheard:"
_TOLD_ANEW = (messages.KEY, messages.QUESTION, _UNDELIVERED, _NOTICE)
"""So begin the keys of what is told or asked again, and of what says so."""


def take_back(turn: Turn) -> None:
    """What Slack refused since the last look is to be told again; what is in doubt is
    not repeated.
    """
    refusals = messages.refusals(turn)
    _tell_of_others(turn, refusals)
    lost: list[tuple[Message, str]] = []
    for message, error in messages.lost(turn, refusals):
        if _take_back(turn, message, error):
            lost.append((message, error))
    for _, group in groupby(sorted(lost, key=_by_place), _by_place):
        _tell(turn, list(group))


def _tell_of_others(turn: Turn, refusals: Mapping[str, Refusal]) -> None:
    """A claim's card or a note of which nothing is told anew: somebody hears once that it did not
    arrive.
    """
    policy = policy_for(turn, "receivable") or policy_for(turn, "payable")
    others = [key for key in refusals if not key.startswith(_TOLD_ANEW)]
    if policy is None or not others:
        return
    notices = waiting_messages.keys_of(turn.db, turn.workspace, _NOTICE)
    heard_of = {notice.partition("|")[0] for notice in notices}
    for key in others:
        if f"{_NOTICE}{key}" not in heard_of:
            to, error = refusals[key]
            why, is_doubtful = error.removeprefix(IN_DOUBT), error.startswith(IN_DOUBT)
            lost = Lost(to, why, 1, (), is_doubtful, _name(turn, to))
            _tell_somebody(turn, policy, to, f"{_NOTICE}{key}", partial(looks.unheard, lost))


def ask_anew(turn: Turn) -> None:
    """Finance's channel was not fit for money for a while: claims that nobody has answered stand
    there again, and reminders that wait for approval are asked about with the next tick.
    """
    for origin in switches.unanswered(turn):
        claims.show(turn, origin)
    today = ledger.today(turn)
    reminders.put_off(turn, dict.fromkeys(reminders.ask_all_again(turn), today))


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
    """In finance's channel, or where that is the very place that cannot be reached, those who stand
    in for it.
    """
    message, error = lost[0]
    policy = policy_for(turn, message.direction)
    if policy is None:
        return
    shown = Lost(
        message.addressee,
        error.removeprefix(IN_DOUBT),
        len(lost),
        _names(turn, [item.customer for item, _ in lost]),
        error.startswith(IN_DOUBT),
        _name(turn, message.addressee),
        message.is_question,
    )
    once = f"{_UNDELIVERED}{message.id}"
    _tell_somebody(turn, policy, message.addressee, once, partial(looks.told, shown))


def _tell_somebody(
    turn: Turn,
    policy: ReminderPolicy,
    unreached: str,
    once: str,
    text_in: Callable[[Words], Mrkdwn],
) -> None:
    channel = finance_reader(turn, policy)
    if channel and channel.to != unreached:
        turn.tell(channel.to, text_in(Words(channel.language)), once=once, subject="reminders")
        return
    for person in _instead(turn, policy, unreached):
        text = text_in(Words(person.language))
        turn.tell(person.id, text, once=f"{once}|{person.id}", subject="reminders")


def _name(turn: Turn, place: str) -> str:
    """Of a channel that is known; nothing of a person, or of an address."""
    return people.channel_name(turn, place) or ""


def _names(turn: Turn, ids: Sequence[int]) -> list[str]:
    """Of the customers, those that are still there."""
    existing = customers.some(turn, set(ids))
    return [existing[id_].name for id_ in ids if id_ in existing]


def _instead(turn: Turn, policy: ReminderPolicy, unreached: str) -> list[Person]:
    """Whoever switched the reminders on, or the administrators where they have left."""
    person = people.person(turn, switch_of(turn, policy).by_person)
    if person and person.id != unreached and people.is_here(turn, person.id):
        return [person]
    return [each for each in roles.administrators(turn) if each.id != unreached]
