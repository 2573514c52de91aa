"""The Hungarian article: ``a`` before a consonant, ``az`` before a vowel, as what follows is read
aloud.
"""

import re
from collections.abc import Mapping

_OPEN = re.compile(r"\b([Aa])\(z\)([^\w{]*)(?=\{(\w+)\})")
_FIRST = re.compile(r"[\W_]*(\d+(?:[\s.]\d{3}\b)*|[^\W\d_]+)")
_VOWELS = frozenset("aáeéiíoóöőuúüű")
_NAMED_WITH_A_VOWEL = _VOWELS | frozenset("flmnrsxy")  # ef, el, em, en, er, es, iksz, ipszilon


def with_articles(sentence: str, facts: Mapping[str, object]) -> str:
    """A sentence whose ``a(z) {fact}`` fit the facts; before a mention, which has no sound here, it
    stays open.
    """
    return _OPEN.sub(lambda result: _chosen(result, str(facts[result[3]])), sentence)


def _chosen(result: re.Match[str], fact: str) -> str:
    if fact.startswith("<"):
        return result[0]
    return f"{result[1]}{'z' if sounds_like_a_vowel(fact) else ''}{result[2]}"


def sounds_like_a_vowel(text: str) -> bool:
    """Whether a word, a number or letters that are spelled begin with a vowel when they
    are read.
    """
    first = _FIRST.match(text)
    if first is None:
        return False
    word = first[1]
    if word[0].isdigit():
        return _number(re.sub(r"\D", "", word))
    is_spelled = len(word) == 1 or (word.isupper() and not _VOWELS & set(word.lower()))
    return word[0].lower() in (_NAMED_WITH_A_VOWEL if is_spelled else _VOWELS)


def _number(digits: str) -> bool:
    """*Öt…*, and *egy*, *ezer*, *egymillió*; *tíz* and *száz* are none."""
    return digits[0] == "5" or (digits[0] == "1" and len(digits) % 3 == 1)
