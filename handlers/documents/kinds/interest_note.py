"""Interest note: late interest and compensation, line by line as they were computed elsewhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from babel.numbers import format_decimal

from bot.kit.money import Money
from bot.kit.pdf import (
    Block,
    Column,
    Gap,
    Heading,
    Panel,
    Panels,
    Sheet,
    Table,
    Text,
    Together,
)
from bot.kit.words import N_, Words
from handlers.documents.kinds import Kind
from handlers.documents.kinds.parts.books import Values, creditor, debtor, given_day, signed_by
from handlers.documents.kinds.parts.contradictions import term_before
from handlers.documents.kinds.parts.debts import is_moved
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.fields import Gap as Missing
from handlers.documents.kinds.parts.figures import amounts, day, long_day, sums, total
from handlers.documents.kinds.parts.late_interest import fixed_sum
from handlers.documents.kinds.parts.law import compensation_basis, interest_basis
from handlers.documents.kinds.parts.letters import closing, dated
from handlers.documents.kinds.parts.nothing_due import NoInterest, without
from handlers.documents.kinds.parts.parties import (
    Company,
    Party,
    letterhead,
    number_missing,
    panel,
)
from handlers.documents.kinds.parts.payment import Reference, accounts_missing, how_to_pay
from handlers.documents.model.asked import Asked
from handlers.documents.model.names import PARTICULAR, Names
from handlers.ledger.model.instalments import Instalment, numbered
from handlers.ledger.model.interest import Compensation as FixedSum
from handlers.ledger.service.late_interest import Claim, claims
from storage.documents import register
from storage.turn import Turn

KEY = "interest_note"


@dataclass(frozen=True, kw_only=True)
class InterestLine:
    """Interest on one amount at one rate: a payment or a new half-year begins another line."""

    number: Annotated[str, Field(N_("Invoice number"))]
    amount: Annotated[Money, Field(N_("Amount"))]
    due_on: Annotated[date, Field(N_("Due date"))]
    effective_due_on: Annotated[date | None, Field(N_("In time until"), needed=False)] = None
    """The working day until which paying was in time, where the due date was a free one."""
    first_day: Annotated[date, Field(N_("First day of interest"))]
    last_day: Annotated[date, Field(N_("Last day of interest"))]
    days: Annotated[int, Field(N_("Days"))]
    rate: Annotated[Decimal, Field(N_("Rate a year in per cent"))]
    interest: Annotated[Money, Field(N_("Interest"))]
    instalment: Annotated[Instalment | None, Field(N_("Instalment"), needed=False)] = None


@dataclass(frozen=True, kw_only=True)
class Compensation:
    """The fixed sum for one invoice, in the currency in which it is asked for."""

    number: Annotated[str, Field(N_("Invoice number"))]
    amount: Annotated[Money, Field(N_("Amount"))]
    euro: Annotated[int, Field(N_("Amount in euro"), needed=False)] = 0
    converted_on: Annotated[date | None, Field(N_("Day of the rate"), needed=False)] = None
    exchange_rate: Annotated[Decimal | None, Field(N_("Exchange rate"), needed=False)] = None
    instalment: Annotated[Instalment | None, Field(N_("Instalment"), needed=False)] = None


@dataclass(frozen=True, kw_only=True)
class InterestNote:
    """The facts of an interest note."""

    number: Annotated[str, Field(N_("Number of the note"))]
    creditor: Annotated[
        Company, Field(N_("Creditor"), also=frozenset({"country", "accounts", "place"}))
    ]
    debtor: Annotated[Party, Field(N_("Debtor"), but=frozenset({"tax_id"}))]
    issued_on: Annotated[date, Field(N_("Issue date"))]
    pay_by: Annotated[date, Field(N_("Term of payment"))]
    lines: Annotated[tuple[InterestLine, ...], Field(N_("Interest line"), some=True)]
    compensation: Annotated[
        tuple[Compensation, ...], Field(N_("Compensation for recovery costs"), needed=False)
    ] = ()
    signatory: Annotated[str, Field(N_("Who signs"))]
    signatory_role: Annotated[str, Field(N_("Position of who signs"), needed=False)] = ""


def sheet(facts: InterestNote, words: Words) -> Sheet:
    return Sheet(
        title=words.say("Interest note {number}", number=facts.number),
        subtitle=dated(facts.creditor, facts.issued_on, words),
        letterhead=letterhead(facts.creditor, words, facts.debtor),
        blocks=(
            Panels(
                (
                    panel(words.say("Debtor"), facts.debtor, words, facts.creditor),
                    _to_pay(facts, words),
                )
            ),
            Text(_charge(facts, words)),
            Text(interest_basis(facts.creditor.country, facts.debtor, words), "small"),
            *_tables(facts, words),
            *_compensation(facts, words),
            *how_to_pay(facts.creditor, _asked(facts), Reference((facts.number,)), words),
            Together(
                (
                    Text(
                        words.say(
                            "This note is not an invoice. Late interest and compensation are "
                            "outside VAT."
                        ),
                        "small",
                    ),
                    Gap(4),
                    closing(facts.signatory, facts.signatory_role, words),
                )
            ),
        ),
    )


def _charge(facts: InterestNote, words: Words) -> str:
    if facts.debtor.debtor == "consumer":
        return words.say("We charge statutory interest for late payment under civil law.")
    return words.say("We charge interest for late payment.")


def _asked(facts: InterestNote) -> list[Money]:
    return [
        *(line.interest for line in facts.lines),
        *(item.amount for item in facts.compensation),
    ]


def claimed(values: Mapping[str, object]) -> Sequence[int]:
    """The invoices for whose delay it asks."""
    invoices = values.get("claimed")
    return invoices if isinstance(invoices, tuple) else ()


def note_gaps(values: Mapping[str, object]) -> Iterator[Missing]:
    """What a note needs besides its fields."""
    yield from number_missing(values)
    lines, fixed = values.get("lines"), values.get("compensation")
    claimed: set[str] = set()
    for line in lines if isinstance(lines, tuple) else ():
        claimed.add(line.interest.currency)
    for item in fixed if isinstance(fixed, tuple) else ():
        claimed.add(item.amount.currency)
    yield from accounts_missing(values.get("creditor"), sorted(claimed))


def _tables(facts: InterestNote, words: Words) -> Iterator[Block]:
    """The interest of each currency, currencies in the order of their letters."""
    by_currency: dict[str, list[InterestLine]] = {}
    for line in facts.lines:
        by_currency.setdefault(line.interest.currency, []).append(line)
    for currency, lines in sorted(by_currency.items()):
        yield Heading(words.say("Interest in {currency}", currency=currency))
        yield _table(lines, currency, words)


def _to_pay(facts: InterestNote, words: Words) -> Panel:
    by = words.say("payable by {day}", day=long_day(facts.pay_by, words))
    return Panel(words.say("To pay in total"), (sums(_asked(facts), words), by))


def _table(lines: Sequence[InterestLine], currency: str, words: Words) -> Table:
    bases = amounts([line.amount for line in lines], words)
    interests = [line.interest for line in lines]
    *earned, together = amounts([*interests, total(interests, currency)], words)
    with_moved = is_moved(lines)
    rows: list[tuple[str, ...]] = []
    for line, base, interest in zip(lines, bases, earned, strict=True):
        number = numbered(line.number, line.instalment, words)
        span = _span(line, words, with_moved=with_moved)
        rows.append((number, base, *span, _rate(line, words), interest))
    columns = _columns(words, with_moved=with_moved)
    totals = ((words.say("Total"), *[""] * (len(columns) - 2), together),)
    return Table(columns, rows, totals)


def _span(line: InterestLine, words: Words, *, with_moved: bool) -> tuple[str, ...]:
    in_time = [day(line.effective_due_on or line.due_on, words)] if with_moved else []
    return (
        day(line.due_on, words),
        *in_time,
        day(line.first_day, words),
        day(line.last_day, words),
        str(line.days),
    )


def _rate(line: InterestLine, words: Words) -> str:
    return f"{format_decimal(line.rate, '0.##', locale=words.locale)}\xa0%"


def _columns(words: Words, *, with_moved: bool) -> tuple[Column, ...]:
    return (
        Column(words.say("Invoice number"), grows=True),
        Column(words.say("Amount"), "right"),
        Column(words.say("Due date")),
        *([Column(words.say("In time until"))] if with_moved else []),
        Column(words.say("From day")),
        Column(words.say("To day")),
        Column(words.say("Days"), "right"),
        Column(words.say("Rate a year"), "right"),
        Column(words.say("Interest"), "right"),
    )


def _compensation(facts: InterestNote, words: Words) -> tuple[Block, ...]:
    if not facts.compensation:
        return ()
    rows: list[tuple[str, ...]] = []
    for item in facts.compensation:
        number = numbered(item.number, item.instalment, words)
        rows.append((number, _basis(item, words), words.money(item.amount)))
    columns = (
        Column(words.say("Invoice number")),
        Column(words.say("How the amount was converted"), grows=True),
        Column(words.say("Amount"), "right"),
    )
    sum_ = sums((item.amount for item in facts.compensation), words)
    heading = Heading(compensation_basis(facts.creditor.country, words))
    return (heading, Table(columns, rows, ((words.say("Total"), "", sum_),)))


def _basis(compensation: Compensation, words: Words) -> str:
    """How the fixed sum was converted, or has to be."""
    euro = words.money(Money(compensation.euro * 100, "EUR"))
    if compensation.converted_on is None:
        return euro
    on = day(compensation.converted_on, words)
    if compensation.exchange_rate is None:
        return words.say("{euro}, by the central bank's average rate of {day}", euro=euro, day=on)
    rate = format_decimal(compensation.exchange_rate, "0.0000", locale=words.locale)
    return words.say(
        "{euro} at the central bank's average rate of {day}: {rate}", euro=euro, day=on, rate=rate
    )


def source(turn: Turn, request: Asked) -> Values:
    """The working of what was late until a day, and was not on an earlier note. Raises NoRate."""
    late = claims(turn, request.customer, request.as_of, _asked_until(turn, request))
    lines: list[InterestLine] = []
    compensation: list[Compensation] = []
    for claim in late:
        lines += _lines_of(claim)
        if claim.compensation:
            compensation.append(_fixed(claim, claim.compensation))
    return {
        "number": request.number or "–",
        "creditor": creditor(turn, (claim.invoice for claim in late)),
        "debtor": debtor(turn, request),
        "issued_on": request.as_of,
        "pay_by": given_day(request, "pay_by"),
        "lines": tuple(lines),
        "compensation": tuple(compensation),
        "claimed": tuple(claim.invoice for claim in late),
        **signed_by(request),
    }


def _asked_until(turn: Turn, request: Asked) -> Callable[[int], date | None]:
    """Up to which day earlier notes ask for an invoice's delay; None where none did: it was
    disputed then, or not known. Notes that do not say what they ask for ask for everything.
    """
    everything: date | None = None
    until: dict[int, date] = {}
    for note in register.made_of(turn, request.customer, (KEY,), date.min, request.as_of):
        if note.claimed is None:
            everything = note.as_of
        for invoice in note.claimed or ():
            until[invoice] = note.as_of
    return lambda invoice: until.get(invoice, everything)


def _lines_of(claim: Claim) -> list[InterestLine]:
    return [
        InterestLine(
            number=claim.number,
            amount=line.amount,
            due_on=claim.due_on,
            effective_due_on=claim.effective_due_on,
            first_day=line.first_day,
            last_day=line.last_day,
            days=line.days,
            rate=line.rate,
            interest=line.interest,
            instalment=claim.instalment,
        )
        for line in claim.lines
    ]


def _fixed(claim: Claim, due: FixedSum) -> Compensation:
    return Compensation(
        number=claim.number,
        instalment=claim.instalment,
        amount=fixed_sum(due),
        euro=due.euro,
        converted_on=due.converted_on,
        exchange_rate=due.exchange_rate,
    )


KIND = Kind(
    key=KEY,
    label=N_("Interest note"),
    named_by=Names(
        ((r"interest|odset|kamat",),),
        rank=PARTICULAR,
    ),
    template_version="6",
    facts=InterestNote,
    sheet=sheet,
    about="customer",
    source=source,
    nothing=without("lines", "issued_on", NoInterest),
    further_gaps=note_gaps,
    claimed=claimed,
    contradiction=term_before("pay_by", "issued_on"),
    country_from="creditor",
)
