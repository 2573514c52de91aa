"""Certificate of employment and earnings: the same, with pay of the last months and what is
deducted from it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from babel.dates import format_skeleton

from bot.kit.money import Money
from bot.kit.pdf import Block, Column, Details, Heading, Sheet, Table, Text, Together
from bot.kit.words import N_, Words
from handlers.documents.kinds import Kind
from handlers.documents.kinds.parts import employment as _employment
from handlers.documents.kinds.parts.books import Values
from handlers.documents.kinds.parts.contradictions import in_personnel_file
from handlers.documents.kinds.parts.employment import Employment, employment, ending, person
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.figures import amounts, total
from handlers.documents.kinds.parts.letters import dated
from handlers.documents.kinds.parts.parties import letterhead
from handlers.documents.model.asked import Asked
from handlers.documents.model.names import PAPER, PARTICULAR, Names
from handlers.people.model.personnel import PAY
from handlers.people.service.personnel import facts_of
from storage.turn import Turn


@dataclass(frozen=True, kw_only=True)
class Pay:
    """What was earned in one month."""

    month: Annotated[date, Field(N_("Month"))]
    """Any day of it."""
    gross: Annotated[Money, Field(N_("Gross"))]
    net: Annotated[Money, Field(N_("Net"))]


@dataclass(frozen=True, kw_only=True)
class Deduction:
    """What is taken from the pay each month, by a bailiff or for a loan."""

    title: Annotated[str, Field(N_("What is deducted"))]
    amount: Annotated[Money, Field(N_("Amount a month"))]


@dataclass(frozen=True, kw_only=True)
class EarningsCertificate(Employment):
    """The facts of a certificate of employment and earnings."""

    base_pay: Annotated[Money, Field(N_("Basic gross pay a month"))]
    months: Annotated[tuple[Pay, ...], Field(N_("Month of pay"), some=True)]
    """Usually the last three, in one currency."""
    deductions: Annotated[tuple[Deduction, ...], Field(N_("Deductions from the pay"))]
    """Empty when it is known that there are none."""


def sheet(facts: EarningsCertificate, words: Words) -> Sheet:
    return Sheet(
        title=words.say("Certificate of employment and earnings"),
        subtitle=dated(facts.employer, facts.issued_on, words),
        letterhead=letterhead(facts.employer, words),
        blocks=(
            Text(words.say("We certify that the person named below is employed by us."), "lead"),
            person(facts, words),
            employment(facts, words),
            Together((Heading(words.say("Earnings")), *_earnings(facts, words))),
            *_deductions(facts, words),
            *ending(facts, words),
        ),
    )


def average(moneys: list[Money]) -> Money:
    """The mean, rounded to what is paid of the currency."""
    together = total(moneys, moneys[0].currency)
    return Money.worked_out(together.amount / len(moneys), together.currency)


def _earnings(facts: EarningsCertificate, words: Words) -> tuple[Block, ...]:
    months = sorted(facts.months, key=lambda pay: pay.month)
    gross = _with_average([pay.gross for pay in months], words)
    net = _with_average([pay.net for pay in months], words)
    titles = [_month(pay.month, words) for pay in months]
    titles.append(words.say("Average of these months"))
    *rows, mean = zip(titles, gross, net, strict=True)
    currency = months[0].gross.currency
    table = Table(
        (
            Column(words.say("Month"), grows=True),
            Column(words.say("Gross in {currency}", currency=currency), "right"),
            Column(words.say("Net in {currency}", currency=currency), "right"),
        ),
        rows,
        (mean,),
    )
    return (Details(((words.say("Basic gross pay a month"), words.money(facts.base_pay)),)), table)


def _with_average(column: list[Money], words: Words) -> list[str]:
    return amounts([*column, average(column)], words)


def _month(day: date, words: Words) -> str:
    return format_skeleton("yMMMM", day, locale=words.locale)


def _deductions(facts: EarningsCertificate, words: Words) -> tuple[Block, ...]:
    if not facts.deductions:
        return (
            Text(
                words.say(
                    "Nothing is deducted from the pay under a court's or an authority's order."
                )
            ),
        )
    rows = tuple((deduction.title, words.money(deduction.amount)) for deduction in facts.deductions)
    return (Together((Heading(words.say("Deductions from the pay")), Details(rows))),)


_MONTHS = 3


def source(turn: Turn, request: Asked) -> Values:
    """The employment, and the pay of the last months before the day."""
    facts = facts_of(turn, request.person, PAY)
    values = _employment.source(turn, request)
    currency = facts.get("currency", "")
    if not currency:
        return values
    if "base_pay" in facts:
        values["base_pay"] = Money.of(facts["base_pay"], currency)
    if "deductions" in facts:
        values["deductions"] = tuple(
            Deduction(title=title, amount=Money.of(amount, currency))
            for title, amount in facts["deductions"]
        )
    months: list[Pay] = []
    for written, gross, net in facts.get("months", ()):
        month = date.fromisoformat(written)
        if month <= request.as_of:
            earned = Money.of(gross, currency), Money.of(net, currency)
            months.append(Pay(month=month, gross=earned[0], net=earned[1]))
    values["months"] = tuple(sorted(months, key=_when)[-_MONTHS:])
    return values


def _when(pay: Pay) -> date:
    return pay.month


_EARNINGS = (
    r"earn|income|salar|wage|zarob|zarab|dochod|wynagrodz|pensj|jovedelm|jovedelem|kereset|bere"
    r"|ber(?!let)|fizetesem"
)
KIND = Kind(
    key="earnings_certificate",
    label=N_("Certificate of employment and earnings"),
    named_by=Names(
        (
            (r"jovedelemigazol|keresetigazol|berigazol",),
            (PAPER, _EARNINGS),
            (r"i earn|zarabiam|mennyit keresek",),
        ),
        rank=PARTICULAR,
    ),
    template_version="2",
    facts=EarningsCertificate,
    sheet=sheet,
    country_from="employer",
    about="person",
    source=source,
    contradiction=in_personnel_file,
    offers=(("purpose", N_("Purpose")),),
)
