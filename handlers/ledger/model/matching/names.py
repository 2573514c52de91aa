"""Whether a payer's name, as a bank writes it, is a customer's name, as we write it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.kit.folding import fold
from handlers.ledger.model.matching.vocabulary import LEGAL_FORMS, TRADE_WORDS

_CUT_LENGTHS = range(24, 36)
_SHORTEST_CUT = 3


@dataclass(frozen=True, slots=True)
class Name:
    """What of a name says who it is: its words without legal form and trade words, in their order.

    ``ends`` tells that a legal form closed it, so that an address after it is not taken for a part.
    """

    words: tuple[str, ...]
    ends: bool = False
    cut: bool = False


@lru_cache(maxsize=65_536)
def name(text: str) -> Name:
    """A name as it stands; an address behind a legal form is left out."""
    tokens = fold(text).split()
    core: list[str] = []
    for place, token in enumerate(tokens):
        if token in LEGAL_FORMS and core:
            rest = tokens[place:]
            if _closes(rest):
                return Name(tuple(core), ends=True)
        if len(token) > 1 and token not in TRADE_WORDS:
            core.append(token)
    return Name(tuple(core), cut=len(text) in _CUT_LENGTHS)


def fits(ours: Name, payer: Name) -> bool:
    """Whether ``payer`` is the customer named ``ours``.

    Every word of ours must be there; a single word only when the payer's name is nothing but that
    word. A payer whose name the bank cut off fits by its beginning.
    """
    if not ours.words or not payer.words:
        return False
    if payer.ends:
        return set(ours.words) == set(payer.words)
    if len(ours.words) == 1:
        return payer.words[0] == ours.words[0] and (
            len(payer.words) == 1 or _is_address(payer.words[1:])
        )
    return set(ours.words) <= set(payer.words) or (payer.cut and _begins(ours.words, payer.words))


class Names:
    """Customers by their names, found for a payer without asking each of them."""

    def __init__(self, customers: Iterable[tuple[str, Iterable[str]]]) -> None:
        named: list[tuple[str, Name]] = []
        words: list[str] = []
        for who, texts in customers:
            for own in map(name, texts):
                named.append((who, own))
                words += set(own.words)
        counts = Counter(words)
        self._by_rarest: defaultdict[str, list[tuple[str, Name]]] = defaultdict(list)
        for who, own in named:
            if own.words:
                self._by_rarest[min(own.words, key=lambda word: counts[word])].append((who, own))

    def of(self, payer: str | None) -> frozenset[str]:
        """The customers whose name the payer bears."""
        if not payer:
            return frozenset()
        theirs = name(payer)
        customers: set[str] = set()
        for word in theirs.words:
            for who, own in self._by_rarest.get(word, ()):
                if fits(own, theirs):
                    customers.add(who)
        return frozenset(customers)


def _closes(rest: list[str]) -> bool:
    """``o``, ``s`` or ``k`` alone are letters of an address too: a legal form has two words or a
    longer one.
    """
    forms = 0
    for word in rest:
        if word not in LEGAL_FORMS:
            break
        forms += 1
    return forms >= 2 or len(rest[0]) >= 2


def _is_address(rest: tuple[str, ...]) -> bool:
    return rest[0] in {"ul", "al", "os", "pl", "utca", "u", "ut", "ter"} or rest[0].isdigit()


def _begins(ours: tuple[str, ...], payer: tuple[str, ...]) -> bool:
    whole, last = payer[:-1], payer[-1]
    return (
        len(payer) <= len(ours)
        and ours[: len(whole)] == whole
        and len(last) >= _SHORTEST_CUT
        and ours[len(whole)].startswith(last)
    )
