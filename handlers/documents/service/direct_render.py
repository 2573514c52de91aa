"""The desk: a document made at once, for the command line."""

from datetime import date

from bot.kit.errors import Problem
from bot.kit.files.pdf_text import text_of
from bot.kit.language.stems import search_text
from bot.kit.words import LANGUAGES, N_
from handlers.documents import kinds
from handlers.documents.service import archive, requests
from handlers.documents.service.requests import Asked, ContentOf
from handlers.documents.service.sources import OF_INVOICES
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import company_day
from storage import counters
from storage.documents import files, register
from storage.documents.register import Document
from storage.turn import Turn


class NoSuchLanguage(Problem):
    """A language that is not spoken here."""

    sentence = N_("There is no language {language}. There are: {languages}.")


class NotOneCustomer(Problem):
    """The words fit no customer, or several."""

    sentence = N_("“{text}” fits {count} customers; name one of them: {names}.")


def render(
    turn: Turn, kind: str, about: str, language: str, as_of: date | None, content_of: ContentOf
) -> tuple[Document, bytes]:
    """A registered document and its bytes, about a customer named by name or by one of their
    invoices.
    """
    if language not in LANGUAGES:
        raise NoSuchLanguage(language=language, languages=", ".join(LANGUAGES))
    asked = _asked(turn, kinds.kind(kind).key, about, as_of or company_day(turn), language)
    document = register.get(
        turn, requests.register(turn, asked, origin=f"desk:{counters.following(turn, 'desk')}")
    )
    printed = requests.draw(turn, document).printed(content_of)
    pdf = printed.pdf
    sha256 = files.keep(turn, f"document:{document.id}", pdf)
    register.set_made(turn, document.id, sha256, requests.pages_of(pdf), printed.substance)
    turn.record("document.made", f"document:{document.id}")
    made = register.get(turn, document.id)
    archive.make_findable(turn, made, search_text(text_of(pdf)))
    return made, pdf


def _asked(turn: Turn, kind: str, about: str, as_of: date, language: str) -> Asked:
    if kind not in OF_INVOICES:
        return Asked(kind, customer_named(turn, about), as_of, language, {})
    invoice = requests.one_invoice(turn, about)
    return Asked(kind, invoice.customer or 0, as_of, language, {}, invoice.id)


def customer_named(turn: Turn, about: str) -> int:
    """The one customer whom a name, or the number of one of their invoices, means."""
    found = ledger.look_up(turn, about)
    ids = {one.id: one.name for one in found.customers}
    ids |= {
        e.invoice.customer: e.invoice.customer_name
        for e in found.entries
        if e.invoice.customer and not ids
    }
    if len(ids) != 1:
        raise NotOneCustomer(text=about, count=len(ids), names=", ".join(ids.values()) or "–")
    return next(iter(ids))
