"""What stands for the understanding that Slackbot has and the playground has not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Phrasebook:
    """``stems`` are beginnings of words, in any language, by which a tool is meant; ``examples``
    are questions to begin with in each language; ``values`` are by tool, argument and value the
    beginnings of words by which that value is meant.
    """

    stems: Mapping[str, Sequence[str]] = field(default_factory=dict)
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]] = field(default_factory=dict)
