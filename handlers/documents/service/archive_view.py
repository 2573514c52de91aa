"""What somebody sees of a document, in their language."""

from bot.kit.markup import Mrkdwn, escape
from bot.kit.words import Words
from handlers.documents.blocks.archive import RETENTION, Sight
from handlers.documents.service.labels import label_of
from storage.documents import register as documents
from storage.documents.register import Document
from storage.invoices import customers
from storage.people import people
from storage.turn import Turn


def sight_of(turn: Turn, document: Document, words: Words) -> Sight:
    """Title and facts of a document."""
    label = label_of(turn, document.kind, words)
    title = words.mark("*{kind}* {number}", kind=label, number=document.number)
    facts = [*_file(document, words), *parties(turn, document), *_standing(turn, document, words)]
    return Sight(document.id, label, document.number, title, facts)


def parties(turn: Turn, document: Document) -> list[Mrkdwn]:
    """Whom it is about."""
    names = []
    if document.customer:
        names.append(customers.get(turn, document.customer).name)
    if document.person and (person := people.person(turn, document.person)):
        names.append(person.name)
    return [escape(name) for name in names if name]


def _file(document: Document, words: Words) -> list[Mrkdwn]:
    """What was stored: its name and which version."""
    if not document.is_stored:
        return []
    version = words.mark("version {version}", version=document.version)
    return [escape(document.name), *([version] if document.version > 1 else [])]


def _standing(turn: Turn, document: Document, words: Words) -> list[Mrkdwn]:
    """Of which day it is, how it stands and how long it is kept."""
    facts = [escape(words.date(document.as_of))]
    newer = documents.newer(turn, document)
    if document.state == "withdrawn":
        facts.append(words.mark("withdrawn"))
    elif newer:
        facts.append(words.mark("superseded by {number}", number=newer.number))
    if document.expires_on:
        facts.append(words.mark("valid until {day}", day=words.date(document.expires_on)))
    if document.retention:
        facts.append(escape(words.say(RETENTION[document.retention])))
    if document.note:
        facts.append(escape(document.note))
    return facts
