"""Channels that become less discreet than the catalogue needs: nothing private goes there, and it
is told.
"""

from dataclasses import replace
from typing import Any

from bot.catalogue.channels import ChannelFacts, check_channels
from bot.directory import places
from bot.kit.errors import Problem
from handlers.invoices.service.waiting import payment_board
from handlers.people.service import roles
from handlers.reminders.service import undelivered
from handlers.tickets.service import departures, exposure
from storage.people import people
from storage.turn import BOT, Person, Turn


def change(turn: Turn, channel: str, **facts: bool) -> None:
    """An event tells that a channel is shared, public or private from now on. Of a channel that is
    not known yet it may come before the one that tells of its new id.
    """
    existing = people.meet_channel(turn, channel)
    told = {"is_private": existing.is_private, "is_shared": existing.is_shared, **facts}
    people.save_channel(turn, {"id": channel, "name": existing.name, **told})
    before = as_known(existing)
    _act(turn, before, ChannelFacts(**{**vars(before), **facts}))


def move(turn: Turn, old: str, new: str) -> None:
    """An event tells of another id; what was told of the channel by either counts."""
    before, met = people.channel(turn, old), people.meet_channel(turn, new)
    places.move(turn, old, new)
    is_old_told_of = before is not None and people.is_only_met(before) and before.is_shared
    if met.is_shared or is_old_told_of:
        change(turn, new, is_shared=True)


def rename(turn: Turn, channel: str, name: str) -> None:
    """An event tells of a new name. One that nobody has looked at goes on by its id alone until
    somebody does, for it is not known who reads it.
    """
    existing = people.channel(turn, channel)
    if existing is None or people.is_only_met(existing):
        people.free_name(turn, channel, name)
        return
    known = {"is_private": existing.is_private, "is_shared": existing.is_shared}
    keep(turn, {"id": channel, "name": name, **known})


def keep(turn: Turn, facts: dict[str, Any], *, is_starting: bool = False) -> None:
    """Take over what Slack says of a channel, and act when it is not fit any more, or fit again.

    Of one that only events told of until now, what they told is what was known. One that nothing
    told of yet is judged as it is found; while the bot is starting that is the start's to refuse.
    """
    existing = people.channel(turn, facts["id"])
    people.save_channel(turn, facts)
    if existing is None:
        if not is_starting and places.is_of_the_catalogue(turn, facts["id"]):
            _act(turn, None, ChannelFacts(**facts))
        return
    if existing.name != facts["name"] and not people.is_only_met(existing):
        places.keep_name(turn, existing, facts["name"])
    called = places.called(turn, facts["id"])
    _act(turn, as_known(existing), ChannelFacts(**{**facts, "name": called}))


def as_known(channel: Any) -> ChannelFacts:
    """What is known of a channel, by the name that it had when it was judged. Of one that nobody
    has looked at it is not known who may join: that is no fault of its.
    """
    is_private = channel.is_private or people.is_only_met(channel)
    return ChannelFacts(channel.id, channel.known_as or channel.name, is_private, channel.is_shared)


def _act(turn: Turn, before: ChannelFacts | None, now: ChannelFacts) -> None:
    was_unfit = before is not None and bool(_problems(turn, before))
    problems = _problems(turn, now)
    if problems and not was_unfit:
        _close(turn, now.id, problems)
    elif was_unfit and not problems:
        _open(turn, now.id)


def _problems(turn: Turn, facts: ChannelFacts) -> list[Problem]:
    return check_channels(turn.catalogue, [facts])


def _close(turn: Turn, channel: str, problems: list[Problem]) -> None:
    turn.record("channel.exposed", f"channel:{channel}")
    exposure.close(turn, channel)
    departures.look_for_gone(turn)  # its members have no rights by it any more
    for person in places.responsible(turn, channel):
        words = roles.words_for(turn, person.id)
        why = " ".join(words.problem(problem) for problem in problems)
        text = words.mark(
            ":warning: {why} Until then its members have no rights by it, I post nothing private "
            "there, and I take back what I had posted; {command} queue still shows the lead those "
            "tickets.",
            why=why,
            command=turn.catalogue.commands.ticket,
        )
        turn.show(_notice(channel, person), person.id, text, subject=f"channel:{channel}")


def _open(turn: Turn, channel: str) -> None:
    turn.record("channel.discreet", f"channel:{channel}")
    for person in places.responsible(turn, channel):
        turn.withdraw(_notice(channel, person))
    exposure.reopen(turn, channel)
    house = replace(turn, actor=BOT)
    payment_board.follow(house)
    undelivered.ask_anew(house)


def _notice(channel: str, person: Person) -> str:
    return f"channel:{channel}:exposed:{person.id}"
