"""The demo's first two minutes: who a stranger begins as, and the three steps to try."""

from bot.demo.slackbot import phrases
from bot.kit.words import Words
from bot.playground.page.tour import Step, Tour

_BEGINS = {"en": "U0EMMA", "pl": "U0PIOTR", "hu": "U0KATA"}
_BESIDE, _BESIDE_IN = "U0TOMASZ", "bo-it"


def tour() -> Tour:
    """In each language, to the moment at which one card changes while the other is worked on."""
    steps = {language: _steps(Words(language)) for language in _BEGINS}
    return Tour(_BEGINS, steps, _BESIDE, _BESIDE_IN, phrases())


def _steps(words: Words) -> tuple[Step, Step, Step]:
    typed = words.say("/ticket I cannot log in to the wifi")
    return (
        Step(
            "beside",
            words.say("Be two people at once: open Tomasz from IT in a second window."),
            words.say("Open Tomasz beside me"),
        ),
        Step(
            "write",
            words.say("Here, write {typed}, press Enter, and send the form.", typed=f"`{typed}`"),
            words.say("Write it for me"),
            typed,
        ),
        Step(
            "messages",
            words.say(
                "Look at your card in Zaplecze’s messages. It changes when Tomasz presses Take."
            ),
            words.say("Show me my card"),
        ),
    )
