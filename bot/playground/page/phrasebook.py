"""What stands for the understanding that Slackbot has and the playground has not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Phrasebook:
    """``stems`` are beginnings of words, in any language, by which a tool is meant; ``examples``
    are questions to begin with in each language.
    """

    stems: Mapping[str, Sequence[str]] = field(default_factory=dict)
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)
