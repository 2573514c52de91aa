"""Demand for payment: a firm letter to a business, with a new term, interest and what follows."""

from dataclasses import dataclass

from bot.kit.pdf import Sheet
from bot.kit.words import N_, Words
from handlers.documents.kinds import Kind
from handlers.documents.kinds.parts import letter_facts
from handlers.documents.kinds.parts.contradictions import term_before
from handlers.documents.kinds.parts.letters import Demand, dated, demand, demand_gaps
from handlers.documents.kinds.parts.nothing_due import NothingLate, without
from handlers.documents.kinds.parts.parties import letterhead
from handlers.documents.model.names import Names


@dataclass(frozen=True, kw_only=True)
class PaymentDemand(Demand):
    """The facts of a demand for payment."""


def sheet(facts: PaymentDemand, words: Words) -> Sheet:
    warning = words.say(
        "If the payment does not arrive by then, we will take further steps to recover the debt; "
        "their costs will be added to what you owe."
    )
    return Sheet(
        title=words.say("Demand for payment"),
        subtitle=dated(facts.creditor, facts.as_of, words),
        letterhead=letterhead(facts.creditor, words, facts.debtor),
        blocks=demand(facts, words, warning),
    )


KIND = Kind(
    key="payment_demand",
    label=N_("Demand for payment"),
    named_by=Names(
        ((r"demand|wezwan|ponagl|felszol|dunning",),),
    ),
    template_version="7",
    facts=PaymentDemand,
    sheet=sheet,
    about="customer",
    source=letter_facts.demand,
    country_from="creditor",
    nothing=without("items", "as_of", NothingLate),
    further_gaps=demand_gaps,
    contradiction=term_before("pay_by", "as_of"),
)
