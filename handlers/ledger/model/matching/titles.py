"""A transfer's title taken apart: groups of digits, what links them, what introduces them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from itertools import filterfalse, pairwise

from bot.kit.folding import fold
from handlers.ledger.model.matching import vocabulary as words
from handlers.ledger.model.matching.numbers import bare

MAX_LENGTH = 1_000
_TOKEN = re.compile(r"[^\W\d_]+|[0-9]+")
_TIGHT = re.compile(r"[/._\\|:–—-]+|\s*/\s*|-\s+|\s+-")
_TIGHT_LETTERS = re.compile(r"[/._\\|:-]?")
_LIST = re.compile(r"\s*[,;&+]+\s*|\s+[-–—]\s+")
_MPP = re.compile(
    r"/\s*VAT\s*/\s*(?P<vat>[\d ]+(?:[.,]\d{1,2})?)\s*/\s*IDC\s*/\s*(?P<idc>[A-Z0-9 -]{1,20})"
    r"\s*/\s*INV\s*/\s*(?P<inv>.*?)\s*(?:/\s*TXT\s*/?\s*(?P<txt>.*))?$",
    re.IGNORECASE | re.DOTALL,
)
_MONEY = re.compile(
    r"(?<![\w/.-])(?:\d{1,3}(?:[ "
    r".\xa0]\d{3})+|\d+)(?:[,.]\d{2})?\s*(?:zł|zl|pln|eur|euro|huf|ft|usd|€|\$)(?![^\W\d_])",
    re.IGNORECASE,
)
_LOOKALIKES = re.compile(r"(?<![^\W\d_])(?=[OoIl]*[0-9])[0-9OoIl]{2,}(?![^\W\d_])")
_AS_DIGITS = str.maketrans("OoIl", "0011")


class Link(Enum):
    """What stands between two groups of digits."""

    TIGHT = "a sign, as within one number"
    LETTERS = "letters joined by signs, as within one number"
    SPACE = "a blank"
    LIST = "a comma or an “and”"
    NEXT = "words that introduce the next number"
    WORDS = "other words"


WITHIN = (Link.TIGHT, Link.LETTERS)
"""What may stand between the digits of one number."""
_JOINING = words.LISTING | words.GENERIC | words.SERIES
"""Words that may stand between one number and the next."""
LONGEST_RANGE = 30  # numbers that "from … to …" may mean


class Introduction(Enum):
    """What the word before a number says of it."""

    INVOICE = "an invoice follows"
    OTHER = "some other document follows"
    DATE = "a date or a period follows"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Digits:
    """One group of digits: as written and without leading zeros, and the tokens around
    it by place.
    """

    raw: str
    bare: str
    place: int


@dataclass(frozen=True, slots=True)
class Title:
    """``links[n]`` stands between ``digits[n]`` and ``digits[n + 1]``; ``tokens`` are folded words
    and digits.
    """

    tokens: tuple[str, ...]
    gaps: tuple[str, ...]
    digits: tuple[Digits, ...]
    links: tuple[Link, ...]
    vat: Decimal | None = None
    tax_id: str | None = None

    def groups(self) -> Iterator[tuple[int, int]]:
        """Digits joined by signs, from first to last: one number as it was typed."""
        first = 0
        for n in range(len(self.digits)):
            if n == len(self.links) or self.links[n] not in WITHIN:
                yield first, n
                first = n + 1

    def introduction(self, n: int) -> Introduction:
        """Of the number that begins at ``digits[n]``; a number in a list shares the first one's."""
        behind = self._word_behind(self._end(n))
        if behind is not None:
            return behind
        while n >= 0:
            result = self.word_before(self.digits[n].place)
            if result is not None:
                return result
            if n == 0 or self.links[n - 1] not in (Link.LIST, Link.NEXT):
                return Introduction.NOTHING
            n -= 1
            while n > 0 and self.links[n - 1] in WITHIN:
                n -= 1
        return Introduction.NOTHING

    def _end(self, n: int) -> int:
        """The place of the last digits joined to ``digits[n]``."""
        while n < len(self.links) and self.links[n] in WITHIN:
            n += 1
        return self.digits[n].place

    def _word_behind(self, place: int) -> Introduction | None:
        """A unit, or what Hungarian says behind the number, when no comma parts it from it."""
        ahead = self.tokens[place + 1 : place + 4]
        if not ahead or _LIST.fullmatch(self.gaps[place + 1]):
            return None
        if ahead[0] in words.OTHER_BEHIND or ahead[0] in words.UNITS:
            return Introduction.OTHER
        for word in ahead if ahead[0] in words.AFTER_NUMBER else ():
            if word in words.OTHER_DOCUMENTS:
                return Introduction.OTHER
            if word.startswith(("szamla", "szla")):
                return Introduction.INVOICE
        return None

    def word_before(self, place: int) -> Introduction | None:
        """What the words right before a token say; ``None`` where digits or a list come first."""
        for back in range(place - 1, max(place - 6, -1), -1):
            word = self.tokens[back]
            if word.isdigit() or word in words.LISTING or _LIST.fullmatch(self.gaps[back + 1]):
                return None
            if word in words.OTHER_DOCUMENTS:
                return Introduction.OTHER
            if word in words.DATES or word in words.MONTHS:
                return Introduction.DATE
            if word in words.INTRODUCING or word in words.SERIES:
                return Introduction.INVOICE
            if word not in words.NUMERATORS:
                return Introduction.NOTHING if self._ends_search(back, place) else None
        return None

    def _ends_search(self, back: int, place: int) -> bool:
        """A word of no meaning ends the search, unless it is joined to the number as its prefix."""
        return not (back == place - 1 and _TIGHT_LETTERS.fullmatch(self.gaps[place]))

    def letters_around(self, first: int, last: int) -> tuple[frozenset[str], frozenset[str]]:
        """Letters joined by signs to the number of ``digits[first..last]``, and the word before it
        if apart.
        """
        start, end = self.digits[first].place, self.digits[last].place
        joined = set(filterfalse(str.isdigit, self.tokens[start : end + 1]))
        back = start
        while (
            back > 0
            and not self.tokens[back - 1].isdigit()
            and _TIGHT_LETTERS.fullmatch(self.gaps[back])
        ):
            back -= 1
            joined.add(self.tokens[back])
        ahead = end + 1
        if (
            ahead < len(self.tokens)
            and self.gaps[ahead]
            and _TIGHT_LETTERS.fullmatch(self.gaps[ahead])
        ):
            joined.add(self.tokens[ahead])
        apart = self.tokens[back - 1 : back] if back == start and back > 0 else ()
        return frozenset(joined - {""}), frozenset(filterfalse(str.isdigit, apart))

    def bare(self, first: int, last: int) -> tuple[str, ...]:
        """The digits ``first`` to ``last`` without leading zeros."""
        return tuple(digits.bare for digits in self.digits[first : last + 1])

    def raw(self, first: int, last: int) -> tuple[str, ...]:
        """The digits ``first`` to ``last`` as they are written."""
        return tuple(digits.raw for digits in self.digits[first : last + 1])

    def signs(self, first: int, last: int) -> set[str]:
        """The signs between the digits ``first`` to ``last``."""
        return set(map(self.sign, range(first, last)))

    def sign(self, n: int) -> str:
        """The signs right before ``digits[n + 1]``."""
        return self.gaps[self.digits[n + 1].place].strip()

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self.tokens)


