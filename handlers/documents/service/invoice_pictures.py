"""Pictures of invoices: the lines, addresses and notes that an invoice's own file has beyond the
ledger.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from bot.kit.invoice_content import Content, Line, Tax
from bot.kit.money import Money
from bot.kit.words import Words
from handlers.documents.kinds.invoice_copy import Change, VatSum
from handlers.documents.kinds.parts.invoice_lines import InvoiceLine
from handlers.documents.kinds.parts.parties import Party
from handlers.documents.model.codes import category_of, method_of, remark_of, role_of, unit_of

MOST_LINES = 2_000
MOST_NOTES = 100
_MOST_PARTS = 20  # of an address; accounts, references
_STANDARD_RATES = ("S", "Z", None)  # whose percent says all


def with_content(existing: Mapping[str, Any], content: Content, words: Words) -> dict[str, object]:
    """What the ledger knows of an invoice, and what its file says beyond; in the words of the
    reader.
    """
    shown = content.lines[:MOST_LINES]
    content = content._replace(
        taxes=tuple(tax for tax in content.taxes[:MOST_LINES] if tax.base or tax.amount)
    )

    def lines(*, before: bool, ordered: bool) -> tuple[InvoiceLine, ...]:
        mine = (line for line in shown if (line.is_before, line.is_ordered) == (before, ordered))
        return tuple(_line(line, content.currency, words) for line in mine)

    return {
        **existing,
        **_parties(existing["seller"], existing["buyer"], content, words),
        "sold_on": content.sold_on,
        "period": tuple(dict.fromkeys(filter(None, content.period))),
        "lines_before": lines(before=True, ordered=False),
        "lines": lines(before=False, ordered=False),
        "ordered_before": lines(before=True, ordered=True),
        "ordered": lines(before=False, ordered=True),
        "vat": tuple(_vat(content.taxes, content.currency, words)) or existing.get("vat", ()),
        "vat_accounted": Money.of(*content.accounted) if content.accounted else None,
        "settled": tuple(_settled(content)),
        "rounding": _money(content.rounding, content.currency),
        "others": tuple((role_of(role, words), who) for role, who in content.others[:_MOST_PARTS]),
        "payment_method": method_of(content.method or "", words),
        "terms": content.terms[:_MOST_PARTS],
        "other_accounts": tuple(
            account for account in content.accounts[:_MOST_PARTS] if account != existing["account"]
        ),
        "earlier": content.earlier[:MOST_NOTES],
        "references": content.references[:_MOST_PARTS],
        "reason": content.reason or "",
        "notes": tuple(_notes(content, words)),
        "ksef_link": content.ksef_link if existing["ksef_number"] else "",
    }


def _parties(seller: Party, buyer: Party, content: Content, words: Words) -> dict[str, Party]:
    """Where they are; the country too, where it is not the same."""
    abroad = seller.country != buyer.country

    def at(party: Party, address: tuple[str, ...]) -> Party:
        country = words.locale.territories.get(party.country, party.country) if abroad else ""
        return replace(party, address=(*address[:_MOST_PARTS], *filter(None, (country,))))

    return {"seller": at(seller, content.seller_address), "buyer": at(buyer, content.buyer_address)}


def _line(line: Line, currency: str, words: Words) -> InvoiceLine:
    return InvoiceLine(
        name=line.name or "–",
        quantity=line.quantity,
        unit=unit_of(line.unit or "", words),
        unit_price=line.unit_price,
        changed=_money(line.changed, currency),
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
        net, vat = Money.of(tax.base or 0, currency), Money.of(tax.amount or 0, currency)
        yield VatSum(rate=_rate(tax.rate, tax.category, words) or "–", net=net, vat=vat)


def _settled(content: Content) -> Iterable[Change]:
    for reason, amount in content.settled[:MOST_NOTES]:
        yield Change(reason=reason or "–", amount=Money.of(amount, content.currency))


def _notes(content: Content, words: Words) -> Iterator[str]:
    """What the law wants to be said, what the codes of the tables mean, what the sender says, what
    is not shown.
    """
    for remark in content.remarks:
        yield remark_of(remark, words)
    categories = [tax.category for tax in content.taxes]
    categories += [line.category for line in content.lines]
    for code in dict.fromkeys(filter(None, categories)):
        if meaning := category_of(code, words):
            yield f"{code}: {meaning}"
    yield from content.notes[:MOST_NOTES]
    if (more := len(content.lines) - MOST_LINES) > 0:
        yield words.count("{n} more line is in the file.", "{n} more lines are in the file.", more)
    if len(content.notes) > MOST_NOTES:
        yield words.say("More notes are in the file.")
    if content.has_attachments:
        yield words.say("The file has attachments, which are not shown here.")
