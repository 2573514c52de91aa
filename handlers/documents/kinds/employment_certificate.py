"""Certificate of employment: that somebody works here, since when and as what."""

from dataclasses import dataclass

from bot.kit.pdf import Sheet, Text
from bot.kit.words import N_, Words
from handlers.documents.kinds import Kind
from handlers.documents.kinds.parts.contradictions import in_personnel_file
from handlers.documents.kinds.parts.employment import Employment, employment, ending, person, source
from handlers.documents.kinds.parts.letters import dated
from handlers.documents.kinds.parts.parties import letterhead
from handlers.documents.model.names import GENERAL, PAPER, Names


@dataclass(frozen=True, kw_only=True)
class EmploymentCertificate(Employment):
    """The facts of a certificate of employment."""


def sheet(facts: EmploymentCertificate, words: Words) -> Sheet:
    return Sheet(
        title=words.say("Certificate of employment"),
        subtitle=dated(facts.employer, facts.issued_on, words),
        letterhead=letterhead(facts.employer, words),
        blocks=(
            Text(words.say("We certify that the person named below is employed by us."), "lead"),
            person(facts, words),
            employment(facts, words),
            *ending(facts, words),
        ),
    )


KIND = Kind(
    key="employment_certificate",
    label=N_("Certificate of employment"),
    named_by=Names(
        (
            (PAPER,),
            (r"i work here|tu pracuj|itt dolgoz",),
            (
                r"employ|munkaviszony|pracodawc|munkaltat|zatrudn",
                r"letter|pism|level|papi|paper|writ",
            ),
        ),
        rank=GENERAL,
    ),
    template_version="2",
    facts=EmploymentCertificate,
    sheet=sheet,
    country_from="employer",
    about="person",
    source=source,
    contradiction=in_personnel_file,
    offers=(("purpose", N_("Purpose")),),
)
