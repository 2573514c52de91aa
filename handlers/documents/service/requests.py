"""Documents: asked for, made outside any transaction, registered, delivered, verified."""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from bot.kit.errors import Problem
from bot.kit.files.foreign_pdf import BROKEN, ENDLESS, opened
from bot.kit.folding import fold
from bot.kit.invoice_content import Content
from bot.kit.markup import Mrkdwn, escape, join
from bot.kit.pdf import Mark
from bot.kit.pdf.marks import Marks
from bot.kit.words import N_, Words
from handlers.documents import kinds
from handlers.documents.model.askable import OPTIONAL
from handlers.documents.model.asked import Asked, asked_of
from handlers.documents.service import approval
from handlers.documents.service.invoice_pictures import with_content
from handlers.documents.service.labels import label_of
from handlers.documents.service.rounds import progress
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service import tax_numbers
from handlers.ledger.service.balances import company_day
from handlers.people.service import roles
from storage import counters
from storage.documents import files
from storage.documents import register as documents
from storage.documents.register import Document
from storage.invoices import customers, invoices, originals
from storage.invoices.invoices import UNGATED, Invoice
from storage.turn import Turn

Verdict = Literal["genuine", "altered", "superseded", "expired", "withdrawn", "unknown"]
ContentOf = Callable[[bytes, str], Content | None]
"""What the invoice of a number says in a file beyond the ledger."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is mistaken for another


class NotOneInvoice(Problem):
    """A copy is of one invoice."""

    sentence = N_("“{text}” fits {count} invoices. Name one by its number.")


def request(turn: Turn, question: Asked, origin: str) -> Document:
    """Ask for a document; the same origin asks once. ``FieldsMissing`` names every fact that is not
    known.
    """
    existing = documents.by_origin(turn, origin)
    if existing:
        return existing
    is_first = register(turn, _asked_for(turn, question), origin)
    document = documents.of_origin(turn, origin)
    if is_first:
        approval.go_on(turn, document)
    return document


def registered(turn: Turn, question: Asked, origin: str) -> Document:
    """The document of an origin, entered in the register the first time."""
    existing = documents.by_origin(turn, origin)
    if existing:
        return existing
    register(turn, _asked_for(turn, question), origin)
    return documents.of_origin(turn, origin)


def _asked_for(turn: Turn, question: Asked) -> Asked:
    """The same with what was given of the facts that are missing alone: nothing that is known is
    written over.
    """
    bare = replace(question, given={})
    missing = {gap.path for gap in kinds.kind(question.kind).missing(values_of(turn, bare))}
    taken = {*missing, *OPTIONAL}
    given = {path: value for path, value in question.given.items() if path in taken}
    return replace(question, given=given)


def register(turn: Turn, question: Asked, origin: str) -> bool:
    """Give a document its number and code, once everything that it needs is known; false where
    its origin was registered by another turn at the same moment, which gives the number back.
    """
    progress.hold(turn, question.kind, question.as_of)
    kinds.kind(question.kind).gather(values_of(turn, question))
    remember(turn, question)
    kind, listed = kinds.kind(question.kind), turn.catalogue.document_kinds.get(question.kind)
    private = kind.about in ("person", "ticket") or bool(listed and listed.private)
    document = documents.add(
        turn,
        private=private,
        person=(question.person or turn.actor.id) if private else "",
        department=listed.department if kind.is_personal and listed else "",
        retention=listed.retention if listed else "",
        number=f"ZD-{counters.following(turn, 'document'):06d}",
        kind=question.kind,
        customer=question.customer or None,
        invoice=question.invoice,
        about=question.about or None,
        language=question.language,
        as_of=question.as_of,
        origin=origin,
        code=new_code(),
        template_version=kind.template_version,
        facts=dict(question.given),
    )
    if document is None:
        counters.give_back(turn, "document")
        return False
    turn.record(
        "document.asked", f"document:{document}", kind=question.kind, customer=question.customer
    )
    return True


def values_of(turn: Turn, question: Asked) -> dict[str, object]:
    """The facts of a document as the books know them, among what the actor may see."""
    kind = kinds.kind(question.kind)
    if kind.about == "customer" and not ledger.may_see_customer(turn, question.customer):
        raise ledger.NothingFound(text=f"#{question.customer}")
    return dict(kind.source(turn, question))


def one_invoice(turn: Turn, text: str) -> Invoice:
    """The invoice that words mean; raises :class:`NotOneInvoice` where they fit none or several."""
    ids = ledger.look_up(turn, text).ids if text.strip() else ()
    if len(ids) != 1:
        raise NotOneInvoice(text=text, count=len(ids))
    return ledger.get(turn, ids[0]).invoice


def remember(turn: Turn, question: Asked) -> None:
    """What somebody gave of a customer is kept with the customer."""
    facts = {name: question.given.get(f"debtor.{name}") for name in ("address", "tax_id")}
    existing = {name: value for name, value in facts.items() if value}
    if "tax_id" in existing:
        customer = customers.get(turn, question.customer)
        existing["tax_id"] = tax_numbers.free(
            turn, customer, existing["tax_id"], field="debtor.tax_id"
        )
    if existing:
        customers.change(turn, question.customer, **existing)
        turn.record("customer.changed", f"customer:{question.customer}", fields=sorted(existing))


@dataclass(frozen=True)
class Printed:
    """A PDF, and whose it is where we did not make it."""

    pdf: bytes
    source: str = ""
    """The title of the connected system whose original it is."""
    sender: str = ""
    """Who sent the invoice, as this very PDF."""
    none_from: str = ""
    """The title of the connected system that was asked for its own and gave none."""
    substance: str = ""
    """The digest of what it says apart from number and moment; '' where nobody can tell."""
    workbook: bytes = b""
    """The same as tables, where its kind has them."""
    words: str = ""
    """What its text is found by: folded words and stems."""
    claimed: Sequence[int] = ()
    """The invoices for whose delay it asks."""


@dataclass(frozen=True)
class Drawing:
    """All that the press needs, read in a turn to be printed outside of one."""

    kind: kinds.Kind[Any]
    values: Mapping[str, object]
    mark: Mark
    words: Words
    original: bytes | None = None
    """The file that an invoice came in."""

    def printed(self, content_of: ContentOf) -> Printed:
        """The invoice's own file where it is a PDF that opens, else ours with what that file tells
        beyond the ledger.

        A Problem when it cannot be made.
        """
        if self.original and b"%PDF-" in self.original[:1024] and opens(self.original):
            return Printed(self.original, sender=getattr(self.values["seller"], "name", ""))
        content = content_of(self.original, str(self.values["number"])) if self.original else None
        values = with_content(self.values, content, self.words) if content else self.values
        facts = self.kind.gather(values)
        text = f"{self.kind.template_version} {facts!r}"
        substance = hashlib.sha256(text.encode()).hexdigest()
        pdf, workbook = (
            self.kind.render(facts, self.mark, self.words),
            self.kind.tabled(facts, self.words),
        )
        claimed = self.kind.claimed(values)
        return Printed(pdf, substance=substance, workbook=workbook, claimed=claimed)


def draw(turn: Turn, document: Document) -> Drawing:
    """A registered document as the books know it now."""
    values = values_of(turn, asked_of(document))
    people = (turn.actor.name, approval.approvers(turn, document))
    mark = Mark(
        document.number, document.template_version, ledger.today(turn), *people, document.code
    )
    original = originals.of(turn, document.invoice) if document.invoice else None
    return Drawing(kinds.kind(document.kind), values, mark, Words(document.language), original)


def set_made(turn: Turn, document: Document, sha256: str, printed: Printed) -> None:
    """It is made; from now on its days count, where its kind is valid for some."""
    kind = turn.catalogue.document_kinds.get(document.kind)
    valid_days = kind.valid_days if kind else None
    expires_on = company_day(turn) + timedelta(days=valid_days) if valid_days else None
    made = (sha256, pages_of(printed.pdf), printed.substance)
    documents.set_made(turn, document.id, *made, expires_on, printed.claimed)


def keep_made(turn: Turn, document: Document, printed: Printed) -> None:
    """What was made, or fetched, stands in the register with its file."""
    sha256 = files.keep(turn, f"document:{document.id}", printed.pdf)
    set_made(turn, document, sha256, printed)
    turn.record("document.made", f"document:{document.id}", sha256=sha256)
    progress.follow(turn, document)


def deliver(turn: Turn, document_id: int, printed: Printed) -> None:
    """Register what was made, or fetched, and send it to whoever asked, in the direct message."""
    made = documents.get(turn, document_id)
    keep_made(turn, made, printed)
    words = roles.words_for(turn, made.requester)
    if printed.workbook:
        _deliver_workbook(turn, made, printed.workbook, words)
    text = _told(turn, made, printed, words)
    turn.send_file(
        made.requester,
        file_name(made),
        f"document:{document_id}",
        join(" · ", [text, *about_of(turn, made)]),
        once=f"document:{document_id}",
        subject=f"document:{document_id}",
    )


def _deliver_workbook(turn: Turn, made: Document, workbook: bytes, words: Words) -> None:
    """The tables come before the paper: what can be done with it stands below the last message."""
    key = f"document:{made.id}:workbook"
    files.keep(turn, key, workbook)
    text = words.mark("{number} as tables for a spreadsheet", number=made.number)
    name = file_name(made, "xlsx")
    turn.send_file(made.requester, name, key, text, once=key, subject=f"document:{made.id}")


def file_name(made: Document, suffix: str = "pdf") -> str:
    """In the document's language: ``nota-odsetkowa-ZD-000042.pdf``."""
    label = Words(made.language).say(kinds.kind(made.kind).label)
    return f"{fold(label).replace(' ', '-')}-{made.number}.{suffix}"


