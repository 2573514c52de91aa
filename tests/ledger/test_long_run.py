"""A year of one office in any order: after each step the stored ledger says what the one kept on
paper says.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.edge.turns import Turns
from bot.kit.money import Money
from handlers.invoices.formats.document import Corrected, Instalment, InvoiceDocument, Kind, Party
from handlers.invoices.service.document_import import Import, take
from handlers.invoices.service.document_reader import Read
from handlers.invoices.service.waiting import payment_board
from handlers.ledger.model.matching.values import by_invoice
from handlers.ledger.service import balances, claims
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service import payments as ledger_payments
from handlers.ledger.service.balances import DIRECTIONS
from handlers.ledger.service.bank import reconciliation
from handlers.ledger.service.bank.reconciliation import NotOpenBySoMuch, Sums
from handlers.ledger.service.overpayment import Excess
from handlers.ledger.service.payments import Payment
from handlers.ledger.statements.values import Entry, Statement, StatementFile, statement
from storage.bank.statements import Line, entries, get
from storage.invoices import invoices, payments
from storage.people import people
from storage.turn import Turn
from tests.books import TODAY, is_written_off
from tests.ledger.on_paper import Book, Key, Paid, Paper, Standing

US, KOWALSKA, MILL, SUPPLIER, STRANGER = (
    Party("Bałtyk & Balaton Trade Sp. z o.o.", "7251100004", "PL"),
    Party("Kowalska Sp. z o.o.", "7251100010", "PL"),
    Party("Nowy Młyn S.A.", "7251100027", "PL"),
    Party("Przewozy Wisła Sp. z o.o.", "7251100139", "PL"),
    Party("Hafenkontor Brandt GmbH", "DE301445508", "DE"),
)
PARTIES = {one.tax_id: one for one in (US, KOWALSKA, MILL, SUPPLIER, STRANGER)}
MAREK = {
    "id": "U0MAREK",
    "name": "Marek",
    "email": "",
    "locale": "en-GB",
    "timezone": "Europe/Warsaw",
    "status": "",
}
FLAGS = {"is_external": False, "is_admin": False, "is_bot": False, "is_deleted": False}
DESK = {"id": "C0FIN", "name": "bo-finance", "is_private": True, "is_shared": False}
ACCOUNT = "PL41109010140000000042000001"
ALL = invoices.Gate(True, "")
PLAIN = (
    "FV/2026/11/0041",
    "FV/2026/11/0052",
    "FV/2026/11/0063",
    "Z/2026/0074",
    "P/2026/0085",
)  # Z are advance and final invoices, P a pro forma
CHANGING = ("K/2026/11/0007", "K/2026/11/0008", "K/2026/11/0011", "S/2026/11/0001")
ANEW = ("R/2026/0096", "R/2026/0097", "R/2026/0104")
Bookings = dict[tuple[Key, str, str], Paid]
_offices = count()

days = st.one_of(
    st.none(), st.sampled_from([-40, -9, 0, 5, 30]).map(lambda n: TODAY + timedelta(n))
)
issue_days = st.one_of(
    st.none(), st.sampled_from([-30, -20, -10, -10]).map(lambda n: TODAY + timedelta(n))
)
amounts = st.sampled_from([100, 1_000, 2_500, 4_000])
picks = st.sampled_from(range(60))
currencies = st.sampled_from(["PLN", "PLN", "PLN", "PLN", "EUR", "HUF"])
few = st.integers(0, 2)
mostly = st.sampled_from([True] * 7 + [False])
sides = st.sampled_from(
    [(US, KOWALSKA)] * 5 + [(US, MILL)] * 2 + [(SUPPLIER, US)] * 3 + [(SUPPLIER, STRANGER)]
)


@st.composite
def drawers(draw: st.DrawFn) -> list[Paper]:
    """What will come: mostly of one seller in one currency, so that much of it has to do with each
    other.
    """
    numbers = [
        number
        for some, least, most in ((PLAIN, 1, 4), (CHANGING, draw(few), 4), (ANEW, draw(few), 3))
        for number in draw(
            st.lists(st.sampled_from(some), min_size=least, max_size=most, unique=True)
        )
    ]
    side, currency, found = draw(sides), draw(currencies), dict[Key, Paper]()
    for number in numbers:
        seller, buyer = side if draw(mostly) else draw(sides)
        one = Paper(
            seller=seller.tax_id or "",
            number=number,
            kind="invoice",
            buyer=buyer.tax_id or "",
            currency=currency if draw(mostly) else draw(currencies),
            issued_on=draw(issue_days),
            total=0,
            to_pay=0,
            parts=(),
            marked_paid=draw(st.sampled_from([False] * 5 + [True])),
        )
        whole = _changing(draw, one, numbers) if number in CHANGING else _asking(draw, one, numbers)
        found[whole.key] = whole
    return list(found.values())


def _asking(draw: st.DrawFn, one: Paper, numbers: list[str]) -> Paper:
    total, is_prepaid = draw(amounts), one.number.startswith(("Z", "R")) and draw(st.booleans())
    to_pay = total - (draw(st.sampled_from([100, 500])) if is_prepaid and total > 500 else 0)
    one = replace(one, total=total, to_pay=to_pay, parts=draw(_parts(to_pay)))
    if one.number not in ANEW:
        kinds: dict[str, Kind] = {"Z": draw(st.sampled_from(["advance", "final"])), "P": "proforma"}
        return replace(one, kind=kinds.get(one.number[0], "invoice"))
    others = [
        each
        for each in numbers
        if each not in CHANGING and each not in ANEW[ANEW.index(one.number) :]
    ]
    named = draw(st.lists(st.sampled_from([*others, PLAIN[0]]), min_size=1, max_size=2))
    return replace(one, kind="replacement", corrects=tuple((each, None) for each in named))


def _changing(draw: st.DrawFn, one: Paper, numbers: list[str]) -> Paper:
    amount = draw(amounts) * draw(
        st.sampled_from([-1, -1, -1, 1 if not one.number.startswith("S") else -1])
    )
    kind: Kind = (
        "cancellation"
        if one.number.startswith("S")
        else draw(st.sampled_from(["correction", "credit_note"]))
    )
    others = [each for each in [*numbers, PLAIN[0]] if each != one.number]
    named = draw(st.lists(st.sampled_from(others), max_size=3, unique=True))
    shared = [(amount // 4, None, amount // 4), (amount + 300, -300, None)]
    shares = draw(st.sampled_from([(None,) * 3, (None,) * 3, *shared]))
    named += named[:1] if shares[0] is None and not draw(mostly) else []
    corrects = tuple(zip(named, (*shares, None), strict=False))
    return replace(
        one, kind=kind, total=amount, to_pay=amount, parts=((None, amount),), corrects=corrects
    )


@st.composite
def _parts(draw: st.DrawFn, to_pay: int) -> tuple[tuple[date | None, int], ...]:
    when = sorted(
        draw(st.lists(days, min_size=1, max_size=3)), key=lambda day: (day is None, str(day))
    )
    each = to_pay // (len(when) + 1)
    if not any(when):
        return ((None, to_pay),)
    return (*((day, each) for day in when[:-1]), (when[-1], to_pay - each * (len(when) - 1)))


def document(paper: Paper) -> InvoiceDocument:
    """As a format's reader would tell it."""

    def told(minor: int) -> Decimal:
        return Money(minor, paper.currency).amount

    return InvoiceDocument(
        format="ubl-invoice",
        kind=paper.kind,
        number=paper.number,
        issued_on=paper.issued_on,
        currency=paper.currency,
        total=told(paper.total),
        to_pay=told(paper.to_pay),
        seller=PARTIES[paper.seller],
        buyer=PARTIES[paper.buyer],
        instalments=tuple(Instalment(day, told(amount)) for day, amount in paper.parts),
        marked_paid=paper.marked_paid or None,
        corrects=tuple(
            Corrected(number, amount=None if share is None else told(share))
            for number, share in paper.corrects
        ),
    )


