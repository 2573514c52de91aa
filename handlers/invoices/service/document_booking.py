"""From a document to the ledger: whose money it is, which customer, and what the ledger keeps of
it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from bot.kit.catalogue import Catalogue, Company
from bot.kit.folding import as_written, fold, fold_number
from bot.kit.mail_address import is_address
from bot.kit.money import minor_of
from bot.kit.words import LANGUAGES
from handlers.invoices.formats.document import LOWERING, Finding, Instalment, InvoiceDocument, Party
from handlers.invoices.model.findings import kept
from handlers.invoices.service import suspicions
from handlers.invoices.service.document_reader import Read
from handlers.ledger.model.party_identity import Sought, fold_tax, home_of, known
from storage.invoices import customers
from storage.invoices.booking import NewInvoice
from storage.turn import Turn

PLACES = {"PL": ("pl", "Europe/Warsaw"), "HU": ("hu", "Europe/Budapest")}
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Parts = list[tuple[str | None, int]]  # instalments: day, minor units
CustomerIds = dict[Sought, int]
Numbers = frozenset[tuple[str, str]]  # folded tax numbers, each with the country that gave it
_MOST_MET = 100_000
_SAME_END = 8  # of tax numbers that may be one, with a country's letters and without
_LONGEST_NAME = 64  # of a seller, where it stands in for the tax number


class Parties(NamedTuple):
    """What follows from who sells and who buys; worked out once for the many invoices between the
    same two.
    """

    direction: str
    key: Sought
    """The one we deal with."""
    other: Party
    seller: str
    """Tax number, else the folded name."""
    said: str
    """Both, as far as the digest is concerned."""
    kept: str
    """Both, as JSON."""


Between = tuple[Read, InvoiceDocument, Parties]


def to_ledger(
    turn: Turn, reads: Sequence[Read], met: CustomerIds | None = None
) -> list[NewInvoice]:
    """What the ledger books of these documents; customers that are new are added. All must have
    been bookable.

    ``met`` are customers whom an import has met so far; those of these documents are added to it.
    """
    ids = {} if met is None or len(met) > _MOST_MET else met
    ours, name = our_numbers(turn.catalogue), fold(turn.catalogue.company.name)
    between: list[Between] = []
    distinct: dict[int, Parties] = {}
    for read in reads:
        if document := read.document:
            parties = _between(ours, name, document.seller, document.buyer)
            between.append((read, document, parties))
            distinct[id(parties)] = parties
    unmet: dict[Sought, Party] = {}
    for parties in distinct.values():
        if parties.key not in ids and (parties.key.tax_id or parties.key.name):
            unmet[parties.key] = parties.other
    _meet(turn, unmet, ids)
    _learn_where_to_write(turn, distinct.values(), ids)
    suspected = suspicions.raised(turn, list(_payables(between, ids)))
    new: list[NewInvoice] = []
    for read, document, parties in between:
        findings = read.findings
        if suspected or parties.direction == "none":
            suspicious = suspected.get(id(document), ())
            findings = (*suspicious, *_not_us(parties, document), *findings)
        new.append(_new(document, parties, ids.get(parties.key), findings))
    return new


def _payables(
    between: Iterable[Between], ids: CustomerIds
) -> Iterator[tuple[InvoiceDocument, int]]:
    """What we are to pay, each with its supplier."""
    for _, document, parties in between:
        if parties.direction == "payable" and parties.key in ids:
            yield document, ids[parties.key]


def is_bookable(document: InvoiceDocument) -> bool:
    """Without a number, a currency or a total there is nothing that a ledger could hold."""
    is_named = bool(document.number and document.number.strip())
    return is_named and bool(document.currency) and document.total is not None


def our_numbers(catalogue: Catalogue) -> Numbers:
    """Our own tax numbers."""
    company = catalogue.company
    numbers: set[tuple[str, str]] = set()
    for number in company.tax_numbers:
        country = _country_of(number, company)
        numbers.add((fold_tax(number, country), home_of(number, country)))
    return frozenset(numbers)


def us(company: Company) -> Party:
    """We, where a source names us by no number; the country stands beside one that does not begin
    with its letters.
    """
    number = next(iter(company.tax_numbers), None)
    return Party(company.name, number, _country_of(number, company) if number else None)


def _country_of(number: str, company: Company) -> str | None:
    return None if number[:2].isalpha() else company.country


def _not_us(parties: Parties, document: InvoiceDocument) -> Sequence[Finding]:
    if parties.direction != "none":
        return ()
    seller, buyer = document.seller, document.buyer
    return (suspicions.of_strangers(seller.name or seller.tax_id, buyer.name or buyer.tax_id),)


def direction_of(ours: Numbers, seller: Party, buyer: Party, name: str = "") -> str:
    """By our own tax numbers: ``receivable`` when we sell, ``payable`` when we buy,
    else ``none``. Where they name neither, by other numbers, and at last by our (folded) name.
    """
    for is_us in (_is_one_of, _is_otherwise_one_of):
        if is_us(ours, seller):
            return "receivable"
        if is_us(ours, buyer):
            return "payable"
    if name and name == _named(seller):
        return "receivable"
    if name and name == _named(buyer):
        return "payable"
    return "none"


def _is_one_of(ours: Numbers, party: Party) -> bool:
    """The same digits, unless another country is known to have given them."""
    tax, home = _tax(party), home_of(party.tax_id, party.country)
    for number, given in ours:
        is_elsewhere = home and given and home != given
        if tax == number and not is_elsewhere:
            return True
    return False


def _is_otherwise_one_of(ours: Numbers, party: Party) -> bool:
    for number in party.others:
        if _is_one_of(ours, party._replace(tax_id=number, others=())):
            return True
    return False


def _named(party: Party) -> str | None:
    """The folded name of somebody who is known by nothing else."""
    return fold(party.name) if party.name and not party.tax_id else None


@lru_cache(20_000)
def _between(ours: Numbers, name: str, seller: Party, buyer: Party) -> Parties:
    direction = direction_of(ours, seller, buyer, name)
    other = seller if direction == "payable" else buyer
    key = Sought(
        _tax(other), other.name or other.tax_id or "", home_of(other.tax_id, other.country)
    )
    named = _tax(seller) or fold(seller.name or "")[:_LONGEST_NAME]
    text = f"{named}|{_tax(buyer) or fold(buyer.name or '')}"
    kept_ = f'"seller":{_party(seller)},"buyer":{_party(buyer)}'
    return Parties(direction, key, other, named, text, kept_)


def _new(
    document: InvoiceDocument, parties: Parties, customer: int | None, findings: Sequence[Finding]
) -> NewInvoice:
    currency, account = document.currency or "", document.account
    number = as_written(document.number or "")
    issued_on = document.issued_on.isoformat() if document.issued_on else None
    total = _minor(document.total, currency)
    is_all_asked = document.to_pay is None or document.to_pay == document.total
    to_pay = total if is_all_asked else _minor(document.to_pay, currency)
    parts = instalments(document, to_pay, currency)
    return NewInvoice(
        parties.seller,
        number,
        fold_number(number),
        _digest(
            f"{document.kind}|{parties.said}|{issued_on}|{currency}|{total}|{_said(parts)}|{account}",
            document,
        ),
        document.kind,
        parties.direction,
        customer,
        issued_on,
        currency,
        total,
        to_pay,
        1 if document.marked_paid else 0,
        account,
        document.ksef_number,
        _kept_document(document, parties),
        _written(list(map(kept, findings))) if findings else "[]",
        parts,
        _corrected(document, currency) if document.corrects else (),
    )


def _said(parts: Parts) -> str:
    """As Python writes a list, made quickly where there is one part, as nearly always."""
    return f"[({parts[0][0]!r}, {parts[0][1]})]" if len(parts) == 1 else str(parts)


def _digest(says: str, document: InvoiceDocument) -> str:
    """Of what an invoice says, however it is written: the same one as UBL and as CII has one
    digest.
    """
    corrected: Sequence[str] = ""
    if document.corrects:
        corrected = sorted(map(fold_number, document.corrected_numbers))
    return sha256(f"{says}|{corrected}".encode()).hexdigest()


def _kept_document(document: InvoiceDocument, parties: Parties) -> str:
    """As JSON what no column holds of a document; what nearly every row of a table has is written
    without the encoder, whose making costs more than its work.
    """
    sums = ""
    if document.net is not None and document.tax is not None and not document.taxes:
        sums = f',"net":"{_plain(document.net)}","tax":"{_plain(document.tax)}"'
    more: dict[str, object] = {}
    if document.prepaid is not None:
        more["prepaid"] = f"{document.prepaid:f}"
    if document.marked_paid is not None:
        more["marked_paid"] = document.marked_paid
    if document.corrects:
        more["corrects"] = document.corrected_numbers
    if terms := document.terms:
        more["terms"] = terms
    rest = f",{_written(more)[1:]}" if more else "}"
    return f'{{"format":"{document.format}",{parties.kept}{sums}{rest}'


def _plain(amount: Decimal) -> str:
    """Without an exponent; what has none anyway is written four times as fast."""
    written = str(amount)
    return f"{amount:f}" if "E" in written else written


def _party(party: Party) -> str:
    return _written({"name": party.name, "tax_id": party.tax_id, "country": party.country})


def _corrected(document: InvoiceDocument, currency: str) -> list[tuple[str, int | None]]:
    if document.kind not in LOWERING:
        return []
    corrected: list[tuple[str, int | None]] = []
    for correct in document.corrects:
        amount = None
        if correct.amount is not None:
            amount = _minor(correct.amount, currency)
        corrected.append((as_written(correct.number), amount))
    return corrected


def instalments(document: InvoiceDocument, to_pay: int, currency: str) -> Parts:
    """The document's own split, what has no day last; without amounts, equal parts whose cents fall
    on the last one.
    """
    if len(document.instalments) <= 1:
        day = document.instalments[0].due_on if document.instalments else None
        return [(_day(day), to_pay)]
    own = _own_split(document, currency)
    if _is_whole(own, to_pay):
        return own
    dated = sorted(str(part.due_on) for part in document.instalments if part.due_on)
    if len(dated) <= 1:
        return [(dated[0] if dated else None, to_pay)]
    return _equal_parts(dated, to_pay)


def _is_whole(parts: Parts, to_pay: int) -> bool:
    """Whether they name a day, and come to all that is asked for."""
    is_dated, whole = False, 0
    for day, amount in parts:
        is_dated = is_dated or day is not None
        whole += amount
    return is_dated and whole == to_pay


def _equal_parts(days: Sequence[str], to_pay: int) -> Parts:
    part = abs(to_pay) // len(days)
    if to_pay < 0:
        part = -part
    *before, last = days
    parts: Parts = [(day, part) for day in before]
    return [*parts, (last, to_pay - part * len(before))]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _own_split(document: InvoiceDocument, currency: str) -> Parts:
    """The parts whose amounts are told, in the order in which they are due."""
    parts: Parts = []
    for instalment in sorted(document.instalments, key=_dated_first):
        if instalment.amount is not None:
            parts.append((_day(instalment.due_on), _minor(instalment.amount, currency)))
    return parts


def _dated_first(instalment: Instalment) -> tuple[bool, str]:
    return instalment.due_on is None, str(instalment.due_on)


def _meet(turn: Turn, parties: Mapping[Sought, Party], ids: CustomerIds) -> None:
    """Who is new is added, one of a number at a time: under other names it may be the same
    customer.
    """
    ids.update(known(turn, parties))
    while unknown := {key: party for key, party in parties.items() if key not in ids}:
        firsts: dict[str, Sought] = {}
        for key in unknown:
            firsts.setdefault(key.tax_id[-_SAME_END:] or key.name, key)
        customers.add(turn, [_facts(key, unknown[key]) for key in firsts.values()])
        ids.update(known(turn, unknown))


def _facts(key: Sought, party: Party) -> dict[str, str]:
    country = (party.country or key.home).upper()[:2]
    language, timezone = PLACES.get(country, ("en", ""))
    if party.language in LANGUAGES:
        language = party.language
    return {
        "tax_id": key.tax_id,
        "name": key.name,
        "country": country,
        "language": language,
        "timezone": timezone,
    }


def _learn_where_to_write(turn: Turn, parties: Iterable[Parties], ids: CustomerIds) -> None:
    """Where customers get their letters and in which language, as our own invoices to them say.
    What is known stays, be it typed, listed or learnt before.
    """
    emails: dict[int, str] = {}
    languages: dict[int, str] = {}
    for between in parties:
        customer = ids.get(between.key)
        if customer is None or between.direction != "receivable":
            continue
        if between.other.email and is_address(between.other.email):
            emails[customer] = between.other.email
        if between.other.language in LANGUAGES:
            languages[customer] = between.other.language
    for field, facts in (("email", emails), ("language", languages)):
        for customer in customers.learn(turn, field, facts):
            turn.record("customer.changed", f"customer:{customer}", fields=[field])


def _tax(party: Party) -> str:
    return fold_tax(party.tax_id, party.country)


def _minor(amount: Decimal | None, currency: str) -> int:
    return minor_of(amount, currency) if amount else 0
