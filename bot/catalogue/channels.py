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


class PublicTriage(Problem):
    """Whoever joins the channel would work in the department."""

    sentence = (
        "“{department}” works in #{channel}, which is public: whoever joins would be its agent. "
        "Make the channel private or name one that is, or write open = true under "
        "[departments.{department}] if everybody may read its tickets."
    )


class TrustedInPublic(Problem):
    """The same for a department that looks after money or private matters, which is never open."""

    sentence = (
        "“{department}” works in #{channel}, which is public, and has money or private matters in "
        "its hands: whoever joins would see them. Make the channel private, or name another one "
        "that is."
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
    existing = {name: facts for facts in channels for name in (facts.id, facts.name)}
    pairs = [
        (department, existing.get(department.channel))
        for department in catalogue.departments.values()
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
    if facts.is_private or department.open:
        return
    kind = TrustedInPublic if catalogue.is_trusted(department.key) else PublicTriage
    yield kind(channel=facts.name, department=department.key)
