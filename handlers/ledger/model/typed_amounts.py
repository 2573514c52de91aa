"""Amounts as people type them where a number or a name could stand as well."""

from bot.kit.money import MOST, Money
from bot.kit.tables.amounts import typed
from bot.kit.tables.currencies import currency_of


def amount_in(text: str) -> tuple[int, str | None] | None:
    """``1 234,50``, ``1,234.50 EUR`` or ``29 171 Ft`` in minor units, with the currency that stands
    there; None where it is no amount: without one it has cents, and these are hundredths.
    """
    value, unit = typed(text) or (None, "")
    if value is None or abs(value) >= MOST:
        return None
    if not unit:
        has_cents = value.as_tuple().exponent == -2
        return (Money.of(value, "EUR").minor, None) if has_cents else None
    currency = currency_of(unit)
    is_code = len(currency) == 3 and currency.isascii() and currency.isalpha()
    return (Money.of(value, currency).minor, currency) if is_code else None
