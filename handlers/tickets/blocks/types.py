"""Request types as the groups of a menu, by department."""

from collections.abc import Iterable
from typing import Any

from bot.kit import block_kit
from bot.kit.catalogue import Catalogue, RequestType
from bot.kit.words import Words


def grouped(catalogue: Catalogue, words: Words, prefix: str = "") -> list[dict[str, Any]]:
    """All of them; what is chosen is the key behind a ``prefix``."""
    groups = [
        {
            "label": block_kit.plain(department.name.in_(words.language), 75),
            "options": options(catalogue.types_of(department.key), words, prefix),
        }
        for department in catalogue.departments.values()
    ]
    return [group for group in groups if group["options"]][:100]


def options(kinds: Iterable[RequestType], words: Words, prefix: str = "") -> list[dict[str, Any]]:
    """The options of one group."""
    return [
        block_kit.option(kind.label.in_(words.language), f"{prefix}{kind.key}")
        for kind in list(kinds)[:100]
    ]
