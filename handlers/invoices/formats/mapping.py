"""Which column of a table means what, and how its amounts and days are written: a value to show,
confirm and keep.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

DayOrder = Literal["ymd", "dmy", "mdy"]

FIELDS = (
    "number",
    "kind",
    "issued_on",
    "due_on",
    "currency",
    "net",
    "tax",
    "total",
    "prepaid",
    "to_pay",
    "paid",
    "paid_on",
    "seller_name",
    "seller_tax_id",
    "seller_country",
    "buyer_name",
    "buyer_tax_id",
    "buyer_country",
    "account",
    "corrects",
    "ksef_number",
)
"""What a column can mean. The number and one of ``total`` and ``to_pay`` must be there."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """``columns`` gives each field its heading; ``constants`` what no column tells (our tax number,
    the currency).
    """

    columns: Mapping[str, str]
    decimal: Literal[".", ","] = "."
    days: DayOrder = "ymd"
    constants: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """For keeping; :meth:`from_json` gives the same mapping back."""
        return {
            "columns": dict(self.columns),
            "decimal": self.decimal,
            "days": self.days,
            "constants": dict(self.constants),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> "ColumnMapping":
        """Raises :class:`ValueError` where ``kept`` names an unknown field or way of writing."""
        columns, constants = _strings(kept.get("columns", {})), _strings(kept.get("constants", {}))
        if unknown := sorted({*columns, *constants} - set(FIELDS)):
            raise ValueError(f"unknown fields {unknown}; known are {', '.join(FIELDS)}")
        decimal, days = kept.get("decimal", "."), kept.get("days", "ymd")
        if decimal not in (".", ",") or days not in ("ymd", "dmy", "mdy"):
            raise ValueError(
                f"decimal {decimal!r} must be . or , and days {days!r} one of ymd, dmy, mdy"
            )
        return cls(columns, decimal, days, constants)


def _strings(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{value!r} is no table of names")
    return {str(name): str(said) for name, said in value.items()}
