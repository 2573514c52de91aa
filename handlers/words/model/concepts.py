"""What words speak of: *invoice*, *faktura* and *számla* are one concept.

``concepts.txt`` holds them, a line each; a word with a slip in it still finds its concept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

K = TypeVar("K")
_FILE = Path(__file__).parents[1] / "concepts.txt"
STRANGE = "strange"
"""A word that no concept has: a name, or no word at all."""
_SHORTEST_WITH_A_SLIP = 5
_MOST_WORDS = 5  # of a phrase


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts by whole words and phrases, and by words' beginnings."""

    phrases: Mapping[tuple[str, ...], frozenset[str]]
    beginnings: Mapping[str, frozenset[str]]
    slips: Mapping[str, frozenset[str]]
    """The same words with one letter left out, behind their first: nobody gets that wrong."""

    def of(self, words: Sequence[str]) -> list[str]:
        """The concepts of a sentence, in their order."""
        concepts: list[str] = []
        for place in range(len(words)):
            concepts += self._at(words, place)
        return concepts

    def knows(self, word: str) -> bool:
        """Whether a word, as it is written, means something by itself."""
        return bool(self._of_phrase((word,), 1))

    def _at(self, words: Sequence[str], place: int) -> Iterator[str]:
        concepts: set[str] = set()
        for length in range(1, _MOST_WORDS + 1):
            concepts |= self._of_phrase(tuple(words[place : place + length]), length)
        yield from sorted(concepts or self._of_slip(words[place]) or {STRANGE})

    def _of_phrase(self, words: tuple[str, ...], length: int) -> frozenset[str]:
        """Of several entries that fit the longest says what is meant (*unpaid*, not *paid*)."""
        if len(words) < length:
            return frozenset()
        *first, last = words
        for end in range(len(last), 1, -1):
            begun = self.beginnings.get(" ".join([*first, last[:end]]), frozenset())
            whole = self.phrases.get(words, frozenset()) if end == len(last) else frozenset()
            if begun or whole:
                return begun | whole
        return self.phrases.get(words, frozenset())

    def _of_slip(self, word: str) -> frozenset[str]:
        if len(word) < _SHORTEST_WITH_A_SLIP:
            return frozenset()
        concepts: set[str] = set()
        for form in (word, *without_a_letter(word)):
            concepts |= self.slips.get(word[0] + form, frozenset())
        return frozenset(concepts)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return read(_FILE.read_text(encoding="utf-8"))


def read(text: str) -> Lexicon:
    """The lexicon that a file's lines make."""
    phrases: dict[tuple[str, ...], set[str]] = {}
    beginnings: dict[str, set[str]] = {}
    slips: dict[str, set[str]] = {}
    for concept, entry in _entries(text):
        if entry.endswith("*"):
            beginnings.setdefault(entry[:-1], set()).add(concept)
        else:
            phrases.setdefault(tuple(entry.split()), set()).add(concept)
        word = entry.rstrip("*")
        if " " not in word and len(word) >= _SHORTEST_WITH_A_SLIP:
            for form in (word, *without_a_letter(word)):
                slips.setdefault(word[0] + form, set()).add(concept)
    return Lexicon(_frozen(phrases), _frozen(beginnings), _frozen(slips))


def without_a_letter(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _entries(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        concept, colon, entries = line.partition(":")
        if colon and not line.startswith("#"):
            for entry in filter(None, map(str.strip, entries.split(","))):
                yield concept.strip(), entry


def _frozen(sets: Mapping[K, set[str]]) -> dict[K, frozenset[str]]:
    return {key: frozenset(values) for key, values in sets.items()}
