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
    keep(turn, {"id": channel, "name": existing.name, **told})


def move(turn: Turn, old: str, new: str) -> None:
    """An event tells of another id; what was told of the channel by that counts."""
    met = people.meet_channel(turn, new)
    places.move(turn, old, new)
    if met.is_shared:
        change(turn, new, is_shared=True)


def keep(turn: Turn, facts: dict[str, Any]) -> None:
    """Take over what Slack says of a channel, and act when it is not fit any more, or fit again."""
    existing = people.channel(turn, facts["id"])
    people.save_channel(turn, facts)
    if existing is None:  # what was never fit is refused at the start
        return
    if existing.name != facts["name"]:
        places.keep_name(turn, existing, facts["name"])
    called = places.called(turn, facts["id"])
    now = _problems(turn, ChannelFacts(**{**facts, "name": called}))
    before = _problems(
        turn, ChannelFacts(existing.id, called, existing.is_private, existing.is_shared)
    )
    if now and not before:
        _close(turn, facts["id"], now)
    elif before and not now:
        _open(turn, facts["id"])


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
