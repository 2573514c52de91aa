"""What an invoice's file says to people and the ledger does not keep: as the file has it, in no language."""

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Method = Literal["transfer", "cash", "card", "direct_debit", "voucher", "cheque", "credit", "mobile"]


class Tax(NamedTuple):
    """One line of the VAT summary: ``rate`` in percent (``None`` where there is none), net ``base``, ``amount``.

    ``category`` is what the format calls the rate, or the lack of one: ``AE``, ``zw``, ``TAM``.
    """

    rate: Decimal | None
    base: Decimal | None
    amount: Decimal | None
    category: str | None = None


class Line(NamedTuple):
    """One line. ``unit`` is a code of the format or a word; ``rate`` in percent, ``category`` a code or a word.

    Amounts are before tax; ``gross`` is told where only that is. ``is_before``: how it stood before a correction.
    """

    name: str | None
    quantity: Decimal | None = None
    unit: str | None = None
    unit_price: Decimal | None = None
    rate: Decimal | None = None
    category: str | None = None
    net: Decimal | None = None
    gross: Decimal | None = None
    is_before: bool = False


class Content(NamedTuple):
    """``method`` is a :data:`Method` or words; addresses are lines without name and country.

    ``ksef_link`` is the address of KSeF's first code, for an invoice that KSeF has taken.
    """

    currency: str
    taxes: tuple[Tax, ...] = ()

    lines: tuple[Line, ...] = ()
    sold_on: date | None = None
    seller_address: tuple[str, ...] = ()
    buyer_address: tuple[str, ...] = ()
    method: str | None = None
    reason: str | None = None
    notes: tuple[str, ...] = ()
    ksef_link: str = ""
