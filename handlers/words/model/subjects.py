"""What a question about a ticket is about: the words that are left when those of asking are out."""

import re

from bot.kit.folding import fold
from handlers.words.model.concepts import lexicon

_ASKING = frozenset(
    (
        *("ticket", "status", "show", "my", "our", "small", "what", "where", "who", "which"),
        *("when", "why", "how", "how_much", "is_it", "can_you", "i_need", "please", "you_bot"),
        *("i_me", "all", "open", "queue", "how_do_i", "create", "greeting", "thanks", "they"),
        *("day", "period", "urgent", "has_none", "nod"),
    )
)
_WORD = re.compile(r"[^\W_]{3,}")
_MOST = 6
_LATE = re.compile(
    r"\b(?:overdue|ovrdue|past (?:its )?due|(?:is|are|pays?|paying) late|late pay|is behind"
    r"|are behind|arrears|zaleg|spozni|opozni|przetermin|po terminie|dluzni"
    r"|lejart|jart\w* le\b|kesik|kesnek|keso\b|kesve|elmarad|hatralek)"
)
_COLON = re.compile(r"^(?P<head>[^:]{1,60}):\s*(?P<rest>\S.*)$", re.DOTALL)
_WE_OWE = re.compile(
    r"\b(?:do we owe|we have to|do we have to|must be paid|we pay|our payables|payables|supplier"
    r"|our own|transfer|musimy|jestesmy winni|zobowiazan|dostawc|nasze wlasne|przelac|przelew"
    r"|mamy zaplacic|placimy|kell .*(?:fizet|utal)|tartozunk|tartozasaink|szallito|utalasaink"
    r"|sajat szaml|fizetnunk|kifizetnunk|fizetnivalo)"
)


def subject_words(text: str) -> list[str]:
    """``where is my ticket about the printer`` is about the *printer*."""
    result = []
    for match in _WORD.finditer(text):
        meanings = set(lexicon().of(fold(match[0]).split()))
        if not match[0].isdigit() and not meanings & _ASKING:
            result.append(match[0])
    return result[:_MOST]


def is_about_the_queue(text: str) -> bool:
    return "queue" in lexicon().of(fold(text).split())


def is_what_we_owe(text: str) -> bool:
    """Whether money is asked for that goes out."""
    return _WE_OWE.search(fold(text)) is not None


def is_what_is_late(text: str) -> bool:
    """Whether it is asked who is in arrears, and not what is open or falls due."""
    return _LATE.search(fold(text)) is not None


def without_the_order(text: str) -> str:
    """``create a ticket: the route is broken`` is *the route is broken*."""
    match = _COLON.match(text)
    if match and {"create", "ticket"} & set(lexicon().of(fold(match["head"]).split())):
        return match["rest"]
    return text
