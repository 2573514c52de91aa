"""Stems for search: a word typed in one form finds it in another, in English, Polish
and Hungarian.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from threading import Lock
from typing import Any

from Stemmer import Stemmer

from bot.kit.folding import fold

_WORD = re.compile(r"\w+", re.UNICODE)
_MOST_WORDS = 5000
_SHORTEST_STEM = 3
_one_at_a_time = Lock()  # a stemmer keeps the word it works on


def search_text(*texts: str) -> str:
    """What a search column holds of these texts: each word folded, and its stems, once."""
    return " ".join(dict.fromkeys(chain.from_iterable(_terms(texts, _MOST_WORDS))))


def search_terms(query: str, most: int = 8) -> list[tuple[str, ...]]:
    """For each word that was typed the forms of which one must stand in the column; the first may
    be a beginning.
    """
    return list(_terms([query], most))


@lru_cache(maxsize=100_000)
def forms(word: str) -> tuple[str, ...]:
    """A word as it is folded (``Łódź`` is ``lodz``), then its stems in the three languages; none of
    a mere sign.
    """
    bare = tuple(fold(word).split())
    if not bare:
        return ()
    with _one_at_a_time:
        stems = [fold(stemmer.stemWord(word.lower())) for stemmer in _stemmers()]
    return tuple(
        dict.fromkeys(
            [*bare, *(stem for stem in stems if len(stem) >= _SHORTEST_STEM and " " not in stem)]
        )
    )


def _terms(texts: Iterable[str], most: int) -> Iterator[tuple[str, ...]]:
    """The forms of each word that says something."""
    words = (word for text in texts for word in _WORD.findall(text.replace("_", " ")))
    return islice(filter(None, map(forms, words)), most)


@lru_cache(maxsize=1)
def _stemmers() -> list[Any]:
    return [Stemmer(language) for language in ("english", "polish", "hungarian")]