class Office(RuleBasedStateMachine):
    """One workspace; each rule is a turn of somebody's work."""

    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self.turns, self.name, self.references = turns, f"office {next(_offices)}", count()
        soon = turns.catalogue(self.name).invoices.due_soon_days
        self.book, self.files, self.lines = Book(TODAY, soon), list[list[Statement]](), list[Line]()
        self.drawer = list[Paper]()
        open_office(turns, self.name)

    # What comes.

    @initialize(drawer=drawers())
    def office_opens(self, drawer: list[Paper]) -> None:
        self.drawer = drawer

    @rule(which=st.lists(picks, min_size=1, max_size=5), at_once=st.booleans())
    def documents_come(self, which: list[int], at_once: bool) -> None:
        left = [one for one in self.drawer if one.key not in self.book.papers] or self.drawer
        told = [left[pick % len(left)] for pick in which]
        for some in [told] if at_once else [[one] for one in told]:
            brings(self.turns, self.name, some)
        self.book.papers |= {one.key: one for one in told}

    @rule(
        to=picks,
        part=st.sampled_from(["all", "all", "half", "more", "none"]),
        title=st.sampled_from(["{n}", "{n}", "za {n}", "{n} część", "{n}, {m}", "przelew"]),
        payer=st.sampled_from([True, True, False]),
        twice=st.booleans(),
    )
    @precondition(lambda self: self.book.papers)
    def statement_comes(self, to: int, part: str, title: str, payer: bool, twice: bool) -> None:
        standings = self.book.standings()
        keys = sorted(self.book.papers)
        one, other = (self.book.papers[keys[n % len(keys)]] for n in (to, to + 1))
        left = standings[one.key].outstanding + (
            standings[other.key].outstanding if "{m}" in title else 0
        )
        left = left or one.to_pay
        amount = {"all": left, "half": left // 2, "more": left + 700, "none": 333}[part]
        self._bank_tells(
            one, amount, title.format(n=one.number, m=other.number), payer=payer, twice=twice
        )

    @rule(which=picks, part=st.sampled_from(["all", "all", "half"]), ago=st.integers(0, 9))
    @precondition(lambda self: any(self.book.paid.values()))
    def bank_tells_what_was_entered_before(self, which: int, part: str, ago: int) -> None:
        told = sorted(
            (key, how, paid.amount)
            for key, of in self.book.paid.items()
            for how, paid in of.items()
        )
        key, _, amount = told[which % len(told)]
        amount = amount if part == "all" else amount // 2
        self._bank_tells(self.book.papers[key], amount, key[1], ago=ago)

    def _bank_tells(
        self,
        one: Paper,
        amount: int,
        title: str,
        *,
        payer: bool = True,
        twice: bool = False,
        ago: int = 1,
    ) -> None:
        is_payable = direction(one) == "payable"
        if not amount:
            return
        who = PARTIES[one.seller if is_payable else one.buyer].name if payer else "Kto Inny"
        money = Money(-amount if is_payable else amount, one.currency).amount
        reference, again = f"B{next(self.references)}", f"B{next(self.references)}"
        entry = Entry(TODAY - timedelta(ago), money, one.currency, title, who, None, reference)
        self._reads([_statement(entry, *([replace(entry, reference=again)] if twice else []))])

    def _reads(self, file: list[Statement]) -> None:
        before, standings = self._booked(), self.book.standings()
        with self.turns.turn(self.name) as turn:
            reconciliation.take(turn, StatementFile("wyciag.sta", file), Sums())
            payment_board.show(turn)
            after = bookings_of(turn)
        self.files.append(file)
        self._learns_bookings(before, after, standings)

    def _learns_bookings(
        self, before: Bookings, after: Bookings, standings: dict[Key, Standing]
    ) -> None:
        """What the statements' lines were booked on is the matching's to say; how much of it is
        not.
        """
        assert before.keys() <= after.keys()
        new = Counter[Key]()
        for (key, source, reference), paid in after.items():
            known_ = before.get((key, source, reference))
            new[key] += paid.amount - (known_.amount if known_ else 0)
            self.book.paid.setdefault(key, {})[source, reference] = paid
        for key, amount in new.items():
            left = standings[key].outstanding
            assert min(0, left) <= amount <= max(0, left)

    # What finance does.

    @rule(
        to=picks,
        amount=st.sampled_from(["all", "half", "more"]),
        agreed=st.booleans(),
        ago=st.integers(0, 25),
    )
    @precondition(lambda self: self.book.papers)
    def finance_enters_a_payment(self, to: int, amount: str, agreed: bool, ago: int) -> None:
        key = self._key(to)
        paper, left = self.book.papers[key], self.book.standings()[key].outstanding
        sign = -1 if paper.to_pay < 0 else 1
        left = max(left * sign, 0)
        minor = {"all": left, "half": left // 2, "more": left + 250}[amount]
        money, more = Money(minor, paper.currency), Money(max(minor - left, 0), paper.currency)
        reference, day = str(next(self.references)), TODAY - timedelta(ago)
        if not minor:
            return
        with self.turns.turn(self.name, "U0MAREK") as turn:
            id_ = ids(turn)[key]
            said = claims.pay(turn, id_, money, day, reference, more if agreed else None)
            assert isinstance(said, Excess) == (more.minor > 0 and not agreed)
            if not isinstance(said, Excess):
                claims.pay(turn, id_, money, day, reference)
                self.book.paid.setdefault(key, {})["hand", reference] = Paid(minor * sign, day)

    @rule(to=picks, amount=st.sampled_from([-300, 500, 1_000, 4_000]), ago=st.integers(0, 25))
    @precondition(lambda self: self.book.papers)
    def connected_system_tells_a_payment(self, to: int, amount: int, ago: int) -> None:
        key, reference, day = self._key(to), str(next(self.references)), TODAY - timedelta(ago)
        with self.turns.turn(self.name) as turn:
            for is_first in (True, False):
                payment = Payment(ids(turn)[key], amount, day, "tryton", reference)
                assert ledger_payments.book(turn, payment) == is_first
        self.book.paid.setdefault(key, {})["tryton", reference] = Paid(amount, day)

    @rule(which=picks)
    @precondition(lambda self: any(self.book.paid.values()))
    def finance_takes_a_booking_back(self, which: int) -> None:
        self._takes_back(which)

    def _takes_back(self, which: int) -> None:
        standing = sorted((key, how) for key, paid in self.book.paid.items() for how in paid)
        key, how = standing[which % len(standing)]
        with self.turns.turn(self.name, "U0MAREK") as turn:
            paid = [
                one
                for one in payments.on_invoice(turn, ids(turn)[key])
                if (one.source, one.reference) == how
            ]
            (id_,) = (one.id for one in paid)
            assert claims.take_back(turn, id_)
            assert claims.take_back(turn, id_) is None
        del self.book.paid[key][how]

    @rule(which=picks, choice=picks)
    @precondition(lambda self: self._waiting())
    def finance_clicks_a_proposal(self, which: int, choice: int) -> None:
        line = self._line(which)
        with self.turns.turn(self.name, "U0MAREK") as turn:
            ((_, verdict),) = reconciliation.proposals(turn, [line])
            offered = [one for one in verdict.proposals if one.allocations]
            if not offered:
                return
            sums = by_invoice(offered[choice % len(offered)].allocations)
            keys = keys_of(turn)
            reconciliation.allot(turn, line.id, sums)
            payment_board.show(turn)
        for id_, amount in sums.items():
            key = keys[id_]
            signed = -amount if direction(self.book.papers[key]) == "payable" else amount
            standing = self.book.paid.setdefault(key, {}).get(
                (line.source, line.key), Paid(0, line.booked_on)
            )
            self.book.paid[key][line.source, line.key] = replace(
                standing, amount=standing.amount + signed
            )

    @rule(which=picks, to=picks, amount=st.sampled_from([100, -100, 700, 5_000]))
    @precondition(lambda self: self._waiting() and self.book.papers)
    def a_click_never_books_more_than_is_open(self, which: int, to: int, amount: int) -> None:
        """What is clicked on a board of yesterday."""
        line, key = self._line(which), self._key(to)
        paper, left = self.book.papers[key], self.book.standings()[key].outstanding
        signed = -amount if direction(paper) == "payable" else amount
        fits = (
            paper.currency == line.currency
            and abs(amount) <= abs(self._left(line))
            and min(0, left) <= signed <= max(0, left)
        )
        try:
            with self.turns.turn(self.name, "U0MAREK") as turn:
                reconciliation.allot(turn, line.id, {ids(turn)[key]: amount})
        except (NotOpenBySoMuch, reconciliation.TooMuch, reconciliation.OtherCurrency):
            assert not fits
            return
        assert fits
        standing = self.book.paid.setdefault(key, {}).get(
            (line.source, line.key), Paid(0, line.booked_on)
        )
        self.book.paid[key][line.source, line.key] = replace(
            standing, amount=standing.amount + signed
        )

    @rule(which=picks, choice=picks)
    @precondition(lambda self: self._waiting())
    def finance_says_that_a_line_was_entered_before(self, which: int, choice: int) -> None:
        line, before = self._line(which), self.book.standings()
        with self.turns.turn(self.name, "U0MAREK") as turn:
            ((_, verdict),) = reconciliation.proposals(turn, [line])
            offered = reconciliation.entered_before(turn, line, verdict)
            if not offered:
                return
            chosen = offered[choice % len(offered)]
            reconciliation.recognise(turn, line.id, [one.payment.id for one in chosen])
            payment_board.show(turn)
            after = bookings_of(turn)
        self.book.paid = {}
        for (key, source, reference), paid in after.items():
            self.book.paid.setdefault(key, {})[source, reference] = paid
        assert {key: one.outstanding for key, one in self.book.standings().items()} == {
            key: one.outstanding for key, one in before.items()
        }
        assert self._left(line) == 0

    @rule(which=picks, back=st.booleans())
    @precondition(lambda self: self._waiting())
    def finance_sets_a_line_aside(self, which: int, back: bool) -> None:
        line = self._line(which)
        with self.turns.turn(self.name) as turn:
            reconciliation.set_aside(turn, line.id)
            if back:
                reconciliation.reopen(turn, line.id)

    @rule(to=picks, what=st.sampled_from(["disputed", "settled", "promised", "written off"]))
    @precondition(lambda self: self.book.papers)
    def somebody_says_something_of_an_invoice(self, to: int, what: str) -> None:
        key = self._key(to)
        with self.turns.turn(self.name, "U0MAREK") as turn:
            id_ = ids(turn)[key]
            if what == "disputed":
                claims.dispute(turn, id_, "broken")
                self.book.disputed.add(key)
            elif what == "settled":
                claims.dispute(turn, id_, "")
                self.book.disputed.discard(key)
            elif what == "promised":
                claims.promise(turn, id_, TODAY + timedelta(3))
                self.book.promised[key] = TODAY + timedelta(3)
            elif is_written_off(turn, id_):
                self.book.written_off.add(key)

    # What changes nothing.

    @rule(seed=st.integers(0, 99), at_once=st.booleans())
    @precondition(lambda self: self.book.papers)
    def everything_comes_again(self, seed: int, at_once: bool) -> None:
        papers = list(self.book.papers.values())
        before, told = self._rows(), Random(seed).sample(papers, len(papers))
        for some in [told] if at_once else [[one] for one in told]:
            done = brings(self.turns, self.name, some)
            assert (done.unchanged, done.imported, done.conflicts) == (len(some), 0, 0)
        with self.turns.turn(self.name) as turn:
            for file in self.files:
                reconciliation.take(turn, StatementFile("wyciag.sta", file), Sums())
        assert self._rows() == before

    @rule(which=picks)
    @precondition(lambda self: self.book.papers)
    def other_content_under_a_known_number_is_a_conflict(self, which: int) -> None:
        one = self.book.papers[self._key(which)]
        before = self._rows()
        assert brings(self.turns, self.name, [replace(one, total=one.total + 100)]).conflicts == 1
        assert self._rows() == before

    # What holds after each step.

    @invariant()
    def everything_agrees(self) -> None:
        self.standings = self.book.standings()
        self.stored_ledger_is_the_one_on_paper()
        self.no_grosz_of_a_payment_is_lost()
        self.lists_and_sums_agree_with_the_invoices()

    def stored_ledger_is_the_one_on_paper(self) -> None:
        with self.turns.turn(self.name) as turn:
            assert standings_of(turn) == self.standings
            self.lines = lines_of(turn)
            assert bookings_of(turn) == self._booked()

    def no_grosz_of_a_payment_is_lost(self) -> None:
        """What is booked and what is left make the payment; a credit note taken off it may be left
        alone, or more.
        """
        for line in self.lines:
            left = self._left(line)
            state = "matched" if not left else "waiting" if left == line.amount else "partly"
            assert line.state in (state, "set_aside")

    def lists_and_sums_agree_with_the_invoices(self) -> None:
        told, listed = Counter[tuple[str, str, str]](), Counter[Key]()
        with self.turns.turn(self.name, "U0MAREK") as turn:
            keys = keys_of(turn)
            for side in DIRECTIONS:
                for one in balances.balance(turn, direction=side, day=TODAY, customers=None):
                    told[side, one.currency, "open"] += one.open
                    told[side, one.currency, "credit"] += one.credit
                for item in balances.items(turn, direction=side, day=TODAY, customers=None):
                    listed[keys[item.invoice]] += item.outstanding
        owed = Counter[tuple[str, str, str]]()
        open_ = {
            key: one.outstanding
            for key, one in self.standings.items()
            if one.outstanding and one.status != "written_off"
        }
        open_ = {k: left for k, left in open_.items() if direction(self.book.papers[k]) != "none"}
        for key, left in open_.items():
            paper, near = self.book.papers[key], "open" if left > 0 else "credit"
            owed[direction(paper), paper.currency, near] += abs(left)
        assert +told == +owed
        assert dict(listed) == open_

    def teardown(self) -> None:
        """Another order of the same ends the same; with everything taken back it is as if nobody
        had paid.
        """
        other = f"{self.name} again"
        open_office(self.turns, other)
        tells(self.turns, other, self.book, Random(len(self.name)))
        with self.turns.turn(other) as turn:
            assert standings_of(turn) == self.book.standings()
        while any(self.book.paid.values()):
            self._takes_back(0)
        self.everything_agrees()

    def _key(self, pick: int) -> Key:
        keys = sorted(self.book.papers)
        return keys[pick % len(keys)]

    def _waiting(self) -> list[Line]:
        return [line for line in self.lines if line.state in ("waiting", "partly")]

    def _line(self, pick: int) -> Line:
        lines = self._waiting()
        return lines[pick % len(lines)]

    def _left(self, line: Line) -> int:
        """What of a line the book has on no invoice."""
        left = line.amount
        for key, paid in self.book.paid.items():
            if one := paid.get((line.source, line.key)):
                left -= -one.amount if direction(self.book.papers[key]) == "payable" else one.amount
        return left

    def _booked(self) -> Bookings:
        return {(key, *how): paid for key, of in self.book.paid.items() for how, paid in of.items()}

    def _rows(self) -> list[object]:
        tables = (invoices.invoices, invoices.corrections, payments.payments, entries)
        with self.turns.turn(self.name) as turn:
            found = [
                select(one).where(one.c.workspace == self.name).order_by(one.c.id) for one in tables
            ]
            return [tuple(row) for each in found for row in turn.db.execute(each)]


def open_office(turns: Turns, name: str) -> None:
    with turns.turn(name) as turn:
        people.save_person(turn, {**MAREK, **FLAGS})
        people.save_channel(
            turn, {**DESK, "name": turn.catalogue.finance()[0].channel.removeprefix("#")}
        )


def brings(turns: Turns, name: str, some: list[Paper]) -> Import:
    done = Import()
    with turns.turn(name) as turn:
        take(turn, [Read(one.number, document(one)) for one in some], done)
    return done


def tells(turns: Turns, name: str, book: Book, random: Random) -> None:
    """The same documents and payments in another order, each payment behind its invoice."""
    told: list[Paper | tuple[Key, str, str, Paid]] = list(book.papers.values())
    told += [(key, *how, paid) for key, of in book.paid.items() for how, paid in of.items()]
    random.shuffle(told)
    later = list[tuple[Key, str, str, Paid]]()
    for one in told:
        if isinstance(one, Paper):
            brings(turns, name, [one])
        else:
            later += [] if _pays(turns, name, *one) else [one]
    assert all(_pays(turns, name, *one) for one in later)
    with turns.turn(name) as turn:
        for key, id_ in ids(turn).items():
            facts = {
                "disputed": "why" if key in book.disputed else None,
                "promised_until": book.promised.get(key),
            }
            invoices.set_facts(turn, id_, **facts, is_written_off=key in book.written_off)


def _pays(turns: Turns, name: str, key: Key, source: str, reference: str, paid: Paid) -> bool:
    with turns.turn(name) as turn:
        id_ = ids(turn).get(key)
        return bool(id_) and ledger_payments.book(
            turn, Payment(id_ or 0, paid.amount, paid.day, source, reference)
        )


def ids(turn: Turn) -> dict[Key, int]:
    table = invoices.invoices.c
    found = select(table.seller_tax, table.number, table.id).where(
        table.workspace == turn.workspace
    )
    sellers = {"301445508": STRANGER.tax_id or ""}
    return {
        (sellers.get(seller, seller), number): id_ for seller, number, id_ in turn.db.execute(found)
    }


def keys_of(turn: Turn) -> dict[int, Key]:
    return {id_: key for key, id_ in ids(turn).items()}


def standings_of(turn: Turn) -> dict[Key, Standing]:
    """How each invoice stands by its state, which is what its row says is outstanding."""
    keys, table = keys_of(turn), invoices.invoices.c
    rows = turn.db.execute(
        select(table.id, table.outstanding).where(table.workspace == turn.workspace)
    ).all()
    kept, found = {row.id: row.outstanding for row in rows}, {}
    for one in invoices.find(turn, ALL, most=1_000):
        state = ledger.entry_of(turn, one, TODAY).state
        assert kept[one.id] == state.outstanding
        found[keys[one.id]] = Standing(state.asked, state.paid, state.status)
    return found


def lines_of(turn: Turn) -> list[Line]:
    rows = select(entries.c.id).where(entries.c.workspace == turn.workspace).order_by(entries.c.id)
    return [line for id_ in turn.db.execute(rows).scalars() if (line := get(turn, id_))]


def bookings_of(turn: Turn) -> Bookings:
    """All payments that stand."""
    keys = keys_of(turn)
    found = payments.on_invoices(turn, list(keys))
    return {
        (keys[one.invoice], one.source, one.reference): Paid(one.amount, one.booked_on)
        for one in found
    }


def _statement(*told: Entry) -> Statement:
    return statement(
        format="mt940", account=ACCOUNT, currency="PLN", opening=None, closing=None, entries=told
    )


def direction(paper: Paper) -> str:
    return (
        "receivable"
        if paper.seller == US.tax_id
        else "payable"
        if paper.buyer == US.tax_id
        else "none"
    )


def at_work(turns: Turns) -> type[Office]:
    class Here(Office):
        def __init__(self) -> None:
            super().__init__(turns)

    return Here


FEW = settings(max_examples=6, stateful_step_count=12, suppress_health_check=list(HealthCheck))


def test_stored_ledger_is_the_one_on_paper_whatever_happens(turns: Turns) -> None:
    run_state_machine_as_test(at_work(turns), settings=FEW)


@pytest.mark.slow
def test_stored_ledger_is_the_one_on_paper_in_long_runs(turns: Turns) -> None:
    run_state_machine_as_test(
        at_work(turns), settings=settings(FEW, max_examples=20, stateful_step_count=30)
    )
