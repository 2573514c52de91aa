"""Stems for search: a word typed in one form finds it in another, in English, Polish and Hungarian."""

import re
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock
from typing import Any

import snowballstemmer

from bot.kit.folding import fold

_WORD = re.compile(r"\w+", re.UNICODE)
_MOST_WORDS = 5000
_SHORTEST_STEM = 3
_one_at_a_time = Lock()  # a stemmer keeps the word it works on


def search_text(*texts: str) -> str:
    """What a search column holds of these texts: each word folded, and its stems, once."""
    found: dict[str, None] = {}
    for word in _words(texts):
        found.update(dict.fromkeys(forms(word)))
    return " ".join(found)


def search_terms(query: str, most: int = 8) -> list[tuple[str, ...]]:
    """For each word that was typed the forms of which one must stand in the column; the first may be a beginning."""
    return [forms(word) for word in _words([query])[:most]]


@lru_cache(maxsize=100_000)
def forms(word: str) -> tuple[str, ...]:
    """A word as it is folded (``Łódź`` is ``lodz``), then its stems in the three languages."""
    bare = tuple(fold(word).split())
    with _one_at_a_time:
        stems = [fold(stemmer.stemWord(word.lower())) for stemmer in _stemmers()]
    return tuple(dict.fromkeys([*bare, *(stem for stem in stems if len(stem) >= _SHORTEST_STEM and " " not in stem)]))


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in _WORD.findall(text.replace("_", " ")) if fold(word)][:_MOST_WORDS]


@lru_cache(maxsize=1)
def _stemmers() -> list[Any]:
    return [snowballstemmer.stemmer(language) for language in ("english", "polish", "hungarian")]
