"""Amounts as people type them: ``1 234,56``, ``1,234.56 EUR``, ``500 zł``."""

import re

from bot.kit.money import MOST, Money
from bot.kit.tables.amounts import typed
from bot.kit.tables.currencies import CURRENCIES

_NATIONAL = {"PL": "PLN", "HU": "HUF", "GB": "GBP", "US": "USD", "CZ": "CZK"}
_CODE = re.compile("[a-z]{3}")


def currency_of(country: str) -> str:
    """What a company of that country counts in, where nobody says."""
    return _NATIONAL.get(country, "EUR")


def read(text: str, currency: str) -> Money | None:
    """The amount, in the currency that is typed with it or else in ``currency``; None when it
    cannot be read.
    """
    amount = typed(text)
    if amount is None or abs(amount[0]) >= MOST:
        return None
    value, unit = amount
    code = CURRENCIES.get(unit) or (unit.upper() if _CODE.fullmatch(unit) else None)
    return Money.of(value, code or currency) if code or not unit else None
