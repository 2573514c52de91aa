"""Money: an amount in minor units of one currency, exact, never a float."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import format_currency, get_currency_precision, get_currency_symbol

from bot.kit.errors import Problem

MOST = Decimal(10) ** 13
"""Whole units beyond which nothing is an amount of an office's."""
PAID_WHOLE = frozenset({"HUF"})
"""Of these nothing smaller than a whole one is paid; documents may bear smaller amounts."""


class BeyondAllBooks(Problem):
    """A slip of the finger, or of somebody who tries what happens."""

    sentence = "No books hold an amount like this. Please look at it once more."
    field = "amount"


@dataclass(frozen=True, order=False, slots=True)
class Money:
    """``minor`` hundredths (or whole forints' fillér, yen, …) of ``currency``, an ISO 4217 code."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> "Money":
        """From an amount in whole units (``Decimal("1234.50")``), rounded half up to the minor
        unit.
        """
        return cls(minor_of(Decimal(amount), currency), currency)

    @classmethod
    def worked_out(cls, exact: Decimal, currency: str) -> "Money":
        """An amount that is computed and not read (interest, an average), rounded half up to the
        least that is paid: forints have had no fillér since 1999, though ISO 4217 goes on giving
        them two decimals.
        """
        if currency in PAID_WHOLE:
            exact = exact.to_integral_value(ROUND_HALF_UP)
        return cls.of(exact, currency)

    @classmethod
    def typed(cls, text: str, currency: str) -> "Money":
        """From a form's field for numbers; raises :class:`BeyondAllBooks`."""
        amount = Decimal(text)
        if not amount.is_finite() or abs(amount) >= MOST:
            raise BeyondAllBooks()
        return cls.of(amount, currency)

    @property
    def amount(self) -> Decimal:
        """The amount in whole units, with as many decimals as the currency has."""
        return Decimal(self.minor) / _scale(self.currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.minor), self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other).minor

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def shown(self, locale: str) -> str:
        """As a reader of ``locale`` (``pl_PL``) writes it; whole forints without decimals, as
        Hungary does.
        """
        whole = self.currency in PAID_WHOLE and self.minor % 100 == 0
        pattern = "#,##0\xa0¤" if whole else None
        # English puts the sign in front, and letters apart from the number.
        if locale.startswith("en") and get_currency_symbol(self.currency, locale).isalpha():
            pattern = "¤\xa0#,##0"
        return format_currency(
            self.amount, self.currency, pattern, locale=locale, currency_digits=not whole
        )

    def plain(self) -> str:
        """For machines: ``1234.50``."""
        return f"{self.amount:.{get_currency_precision(self.currency)}f}"

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return other


def totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """What these amounts are together in each of their currencies."""
    sums: dict[str, Money] = {}
    for item in amounts:
        sums[item.currency] = sums.get(item.currency, Money(0, item.currency)) + item
    return tuple(sums.values())


def minor_of(amount: Decimal, currency: str) -> int:
    """An amount in whole units as minor ones, rounded half up; nearly always there is nothing to
    round.
    """
    scaled = amount * _scale(currency)
    minor = int(scaled)
    return minor if minor == scaled else int(scaled.to_integral_value(ROUND_HALF_UP))


@lru_cache(1000)
def _scale(currency: str) -> Decimal:
    return Decimal(10) ** get_currency_precision(currency)
