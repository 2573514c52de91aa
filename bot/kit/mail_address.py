"""An address of e-mail: one, in the plain form that every server takes."""

import re

LONGEST = 254  # RFC 5321: a path of 256 with its brackets
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})+")


def is_address(text: str) -> bool:
    """Whether this is one address and nothing beside it: no name, no second one, no line's end."""
    local, _, _ = text.partition("@")
    return len(text) <= LONGEST and len(local) <= 64 and bool(_ADDRESS.fullmatch(text))
