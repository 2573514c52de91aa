"""Who may read, replace and withdraw a document: the table of rights asked about the register."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.kit.errors import Problem
from handlers.ledger.service import lookup as ledger
from handlers.people.model import permissions
from handlers.people.model.permissions import Tie
from handlers.people.service import roles
from storage.documents import readers as gate
from storage.documents.readers import NOBODY, Reader
from storage.documents.register import ORDERED, Document
from storage.invoices import customers
from storage.turn import BOT, Person, Turn


class NoSuchDocument(Problem):
    """There is none, or it is not this person's to read: both sound the same."""

    sentence = "There is no such document, or you may not see it."


class NotYoursToWithdraw(Problem):
    """Readable, but somebody else's to take back."""

    sentence = (
        "{number} can be withdrawn by whoever brought it, by its department and by finance alone."
    )


_SEES = permissions.holders("document", "see")


@dataclass(frozen=True)
class Place:
    """Whose paper a document is."""

    department: str
    private: bool


def reader(turn: Turn, person: Person | None = None) -> Reader:
    """Somebody (the actor, unless told) as one who looks at documents; the house itself sees
    everything.
    """
    who = person or turn.actor
    if who == BOT:
        return Reader("", everything=True)
    if who.is_external or who.is_bot:
        return NOBODY
    departments = roles.departments_of(turn, who)
    sees_money = roles.may(turn, "invoice", "see", person=who)
    return Reader(who.id, departments, money=sees_money, sees=_SEES)


def seen(turn: Turn, document_id: int) -> Document:
    """A document that the actor may read; raises :class:`NoSuchDocument`."""
    document = gate.read(turn, reader(turn), document_id)
    if document is None:
        raise NoSuchDocument()
    return document


def asked_for(turn: Turn, most: int, states: Collection[str] = ORDERED) -> list[Document]:
    """The newest that the actor asked for, in these states, and may still hear of."""
    return gate.asked_for(turn, reader(turn), most, states)


def may_know(turn: Turn, document: Document) -> bool:
    """Whether the actor may hear of a document."""
    return gate.may_know(turn, reader(turn), document.id)


def may_withdraw(turn: Turn, document: Document) -> bool:
    """Whether the actor may take a document back, or put another version in its place."""
    if turn.actor == BOT:
        return True
    if turn.actor.is_external or turn.actor.is_bot:
        return False
    return permissions.may(_ties(turn, document), "document", "replace, withdraw")


def may_post(turn: Turn, document: Document) -> bool:
    """Whether the actor may say that a customer's document went by post."""
    customer = customers.known(turn, document.customer) if document.customer else None
    if customer is None or document.private:
        return False
    return roles.may(turn, "document", "note as posted", *ledger.ties_to(turn, customer))


def place_of(turn: Turn, kind: str) -> Place:
    """Whose paper a kind of the catalogue is."""
    document_kind = turn.catalogue.document_kinds[kind]
    department = turn.catalogue.departments.get(document_kind.department)
    is_private = document_kind.private or (department is not None and department.private)
    return Place(document_kind.department, is_private)


def _ties(turn: Turn, document: Document) -> set[Tie]:
    """What ties the actor to a document; finance has no hand in what is private."""
    ties: set[Tie] = set()
    document_kind = turn.catalogue.document_kinds.get(document.kind)
    department = document.department or (document_kind.department if document_kind else "")
    if department in roles.departments_of(turn):
        ties.add("agent")
    if document.is_stored and not document.private and document.requester == turn.actor.id:
        ties.add("keeper")
    is_of_money = not document.private and (document.customer or document.invoice)
    if is_of_money and roles.is_finance(turn):
        ties.add("finance")
    return ties
