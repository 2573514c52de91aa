"""Documents handed over: fetched, confirmed by whoever has them, sent by post, taken back.

Slack tells nobody who opened a file, so each handing over leaves a receipt.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.kit.errors import Problem
from bot.kit.markup import join
from bot.kit.words import N_, Words
from handlers.documents.blocks import archive as looks
from handlers.documents.blocks.archive import Actions
from handlers.documents.model.asked import asked_of
from handlers.documents.service import readers
from handlers.documents.service.archive import take_back
from handlers.documents.service.archive_view import sight_of
from handlers.documents.service.mail.delivery import address_for
from handlers.documents.service.rounds import progress
from handlers.people.service import roles
from storage.documents import files, receipts
from storage.documents import register as documents
from storage.documents.receipts import Receipt
from storage.documents.register import STANDING, Document
from storage.outbox import Under
from storage.people import people
from storage.turn import Turn

Json = Mapping[str, Any]


class NotYoursToPost(Problem):
    sentence = N_("Only who sees the customer's money can say that {number} was sent by post.")


def fetch(turn: Turn, document_id: int) -> Document:
    """A document that the actor may read comes to them in the direct message; that is noted."""
    document = readers.seen(turn, document_id)
    once = f"{document_id}:{turn.actor.id}:{turn.now.isoformat()}"
    turn.task("documents.fetch", once, document=document_id, key=once)
    return document


def content(payload: Json, tools: Any) -> bytes | None:
    """The bytes of a stored document; None of one that was made here, which the database keeps."""
    with tools.turn(payload["workspace"], payload["actor"]) as turn:
        document = readers.seen(turn, payload["document"])
    stored: bytes | None = tools.archive.content(document.sha256) if document.is_stored else None
    return stored


def send(turn: Turn, payload: Json, content: bytes | None) -> None:
    """It goes to whoever asked for it, if they still may read it."""
    reader = people.person(turn, payload["actor"])
    if reader is None:
        return
    document = readers.seen(replace(turn, actor=reader), payload["document"])
    key = f"document:{document.id}"
    if content is not None:
        key = f"fetched:{document.id}"
        files.keep(turn, key, content)
    words = Words(reader.language)
    name = document.name or f"{document.number}.pdf"
    message = f"fetched:{payload['key']}"
    text = sight_of(turn, document, words).title
    turn.send_file(reader.id, name, key, text, once=message, subject=f"document:{document.id}")
    turn.record("document.fetched", f"document:{document.id}", by=reader.id)
    hand_over(turn, document, reader.id, message)


def miss(turn: Turn, payload: Json, why: Exception) -> None:
    """It cannot be read from the archive, or by them: they are told."""
    words = roles.words_for(turn, payload["actor"])
    reason = words.failure(why)
    text = words.mark("The document could not be brought: {reason}", reason=reason)
    turn.tell(payload["actor"], text, once=f"unfetched:{payload['key']}")


def hand_over(turn: Turn, document: Document, person: str, message: str) -> None:
    """Note that a document goes to somebody as this message, with what they may do below it."""
    receipt = receipts.add(turn, document.id, person, "slack", message)
    _show(turn, document, receipts.get(turn, receipt))


def confirm(turn: Turn, receipt_id: int) -> Document:
    """Whoever it was given to says that they have it."""
    receipt = receipts.get(turn, receipt_id)
    if receipt is None or receipt.addressee != turn.actor.id:
        raise readers.NoSuchDocument()
    if receipts.set_received(turn, receipt_id):
        turn.record("document.received", f"document:{receipt.document}", receipt=receipt_id)
    document = documents.get(turn, receipt.document)
    _show(turn, document, receipts.get(turn, receipt_id))
    return document


def note_post(turn: Turn, document_id: int) -> Document:
    """It was sent to its customer by post."""
    document = readers.seen(turn, document_id)
    if not readers.may_post(turn, document):
        raise NotYoursToPost(number=document.number)
    receipts.add(turn, document_id, "", "post")
    turn.record("document.posted", f"document:{document_id}")
    return document


def withdraw(turn: Turn, document_id: int) -> Document:
    """It counts no more; everybody else who was given it hears so, once."""
    document = take_back(turn, document_id)
    show_anew(turn, document)
    progress.follow(turn, document)
    given = {each.addressee for each in receipts.of_document(turn, document_id) if each.addressee}
    for person in given - {turn.actor.id}:
        words = roles.words_for(turn, person)
        title = sight_of(turn, document, words).title
        text = words.mark("{title} was withdrawn. Please do not rely on it any more.", title=title)
        turn.tell(person, text, once=f"withdrawn:{document_id}:{person}")
    return document


def show_anew(turn: Turn, document: Document) -> None:
    """What stands below it, wherever it was given out, as it is now."""
    for receipt in receipts.of_document(turn, document.id):
        if receipt.addressee:
            _show(turn, document, receipt)


def _show(turn: Turn, document: Document, receipt: Receipt | None) -> None:
    """What stands below the file, as it is now."""
    person = people.person(turn, receipt.addressee) if receipt else None
    if receipt is None or person is None:
        return
    acting = replace(turn, actor=person)
    words = Words(person.language)
    sight = sight_of(turn, document, words)
    blocks = looks.card(sight, _actions(acting, document, receipt), words)
    text = join(" · ", [sight.title, *sight.facts])
    under = Under(message=receipt.message)
    turn.show(f"receipt:{receipt.id}", person.id, text, blocks, under=under)


def _actions(turn: Turn, document: Document, receipt: Receipt) -> Actions:
    """What the actor may do with what they were given."""
    stands = document.state in STANDING
    return Actions(
        receive=None if receipt.received_at else receipt.id,
        again=not document.is_stored,
        post=stands and readers.may_post(turn, document),
        withdraw=stands and readers.may_withdraw(turn, document),
        ticket=asked_of(document).ticket,
        mail_to=address_for(turn, document) if document.is_stored else "",
    )
