"""Whether the channels that a catalogue names are what they must be, told from Slack's own facts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from bot.kit.catalogue import Catalogue, Department
from bot.kit.errors import Problem


@dataclass(frozen=True)
class ChannelFacts:
    """What Slack says of a channel (``conversations.info``)."""

    id: str
    name: str
    is_private: bool = False
    is_shared: bool = False
    """With another workspace or company (``is_ext_shared``, ``is_pending_ext_shared``, ``is_org_shared``)."""
    has_bot: bool = True
    is_archived: bool = False


class ChannelProblem(Problem):
    """Something about a channel; where it ``refuses``, the bot must not start with it."""

    refuses: ClassVar[bool] = False


class NoSuchChannel(ChannelProblem):
    sentence = "There is no channel #{channel}, or the bot is not in it: create it and /invite the bot ({used_by})."


class ArchivedChannel(ChannelProblem):
    sentence = "#{channel} is archived; unarchive it or name another one ({used_by})."


class BotOutside(ChannelProblem):
    sentence = "The bot is not in #{channel}: /invite it there ({used_by})."


class PrivateDepartmentInPublic(ChannelProblem):
    sentence = (
        "The department {used_by} is private, but #{channel} is public: make the channel private, "
        "or name a private one."
    )
    refuses = True


class SharedTriage(ChannelProblem):
    sentence = (
        "#{channel} is shared with people outside, so it cannot be the triage channel of {used_by}: "
        "name one that is not shared."
    )
    refuses = True


def check_channels(catalogue: Catalogue, channels: Iterable[ChannelFacts]) -> list[ChannelProblem]:
    """What is wrong with the catalogue's channels; empty when all is well."""
    known: dict[str, ChannelFacts] = {}
    for facts in channels:
        known[facts.id] = known[facts.name] = facts
    problems: list[ChannelProblem] = []
    for department in catalogue.departments.values():
        problems += _usable(department.channel, department.key, known.get(department.channel))
        problems += _discreet(department, known.get(department.channel))
    for intake in catalogue.intake_channels.values():
        problems += _usable(intake.channel, intake.key, known.get(intake.channel))
    return problems


def _usable(channel: str, used_by: str, facts: ChannelFacts | None) -> Iterator[ChannelProblem]:
    if facts is None:
        yield NoSuchChannel(channel=channel, used_by=used_by)
    elif facts.is_archived:
        yield ArchivedChannel(channel=facts.name, used_by=used_by)
    elif not facts.has_bot:
        yield BotOutside(channel=facts.name, used_by=used_by)


def _discreet(department: Department, facts: ChannelFacts | None) -> Iterator[ChannelProblem]:
    if facts is None:
        return
    if facts.is_shared:
        yield SharedTriage(channel=facts.name, used_by=department.key)
    if department.private and not facts.is_private:
        yield PrivateDepartmentInPublic(channel=facts.name, used_by=department.key)
