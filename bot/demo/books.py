"""The demo's books: 200 invoices of a year's trade that ends on a given day, made alike each time,
booked as usual.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

from bot.demo.company import (
    ACCOUNTS,
    ADDRESSES,
    CUSTOMERS,
    HUNGARIAN_NUMBER,
    KOWALSKA,
    NAME,
    POLISH_NUMBER,
    SUPPLIERS,
    Partner,
    demo_catalogue,
)
from bot.demo.instalments import in_instalments
from bot.edge.turns import Turns
from bot.kit.money import Money
from bot.slack import HOME
from handlers.invoices.service import document_import
from handlers.invoices.service.document_reader import read_bytes
from handlers.ledger.model.party_identity import fold_tax
from handlers.ledger.service import claims
from handlers.ledger.service.payments import Payment, book_all
from handlers.ledger.statements.accounts import account_key
from storage.invoices import customers, invoices, payments, search
from storage.turn import Turn

__all__ = ["KNOWN_NUMBER", "demo_catalogue", "fill", "is_filled"]

KNOWN_NUMBER = "FV/2026/11/0042"
"""Kowalska's overdue invoice, which the demo's greeting names."""
SALES, PURCHASES, CORRECTIONS, INSTALMENTS = 164, 26, 5, 4
_DAYS_BACK = 240
_HEADINGS = (
    "Number;Kind;Issue date;Due date;Currency;Net;Tax;Total;Seller;Seller tax id;Seller country;"
    "Buyer;Buyer tax id;Buyer country;Bank account;Corrects"
)
_OURS = {currency: account_key(account) or account for currency, account in ACCOUNTS.items()}
"""The keys by which our accounts are known."""
_RATES = {"PL": Decimal("0.23"), "HU": Decimal("0.27")}


@dataclass(frozen=True)
class Paper:
    """One invoice to be written: whose it is, when, for how much, and what became of it."""

    number: str
    partner: Partner
    issued_on: date
    due_on: date
    net: Decimal
    kind: str = "invoice"
    corrects: str = ""
    fate: str = "open"  # open, paid, part, late, over, promised, disputed, written_off

    @property
    def tax(self) -> Decimal:
        return _rounded(
            self.net * _RATES.get(self.partner.country, Decimal(0)), self.partner.currency
        )

    @property
    def total(self) -> Decimal:
        return self.net + self.tax


def is_filled(turns: Turns) -> bool:
    """Whether these books stand in the ledger already."""
    with turns.turn(HOME) as turn:
        return bool(search.by_number(turn, invoices.Gate(True, ""), ["fv.2026.11.42"]))


def fill(turns: Turns, day: date) -> None:
    """Customers, invoices and payments as they stand on ``day``, through the routes that real ones
    take.
    """
    sales, purchases = list(_sales(day)), list(_purchases(day))
    papers = [*sales, *_corrections(sales, day), *purchases]
    with turns.turn(HOME) as turn:
        for partner in (*CUSTOMERS, *SUPPLIERS):
            customers.save(turn, _facts(partner))
        done = document_import.Import()
        document_import.take(turn, list(read_bytes(_table(papers).encode(), "books.csv")), done)
        for number, content in in_instalments(
            day, KOWALSKA, CUSTOMERS[1], CUSTOMERS[3], CUSTOMERS[8]
        ):
            document_import.take(turn, list(read_bytes(content, f"{number}.xml")), done)
        booked = _booked(turn, papers)
        paid = (_payment(paper, booked[paper.number], day) for paper in papers)
        book_all(turn, filter(None, paid))
        for paper in papers:
            _befall(turn, paper, booked[paper.number], day)
        for account in _OURS.values():
            payments.note_known_until(turn, account, _evening(day - timedelta(days=1)))
        turn.record("demo.filled", "books:demo", invoices=done.imported)


def _sales(day: date) -> Iterator[Paper]:
    counted: Counter[str] = Counter()
    yield _known(day)
    for i in range(SALES):
        partner = CUSTOMERS[i * 7 % len(CUSTOMERS)]
        issued_on = _workday(day - timedelta(days=_DAYS_BACK * (SALES - i) // SALES - 1))
        series = f"BB-{issued_on:%Y}" if partner.country == "HU" else f"FV/{issued_on:%Y/%m}"
        counted[series] += 1
        if (series, counted[series]) == ("FV/2026/11", 42):
            counted[series] += 1
        number = f"{series}/{counted[series]:0{5 if partner.country == 'HU' else 4}d}"
        due_on = issued_on + timedelta(days=partner.terms)
        yield Paper(
            number, partner, issued_on, due_on, _net(partner, i), fate=_fate(i, (day - due_on).days)
        )


def _known(day: date) -> Paper:
    """The invoice that the greeting names: overdue by twelve days, nothing paid."""
    issued_on = day - timedelta(days=26)
    return Paper(
        KNOWN_NUMBER, KOWALSKA, issued_on, day - timedelta(days=12), Decimal("8325.00"), fate="late"
    )


def _purchases(day: date) -> Iterator[Paper]:
    for i in range(PURCHASES):
        partner = SUPPLIERS[i % len(SUPPLIERS)]
        issued_on = _workday(day - timedelta(days=(PURCHASES - i) * 5 - 3))
        due_on = issued_on + timedelta(days=partner.terms)
        number = (
            f"{310 + i}/{issued_on:%m/%Y}",
            f"BP {issued_on:%Y}-{1204 + i}",
            f"MN-{88000 + i * 7}",
        )[i % 3]
        yield Paper(
            number,
            partner,
            issued_on,
            due_on,
            _net(partner, i + 3),
            fate="paid" if due_on < day and i % 6 != 5 else "open",
        )


def _corrections(sales: Sequence[Paper], day: date) -> Iterator[Paper]:
    """Each lowers an open invoice by an eighth."""
    wanting = [
        paper
        for paper in sales[1:]
        if paper.fate in ("open", "late") and paper.partner.currency != "HUF"
    ]
    for i, paper in enumerate(wanting[: CORRECTIONS * 3 : 3], 1):
        issued_on = min(day, paper.issued_on + timedelta(days=5))
        net = -_rounded(paper.net / 8, paper.partner.currency)
        yield replace(
            paper,
            number=f"KOR/{issued_on:%Y}/{i:03d}",
            issued_on=issued_on,
            due_on=issued_on,
            net=net,
            kind="correction",
            corrects=paper.number,
            fate="open",
        )


def _fate(i: int, days_late: int) -> str:
    """What became of an invoice, by its place in the row and how long it is overdue."""
    if days_late > 60:
        return {0: "late", 11: "disputed", 22: "written_off"}.get(i % 23, "paid")
    if days_late > 0:
        return ("paid", "late", "paid", "part", "late", "promised", "paid", "over", "disputed")[
            i % 9
        ]
    return "paid" if i % 5 == 0 else "part" if i % 11 == 1 else "open"


def _befall(turn: Turn, paper: Paper, invoice: int, day: date) -> None:
    match paper.fate:
        case "promised":
            claims.promise(turn, invoice, day + timedelta(days=5))
        case "disputed":
            claims.dispute(
                turn,
                invoice,
                "Two of the pallets arrived wet; the customer asks for a credit note.",
            )
        case "written_off":
            claims.write_off(turn, invoice, day, "The debtor is bankrupt; nothing is left for us.")


def _payment(paper: Paper, invoice: int, day: date) -> Payment | None:
    total, due = (
        Money.of(paper.total, paper.partner.currency).minor,
        min(paper.due_on, day - timedelta(days=1)),
    )
    amount, on = {
        "paid": (total, due + timedelta(days=-len(paper.number) % 9 - 4)),
        "over": (total + total // 5000 * 100, due),
        "part": (total // 250 * 100, due),  # people pay parts in round sums
    }.get(paper.fate, (0, due))
    account, on = (
        _OURS[paper.partner.currency],
        max(min(on, day - timedelta(days=1)), paper.issued_on),
    )
    return Payment(invoice, amount, on, account, f"books:{paper.number}") if amount else None


def _booked(turn: Turn, papers: Sequence[Paper]) -> dict[str, int]:
    result = invoices.ids_of(turn, [paper.number for paper in papers])
    return {paper.number: result[paper.number] for paper in papers}


def _table(papers: Sequence[Paper]) -> str:
    written = StringIO()
    rows = csv.writer(written, delimiter=";")
    rows.writerow(_HEADINGS.split(";"))
    rows.writerows(_row(paper) for paper in papers)
    return written.getvalue()


def _row(paper: Paper) -> list[object]:
    partner = paper.partner
    ours = ("HU", HUNGARIAN_NUMBER) if partner.country == "HU" else ("PL", POLISH_NUMBER)
    us, them = (NAME, ours[1], ours[0]), (partner.name, partner.tax_id, partner.country)
    is_purchase = partner in SUPPLIERS
    account = partner.account if is_purchase else ACCOUNTS[partner.currency]
    amounts = [f"{amount:.2f}" for amount in (paper.net, paper.tax, paper.total)]
    parties = (*them, *us) if is_purchase else (*us, *them)
    days = (paper.issued_on.isoformat(), paper.due_on.isoformat())
    return [
        paper.number,
        paper.kind,
        *days,
        partner.currency,
        *amounts,
        *parties,
        account,
        paper.corrects,
    ]


def _facts(partner: Partner) -> dict[str, str]:
    language = {"PL": "pl", "HU": "hu"}.get(partner.country, "en")
    return {
        "name": partner.name,
        "tax_id": fold_tax(partner.tax_id, partner.country),
        "country": partner.country,
        "language": language,
        "timezone": "Europe/Budapest" if partner.country == "HU" else "Europe/Warsaw",
        "owner": partner.owner,
        "channel": partner.channel,
        "aliases": partner.aliases,
        "accounts": partner.account,
        "address": ADDRESSES.get(partner.name, ""),
        "email": partner.email if partner.owner else "",
    }


def _net(partner: Partner, i: int) -> Decimal:
    """Around what an ordinary invoice of theirs comes to, not twice the same."""
    return _rounded(
        Decimal(partner.worth) * (60 + i * 37 % 90) / 100 + Decimal(i * 113 % 997) / 100,
        partner.currency,
    )


def _rounded(amount: Decimal, currency: str) -> Decimal:
    return amount.quantize(Decimal(1) if currency == "HUF" else Decimal("0.01"))


def _workday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(18), ZoneInfo("Europe/Warsaw"))
