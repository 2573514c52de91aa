"""Final demand: the last letter before court; a person approves and signs it."""

from dataclasses import dataclass

from bot.kit.pdf import Sheet
from bot.kit.words import N_, Words
from handlers.documents.kinds import Kind
from handlers.documents.kinds.parts import letter_facts
from handlers.documents.kinds.parts.contradictions import term_before
from handlers.documents.kinds.parts.law import court_warning
from handlers.documents.kinds.parts.letters import Demand, dated, demand, demand_gaps
from handlers.documents.kinds.parts.nothing_due import NothingLate, without
from handlers.documents.kinds.parts.parties import letterhead
from handlers.documents.model.names import PARTICULAR, Names


@dataclass(frozen=True, kw_only=True)
class FinalDemand(Demand):
    """The facts of a final demand before court."""


def sheet(facts: FinalDemand, words: Words) -> Sheet:
    settle = words.say("This letter is our attempt to settle the matter without a court.")
    warning = court_warning(facts.creditor.country, facts.debtor, words)
    return Sheet(
        title=words.say("Final demand for payment before court"),
        subtitle=dated(facts.creditor, facts.as_of, words),
        letterhead=letterhead(facts.creditor, words, facts.debtor),
        blocks=demand(facts, words, f"{warning} {settle}"),
    )


KIND = Kind(
    key="final_demand",
    label=N_("Final demand for payment before court"),
    named_by=Names(
        (
            (r"final|ostateczn|przedsadow|utolso|peres|before court", r"demand|wezwan|felszol"),
            (r"przedsadow",),
        ),
        rank=PARTICULAR,
    ),
    template_version="7",
    facts=FinalDemand,
    sheet=sheet,
    about="customer",
    source=letter_facts.demand,
    country_from="creditor",
    nothing=without("items", "as_of", NothingLate),
    further_gaps=demand_gaps,
    contradiction=term_before("pay_by", "as_of"),
)
