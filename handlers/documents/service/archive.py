"""The archive: files that somebody brings are kept, numbered and found again; the newest version of
one name wins.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.kit.errors import Problem
from bot.kit.files.content_store import ContentStore
from bot.kit.files.pdf_text import text_of
from bot.kit.language.stems import search_text
from bot.kit.words import N_
from handlers.documents.service import readers
from handlers.documents.service.labels import labels_of
from handlers.documents.service.requests import new_code, pages_of
from handlers.documents.service.requests import opens as is_pdf
from handlers.ledger.service import lookup as ledger
from handlers.people.service import roles
from storage import counters
from storage.documents import register, search
from storage.documents.register import Document
from storage.invoices import customers
from storage.people import people
from storage.turn import Turn

MOST_BYTES = 25_000_000
LONGEST_NAME = 200
Outcome = Literal["stored", "known"]
_DIRECTING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Signs that are not seen and change what is: commands, directions of writing, halves of signs."""


class NothingInFile(Problem):
    sentence = N_("The file {name} is empty; there is nothing to keep.")


class FileTooLarge(Problem):
    sentence = N_("The file {name} is larger than {most} MB, the most that is kept.")


class KindUnknown(Problem):
    """A kind that the catalogue does not have."""

    sentence = N_("There is no kind of document {kind}. There are: {kinds}.")
    field = "kind"


class RegisteredElsewhere(Problem):
    """The same bytes are there, and the actor may not read them."""

    sentence = N_(
        "The file {name} is in the register already, and I may speak of it only to those it "
        "concerns."
    )


class PersonNeeded(Problem):
    """A private paper without anybody whom it is about would be nobody's to read."""

    sentence = N_("“{kind}” is private: say whom it is about.")
    field = "person"


class WasWithdrawn(Problem):
    sentence = N_("The file {name} is {number}, which was withdrawn; it is not kept anew.")


@dataclass(frozen=True)
class Deposit:
    """A file that lies in the store and is not registered yet."""

    name: str
    sha256: str
    size: int
    pages: int | None
    words: str
    """What its text is found by: folded words and stems."""


@dataclass(frozen=True)
class About:
    """What somebody says of a file: its kind, about which customer or person, and a note."""

    kind: str
    customer: int | None = None
    person: str = ""
    note: str = ""


def deposit(store: ContentStore, content: bytes, name: str) -> Deposit:
    """Put bytes into the store and read them, outside any transaction; what is not registered
    afterwards lies there unseen. Raises the store's problems and those of this module.
    """
    shown = safe_name(name)
    if not content:
        raise NothingInFile(name=shown)
    if len(content) > MOST_BYTES:
        raise FileTooLarge(name=shown, most=MOST_BYTES // 1_000_000)
    pages = pages_of(content) if b"%PDF-" in content[:1024] and is_pdf(content) else None
    words = search_text(shown, text_of(content))
    return Deposit(shown, store.keep(content), len(content), pages, words)


def keep(turn: Turn, file: Deposit, about: About, requester: str = "") -> tuple[Document, Outcome]:
    """Register a deposited file, for whoever asked for it, or else brought it.

    The same bytes are registered once; another file of the same name about the same is its next
    version.
    """
    check(turn, about)
    number = f"ZD-{counters.following(turn, 'document'):06d}"
    facts = _facts(turn, file, about)
    facts["requester"] = requester or turn.actor.id
    stored = register.store(turn, number=number, **facts)
    if stored is None:
        counters.give_back(turn, "document")
        return _known(turn, file), "known"
    _number_version(turn, stored, file, about)
    make_findable(turn, register.get(turn, stored), file.words)
    turn.record("document.kept", f"document:{stored}", sha256=file.sha256, kind=about.kind)
    return register.get(turn, stored), "stored"


def take_back(turn: Turn, document_id: int) -> Document:
    """A document counts no more from now on."""
    document = readers.seen(turn, document_id)
    if not readers.may_withdraw(turn, document):
        raise readers.NotYoursToWithdraw(number=document.number)
    if register.withdraw(turn, document_id):
        turn.record("document.withdrawn", f"document:{document_id}")
    return register.get(turn, document_id)


def safe_name(name: str) -> str:
    """A file's name as it may be shown and given out: no folder, no sign that commands or hides."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign) not in _DIRECTING)
    bare = " ".join(kept.split()).strip(". ")
    stem, dot, ending = bare.rpartition(".")
    if dot and stem and len(ending) <= 10:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return bare[:LONGEST_NAME] or "file"


def check(turn: Turn, about: About) -> None:
    """Whether the actor may keep a file of this kind about these: about nobody else's customer, and
    nothing private about nobody. A Problem says why not.
    """
    if about.kind not in turn.catalogue.document_kinds:
        raise KindUnknown(kind=about.kind, kinds=", ".join(turn.catalogue.document_kinds))
    if not roles.may(turn, "document", "keep"):
        raise readers.NoSuchDocument()
    if about.customer and not ledger.may_see_customer(turn, about.customer):
        raise ledger.NothingFound(text=f"#{about.customer}")
    kind = turn.catalogue.document_kinds[about.kind]
    if kind.private and not about.person:
        raise PersonNeeded(kind=kind.label.in_(turn.words.language))


def _facts(turn: Turn, file: Deposit, about: About) -> dict[str, object]:
    kind = turn.catalogue.document_kinds[about.kind]
    place, today = readers.place_of(turn, about.kind), ledger.today(turn)
    return {
        "kind": about.kind,
        "customer": about.customer,
        "person": about.person,
        "note": about.note,
        "as_of": today,
        "origin": f"file:{file.sha256}",
        "code": new_code(),
        "sha256": file.sha256,
        "pages": file.pages,
        "size": file.size,
        "name": file.name,
        "department": place.department,
        "private": place.private,
        "retention": kind.retention,
        "expires_on": today + timedelta(days=kind.valid_days) if kind.valid_days else None,
        "series": 0,
    }


def _known(turn: Turn, file: Deposit) -> Document:
    """The document that these bytes are already."""
    document = register.of_bytes(turn, file.sha256)
    if document is None or not readers.may_know(turn, document):
        raise RegisteredElsewhere(name=file.name)
    if document.state == "withdrawn":
        raise WasWithdrawn(name=file.name, number=document.number)
    return document


def _number_version(turn: Turn, stored: int, file: Deposit, about: About) -> None:
    """The next version of the document of this name, where the actor may replace that one; else the
    first of its own.
    """
    before = register.like(turn, stored, about.kind, about.customer, about.person, file.name)
    if before is None or not readers.may_withdraw(turn, before):
        register.set_version(turn, stored, series=stored, version=1)
        return
    register.set_version(turn, stored, before.series or stored, before.version + 1)
    turn.record("document.superseded", f"document:{before.id}", by=stored)


def make_findable(turn: Turn, document: Document, words: str) -> None:
    """By number, kind, parties and note before its name and text, whose folded words these are."""
    customer = customers.get(turn, document.customer).name if document.customer else ""
    person = people.person(turn, document.person) if document.person else None
    about = (customer, person.name if person else "", document.note)
    named = search_text(document.number, *labels_of(turn, document.kind), *about)
    search.index(turn, document.id, f"{named} {words}")
