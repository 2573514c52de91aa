"""How Block Kit is checked: small rules that answer with Slack's own complaints and where they
point.

A rule takes a value and a JSON pointer and gives sentences such as
``must be less than 3001 characters [json-pointer:/blocks/0/text/text]``.
"""

from collections.abc import Callable, Mapping
from typing import Any

Rule = Callable[[Any, str], list[str]]


def complaint(sentence: str, at: str) -> list[str]:
    return [f"{sentence} [json-pointer:{at}]"]


def string(longest: int | None = None, shortest: int = 0) -> Rule:
    def check(value: Any, at: str) -> list[str]:
        if not isinstance(value, str):
            return complaint("must provide a string", at)
        if len(value) < shortest:
            return complaint(f"must be more than {shortest - 1} characters", at)
        if longest is not None and len(value) > longest:
            return complaint(f"must be less than {longest + 1} characters", at)
        return []

    return check


def address(value: Any, at: str) -> list[str]:
    """An http(s) address (or a deep link) of at most 3000 characters."""
    wrong = string(3000, 1)(value, at)
    return wrong or (
        []
        if "://" in value or value.startswith("mailto:")
        else complaint("must be a valid URL", at)
    )


def boolean(value: Any, at: str) -> list[str]:
    return [] if isinstance(value, bool) else complaint("must provide a boolean", at)


def whole(least: int | None = None, most: int | None = None) -> Rule:
    def check(value: Any, at: str) -> list[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            return complaint("must provide an integer", at)
        if least is not None and value < least:
            return complaint(f"must be greater than or equal to {least}", at)
        return (
            complaint(f"must be less than or equal to {most}", at)
            if most is not None and value > most
            else []
        )

    return check


def number(value: Any, at: str) -> list[str]:
    good = isinstance(value, int | float) and not isinstance(value, bool)
    return [] if good else complaint("must provide a number", at)


def one_of(*allowed: str) -> Rule:
    def check(value: Any, at: str) -> list[str]:
        return [] if value in allowed else complaint(f"must be one of {', '.join(allowed)}", at)

    return check


def anything(value: Any, at: str) -> list[str]:
    return []


def items(rule: Rule, least: int = 1, most: int | None = None) -> Rule:
    """A list with at least and at most so many items, each under the rule."""

    def check(value: Any, at: str) -> list[str]:
        if not isinstance(value, list):
            return complaint("must provide an array", at)
        if len(value) < least:
            return complaint(f"no fewer than {least} items allowed", at)
        if most is not None and len(value) > most:
            return complaint(f"no more than {most} items allowed", at)
        return [wrong for index, each in enumerate(value) for wrong in rule(each, f"{at}/{index}")]

    return check


def thing(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object with these fields and no others."""
    existing = {**required, **(optional or {})}

    def check(value: Any, at: str) -> list[str]:
        if not isinstance(value, dict):
            return complaint("must provide an object", at)
        wrong = [line for name in required if name not in value for line in _missing(name, at)]
        for name, each in value.items():
            if name not in existing:
                wrong += complaint(f"invalid additional property: {name}", at)
            elif each is not None or name in required:
                wrong += existing[name](each, f"{at}/{name}")
        return wrong

    return check


def _missing(name: str, at: str) -> list[str]:
    return complaint(f"missing required field: {name}", at)


def kinds(by_type: Mapping[str, Rule]) -> Rule:
    """An object whose ``type`` names the rule that holds for it."""

    def check(value: Any, at: str) -> list[str]:
        if not isinstance(value, dict):
            return complaint("must provide an object", at)
        kind = value.get("type")
        if kind is None:
            return _missing("type", at)
        if not isinstance(kind, str) or kind not in by_type:
            return complaint(f"unsupported type: {kind}", f"{at}/type")
        return by_type[kind](value, at)

    return check


def both(*rules: Rule) -> Rule:
    """All of these; the later ones only if the earlier ones are content."""

    def check(value: Any, at: str) -> list[str]:
        for rule in rules:
            if wrong := rule(value, at):
                return wrong
        return []

    return check


def at_least_one(*names: str) -> Rule:
    def check(value: Any, at: str) -> list[str]:
        if any(value.get(name) for name in names):
            return []
        return complaint(f"must define {' or '.join(f'`{name}`' for name in names)}", at)

    return check


def exactly_one(*names: str) -> Rule:
    def check(value: Any, at: str) -> list[str]:
        if sum(name in value for name in names) == 1:
            return []
        return complaint(f"must define either {' or '.join(f'`{name}`' for name in names)}", at)

    return check


_PLAIN = {"emoji": boolean}
_MARKUP = {"verbatim": boolean}


def plain(longest: int, shortest: int = 1) -> Rule:
    """A ``plain_text`` object."""
    return thing({"type": one_of("plain_text"), "text": string(longest, shortest)}, _PLAIN)


def text(longest: int, shortest: int = 1) -> Rule:
    """A text object, plain or mrkdwn."""
    markup = thing({"type": one_of("mrkdwn"), "text": string(longest, shortest)}, _MARKUP)
    return kinds({"plain_text": plain(longest, shortest), "mrkdwn": markup})
