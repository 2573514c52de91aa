"""Tables as programs of several countries write them, drawn by Hypothesis: what was meant, and the
bytes of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

MINUS = {"before": "-{}", "behind": "{}-", "apart": "{} -", "sign": "−{}", "brackets": "({})"}
DAYS = {
    "iso": "%Y-%m-%d",
    "points": "%d.%m.%Y",
    "short": "%d.%m.%y",
    "dashes": "%d-%m-%Y",
    "packed": "%Y%m%d",
    "timed": "%Y-%m-%d 10:15:00",
    "british": "%d/%m/%Y",
    "american": "%m/%d/%Y",
}
STROKES = ("british", "american")
"""Of which the same cell can be two days."""
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1250", "iso-8859-2", "cp852")


@dataclass(frozen=True)
class Style:
    """How one program writes: amounts by the sign of decimals and that between thousands."""

    decimal: str
    thousands: str
    minus: str
    days: str
    delimiter: str
    encoding: str
    title: bool

    def amount(self, amount: Decimal) -> str:
        plain = f"{abs(amount):,.2f}"
        plain = plain.replace(",", "T").replace(".", self.decimal).replace("T", self.thousands)
        return MINUS[self.minus].format(plain) if amount < 0 else plain

    def day(self, day: date) -> str:
        return day.strftime(DAYS[self.days])

    def table(self, rows: Sequence[Sequence[str]]) -> bytes:
        title = [["Zestawienie"]] if self.title else []
        lines = (self.delimiter.join(map(self._cell, row)) for row in [*title, *rows])
        return "".join(f"{line}\r\n" for line in lines).encode(self.encoding)

    def _cell(self, cell: str) -> str:
        return f'"{cell}"' if self.delimiter in cell or '"' in cell else cell


def styles(thousands: Sequence[str]) -> st.SearchStrategy[Style]:
    """Programs of one country: thousands parted by one of these, decimals by the other sign."""
    return st.builds(
        _style,
        st.sampled_from(thousands),
        st.sampled_from(list(MINUS)),
        st.sampled_from(list(DAYS)),
        st.sampled_from(";,\t|"),
        st.sampled_from(ENCODINGS),
        st.booleans(),
    )


def _style(
    thousands: str, minus: str, days: str, delimiter: str, encoding: str, title: bool
) -> Style:
    if minus == "sign" and not encoding.startswith("utf"):
        minus = "before"
    decimal = "." if thousands in ",'" and thousands else ","
    return Style(decimal, thousands, minus, days, delimiter, encoding, title)


def amounts(least: int) -> st.SearchStrategy[Decimal]:
    cents = st.integers(least, 99_999_999).filter(bool)
    return cents.map(lambda minor: Decimal(minor).scaleb(-2))


DAY = st.dates(date(2020, 1, 1), date(2029, 12, 31))


def either_order(days: Sequence[date]) -> bool:
    """Whether no cell of the column tells which part of it is the month."""
    return all(day.day <= 12 for day in days) and any(day.day != day.month for day in days)
