"""From a document to the ledger: whose money it is, which customer, and what the ledger keeps of it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.kit.catalogue import Catalogue
from bot.kit.money import Money
from handlers.invoices.formats.document import LOWERING, Finding, InvoiceDocument, Party
from handlers.invoices.reading import Read, document_json
from handlers.ledger.identity import fold_tax
from storage import customers
from storage.invoices import NewInvoice
from storage.turn import Turn

PLACES = {"PL": ("pl", "Europe/Warsaw"), "HU": ("hu", "Europe/Budapest")}


def to_ledger(turn: Turn, reads: Sequence[Read]) -> list[NewInvoice]:
    """What the ledger books of these documents; customers that are new are added. All must have been bookable."""
    parties = {id(read): _other_party(turn.catalogue, _document(read)) for read in reads}
    ids = _customers(turn, [party for party in parties.values() if party])
    return [_new(turn.catalogue, read, ids.get(_key(parties[id(read)]))) for read in reads]


def is_bookable(document: InvoiceDocument) -> bool:
    """Without a number, a currency or a total there is nothing that a ledger could hold."""
    return bool(document.number and document.currency) and document.total is not None


def direction_of(catalogue: Catalogue, document: InvoiceDocument) -> str:
    """By our own tax numbers: ``receivable`` when we sell, ``payable`` when we buy, else ``none``."""
    ours = {fold_tax(number) for number in catalogue.company.tax_numbers}
    if _tax(document.seller) in ours:
        return "receivable"
    return "payable" if _tax(document.buyer) in ours else "none"


def _new(catalogue: Catalogue, read: Read, customer: int | None) -> NewInvoice:
    document = _document(read)
    currency = document.currency or ""
    told = document_json(document)

    def minor(amount: Decimal | None) -> int:
        return Money.of(amount or 0, currency).minor

    to_pay = minor(document.to_pay if document.to_pay is not None else document.total)
    shares = [(one.number, minor(one.amount) if one.amount is not None else None) for one in document.corrects]
    return NewInvoice(
        seller_tax=_tax(document.seller) or _name(document.seller),
        number=document.number or "",
        digest=hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest(),
        kind=document.kind,
        direction=direction_of(catalogue, document),
        customer=customer,
        issued_on=document.issued_on,
        currency=currency,
        total=minor(document.total),
        to_pay=to_pay,
        marked_paid=bool(document.marked_paid),
        account=document.account,
        ksef_number=document.ksef_number,
        document=told,
        findings=[_finding(one) for one in read.findings],
        instalments=_instalments(document, to_pay, currency),
        corrected=shares if document.kind in LOWERING else (),
    )


def _instalments(document: InvoiceDocument, to_pay: int, currency: str) -> list[tuple[date | None, int]]:
    """The document's own split; without amounts, equal parts whose cents fall on the last one."""
    dated = [i for i in document.instalments if i.due_on] or list(document.instalments[:1])
    if not dated:
        return [(None, to_pay)]
    if all(i.amount is not None for i in dated):
        split = [Money.of(i.amount or 0, currency).minor for i in dated]
        if sum(split) == to_pay:
            return [(i.due_on, amount) for i, amount in zip(dated, split, strict=True)]
    part = int(to_pay / len(dated))
    amounts = [part] * (len(dated) - 1) + [to_pay - part * (len(dated) - 1)]
    return sorted(
        ((i.due_on, amount) for i, amount in zip(dated, amounts, strict=True)), key=lambda pair: str(pair[0] or "")
    )


def _customers(turn: Turn, parties: Iterable[Party]) -> Mapping[tuple[str, str], int]:
    keys = {_key(party): party for party in parties}
    known = customers.by_tax_or_name(turn, keys)
    unknown = {key: party for key, party in keys.items() if key not in known}
    if not unknown:
        return known
    customers.add(turn, [_facts(key, party) for key, party in unknown.items()])
    return {**known, **customers.by_tax_or_name(turn, unknown)}


def _facts(key: tuple[str, str], party: Party) -> dict[str, str]:
    country = (party.country or "").upper()[:2]
    language, timezone = PLACES.get(country, ("en", ""))
    return {"tax_id": key[0], "name": key[1], "country": country, "language": language, "timezone": timezone}


def _other_party(catalogue: Catalogue, document: InvoiceDocument) -> Party | None:
    """Whom we deal with: the buyer of what we sell, the seller of what we buy."""
    party = document.seller if direction_of(catalogue, document) == "payable" else document.buyer
    return party if party.name or party.tax_id else None


def _key(party: Party | None) -> tuple[str, str]:
    return (_tax(party), party.name or party.tax_id or "") if party else ("", "")


def _tax(party: Party) -> str:
    return fold_tax(party.tax_id, party.country)


def _name(party: Party) -> str:
    return (party.name or "")[:32]


def _document(read: Read) -> InvoiceDocument:
    if read.document is None:
        raise ValueError(f"{read.path} holds no document")
    return read.document


def _finding(one: Finding) -> dict[str, object]:
    """Kept as a sentence and its facts, to be said in each reader's language."""
    facts = {name: str(fact) for name, fact in one.facts.items()}
    return {"rule": one.rule.id, "severity": one.rule.severity, "sentence": one.rule.sentence, "facts": facts}
