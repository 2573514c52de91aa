"""Amounts as people type them: ``1 234,56``, ``1,234.56 EUR``, ``500 zł``."""

import re
from decimal import Decimal

from bot.kit.money import MOST, Money

_CURRENCIES = {
    "zł": "PLN",
    "zl": "PLN",
    "pln": "PLN",
    "ft": "HUF",
    "huf": "HUF",
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
}
_NATIONAL = {"PL": "PLN", "HU": "HUF", "GB": "GBP", "US": "USD", "CZ": "CZK"}
_TYPED = re.compile(r"([^\d\s.,+-]*)\s*(-?\d[\d\s.,'’]*)\s*([^\d\s.,]*)\.?")


def currency_of(country: str) -> str:
    """What a company of that country counts in, where nobody says."""
    return _NATIONAL.get(country, "EUR")


def read(text: str, currency: str) -> Money | None:
    """The amount, in the currency that is typed with it or else in ``currency``; None when it
    cannot be read.
    """
    typed = _TYPED.fullmatch(text.replace("\xa0", " ").replace("\u202f", " ").strip())
    if typed is None:
        return None
    before, figure, after = typed.groups()
    named = (before or after).lower()
    if before and after:
        return None
    known = _CURRENCIES.get(named) or (named.upper() if re.fullmatch(r"[a-z]{3}", named) else None)
    number = _number(re.sub(r"[\s'’]", "", figure))
    if number is None or abs(number) >= MOST or (named and known is None):
        return None
    return Money.of(number, known or currency)


def _number(figure: str) -> Decimal | None:
    """The last sign is the decimal one, unless it parts thousands: repeated, or alone before three
    digits.
    """
    signs = [sign for sign in figure if sign in ".,"]
    if not signs:
        return Decimal(figure)
    last = signs[-1]
    whole, _, decimals = figure.rpartition(last)
    is_decimal = signs.count(last) == 1 and (len(signs) > 1 or len(decimals) != 3)
    if is_decimal and len(decimals) <= 2:
        return Decimal(f"{_digits(whole)}.{decimals or '0'}")
    groups = re.split(r"[.,]", figure)
    if is_decimal or len(set(signs)) > 1 or any(len(group) != 3 for group in groups[1:]):
        return None
    return Decimal("".join(groups))


def _digits(whole: str) -> str:
    return whole.replace(".", "").replace(",", "")