def _told(turn: Turn, made: Document, printed: Printed, words: Words) -> Mrkdwn:
    named = {"kind": label_of(turn, made.kind, words), "number": made.number}
    if printed.source:
        return words.mark(
            "*{kind}* {number}: the original from {source}", **named, source=printed.source
        )
    if printed.sender:
        return words.mark(
            "*{kind}* {number}: the PDF that came from {sender}", **named, sender=printed.sender
        )
    if printed.none_from:
        return words.mark(
            "*{kind}* {number}: made by us, since no PDF came from {source}",
            **named,
            source=printed.none_from,
        )
    return words.mark("*{kind}* {number}", **named)


def refuse(turn: Turn, document_id: int, why: Exception) -> None:
    """It could not be made: whoever asked is told why."""
    failed = documents.get(turn, document_id)
    documents.set_failed(turn, document_id)
    progress.follow(turn, failed)
    turn.record("document.failed", f"document:{document_id}", why=type(why).__name__)
    words = roles.words_for(turn, failed.requester)
    reason = words.failure(why)
    text = words.mark(
        "*{kind}* could not be made: {reason}",
        kind=label_of(turn, failed.kind, words),
        reason=reason,
    )
    turn.tell(
        failed.requester,
        join(" · ", [text, *about_of(turn, failed)]),
        once=f"document-failed:{document_id}",
    )


