"""Who owes, as the law of late payment parts them: and as people write it."""

from typing import cast

from bot.kit.errors import Problem
from bot.kit.folding import fold
from bot.kit.words import N_
from handlers.ledger.model.interest import Debtor

_WORDS: dict[Debtor, str] = {
    "business": "business|company|firma|przedsiębiorca|przedsiębiorstwo|vállalkozás|cég",
    "medical": (
        "medical|public medical body|podmiot leczniczy|publiczny podmiot leczniczy|szpital|"
        "egészségügyi|egészségügyi szolgáltató|állami egészségügyi szolgáltató"
    ),
    "consumer": "consumer|person|konsument|osoba prywatna|fogyasztó|magánszemély",
}


class DebtorUnknown(Problem):
    sentence = N_("There is no kind of customer “{text}”. Write business, medical or consumer.")


def debtor_of(kind: str) -> Debtor:
    """A customer's kind as it is kept: nothing is a business."""
    return cast(Debtor, kind or "business")


def read_debtor(text: str) -> Debtor:
    """The kind that somebody wrote, in any language; raises :class:`DebtorUnknown`."""
    wanted = fold(text)
    for debtor, words in _WORDS.items():
        if wanted in map(fold, words.split("|")):
            return debtor
    raise DebtorUnknown(text=text)
