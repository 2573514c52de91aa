"""What a sentence is judged by: the concepts of its words for what is wanted, its letters for the
language.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, filterfalse

from bot.kit.folding import fold
from handlers.words.model.concepts import STRANGE, lexicon

_MOST_WORDS = 40
_WORD = re.compile(r"[^\W_]+#?|\?")
_COMMAND = re.compile(r"(?<!\S)/[a-z]+")
_LETTERS = 3
_SALUTATION = re.compile(
    r"\s*(?:(?:good )?(?:hi|hello|hey|dear|morning|afternoon)|dzień dobry|dzien dobry|cześć|czesc"
    r"|hej|witam|szia|sziasztok|helló|hello|üdv|jó napot|jo napot|kedves)\b"
    r"[^,.!?:–-]{0,25}[,.!:–-]+\s*(?=\S+\s+\S+\s+\S+)",
    re.IGNORECASE,
)


def features(plain: str) -> list[str]:
    """By what the intent is judged; ``plain`` has signs in the place of numbers."""
    spoken = [word for word in words(plain) if word != "?"]
    concepts = lexicon().of(spoken)
    kinds = sorted(set(concepts))
    return [
        "every",
        f"length:{min(len(spoken), 6)}",
        f"strangers:{min(concepts.count(STRANGE), 4)}",
        f"concepts:{min(len(kinds), 4)}",
        f"first:{concepts[0] if concepts else ''}",
        f"alone:{kinds[0] if len(kinds) == 1 else ''}",
        *map("has:{}".format, kinds),
        *(f"both:{item}+{other}" for item, other in combinations(kinds, 2)),
    ]


def letters(text: str) -> list[str]:
    """By what the language is judged: words with their accents, and letters in threes."""
    spoken = list(filterfalse(_has_digit, _WORD.findall(text.lower())))
    grams = chain.from_iterable(map(_grams, spoken[:_MOST_WORDS]))
    return list(dict.fromkeys(chain(map("word:{}".format, spoken), grams)))


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def words(plain: str) -> list[str]:
    """Its words, folded. A capital inside a sentence is a name, and which one says nothing."""
    result: list[str] = []
    text = _COMMAND.sub(" command# ", _SALUTATION.sub("", plain, count=1))
    for match in _WORD.finditer(text):
        if len(result) >= _MOST_WORDS:
            break
        result += _read(match[0], is_first=not result)
    return _without_repeated_names(result)


def _read(word: str, *, is_first: bool) -> list[str]:
    if word == "?" or word.endswith("#"):
        return [word]
    if not is_first and word[0].isupper() and not word.isupper():
        return ["name#"]
    return fold(word).split()


def _without_repeated_names(result: Sequence[str]) -> list[str]:
    """A name of three words is one name."""
    kept: list[str] = []
    before = ""
    for word in result:
        if word != "name#" or before != "name#":
            kept.append(word)
        before = word
    return kept


def _grams(word: str) -> Iterator[str]:
    """Letters in their order; a word's beginning and end are signs."""
    marked = f"<{word}>"
    return (marked[start : start + _LETTERS] for start in range(len(marked) - _LETTERS + 1))
