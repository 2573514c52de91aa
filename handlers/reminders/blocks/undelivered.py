"""What finance is told of messages that did not reach their reader. Values in, mrkdwn out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.kit.markup import Mrkdwn, join
from bot.kit.words import N_, Words
from handlers.reminders.blocks.places import is_address, place

MOST_NAMES = 10
_GONE = N_("there is no such place any more, or I am not in it")
_BARRED = N_("I may not write there")
REASONS: Mapping[str, str] = {
    "channel_not_found": _GONE,
    "not_in_channel": N_("I am not in that channel"),
    "is_archived": N_("the channel is archived"),
    "user_not_found": N_("this person is not in the workspace any more"),
    "user_disabled": N_("this person is not in the workspace any more"),
    "cannot_dm_bot": N_("it is a bot, and bots are not written to"),
    "restricted_action": _BARRED,
    "restricted_action_read_only_channel": _BARRED,
    "missing_scope": _BARRED,
}


@dataclass(frozen=True)
class Lost:
    """Messages to one place of which Slack said the same."""

    to: str
    error: str
    count: int
    customers: Sequence[str]
    is_doubtful: bool
    place: str = ""
    """The name of the channel, where it is one."""
    are_questions: bool = False
    """Whether they asked finance for its approval."""


def told(lost: Lost, words: Words) -> Mrkdwn:
    """How many, to whom, why, about whom, and what becomes of them."""
    parts = [_what(lost, words)]
    if lost.customers:
        names = [*lost.customers[:MOST_NAMES], *(["…"] if len(lost.customers) > MOST_NAMES else [])]
        parts.append(words.mark("About: {customers}.", customers=", ".join(names)))
    return join("\n", parts)


def unheard(lost: Lost, words: Words) -> Mrkdwn:
    """Of a card or note that is not told anew."""
    return words.mark(
        "⚠️ We could not make sure that a message about reminders reached {to}: {why}. It is not "
        "sent again: please look at what was claimed and promised.",
        to=place(lost.to, lost.place, words),
        why=_why(lost, words),
    )


def _what(lost: Lost, words: Words) -> Mrkdwn:
    if lost.are_questions:
        return _unasked(lost, words)
    return _doubtful(lost, words) if lost.is_doubtful else _refused(lost, words)


def _unasked(lost: Lost, words: Words) -> Mrkdwn:
    return words.mark_count(
        "⚠️ We could not make sure that {n} question whether a reminder may go reached {to}: {why}. "
        "It is asked again each working day; until it is answered nothing goes.",
        "⚠️ We could not make sure that {n} questions whether reminders may go reached {to}: {why}. "
        "They are asked again each working day; until they are answered nothing goes.",
        lost.count,
        to=place(lost.to, lost.place, words),
        why=_why(lost, words),
    )


def _refused(lost: Lost, words: Words) -> Mrkdwn:
    return words.mark_count(
        "⚠️ {n} reminder to {to} was not delivered: {why}. It counts as not sent; each working "
        "day we try again.",
        "⚠️ {n} reminders to {to} were not delivered: {why}. They count as not sent; each working "
        "day we try again.",
        lost.count,
        to=place(lost.to, lost.place, words),
        why=_why(lost, words),
    )


def _doubtful(lost: Lost, words: Words) -> Mrkdwn:
    return words.mark_count(
        "⚠️ Nobody can say whether {n} reminder reached {to}: {why}. Please look there; it is not "
        "sent again.",
        "⚠️ Nobody can say whether {n} reminders reached {to}: {why}. Please look there; they are "
        "not sent again.",
        lost.count,
        to=place(lost.to, lost.place, words),
        why=_why(lost, words),
    )


def _why(lost: Lost, words: Words) -> str:
    if is_address(lost.to):
        return words.say("the answer was “{error}”", error=lost.error)
    reason = REASONS.get(lost.error)
    return words.say(reason) if reason else words.say("Slack says “{error}”", error=lost.error)
