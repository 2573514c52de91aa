"""By which words people ask for a kind of document."""

import re
from dataclasses import dataclass

PARTICULAR, USUAL, GENERAL = 1, 2, 3
"""Ranks: the words belong to this kind alone; to it before others; or to any paper of its sort."""
PAPER = r"certificat|proof|confirm|zaswiadcz|potwierdz|igazol"
"""What certificates are called in our languages."""


@dataclass(frozen=True)
class Names:
    """Ways to name a kind; where several kinds are named, the one of the lowest rank is meant."""

    ways: tuple[tuple[str, ...], ...]
    """Of one of them all patterns must stand in the text, each where a word begins; ``$`` is where
    one ends. Written without accents, since the text is folded.
    """
    rank: int = USUAL

    def is_in(self, folded: str) -> bool:
        return any(_are_in(way, folded) for way in self.ways)


def _are_in(way: tuple[str, ...], folded: str) -> bool:
    return all(_begins_a_word(part, folded) for part in way)


def _begins_a_word(pattern: str, folded: str) -> bool:
    return re.search(rf"\b(?:{pattern.replace('$', chr(92) + 'b')})", folded) is not None
