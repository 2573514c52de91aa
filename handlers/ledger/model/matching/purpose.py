"""What a title says beside the number: that the money is for something else, or anything that
nobody can tell.
"""

from collections.abc import Iterable

from bot.kit.folding import fold
from handlers.ledger.model.matching import vocabulary as words
from handlers.ledger.model.matching.cases import Case, Named
from handlers.ledger.model.matching.mention_score import Scale
from handlers.ledger.model.matching.numbers import has_year, number
from handlers.ledger.model.matching.titles import Introduction, read_title
from handlers.ledger.model.matching.values import OpenItem

_SHORT = 2  # digits of a part's running number: "rata 3", "1/2"


def is_other_money(case: Case, named: Iterable[Named]) -> bool:
    """Interest, costs, a refund, a correction: words of these that are not the number's own."""
    doubtful = words.DOUBTFUL & case.title.words
    return bool(doubtful - _letters(item.number for item in _items(named)))


def says_more(case: Case, named: Iterable[Named]) -> bool:
    """Whether a word or number of the title is neither the invoice's, the payer's nor one known to
    mean nothing.
    """
    # The payer's own reference stands behind the title.
    length = len(read_title(case.entry.title, case.entry.amount).tokens)
    items = _items(named)
    unknown = {word for word in case.title.tokens[:length] if not word.isdigit()}
    unknown -= words.HARMLESS
    unknown -= set(fold(case.entry.counterparty or "").split())
    for item in items:
        unknown -= _letters([item.number, *item.references])
        for name in item.customer_names:
            unknown -= set(fold(name).split())
    return bool(unknown) or _has_other_number(case, items, length)


def _items(named: Iterable[Named]) -> list[OpenItem]:
    return [item for each in named for item in each.items]


def _letters(numbers: Iterable[str]) -> set[str]:
    """The letters of numbers, apart and glued together."""
    letters: set[str] = set()
    for text in numbers:
        read = number(text)
        letters |= {*read.letters, read.prefix}
    return letters


def _has_other_number(case: Case, items: Iterable[OpenItem], length: int) -> bool:
    """Digits that are no invoice found, no date, no running number of a part and not the customer's
    tax number.
    """
    claimed = {n for mention in case.found.mentions for n in range(mention.first, mention.last + 1)}
    scale, taxes = (
        Scale(case.title, case.index),
        {"".join(filter(str.isdigit, item.tax_id or "")) for item in items},
    )
    for first, last in case.title.groups():
        group = case.title.digits[first : last + 1]
        if group[0].place >= length or not claimed.isdisjoint(range(first, last + 1)):
            continue
        is_date = case.title.introduction(first) is Introduction.DATE or scale.looks_like_date(
            first, last
        )
        is_part = len(group) <= 2 and all(len(digits.raw) <= _SHORT for digits in group)
        is_year = first == last and has_year((group[0].raw,))
        if not (is_date or is_part or is_year or "".join(digits.raw for digits in group) in taxes):
            return True
    return False
