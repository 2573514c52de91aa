"""The request type that a text asks for, by the catalogue's labels and keywords; its writer may
choose another.
"""

from bot.kit.catalogue import RequestType
from bot.kit.phrases import terms, weight
from storage.turn import Turn

_SHORTEST = 5
"""Letters of a keyword of another language: *per* is a lawsuit in Hungarian alone."""


def proposed(turn: Turn, text: str, language: str = "") -> RequestType | None:
    """The type whose words say most of the text; None where none fits, or two fit equally.

    It is read in the actor's language, unless its writer has another.
    """
    formses = terms(text)
    weights = {
        key: weight(_words(kind, language or turn.words.language), formses)
        for key, kind in turn.catalogue.request_types.items()
    }
    best = max(weights, key=lambda key: weights[key], default=None)
    if best is None or not weights[best] or list(weights.values()).count(weights[best]) > 1:
        return None
    return turn.catalogue.request_types[best]


def _words(kind: RequestType, language: str) -> list[str]:
    """Its label and keywords in the reader's language, and longer ones in the others."""
    of = {"en": kind.keywords.en, "pl": kind.keywords.pl, "hu": kind.keywords.hu}
    conditions = [kind.label.in_(language), *of.get(language, ())]
    others = [word for other, words in of.items() if other != language for word in words]
    return [*conditions, *(word for word in others if len(word) >= _SHORTEST)]
