"""Slack's JSON, the refusal that every method can answer with, and ids as Slack draws them."""

from random import Random
from typing import Any

Json = dict[str, Any]

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = "0123456789abcdefghijklmnopqrstuvwxyz"


class Refused(Exception):
    """Slack's ``{"ok": false, "error": …}``: the error's name and what stands beside it."""

    def __init__(self, error: str, *messages: str, **beside: Any) -> None:
        self.error = error
        self.messages = list(messages)
        self.beside = beside
        super().__init__(error)

    def answer(self) -> Json:
        answer: Json = {"ok": False, "error": self.error, **self.beside}
        if self.messages:
            answer["response_metadata"] = {"messages": self.messages}
        return answer


class Ids:
    """Ids in Slack's form, drawn from one seeded source so that a run can be repeated."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def draw(self, prefix: str, length: int = 10) -> str:
        return prefix + "".join(self.random.choices(_LETTERS, k=length))

    def small(self, length: int) -> str:
        return "".join(self.random.choices(_SMALL, k=length))

    def hexadecimal(self, length: int) -> str:
        return "".join(self.random.choices("0123456789abcdef", k=length))

    def uuid(self) -> str:
        digits = self.hexadecimal(32)
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def number(self, digits: int) -> str:
        return str(self.random.randrange(10 ** (digits - 1), 10**digits))
