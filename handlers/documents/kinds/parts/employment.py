"""Employment: what both certificates say of an employee, as Poland and Hungary expect it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.kit.pdf import Block, Details, Text, Together
from bot.kit.words import N_, Words
from handlers.documents.kinds.parts.books import Values
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.figures import long_day
from handlers.documents.kinds.parts.letters import signed
from handlers.documents.kinds.parts.parties import Company, company_of
from handlers.documents.model.asked import Asked
from handlers.ledger.service.balances import company_day
from handlers.people.model.personnel import EMPLOYMENT
from handlers.people.service import roles
from handlers.people.service.personnel import facts_of
from storage.people import people
from storage.turn import Turn

_PL, _HU = frozenset({"PL"}), frozenset({"HU"})

CONTRACTS = {
    "employment": N_("employment contract"),
    "mandate": N_("contract of mandate"),
    "specific_work": N_("contract for specific work"),
    "appointment": N_("appointment"),
}
DURATIONS = {
    "indefinite": N_("for an indefinite time"),
    "fixed": N_("for a fixed time"),
    "trial": N_("for a trial period"),
}


@dataclass(frozen=True, kw_only=True)
class Employment:
    """The facts of an employment; which are needed depends on the employer's country."""

    employer: Annotated[
        Company, Field(N_("Employer"), also=frozenset({"country", "registrations", "place"}))
    ]
    employer_activity: Annotated[
        str, Field(N_("Employer's activity"), needed=False, needed_in=_HU)
    ] = ""
    issued_on: Annotated[date, Field(N_("Issue date"))]
    name: Annotated[str, Field(N_("Employee's name"))]
    national_id: Annotated[
        str, Field(N_("PESEL or identity document"), needed=False, needed_in=_PL)
    ] = ""
    birth_name: Annotated[str, Field(N_("Name at birth"), needed=False, needed_in=_HU)] = ""
    birth_place: Annotated[str, Field(N_("Place of birth"), needed=False, needed_in=_HU)] = ""
    born_on: Annotated[date | None, Field(N_("Date of birth"), needed=False, needed_in=_HU)] = None
    mothers_name: Annotated[str, Field(N_("Mother's name"), needed=False, needed_in=_HU)] = ""
    address: Annotated[
        tuple[str, ...], Field(N_("Employee's address"), needed=False, needed_in=_HU)
    ] = ()
    tax_id: Annotated[str, Field(N_("Employee's tax number"), needed=False, needed_in=_HU)] = ""
    contract: Annotated[str, Field(N_("Kind of contract"))]
    """One of :data:`CONTRACTS`."""
    duration: Annotated[str, Field(N_("Duration of the contract"))]
    """One of :data:`DURATIONS`."""
    started_on: Annotated[date, Field(N_("Employed since"))]
    ends_on: Annotated[date | None, Field(N_("Contract ends on"), needed=False)] = None
    position: Annotated[str, Field(N_("Job title"))]
    working_time: Annotated[str, Field(N_("Working time as a part of full time"))]
    """``1`` for full time, else a fraction: ``1/2``."""
    on_trial: Annotated[bool, Field(N_("On trial"))]
    under_notice: Annotated[bool, Field(N_("Under notice"))]
    purpose: Annotated[str, Field(N_("Purpose"), needed=False, free=True)] = ""
    signatory: Annotated[str, Field(N_("Who signs"))]
    signatory_role: Annotated[str, Field(N_("Position of who signs"), needed=False)] = ""
    contact_phone: Annotated[str, Field(N_("Phone for questions"), needed=False, needed_in=_HU)] = (
        ""
    )


def person(facts: Employment, words: Words) -> Details:
    """Who the employee is."""
    born = ", ".join(
        filter(None, (facts.birth_place, long_day(facts.born_on, words) if facts.born_on else ""))
    )
    return Details(
        (
            (words.say("Employee's name"), facts.name),
            (words.say("PESEL or identity document"), facts.national_id),
            (words.say("Name at birth"), facts.birth_name),
            (words.say("Place and date of birth"), born),
            (words.say("Mother's name"), facts.mothers_name),
            (words.say("Employee's address"), ", ".join(facts.address)),
            (words.say("Employee's tax number"), facts.tax_id),
        )
    )


def employment(facts: Employment, words: Words) -> Details:
    """How the employee is employed."""
    duration = (
        words.say(DURATIONS[facts.duration]) if facts.duration in DURATIONS else facts.duration
    )
    if facts.ends_on:
        duration = words.say(
            "{duration}, until {day}", duration=duration, day=long_day(facts.ends_on, words)
        )
    return Details(
        (
            (words.say("Employed since"), long_day(facts.started_on, words)),
            (words.say("Job title"), facts.position),
            (
                words.say("Kind of contract"),
                words.say(CONTRACTS.get(facts.contract, facts.contract)),
            ),
            (words.say("Duration of the contract"), duration),
            (words.say("Working time"), _working_time(facts.working_time, words)),
            (words.say("On trial"), words.say("yes") if facts.on_trial else words.say("no")),
            (
                words.say("Under notice"),
                words.say("yes") if facts.under_notice else words.say("no"),
            ),
            (words.say("Employer's activity"), facts.employer_activity),
        )
    )


def _working_time(part: str, words: Words) -> str:
    return words.say("full time") if part == "1" else words.say("{part} of full time", part=part)


def ending(facts: Employment, words: Words) -> tuple[Block, ...]:
    """What the certificate is for, whom to ask, and who signs."""
    text = words.say("This certificate is issued at the employee's request.")
    if facts.purpose:
        purpose = " ".join(facts.purpose.split())
        text = words.say(
            "This certificate is issued at the employee's request, for: {purpose}.", purpose=purpose
        )
    phone = facts.contact_phone
    return (
        Together(
            (
                Text(text),
                *(
                    (Text(words.say("Phone for questions: {phone}", phone=phone), "small"),)
                    if phone
                    else ()
                ),
                signed(facts.signatory, facts.signatory_role, words),
            )
        ),
    )


def source(turn: Turn, request: Asked) -> Values:
    """The employment as the personnel file has it; OnlyThemselves, NoPersonnelFile."""
    facts = facts_of(turn, request.person, EMPLOYMENT)
    company = turn.catalogue.company
    existing = people.person(turn, request.person)
    values: Values = {
        "employer": company_of(company),
        "employer_activity": company.activity,
        "issued_on": company_day(turn),
        "name": existing.name if existing else "",
        "contact_phone": company.phone,
        "purpose": request.given.get("purpose", ""),
        "signatory": request.given.get("signatory") or _head(turn, request),
        "signatory_role": request.given.get("signatory_role", ""),
        **facts,
    }
    for name in ("born_on", "started_on", "ends_on"):
        if name in facts:
            values[name] = date.fromisoformat(facts[name])
    if "address" in facts:
        values["address"] = tuple(line.strip() for line in facts["address"].split(",") if line)
    return values


def _head(turn: Turn, request: Asked) -> str:
    """Who leads the department that gives out such certificates: they sign."""
    kind = turn.catalogue.document_kinds.get(request.kind)
    lead = roles.lead_of(turn, kind.department) if kind else None
    return lead.name if lead else ""
