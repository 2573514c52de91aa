"""Misbehaviour on demand: what of Slack's bad days is switched on."""

from dataclasses import asdict, dataclass

from bot.playground.shapes import Json


@dataclass
class Faults:
    """Settings that the page, tests and the command line may change."""

    slow: float = 0.0

    def settings(self) -> Json:
        return asdict(self)

    def set(self, given: Json) -> None:
        for name, value in given.items():
            if hasattr(self, name):
                setattr(self, name, type(getattr(self, name))(value))
