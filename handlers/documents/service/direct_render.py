"""The desk: a document made at once, for the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.kit.errors import Problem
from bot.kit.files.pdf_text import text_of
from bot.kit.language.stems import search_text
from bot.kit.words import LANGUAGES, N_
from handlers.documents import kinds
from handlers.documents.model.askable import ASKABLE, DAYS
from handlers.documents.model.asked import Asked
from handlers.documents.service import archive, requests
from handlers.documents.service.requests import ContentOf, Printed
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import DIRECTIONS, company_day
from handlers.tickets.service.transcript import id_of
from storage import counters
from storage.documents import register
from storage.documents.register import Document
from storage.people import people
from storage.turn import Turn


class NoSuchLanguage(Problem):
    """A language that is not spoken here."""

    sentence = N_("There is no language {language}. There are: {languages}.")


class NotOneCustomer(Problem):
    """The words fit no customer, or several."""

    sentence = N_("“{text}” fits {count} customers; name one of them: {names}.")


class NotOnePerson(Problem):
    """The words name nobody, or several."""

    sentence = N_("“{text}” is nobody, or more than one. Use an e-mail address or a Slack id.")


class NotAskable(Problem):
    sentence = N_("“{field}” cannot be set. What a form would ask can be: {fields}.")


class NotADay(Problem):
    sentence = N_("“{text}” for {field} is not a day. Write it as 2026-11-30.")


class NotADirection(Problem):
    sentence = N_("“{text}” is no direction. There are: {directions}.")


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    kind: str
    about: str
    language: str
    as_of: date | None = None
    given: Mapping[str, str] = field(default_factory=dict)


def render(turn: Turn, wanted: Wanted, content_of: ContentOf) -> tuple[Document, Printed]:
    """A registered document and what was printed, about a customer or a person named by name, an
    invoice or a ticket by its number.
    """
    return make(turn, _asked(turn, wanted), content_of)


def make(turn: Turn, request: Asked, content_of: ContentOf) -> tuple[Document, Printed]:
    """The same of what is named by its id."""
    _check(request.given)
    origin = f"desk:{counters.following(turn, 'desk')}"
    requests.register(turn, request, origin)
    document = register.of_origin(turn, origin)
    printed = requests.draw(turn, document).printed(content_of)
    requests.keep_made(turn, document, printed)
    made = register.get(turn, document.id)
    archive.make_findable(turn, made, search_text(text_of(printed.pdf)))
    return made, printed


def _asked(turn: Turn, wanted: Wanted) -> Asked:
    if wanted.language not in LANGUAGES:
        raise NoSuchLanguage(language=wanted.language, languages=", ".join(LANGUAGES))
    kind = kinds.kind(wanted.kind)
    bare = Asked(kind.key, 0, wanted.as_of or company_day(turn), wanted.language, wanted.given)
    match kind.about:
        case "invoice":
            invoice = requests.one_invoice(turn, wanted.about)
            return replace(bare, customer=invoice.customer or 0, invoice=invoice.id)
        case "person":
            return replace(bare, about=f"person:{_person(turn, wanted.about)}")
        case "ticket":
            return replace(bare, about=f"ticket:{id_of(turn, wanted.about)}")
    return replace(bare, customer=customer_named(turn, wanted.about))


def _check(given: Mapping[str, str]) -> None:
    """Only what a form would ask may be given, and days are days."""
    for name, text in given.items():
        if name not in ASKABLE:
            raise NotAskable(field=name, fields=", ".join(sorted(ASKABLE)))
        if name == "direction" and text not in DIRECTIONS:
            raise NotADirection(text=text, directions=", ".join(DIRECTIONS))
        if name in DAYS and not _is_day(text):
            raise NotADay(field=name, text=text)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _person(turn: Turn, about: str) -> str:
    person = people.find(turn, about)
    if person is None:
        raise NotOnePerson(text=about)
    return person.id


def customer_named(turn: Turn, about: str) -> int:
    """The one customer whom a name, or the number of one of their invoices, means."""
    result = ledger.look_up(turn, about)
    ids = {customer.id: customer.name for customer in result.customers}
    ids |= {
        e.invoice.customer: e.invoice.customer_name
        for e in result.entries
        if e.invoice.customer and not ids
    }
    if len(ids) != 1:
        raise NotOneCustomer(text=about, count=len(ids), names=", ".join(ids.values()) or "–")
    return next(iter(ids))
