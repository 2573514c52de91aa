"""The tour: who one begins as, and the card on the page that says what to try first.

Whoever starts the workspace writes it; the page only shows it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.playground.page.phrasebook import Phrasebook
from bot.playground.slack.people import Person
from bot.playground.slack.shapes import Json
from bot.playground.slack.world import World


@dataclass(frozen=True)
class Step:
    """A sentence, and a button that does it: opens the second person beside, writes ``typed``
    into the message field, or opens the messages with the app.
    """

    does: Literal["beside", "write", "messages"]
    text: str
    button: str
    typed: str = ""


@dataclass(frozen=True)
class Tour:
    """``begins``: the person for each language, the first of them where none fits; ``steps`` for
    each language; ``beside`` is the second person and ``beside_in`` the name of their channel;
    ``phrases`` are what one may ask Slackbot.
    """

    begins: Mapping[str, str]
    steps: Mapping[str, Sequence[Step]]
    beside: str
    beside_in: str
    phrases: Phrasebook = field(default_factory=Phrasebook)

    def beginner(self, accepted: str) -> str:
        """Who somebody begins as whose browser accepts these languages, in its order."""
        languages = (part[:2].lower() for part in re.split(r"\s*,\s*", accepted.strip()))
        spoken = next((each for each in languages if each in self.begins), next(iter(self.begins)))
        return self.begins[spoken]

    def shown_to(self, world: World, person: Person) -> Json | None:
        """The card of those who begin; the second person and everybody else need none."""
        if person.id not in self.begins.values():
            return None
        steps = self.steps.get(person.language) or next(iter(self.steps.values()))
        channel = world.channel_named(self.beside_in).id
        return {
            "steps": [vars(step) for step in steps],
            "beside": {"person": self.beside, "channel": channel},
        }
