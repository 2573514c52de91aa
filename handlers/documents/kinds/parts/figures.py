"""Figures: amounts in columns, sums by currency, account numbers as people read them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from babel.numbers import get_currency_precision

from bot.kit.money import PAID_WHOLE, Money, totals
from bot.kit.words import Words

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}|\d{26}")
_GIRO = re.compile(r"(\d{8})-?(\d{8})-?(\d{8})?")
_IN_COLUMNS = {"en": "medium", "pl": "dd.MM.y", "hu": "short"}


def amounts(column: Sequence[Money], words: Words) -> list[str]:
    """Amounts of one currency without its sign, with equal decimals so that they stand under one
    another.

    Whole forints have none, as Hungary writes them.
    """
    if not column:
        return []
    signs = words.locale.number_symbols["latn"]
    digits = get_currency_precision(column[0].currency)
    if column[0].currency in PAID_WHOLE and not any(money.minor % 100 for money in column):
        digits, column = 0, [Money(money.minor // 100, money.currency) for money in column]
    signed = str.maketrans({",": signs["group"], ".": signs["decimal"], "-": signs["minusSign"]})
    return [_grouped(money.minor, digits).translate(signed) for money in column]


def day(on: date | None, words: Words) -> str:
    """A date in a column, in figures where the country writes it so unmistakably;
    nothing for none.
    """
    return words.date(on, _IN_COLUMNS[words.language]) if on else ""


def long_day(on: date, words: Words) -> str:
    """A date in a sentence, with the month's name; it is not broken over two lines."""
    return words.long_date(on)


def _grouped(minor: int, digits: int) -> str:
    whole, rest = divmod(abs(minor), 10**digits)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole:,}.{rest:0{digits}}" if digits else f"{sign}{whole:,}"


def total(moneys: Iterable[Money], currency: str) -> Money:
    """The sum; zero of ``currency`` for none."""
    return sum(moneys, start=Money(0, currency))


def sums(moneys: Iterable[Money], words: Words) -> str:
    """A sum for each currency: ``1 200,00 zł i 300,00 €``; nothing for no money."""
    by_currency = sorted(totals(moneys), key=lambda total: total.currency)
    return words.list(words.money(total) for total in by_currency)


def account_number(number: str) -> str:
    """An IBAN or a Polish NRB in groups, a Hungarian number by its eights; any other as it is."""
    joined = number.replace(" ", "").upper()
    if giro := _GIRO.fullmatch(joined):
        return "-".join(filter(None, giro.groups()))
    if not _IBAN.fullmatch(joined):
        return number
    first = 2 if joined[0].isdigit() else 4
    return " ".join([joined[:first], *(joined[n : n + 4] for n in range(first, len(joined), 4))])
