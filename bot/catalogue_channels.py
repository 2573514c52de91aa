"""Whether the channels that a catalogue names are as discreet as they must be, told from Slack's
own facts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.kit.catalogue import Catalogue, Department
from bot.kit.errors import Problem


@dataclass(frozen=True)
class ChannelFacts:
    """What Slack says of a channel; shared means with another workspace or company."""

    id: str
    name: str
    is_private: bool
    is_shared: bool


class PrivateInPublic(Problem):
    sentence = (
        "“{department}” is private, but its channel #{channel} is public. Make it private, or name "
        "one that is."
    )


class PrivateTypeInPublic(Problem):
    """A request type that is private by itself, in a department that is not."""

    sentence = (
        "“{type}” is private, but the channel #{channel} of “{department}” is public. Make that "
        "private."
    )


class SharedTriage(Problem):
    sentence = (
        "The channel #{channel} of “{department}” is shared with people outside. Name one that is "
        "not."
    )


def check_channels(catalogue: Catalogue, channels: Iterable[ChannelFacts]) -> list[Problem]:
    """Why the bot must not start with these channels; empty when all is well. A channel not told of
    says nothing.
    """
    known = {name: facts for facts in channels for name in (facts.id, facts.name)}
    pairs = [
        (department, known.get(department.channel)) for department in catalogue.departments.values()
    ]
    return [
        problem
        for department, facts in pairs
        if facts
        for problem in _indiscreet(catalogue, department, facts)
    ]


def _indiscreet(
    catalogue: Catalogue, department: Department, facts: ChannelFacts
) -> Iterator[Problem]:
    if facts.is_shared:
        yield SharedTriage(channel=facts.name, department=department.key)
    if department.private and not facts.is_private:
        yield PrivateInPublic(channel=facts.name, department=department.key)
    if not department.private and not facts.is_private:
        for kind in catalogue.types_of(department.key):
            if kind.private:
                yield PrivateTypeInPublic(
                    channel=facts.name, department=department.key, type=kind.key
                )
