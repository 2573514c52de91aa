"""Which kind of document is meant: by words that everybody uses for what the bot makes, and by the
catalogue's own.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from bot.kit.catalogue import DocumentKind
from bot.kit.folding import fold
from bot.kit.phrases import terms, weight
from handlers.documents import kinds as made
from handlers.documents.model.asked import Subject
from handlers.documents.model.names import PAPER, PARTICULAR, Names
from handlers.words.model.subjects import subject_words

_BROUGHT = {
    "payslip": Names(((r"payslip|pay slip|pasek|paska|paski|berjegyz|berlap|rmua",),), PARTICULAR),
    "delivery_note": Names(
        (
            (r"deliver|dostaw|szallit", r"note|proof|confirm|potwierdz|dokument|level|igazol"),
            (r"wz$|szallitolevel|atveteli",),
        ),
        PARTICULAR,
    ),
    "contract": Names(((r"contract|agreement|annex|umow|aneks|szerzod",),)),
}
"""Papers of the shipped catalogue that people bring; what the bot makes says in its own file by
which words it is named.
"""


@cache
def _known() -> Sequence[tuple[str, Names]]:
    """Of each kind that the bot knows by itself, the particular ones first."""
    known = {key: kind.named_by for key, kind in made.kinds().items()} | _BROUGHT
    return sorted(known.items(), key=lambda each: (each[1].rank, each[0]))


def document_kind(text: str, kinds: Mapping[str, DocumentKind]) -> str | None:
    """The kind of document that a text names; the company's own kinds by their labels and keywords.

    None where it names only what several are called (:func:`called_alike`).
    """
    if called_alike(text, kinds):
        return None
    folded = fold(text)
    for kind, names in _known():
        if kind in kinds and names.is_in(folded):
            return kind
    formses = terms(text)
    weights = {key: weight(_names(kind), formses) for key, kind in kinds.items()}
    best = max(weights, key=lambda key: weights[key], default=None)
    return best if best and weights[best] else None


def called_alike(text: str, kinds: Mapping[str, DocumentKind]) -> list[str]:
    """What *certificate*, *zaświadczenie*, *igazolás* alone may mean: the kinds whose labels have
    the word. None where more is said.
    """
    stems: set[str] = set()
    for word in subject_words(text):
        paper = re.match(PAPER, fold(word))
        if paper is None:
            return []
        stems.add(paper[0])
    return [key for key, kind in kinds.items() if any(stem in _label(kind) for stem in stems)]


def _label(kind: DocumentKind) -> str:
    return fold(" ".join((kind.label.en, kind.label.pl, kind.label.hu)))


def names_a_kind(text: str, but: Subject | None = None) -> bool:
    """Whether one of the kinds that the bot knows by itself is named; ``but`` none about that."""
    folded = fold(text)
    named = [key for key, names in _known() if names.is_in(folded)]
    return bool(named) and (but is None or not set(named) & set(made.about(but)))


def _names(kind: DocumentKind) -> tuple[str, ...]:
    label, words = kind.label, kind.keywords
    return (label.en, label.pl, label.hu, *words.en, *words.pl, *words.hu)
