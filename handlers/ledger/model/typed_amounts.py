"""Amounts as people type them where a number or a name could stand as well."""

import re

_AMOUNT = re.compile(
    r"(?P<whole>\d{1,3}(?:[ .,'\u00a0\u202f]\d{3})+|\d+)(?:[.,](?P<cents>\d{2}))?"
    r"\s*(?P<currency>[A-Za-z]{3}|zł|zl|ft|€|\$|£)?",
    re.IGNORECASE,
)


def amount_in(text: str) -> int | None:
    """``1 234,50``, ``1,234.50 EUR`` or ``29 171 Ft`` in hundredths; None where it is no amount:
    without cents a currency must stand there.
    """
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or not (match["cents"] or match["currency"]):
        return None
    whole = int(re.sub(r"\D", "", match["whole"]))
    return 100 * whole + int(match["cents"] or 0)
