"""Words and signs that people write for a currency."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.kit.folding import fold

CURRENCIES = {
    "pln": "PLN",
    "zl": "PLN",
    "zł": "PLN",
    "eur": "EUR",
    "euro": "EUR",
    "€": "EUR",
    "huf": "HUF",
    "ft": "HUF",
    "forint": "HUF",
    "usd": "USD",
    "$": "USD",
    "gbp": "GBP",
    "£": "GBP",
    "czk": "CZK",
    "kc": "CZK",
    "kč": "CZK",
    "chf": "CHF",
    "ron": "RON",
}
WITHOUT_DECIMALS = frozenset({"HUF", "JPY", "KRW", "ISK", "CLP", "VND"})
"""Whose amounts are written whole: a sign before three digits parts thousands."""
OF_THREE_DECIMALS = frozenset({"KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD"})
_WORD = re.compile(r"[a-z]+|[€$£]")
_SIGNS = re.compile("[€$£]")


@lru_cache(1_000)
def currency_of(text: str) -> str:
    """The code of a currency that a cell names, in capitals."""
    return CURRENCIES.get(fold(text) or text, text.upper())


def named_in(texts: Iterable[str]) -> str | None:
    """The one currency that headings (``Brutto [PLN]``) or amounts (``12,00 zł``) name."""
    codes = {
        CURRENCIES.get(word)
        for text in texts
        for word in (*_WORD.findall(fold(text)), *_SIGNS.findall(text))
    }
    codes.discard(None)
    return codes.pop() if len(codes) == 1 else None
