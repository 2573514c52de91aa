"""Whether an invoice's line is what its quantity and price make."""

from decimal import Decimal

from bot.kit.words import N_
from handlers.invoices.formats.document import Rule
from handlers.invoices.formats.parts.node import Node

LINE_PRICE = Rule(
    "line.price",
    "note",
    N_("Line {line}: {quantity} at {price} makes {expected}, but {stated} is given."),
    "PEPPOL-EN16931-R120: quantity times price, with the line's discounts and charges, give its "
    "net amount",
)
_TOLERATED = Decimal("0.02")
_TOLERATED_OF_WHOLE = Decimal(1)


def compare(
    line: Node,
    number: str | None,
    quantity: Decimal | None,
    price: Decimal | None,
    stated: Decimal | None,
    *,
    per: Decimal | None = None,
    adjusted: Decimal = Decimal(0),
) -> None:
    """Notices a difference. ``price`` is for ``per`` units (one); ``adjusted`` are charges less
    discounts.

    Many senders repeat the quantity as ``per`` and mean the price of one: that is let pass, and so
    is what lacks less than one where whole units (forints) are stated.
    """
    if quantity is None or price is None or stated is None:
        return
    expected = quantity * price / (per or 1) + adjusted
    tolerated = _TOLERATED if stated % 1 else _TOLERATED_OF_WHOLE
    if min(abs(expected - stated), abs(quantity * price + adjusted - stated)) > tolerated:
        facts = {
            "line": number,
            "quantity": quantity,
            "price": price if per in (None, 0, 1) else f"{price}/{per}",
            "expected": f"{expected:.2f}",
            "stated": stated,
        }
        line.notice(LINE_PRICE, **facts)
