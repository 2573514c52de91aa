"""What people call a kind of document: as the company's catalogue has it, else as the kind that is
made here says.
"""

from bot.kit.words import Words
from handlers.documents import kinds
from storage.turn import Turn


def label_of(turn: Turn, kind: str, words: Words) -> str:
    """In the language of these words; the key of a kind that nobody knows any more."""
    listed = turn.catalogue.document_kinds.get(kind)
    if listed:
        return listed.label.in_(words.language)
    made = kinds.kinds().get(kind)
    return words.say(made.label) if made else kind


def labels_of(turn: Turn, kind: str) -> tuple[str, ...]:
    """In every language, with the words that the catalogue knows it by."""
    listed = turn.catalogue.document_kinds.get(kind)
    if listed is None:
        return (kind.replace("_", " "),)
    label, keywords = listed.label, listed.keywords
    return (label.en, label.pl, label.hu, *keywords.en, *keywords.pl, *keywords.hu)