def about_of(turn: Turn, document: Document) -> list[Mrkdwn]:
    """The invoice or the customer that a document is about, for whoever asked for it."""
    invoice = invoices.get(turn, UNGATED, document.invoice) if document.invoice else None
    if invoice:
        return [escape(invoice.number)]
    return [escape(customers.get(turn, document.customer).name)] if document.customer else []


def verify(turn: Turn, content: bytes) -> tuple[Verdict, Document | None, Document | None]:
    """Is this file what we made? The verdict, our document, and the one that takes its place."""
    return judge(turn, Marks.of(content))


def judge(turn: Turn, marks: Marks) -> tuple[Verdict, Document | None, Document | None]:
    """The same of a file by its digest and the code that it carries."""
    document = documents.by_mark(turn, marks.sha256, marks.code)
    if document and document.sha256 != marks.sha256:
        return "altered", document, None
    return _standing(turn, document)


def judge_code(turn: Turn, code: str) -> tuple[Verdict, Document | None, Document | None]:
    """The same by the code alone: how our document stands, whatever became of the paper."""
    return _standing(turn, documents.by_mark(turn, "", code))


def _standing(
    turn: Turn, document: Document | None
) -> tuple[Verdict, Document | None, Document | None]:
    if document is None or document.sha256 is None:
        return "unknown", None, None
    if document.state == "withdrawn":
        return "withdrawn", document, None
    if document.expires_on and document.expires_on < ledger.today(turn):
        return "expired", document, None
    newer = documents.newer(turn, document)
    return ("superseded" if newer else "genuine"), document, newer


def new_code() -> str:
    """A verification code: three groups of four letters and digits, hard to guess and
    easy to type.
    """
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with opened(pdf) as reader:
        return len(reader.pages)


def opens(pdf: bytes) -> bool:
    """Whether somebody else's PDF has pages that can be read."""
    try:
        return pages_of(pdf) > 0
    except (*ENDLESS, *BROKEN):
        return False
