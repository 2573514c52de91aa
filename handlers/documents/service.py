"""Documents: asked for, made outside any transaction, registered, delivered, verified."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.kit.errors import Problem
from bot.kit.folding import fold
from bot.kit.foreign_pdf import opened
from bot.kit.markup import Mrkdwn, escape, join
from bot.kit.pdf import Mark
from bot.kit.pdf.marks import Marks
from bot.kit.words import N_, Words
from handlers.documents import consent, kinds
from handlers.documents.sources import OF_INVOICES, SOURCES
from handlers.ledger import service as ledger
from handlers.people import roles
from storage import counters, customers, documents, files, invoices
from storage.documents import Document
from storage.invoices import Gate, Invoice
from storage.turn import Turn

Verdict = Literal["genuine", "altered", "superseded", "expired", "withdrawn", "unknown"]
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is mistaken for another


class NotMadeHere(Problem):
    """The kind is known, but no book here can fill it."""

    sentence = N_("“{kind}” cannot be made from the ledger. Ask the back office for it with /ticket.")


class NotOneInvoice(Problem):
    """A copy is of one invoice."""

    sentence = N_("“{text}” fits {count} invoices. Name one by its number.")


@dataclass(frozen=True)
class Asked:
    """A document that is wanted: what kind, about whom (or which invoice), as of when, in which language."""

    kind: str
    customer: int
    as_of: date
    language: str
    given: Mapping[str, str]
    invoice: int | None = None


def request(turn: Turn, asked: Asked, origin: str) -> Document:
    """Ask for a document; the same origin asks once. ``FieldsMissing`` names every fact that is not known."""
    known = documents.by_origin(turn, origin)
    if known:
        return known
    document = documents.get(turn, register(turn, asked, origin))
    consent.go_on(turn, document)
    return document


def register(turn: Turn, asked: Asked, origin: str) -> int:
    """Give a document its number and code, once everything that it needs is known; returns its id."""
    kinds.kind(asked.kind).gather(values_of(turn, asked))
    remember(turn, asked)
    document = documents.add(
        turn,
        number=f"ZD-{counters.following(turn, 'document'):06d}",
        kind=asked.kind,
        customer=asked.customer or None,
        invoice=asked.invoice,
        language=asked.language,
        as_of=asked.as_of,
        origin=origin,
        code=new_code(),
        template_version=kinds.kind(asked.kind).template_version,
        facts=dict(asked.given),
    )
    turn.record("document.asked", f"document:{document}", kind=asked.kind, customer=asked.customer)
    return document


def values_of(turn: Turn, asked: Asked) -> dict[str, object]:
    """The facts of a document as the books know them, among what the actor may see."""
    if asked.kind in OF_INVOICES and asked.invoice is not None:
        return OF_INVOICES[asked.kind](turn, asked.invoice)
    if asked.kind not in SOURCES:
        raise NotMadeHere(kind=turn.words.say(kinds.kind(asked.kind).label))
    if not ledger.may_see_customer(turn, asked.customer):
        raise ledger.NothingFound(text=f"#{asked.customer}")
    return SOURCES[asked.kind](turn, asked.customer, asked.as_of, asked.given)


def one_invoice(turn: Turn, text: str) -> Invoice:
    """The invoice that words mean; raises :class:`NotOneInvoice` where they fit none or several."""
    entries = ledger.look_up(turn, text).entries if text.strip() else ()
    if len(entries) != 1:
        raise NotOneInvoice(text=text, count=len(entries))
    return entries[0].invoice


def remember(turn: Turn, asked: Asked) -> None:
    """What somebody gave of a customer is kept with the customer."""
    facts = {"address": asked.given.get("debtor.address"), "tax_id": asked.given.get("debtor.tax_id")}
    known = {name: value for name, value in facts.items() if value}
    if known:
        customers.change(turn, asked.customer, **known)
        turn.record("customer.changed", f"customer:{asked.customer}", fields=sorted(known))


def draw(turn: Turn, document: Document) -> tuple[Any, object, Mark, Words]:
    """All that the press needs: read in a turn, printed outside of one."""
    kind = kinds.kind(document.kind)
    about = (document.customer or 0, document.as_of, document.language, document.facts, document.invoice)
    asked = Asked(document.kind, *about)
    facts = kind.gather(values_of(turn, asked))
    people = (turn.actor.name, consent.approvers(turn, document))
    mark = Mark(document.number, document.template_version, ledger.today(turn), *people, document.code)
    return kind, facts, mark, Words(document.language)


def deliver(turn: Turn, document_id: int, pdf: bytes, source: str = "", none_from: str = "") -> None:
    """Register what was made (or fetched from a ``source``) and send it to whoever asked, in the direct message.

    ``none_from`` names the source that was asked for its own PDF and gave none.
    """
    made = documents.get(turn, document_id)
    sha256 = files.keep(turn, f"document:{document_id}", pdf)
    documents.set_made(turn, document_id, sha256, pages_of(pdf))
    turn.record("document.made", f"document:{document_id}", sha256=sha256)
    words = roles.words_for(turn, made.requester)
    named = {"kind": words.say(kinds.kind(made.kind).label), "number": made.number}
    text = words.mark("*{kind}* {number}", **named)
    if source:
        text = words.mark("*{kind}* {number}: the original from {source}", **named, source=source)
    elif none_from:
        text = words.mark("*{kind}* {number}: made by us, since no PDF came from {source}", **named, source=none_from)
    name = f"{fold(words.say(kinds.kind(made.kind).label)).replace(' ', '-')}-{made.number}.pdf"
    turn.send_file(
        made.requester,
        name,
        f"document:{document_id}",
        join(" · ", [text, *_about(turn, made)]),
        once=f"document:{document_id}",
        subject=f"document:{document_id}",
    )


def refuse(turn: Turn, document_id: int, why: Exception) -> None:
    """It could not be made: whoever asked is told why."""
    failed = documents.get(turn, document_id)
    documents.set_failed(turn, document_id)
    turn.record("document.failed", f"document:{document_id}", why=type(why).__name__)
    words = roles.words_for(turn, failed.requester)
    reason = words.problem(why) if isinstance(why, Problem) else words.say("something went wrong on our side")
    text = words.mark(
        "*{kind}* could not be made: {reason}", kind=words.say(kinds.kind(failed.kind).label), reason=reason
    )
    turn.tell(failed.requester, join(" · ", [text, *_about(turn, failed)]), once=f"document-failed:{document_id}")


def _about(turn: Turn, document: Document) -> list[Mrkdwn]:
    """The invoice or the customer that a document is about, for whoever asked for it."""
    invoice = invoices.get(turn, Gate(everything=True, owner=""), document.invoice) if document.invoice else None
    if invoice:
        return [escape(invoice.number)]
    return [escape(customers.get(turn, document.customer).name)] if document.customer else []


def verify(turn: Turn, content: bytes) -> tuple[Verdict, Document | None, Document | None]:
    """Is this file what we made? The verdict, our document, and the one that takes its place."""
    return judge(turn, Marks.of(content))


def judge(turn: Turn, marks: Marks) -> tuple[Verdict, Document | None, Document | None]:
    """The same of a file by its digest and the code that it carries."""
    found = documents.by_mark(turn, marks.sha256, marks.code)
    if found and found.sha256 != marks.sha256:
        return "altered", found, None
    return _standing(turn, found)


def judge_code(turn: Turn, code: str) -> tuple[Verdict, Document | None, Document | None]:
    """The same by the code alone: how our document stands, whatever became of the paper."""
    return _standing(turn, documents.by_mark(turn, "", code))


def _standing(turn: Turn, found: Document | None) -> tuple[Verdict, Document | None, Document | None]:
    if found is None or found.sha256 is None:
        return "unknown", None, None
    if found.state == "withdrawn":
        return "withdrawn", found, None
    if found.expires_on and found.expires_on < ledger.today(turn):
        return "expired", found, None
    newer = documents.newer(turn, found)
    return ("superseded" if newer else "genuine"), found, newer


def may_know(turn: Turn, document: Document) -> bool:
    """Whether the actor may hear of a document: who asked for it, and who sees what it is about."""
    if document.requester == turn.actor.id:
        return True
    if kinds.kind(document.kind).personal:
        return False
    if document.customer is None:
        return ledger.gate(turn).everything
    return ledger.may_see_customer(turn, document.customer)


def new_code() -> str:
    """A verification code: three groups of four letters and digits, hard to guess and easy to type."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with opened(pdf) as reader:
        return len(reader.pages)
