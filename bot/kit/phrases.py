"""Phrases of the catalogue in a sentence: all their words, in any form in which people say them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.kit.language.stems import search_terms

_MOST_WORDS = 80
_SHORTEST = 4  # letters of a word that may go on otherwise
_LONGEST_ENDING = 3

Forms = frozenset[str]


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[Forms, ...]:
    """Each word of a text with its stems."""
    return tuple(frozenset(term) for term in search_terms(text, most=_MOST_WORDS))


def stands_in(phrase: str, text: Sequence[Forms]) -> bool:
    """Whether every word of the phrase is said, in whatever form and order."""
    wanted = terms(phrase)
    return bool(wanted) and all(any(_same(word, other) for other in text) for word in wanted)


def weight(phrases: Iterable[str], text: Sequence[Forms]) -> int:
    """How many letters of the text these phrases explain: the longest that stands in it counts
    whole, each other a little.
    """
    fitting = [phrase for phrase in phrases if stands_in(phrase, text)]
    if not fitting:
        return 0
    return 10 * max(len(phrase) for phrase in fitting) + len(fitting)


def _same(word: Forms, other: Forms) -> bool:
    """Two forms of one word: a stem in common, or a beginning and another ending."""
    return not word.isdisjoint(other) or any(
        _other_ending(each, its) for each in word for its in other
    )


def _other_ending(item: str, other: str) -> bool:
    shorter, longer = sorted((item, other), key=len)
    return (
        len(shorter) >= _SHORTEST + 1
        and longer.startswith(shorter)
        and len(longer) - len(shorter) <= _LONGEST_ENDING
    )
