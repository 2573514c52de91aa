"""Money: an amount in minor units of one currency, exact, never a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_currency, get_currency_precision


@dataclass(frozen=True, order=False, slots=True)
class Money:
    """``minor`` hundredths (or whole forints' fillér, yen, …) of ``currency``, an ISO 4217 code."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> "Money":
        """From an amount in whole units (``Decimal("1234.50")``), rounded half up to the minor unit."""
        return cls(int((Decimal(amount) * _scale(currency)).to_integral_value(ROUND_HALF_UP)), currency)

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

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other).minor

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def shown(self, locale: str) -> str:
        """As a reader of ``locale`` (``pl_PL``) writes it; whole forints without decimals, as Hungary does."""
        pattern_digits = not (self.currency == "HUF" and self.minor % 100 == 0)
        return format_currency(
            self.amount,
            self.currency,
            "#,##0\xa0¤" if not pattern_digits and not locale.startswith("en") else None,
            locale=locale,
            currency_digits=pattern_digits,
            decimal_quantization=pattern_digits,
        )

    def plain(self) -> str:
        """For machines: ``1234.50``."""
        return f"{self.amount:.{get_currency_precision(self.currency)}f}"

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return other


def _scale(currency: str) -> Decimal:
    return Decimal(10) ** get_currency_precision(currency)