def read_title(text: str, amount: Decimal, *, lookalikes: bool = False) -> Title:
    """The title's structure. ``amount`` is the entry's: where it is written in the title it is no
    number;
    ``lookalikes`` reads O and I between digits as 0 and 1."""
    text = " ".join(text[:MAX_LENGTH].split())
    vat, tax_id = None, None
    split_payment = _MPP.search(text)
    if split_payment:
        vat = _decimal(split_payment["vat"])
        tax_id = re.sub(r"\D", "", split_payment["idc"])
        text = (
            f"{text[: split_payment.start()]} faktura {split_payment['inv']} ; "
            f"{split_payment['txt'] or ''}"
        )
    text = _MONEY.sub(" ¤ ", text)
    text = _without_amount(text, f"{abs(amount):.2f}")
    if lookalikes:
        text = _LOOKALIKES.sub(lambda result: result[0].translate(_AS_DIGITS), text)
    return _title(text, vat, tax_id)


@lru_cache(maxsize=4096)  # first to see what it may name, then for the verdict
def _title(text: str, vat: Decimal | None, tax_id: str | None) -> Title:
    tokens, gaps, digits, end = [], [], [], 0
    for place, result in enumerate(_TOKEN.finditer(text)):
        word = result[0]
        gaps.append(text[end : result.start()])
        end = result.end()
        if word[0].isdigit():
            digits.append(Digits(word, bare(word), place))
            tokens.append(word)
        else:
            tokens.append(_folded(word))
    links = tuple(_link(tokens, gaps, a.place, b.place) for a, b in pairwise(digits))
    return Title(tuple(tokens), tuple(gaps), tuple(digits), links, vat, tax_id)


def _link(tokens: list[str], gaps: list[str], a: int, b: int) -> Link:
    between, spaces = tokens[a + 1 : b], gaps[a + 1 : b + 1]
    if not between:
        return _sign(spaces[0])
    if all(map(_TIGHT_LETTERS.fullmatch, spaces)):
        return Link.LETTERS
    if words.LISTING.issuperset(between) and not "".join(spaces).strip():
        return Link.LIST
    if not _JOINING.issuperset(between):
        return Link.WORDS
    if not words.LISTING.isdisjoint(between) or any(map(_LIST.fullmatch, spaces)):
        return Link.LIST
    return Link.NEXT


def _sign(gap: str) -> Link:
    if not gap.strip():
        return Link.SPACE
    if _LIST.fullmatch(gap):
        return Link.LIST
    return Link.TIGHT if _TIGHT.fullmatch(gap) else Link.WORDS


def _without_amount(text: str, plain: str) -> str:
    """An expression is made only for an amount that stands there, or is a part of one."""
    whole, cents = plain.split(".")
    if plain not in text and f"{whole},{cents}" not in text:
        return text
    return re.sub(rf"(?<![\w/.-]){whole}[,.]{cents}(?![\w/-])", " ¤ ", text)


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    return fold(word).replace(" ", "")


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
