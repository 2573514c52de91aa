"""From a document to the ledger: whose money it is, which customer, and what the ledger keeps of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256

from bot.kit.catalogue import Catalogue
from bot.kit.folding import fold, fold_number
from bot.kit.money import Money
from handlers.invoices import suspicions
from handlers.invoices.findings import kept
from handlers.invoices.formats.document import LOWERING, Finding, InvoiceDocument, Party
from handlers.invoices.reading import Read
from handlers.ledger.identity import fold_tax
from storage import customers
from storage.invoice_booking import NewInvoice
from storage.turn import Turn

PLACES = {"PL": ("pl", "Europe/Warsaw"), "HU": ("hu", "Europe/Budapest")}
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LONGEST_NAME = 64  # of a seller, where it stands in for the tax number


@dataclass(frozen=True, slots=True)
class Sorted:
    """A document that can be booked: whose money it is, and the party we deal with."""

    read: Read
    document: InvoiceDocument
    direction: str
    party: tuple[str, str]


def to_ledger(turn: Turn, reads: Sequence[Read]) -> list[NewInvoice]:
    """What the ledger books of these documents; customers that are new are added. All must have been bookable."""
    ours = our_numbers(turn.catalogue)
    sorted_ = [_sorted(ours, read) for read in reads]
    ids = _customers(turn, sorted_)
    payables = [(one.document, ids[one.party]) for one in sorted_ if one.direction == "payable" and one.party in ids]
    suspected = suspicions.raised(turn, payables)
    return [_new(one, ids.get(one.party), suspected.get(id(one.document), ())) for one in sorted_]


def is_bookable(document: InvoiceDocument) -> bool:
    """Without a number, a currency or a total there is nothing that a ledger could hold."""
    return bool(document.number and document.currency) and document.total is not None


def our_numbers(catalogue: Catalogue) -> frozenset[str]:
    """Our own tax numbers, folded."""
    return frozenset(fold_tax(number) for number in catalogue.company.tax_numbers)


def direction_of(ours: frozenset[str], document: InvoiceDocument) -> str:
    """By our own tax numbers: ``receivable`` when we sell, ``payable`` when we buy, else ``none``."""
    if _tax(document.seller) in ours:
        return "receivable"
    return "payable" if _tax(document.buyer) in ours else "none"


def _sorted(ours: frozenset[str], read: Read) -> Sorted:
    if read.document is None:
        raise ValueError(f"{read.path} holds no document")
    direction = direction_of(ours, read.document)
    return Sorted(read, read.document, direction, _key(_other(read.document, direction)))


def _other(document: InvoiceDocument, direction: str) -> Party:
    """Whom we deal with: the buyer of what we sell, the seller of what we buy."""
    return document.seller if direction == "payable" else document.buyer


def _new(one: Sorted, customer: int | None, suspected: Iterable[Finding]) -> NewInvoice:
    document, currency = one.document, one.document.currency or ""
    total, to_pay = _minor(document.total, currency), _minor(document.to_pay, currency)
    to_pay = total if document.to_pay is None else to_pay
    findings = [kept(finding) for finding in (*suspected, *one.read.findings)]
    seller = _tax(document.seller) or _folded(document.seller.name)
    instalments = _instalments(document, to_pay, currency)
    number = document.number or ""
    return NewInvoice(
        seller_tax=seller,
        number=number,
        folded=fold_number(number),
        digest=_digest(document, seller, instalments, total),
        kind=document.kind,
        direction=one.direction,
        customer=customer,
        issued_on=document.issued_on.isoformat() if document.issued_on else None,
        currency=currency,
        total=total,
        to_pay=to_pay,
        marked_paid=bool(document.marked_paid),
        account=document.account,
        ksef_number=document.ksef_number,
        document=_kept_document(document),
        findings=_written(findings) if findings else "[]",
        instalments=instalments,
        corrected=_corrected(document, currency),
    )


def _digest(document: InvoiceDocument, seller: str, instalments: Sequence[tuple[str | None, int]], total: int) -> str:
    """Of what an invoice says, however it is written: the same one as UBL and as CII has one digest."""
    buyer = _tax(document.buyer) or _folded(document.buyer.name)
    corrected = sorted(fold_number(each.number) for each in document.corrects) if document.corrects else ""
    says = f"{document.kind}|{seller}|{buyer}|{document.issued_on}|{document.currency}|{total}|{instalments}"
    return sha256(f"{says}|{document.account}|{corrected}".encode()).hexdigest()


def _kept_document(document: InvoiceDocument) -> str:
    """As JSON what no column holds of a document."""
    more: dict[str, object] = {}
    if document.prepaid is not None:
        more["prepaid"] = f"{document.prepaid:f}"
    if document.marked_paid is not None:
        more["marked_paid"] = document.marked_paid
    if document.corrects:
        more["corrects"] = [one.number for one in document.corrects]
    if terms := [i.terms for i in document.instalments if i.terms]:
        more["terms"] = terms
    parties = f'"format":"{document.format}","seller":{_party(document.seller)},"buyer":{_party(document.buyer)}'
    return f"{{{parties},{_written(more)[1:]}" if more else f"{{{parties}}}"


@lru_cache(50_000)
def _party(party: Party) -> str:
    return _written({"name": party.name, "tax_id": party.tax_id, "country": party.country})


@lru_cache(50_000)
def _folded(name: str | None) -> str:
    return fold(name or "")[:_LONGEST_NAME]


def _corrected(document: InvoiceDocument, currency: str) -> list[tuple[str, int | None]]:
    if document.kind not in LOWERING:
        return []
    return [(one.number, _minor(one.amount, currency) if one.amount is not None else None) for one in document.corrects]


def _instalments(document: InvoiceDocument, to_pay: int, currency: str) -> list[tuple[str | None, int]]:
    """The document's own split; without amounts, equal parts whose cents fall on the last one."""
    dated = [i for i in document.instalments if i.due_on]
    if len(dated) <= 1:
        return [(dated[0].due_on.isoformat() if dated and dated[0].due_on else None, to_pay)]
    dated.sort(key=lambda i: str(i.due_on))
    amounts = [_minor(i.amount, currency) for i in dated if i.amount is not None]
    if len(amounts) != len(dated) or sum(amounts) != to_pay:
        part = int(to_pay / len(dated))
        amounts = [part] * (len(dated) - 1) + [to_pay - part * (len(dated) - 1)]
    return [(str(i.due_on), amount) for i, amount in zip(dated, amounts, strict=True)]


def _customers(turn: Turn, sorted_: Sequence[Sorted]) -> Mapping[tuple[str, str], int]:
    parties = {one.party: _other(one.document, one.direction) for one in sorted_ if any(one.party)}
    known = customers.by_tax_or_name(turn, parties)
    unknown = {key: party for key, party in parties.items() if key not in known}
    if not unknown:
        return known
    customers.add(turn, [_facts(key, party) for key, party in unknown.items()])
    return {**known, **customers.by_tax_or_name(turn, unknown)}


def _facts(key: tuple[str, str], party: Party) -> dict[str, str]:
    country = (party.country or "").upper()[:2]
    language, timezone = PLACES.get(country, ("en", ""))
    return {"tax_id": key[0], "name": key[1], "country": country, "language": language, "timezone": timezone}


@lru_cache(50_000)
def _key(party: Party) -> tuple[str, str]:
    return _tax(party), party.name or party.tax_id or ""


def _tax(party: Party) -> str:
    return fold_tax(party.tax_id, party.country)


def _minor(amount: Decimal | None, currency: str) -> int:
    return Money.of(amount, currency).minor if amount else 0
