"""Whether words of a sentence name a customer: declined (*Kowalskiej*, *Tokajinak*), with a slip,
or only in part.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.kit.folding import fold
from handlers.ledger.model.matching.names import name
from handlers.words.model.concepts import lexicon, without_a_letter

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SHORTEST = 3
_LONGEST_ENDING = 4
_SHORTEST_WITH_A_SLIP = 5
_ENOUGH_ALONE = 4  # letters of a word that names a customer by itself


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of a sentence that may be a part of a name."""

    written: str
    folded: str
    is_plain_word: bool
    """It means something by itself; alone it names nobody."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a name fits: which words of the sentence say it, and how much of it they say."""

    words: tuple[str, ...]
    share: float
    has_slips: bool = False


def candidates(text: str) -> list[Candidate]:
    """The words that may name somebody: unknown ones, and those with a capital inside the
    sentence.
    """
    result = []
    for place, match in enumerate(_WORD.finditer(text)):
        written = match[0]
        folded = fold(re.split("['’]", written)[0])
        is_plain_word = lexicon().knows(folded)
        is_capital = place > 0 and written[0].isupper()
        if len(folded) >= _SHORTEST and (is_capital or not is_plain_word):
            result.append(Candidate(written, folded, is_plain_word))
    return result


def pieces(words: Iterable[Candidate]) -> set[str]:
    """Letters of which one piece stands in the name, if one word is a part of it with one slip."""
    result = set()
    for word in words:
        letters = word.folded
        result.add(letters[:3])
        if len(letters) > _SHORTEST_WITH_A_SLIP:
            result.add(letters[2:6])
    return result


def fit(names: Iterable[str], words: Sequence[Candidate]) -> Fit | None:
    """The best that one of a customer's names fits the words; None where none does."""
    fits = filter(None, (_fit(text, words) for text in names))
    return max(fits, key=lambda each: (each.share, not each.has_slips), default=None)


def _fit(text: str, words: Sequence[Candidate]) -> Fit | None:
    parts = name(text).words
    said: list[str] = []
    slips = names_alone = False
    for part in parts:
        best = _said_by(part, words)
        if best:
            word, is_slip = best
            said.append(word.written)
            slips |= is_slip
            names_alone |= not word.is_plain_word and len(word.folded) >= _ENOUGH_ALONE
    if not said or (len(said) < len(parts) and not names_alone):
        return None
    return Fit(tuple(said), len(said) / len(parts), slips)


def _said_by(part: str, words: Sequence[Candidate]) -> tuple[Candidate, bool] | None:
    """The word that is this part of a name, and whether a letter is wrong in it."""
    for word in words:
        if is_form_of(part, word.folded):
            return word, False
    for word in words:
        if _is_slip_of(part, word.folded):
            return word, True
    return None


def is_form_of(part: str, word: str) -> bool:
    """Whether a word is a name's part with another ending: Polish and Hungarian decline names."""
    if part == word:
        return True
    shared = _shared(part, word)
    needed = max(_SHORTEST, len(part) - 2)
    return shared >= needed and len(part) - shared <= 2 and len(word) - shared <= _LONGEST_ENDING


def _is_slip_of(part: str, word: str) -> bool:
    """One letter wrong, missing, too many, or two changed places, whatever the ending."""
    if min(len(part), len(word)) < _SHORTEST_WITH_A_SLIP or part[0] != word[0]:
        return False
    for cut in range(min(_LONGEST_ENDING, len(word) - _SHORTEST_WITH_A_SLIP) + 1):
        bare = word[: len(word) - cut]
        if _differ_by_one(part, bare) or (len(part) > 6 and _differ_by_one(part[:-1], bare)):
            return True
    return False


def _differ_by_one(item: str, other: str) -> bool:
    if abs(len(item) - len(other)) > 1:
        return False
    if len(item) == len(other):
        wrong = [place for place in range(len(item)) if item[place] != other[place]]
        is_swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        is_swap = is_swapped and sorted(item[wrong[0] : wrong[1] + 1]) == sorted(
            other[wrong[0] : wrong[1] + 1]
        )
        return len(wrong) <= 1 or is_swap
    shorter, longer = sorted((item, other), key=len)
    return shorter in without_a_letter(longer)


def _shared(item: str, other: str) -> int:
    """How many letters two words begin with in common."""
    for place, (left, right) in enumerate(zip(item, other, strict=False)):
        if left != right:
            return place
    return min(len(item), len(other))
