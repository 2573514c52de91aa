"""Places of the catalogue in Slack: a channel that is renamed goes on by its id, one that gets
another id by that; where nothing can be posted the messages wait, and somebody with power is told
at once.
"""

from collections.abc import Sequence
from typing import Any

from bot.kit.markup import Mrkdwn
from bot.kit.words import N_, Words
from handlers.people.service import roles
from handlers.tickets.service import exposure, requester_places
from storage import waiting_messages
from storage.invoices import customers
from storage.outbox import Message
from storage.people import channel_ids, people
from storage.people import roles as memberships
from storage.turn import Person, Turn

_WHY = {
    "is_archived": N_("it is archived. Please unarchive it, or name another one."),
    "not_in_channel": N_("I am not in it any more. Please invite me again."),
    "channel_not_found": N_("I do not see it any more. Please invite me again."),
}
_RESTRICTED = N_("I may not write there. Please let me, in the channel's settings.")


def keep_name(turn: Turn, before: Any, name: str) -> None:
    """A channel is called otherwise from now on: the name holds that the catalogue gave it, or a
    customer's list; of the catalogue's its leads hear once.
    """
    if name in _names(turn):
        people.keep_channels_name(turn, before.id, None)
        return
    is_named = before.name in _names(turn)
    if not is_named and not customers.is_channel_of_one(turn, before.name):
        return
    people.keep_channels_name(turn, before.id, before.name)
    turn.record("channel.renamed", f"channel:{before.id}")
    if not is_named:
        return
    for person in responsible(turn, before.id):
        text = roles.words_for(turn, person.id).mark(
            "#{before} is called #{name} now. Everything goes on there; the catalogue may name it "
            "{id}, then no new name matters.",
            before=before.name,
            name=name,
            id=before.id,
        )
        once = f"channel:{before.id}:renamed:{name}:{person.id}"
        turn.tell(person.id, text, once=once, subject=f"channel:{before.id}")


def move(turn: Turn, old: str, new: str) -> None:
    """An event tells of another id: everything goes on under that, and the catalogue may call the
    channel by the old one.
    """
    channel_ids.change(turn, old, new)
    if old in _names(turn):
        people.keep_channels_name(turn, new, old)
    turn.record("channel.moved", f"channel:{new}", before=old)
    _let_go(turn, new, told_of=old)


def called(turn: Turn, channel: str) -> str:
    """The name by which the catalogue knows a channel."""
    existing = people.channel(turn, channel)
    return str(existing.known_as or existing.name)


def shut(turn: Turn, channel: str, why: str, department: str | None = None) -> None:
    """Nothing can be posted to a channel: what is for it waits; leads and administrators hear why.

    ``department``: whose matter could not be posted, where nobody works in the channel.
    """
    if why == "is_archived":
        people.note_archived(turn, channel, True)
    for person in responsible(turn, channel, department):
        words = roles.words_for(turn, person.id)
        told, about = _told(turn, channel, why, words), f"channel:{channel}"
        turn.show(_notice(channel, person), person.id, told, subject=about)


def open_again(turn: Turn, channel: str) -> None:
    """What waited for the channel is posted now."""
    people.note_archived(turn, channel, False)
    turn.record("channel.open", f"channel:{channel}")
    _let_go(turn, channel, told_of=channel)


def _let_go(turn: Turn, channel: str, *, told_of: str) -> None:
    """What waited goes, and what was told of this id is taken back."""
    waiting_messages.let_go(turn.db, turn.workspace, channel)
    for card in waiting_messages.keys_of(turn.db, turn.workspace, f"channel:{told_of}:shut:"):
        turn.withdraw(card)


def note_open(turn: Turn, channel: str) -> None:
    """A look at Slack shows that a channel is open: so it is told, where it was shut."""
    if waiting_messages.keys_of(turn.db, turn.workspace, f"channel:{channel}:shut:"):
        open_again(turn, channel)


def responsible(turn: Turn, channel: str, department: str | None = None) -> list[Person]:
    """The leads of the departments that work there, and the administrators."""
    working = exposure.departments_in(turn, channel) or ([department] if department else [])
    leads = [roles.lead_of(turn, each) for each in working]
    result = {person.id: person for person in (*leads, *roles.administrators(turn)) if person}
    return [person for person in result.values() if not person.is_external]


def is_of_the_catalogue(turn: Turn, channel: str) -> bool:
    """Whether a department works there, or requests are taken in."""
    named = memberships.channels_named(turn, _names(turn))
    return channel in named.values()


def undelivered(turn: Turn, message: Message, why: str) -> None:
    """Slack does not take a message where it should stand: another way, or somebody hears of it."""
    channel = message.channel or message.addressee
    id = _ticket_of(message)
    if id is None:
        shut(turn, channel, why)
    elif not requester_places.move_to_person(turn, id, channel):
        shut(turn, channel, why, requester_places.department_of(turn, id))


def _ticket_of(message: Message) -> int | None:
    what, _, id = (message.subject or "").partition(":")
    return int(id) if what == "ticket" and id.isdigit() else None


def _told(turn: Turn, channel: str, why: str, words: Words) -> Mrkdwn:
    reason = words.say(_WHY.get(why, _RESTRICTED))
    return words.mark(
        ":warning: I cannot post in #{channel}: {why} What I have to say there waits for it.",
        channel=people.channel_name(turn, channel) or channel,
        why=reason,
    )


def _notice(channel: str, person: Person) -> str:
    return f"channel:{channel}:shut:{person.id}"


def _names(turn: Turn) -> Sequence[str]:
    """The channels that the catalogue names, without their sign."""
    named = [each.channel for each in turn.catalogue.departments.values()]
    named += [each.channel for each in turn.catalogue.intake_channels.values()]
    return [channel.removeprefix("#") for channel in named]
