"""Payment reminder: a polite letter about invoices that fall due soon or have fallen due."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.kit.pdf import Block, Panel, Panels, Sheet, Text, Together, strong
from bot.kit.words import N_, Words
from handlers.documents.kinds import Kind
from handlers.documents.kinds.parts import letter_facts
from handlers.documents.kinds.parts.debts import PrintedItem, count_invoices, late, outstanding
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.figures import long_day, sums
from handlers.documents.kinds.parts.letters import (
    closing,
    credits_beside,
    dated,
    debts,
    left_out,
    letter_gaps,
    reference,
)
from handlers.documents.kinds.parts.nothing_due import NothingOpen, without
from handlers.documents.kinds.parts.parties import Company, Party, letterhead, panel
from handlers.documents.kinds.parts.payment import how_to_pay
from handlers.documents.model.names import Names


@dataclass(frozen=True, kw_only=True)
class PaymentReminder:
    """The facts of a reminder; the debtor may be a person without a tax number."""

    creditor: Annotated[Company, Field(N_("Creditor"), also=frozenset({"accounts"}))]
    debtor: Annotated[Party, Field(N_("Customer"), but=frozenset({"tax_id"}))]
    as_of: Annotated[date, Field(N_("Date of the letter"))]
    items: Annotated[
        tuple[PrintedItem, ...], Field(N_("Unpaid invoice"), some=True, also=frozenset({"due_on"}))
    ]
    left_out: Annotated[tuple[PrintedItem, ...], Field(N_("Unpaid invoice"), needed=False)] = ()
    """What is open and not asked for: disputed, promised, or without a due date."""
    credits: Annotated[tuple[PrintedItem, ...], Field(N_("Credit"), needed=False)] = ()
    """What is to be given back to the customer; it is named and not set off."""
    pay_by: Annotated[date | None, Field(N_("New term of payment"), needed=False)] = None
    signatory: Annotated[str, Field(N_("Who signs"))]
    signatory_role: Annotated[str, Field(N_("Position of who signs"), needed=False)] = ""
    reference: Annotated[str, Field(N_("Transfer reference"), needed=False)] = ""


def sheet(facts: PaymentReminder, words: Words) -> Sheet:
    return Sheet(
        title=words.say("Payment reminder"),
        subtitle=dated(facts.creditor, facts.as_of, words),
        letterhead=letterhead(facts.creditor, words, facts.debtor),
        blocks=(
            Panels(
                (
                    panel(words.say("Customer"), facts.debtor, words, facts.creditor),
                    _owed(facts, words),
                )
            ),
            Text(words.say("Dear Sir or Madam,")),
            Text(_what_is_open(facts, words)),
            *debts(facts.items, words),
            *left_out(facts.left_out, words),
            *credits_beside(facts.credits, words),
            *how_to_pay(
                facts.creditor,
                outstanding(facts.items),
                reference(facts.items, facts.reference),
                words,
            ),
            Together(
                (*_asked(facts, words), closing(facts.signatory, facts.signatory_role, words))
            ),
        ),
    )


def _owed(facts: PaymentReminder, words: Words) -> Panel:
    lines = [sums(outstanding(facts.items), words)]
    overdue = sums(outstanding(late(facts.items)), words)
    if overdue:
        lines.append(words.say("of which overdue: {amount}", amount=overdue))
    title = words.say("Outstanding in total")
    if facts.left_out:
        title = words.say("Outstanding on the invoices below")
    return Panel(title, tuple(lines))


def _what_is_open(facts: PaymentReminder, words: Words) -> str:
    count = count_invoices(late(facts.items))
    if not count:
        return words.count(
            "We would like to remind you of {n} invoice that falls due soon.",
            "We would like to remind you of {n} invoices that fall due soon.",
            count_invoices(facts.items),
        )
    return words.count(
        "We would like to remind you of {n} invoice whose due date has passed.",
        "We would like to remind you of {n} invoices whose due dates have passed.",
        count,
    )


def _asked(facts: PaymentReminder, words: Words) -> tuple[Block, ...]:
    text = words.say("Please pay on time to the account above.")
    if facts.pay_by:
        day = strong(long_day(facts.pay_by, words))
        text = words.say("Please pay what is outstanding by {day}.", day=day)
    elif late(facts.items):
        text = words.say("Please pay what is overdue without delay.")
    paid = words.say(
        "If you have already paid, please take this letter as settled, with our thanks."
    )
    return (Text(f"{text} {paid}"), *_questions(facts, words))


def _questions(facts: PaymentReminder, words: Words) -> tuple[Block, ...]:
    if not facts.creditor.email:
        return ()
    return (
        Text(words.say("With any question, please write to {email}.", email=facts.creditor.email)),
    )


KIND = Kind(
    key="payment_reminder",
    label=N_("Payment reminder"),
    named_by=Names(
        (
            (
                r"remind|przypomn|monit|emlekezt",
                r"letter|pdf|pism|monit|level|payment|platnosc|fizetes",
            ),
            (r"monit$|monitu",),
        ),
    ),
    template_version="5",
    facts=PaymentReminder,
    sheet=sheet,
    about="customer",
    source=letter_facts.reminder,
    nothing=without("items", "as_of", NothingOpen),
    further_gaps=letter_gaps,
)
