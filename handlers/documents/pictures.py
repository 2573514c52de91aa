"""Pictures of invoices: the lines, addresses and notes that an invoice's own file has beyond the ledger."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from bot.kit.invoice_content import Content, Line, Tax
from bot.kit.money import Money
from bot.kit.words import Words
from handlers.documents.codes import method_of, unit_of
from handlers.documents.kinds._parties import Party
from handlers.documents.kinds.invoice_copy import InvoiceLine, VatSum

MOST_LINES = 2_000
_STANDARD_RATES = ("S", "Z", None)  # whose percent says all


def with_content(known: Mapping[str, Any], content: Content, words: Words) -> dict[str, object]:
    """What the ledger knows of an invoice, and what its file says beyond; in the words of the reader."""
    lines = [(line.is_before, _line(line, content.currency, words)) for line in content.lines[:MOST_LINES]]
    return {
        **known,
        "seller": _at(known["seller"], content.seller_address),
        "buyer": _at(known["buyer"], content.buyer_address),
        "sold_on": content.sold_on,
        "lines_before": tuple(line for is_before, line in lines if is_before),
        "lines": tuple(line for is_before, line in lines if not is_before),
        "vat": tuple(_vat(content.taxes, content.currency, words)),
        "payment_method": method_of(content.method or "", words),
        "reason": content.reason or "",
        "notes": (*content.notes, *_left_out(content, words)),
        "ksef_link": content.ksef_link if known["ksef_number"] else "",
    }


def _at(party: Party, address: tuple[str, ...]) -> Party:
    return replace(party, address=address)


def _line(line: Line, currency: str, words: Words) -> InvoiceLine:
    return InvoiceLine(
        name=line.name or "–",
        quantity=line.quantity,
        unit=unit_of(line.unit or "", words),
        unit_price=line.unit_price,
        vat_rate=_rate(line.rate, line.category, words),
        net=_money(line.net, currency),
        gross=_money(line.gross, currency),
    )


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money.of(amount, currency)


def _rate(percent: Decimal | None, category: str | None, words: Words) -> str:
    """``23%``; with why it is none where the category says so: ``0% (AE)``, ``zw``."""
    if percent is None:
        return category or ""
    rate = f"{format_decimal(percent, '#,##0.####', locale=words.locale)}%"
    return rate if percent or category in _STANDARD_RATES else f"{rate} ({category})"


def _vat(taxes: Iterable[Tax], currency: str, words: Words) -> Iterable[VatSum]:
    for tax in taxes:
        if tax.base is not None and tax.amount is not None:
            net, vat = Money.of(tax.base, currency), Money.of(tax.amount, currency)
            yield VatSum(rate=_rate(tax.rate, tax.category, words) or "–", net=net, vat=vat)


def _left_out(content: Content, words: Words) -> tuple[str, ...]:
    more = len(content.lines) - MOST_LINES
    return (
        (words.count("{n} more line stands in the file.", "{n} more lines stand in the file.", more),)
        if more > 0
        else ()
    )
