"""Characters that are no text: those that no database keeps, and those that command a terminal or
turn the direction of what is read.
"""

import re
from collections.abc import Mapping
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Not among them: tab and line end; the joiners of emoji and of scripts that need them.
# Nothing of either is printable, which is told many times as fast as it is looked for.


def storable(value: Any) -> Any:
    """A value of JSON as every database keeps it: without NUL, half a character pair as U+FFFD."""
    if isinstance(value, str):
        is_whole = value.isprintable() or not _UNSTORABLE.search(value)
        return value if is_whole else _stored(value)
    if isinstance(value, Mapping):
        return {storable(key): storable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [storable(each) for each in value]
    return value


def legible(text: str) -> str:
    """A text as it is to be read: a sign that only commands is shown by its number, ``[U+202E]``.

    The end of a line of Windows counts as one.
    """
    if text.isprintable() or not _HIDDEN.search(text):
        return text
    return _HIDDEN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text.replace("\r\n", "\n"))


def escaped_for_json(text: str) -> str:
    """JSON whose strings hold such signs, with their escapes: it reads back as the same."""
    return _HIDDEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _stored(text: str) -> str:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "")
