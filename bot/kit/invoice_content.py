"""What an invoice's file says to people and the ledger does not keep: as the file has it, in no
language.
"""

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Method = Literal[
    "transfer", "cash", "card", "direct_debit", "voucher", "cheque", "credit", "mobile"
]
Remark = Literal[
    "cash_method", "self_billing", "reverse_charge", "split_payment", "simplified_triangle"
]
Role = Literal[
    "payee",
    "factor",
    "recipient",
    "payer",
    "issuer",
    "further_buyer",
    "tax_representative",
    "seller_before",
    "buyer_before",
]


class Tax(NamedTuple):
    """One line of the VAT summary: ``rate`` in percent (``None`` where there is none), net
    ``base``, ``amount``.

    ``category`` is what the format calls the rate, or the lack of one: ``AE``, ``zw``, ``TAM``.
    """

    rate: Decimal | None
    base: Decimal | None
    amount: Decimal | None
    category: str | None = None


class Line(NamedTuple):
    """One line. ``unit`` is a code of the format or a word; ``rate`` in percent, ``category`` a
    code or a word.

    Amounts are before tax; ``gross`` is told where only that is. ``changed`` is what ``net`` has
    more than quantity times price: a charge, or with a minus a discount. ``is_before``: how it
    stood before a correction.
    ``is_ordered``: not sold, but of the order that an advance is paid for.
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
    changed: Decimal | None = None
    is_ordered: bool = False


class Content(NamedTuple):
    """``method`` is a :data:`Method` or words; addresses are lines without name and country.

    ``settled`` is asked for beyond the total, or with a minus taken off it; ``accounted`` is the
    VAT in the currency of the books where that is another. ``others`` are whoever else it names,
    each in a line. ``references`` are the buyer's: of the order, of whoever ordered.
    ``ksef_link`` is the address of KSeF's first code, for an invoice that KSeF has taken.
    """

    currency: str
    taxes: tuple[Tax, ...] = ()
    accounts: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    """Numbers of advance invoices and others that it follows and does not correct."""
    rounding: Decimal | None = None
    lines: tuple[Line, ...] = ()
    settled: tuple[tuple[str, Decimal], ...] = ()
    accounted: tuple[Decimal, str] | None = None
    sold_on: date | None = None
    period: tuple[date | None, date | None] = (None, None)
    terms: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    has_attachments: bool = False
    seller_address: tuple[str, ...] = ()
    buyer_address: tuple[str, ...] = ()
    others: tuple[tuple[Role, str], ...] = ()
    method: str | None = None
    reason: str | None = None
    notes: tuple[str, ...] = ()
    ksef_link: str = ""
