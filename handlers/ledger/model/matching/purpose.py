"""What a title says beside the number: that the money is for something else, or anything that
nobody can tell.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from bot.kit.folding import fold
from handlers.ledger.model.matching import vocabulary as words
from handlers.ledger.model.matching.cases import Case, Named, items_of
from handlers.ledger.model.matching.mention_score import Scale
from handlers.ledger.model.matching.numbers import has_year, number
from handlers.ledger.model.matching.titles import Introduction, read_title
from handlers.ledger.model.matching.values import MatchingItem

_SHORT = 2  # digits of a part's running number: "rata 3", "1/2"


def is_other_money(case: Case, named: Iterable[Named]) -> bool:
    """Interest, costs, a refund, a correction: words of these that are not the number's own."""
    doubtful = words.DOUBTFUL & case.title.words
    for item in items_of(named):
        doubtful -= _letters(item.number)
    return bool(doubtful)


def says_more(case: Case, named: Iterable[Named]) -> bool:
    """Whether a word or number of the title is neither the invoice's, the payer's nor one known to
    mean nothing.
    """
    # The payer's own reference stands behind the title.
    length = len(read_title(case.entry.title, case.entry.amount).tokens)
    items = items_of(named)
    unknown = {word for word in case.title.tokens[:length] if not word.isdigit()}
    unknown -= words.HARMLESS
    unknown -= set(fold(case.entry.counterparty or "").split())
    for item in items:
        for number_ in (item.number, *item.references):
            unknown -= _letters(number_)
        for name in item.customer_names:
            unknown -= set(fold(name).split())
    return bool(unknown) or _has_other_number(case, items, length)


def _letters(text: str) -> set[str]:
    """The letters of a number, apart and glued together."""
    read = number(text)
    return {*read.letters, read.prefix}


def _has_other_number(case: Case, items: Iterable[MatchingItem], length: int) -> bool:
    """Digits that are no invoice found, no date, no running number of a part and not the customer's
    tax number.
    """
    claimed: set[int] = set()
    for mention in case.found.mentions:
        claimed.update(range(mention.first, mention.last + 1))
    taxes = {item.tax_digits for item in items}
    for first, last in case.title.groups():
        is_behind = case.title.digits[first].place >= length
        if is_behind or not claimed.isdisjoint(range(first, last + 1)):
            continue
        if not _is_known(case, first, last, taxes):
            return True
    return False


def _is_known(case: Case, first: int, last: int, taxes: AbstractSet[str]) -> bool:
    """Whether digits are a date, the running number of a part, or one of these tax numbers."""
    raw = case.title.raw(first, last)
    if len(raw) <= 2 and max(map(len, raw)) <= _SHORT:
        return True
    if first == last and has_year(raw):
        return True
    if case.title.introduction(first) is Introduction.DATE:
        return True
    scale = Scale(case.title, case.index)
    return scale.looks_like_date(first, last) or "".join(raw) in taxes
