"""Who may read a document: the gate of every query on the register."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, literal, or_, select, true

from storage.documents import register
from storage.documents.register import COLUMNS, STANDING, Document, documents
from storage.invoices.customers import customers
from storage.turn import Turn


@dataclass(frozen=True)
class Reader:
    """Somebody who looks, as the gate takes them."""

    person: str
    departments: frozenset[str] = frozenset()
    """Those that they are an agent or the lead of."""
    money: bool = False
    """They see every customer's papers; others those of the customers whom they own."""
    sees: frozenset[str] = frozenset()
    """The ties that let somebody read one."""
    everything: bool = False


NOBODY = Reader("")
"""For guests, and for who left."""


def may_read(reader: Reader) -> ColumnElement[bool]:
    """Which documents somebody may read: a private one only whom it is about, and its department;
    another also who asked for it or brought it, and who sees its customer's money.
    """
    if reader.everything:
        return true()
    if not reader.person:
        return false()
    is_open, person = documents.c.private.is_(False), literal(reader.person)
    departments = documents.c.department.in_(reader.departments)
    ways = (
        ({"subject"}, documents.c.person == person),
        ({"agent", "lead"}, and_(documents.c.department != "", departments)),
        ({"requester", "keeper"}, and_(is_open, documents.c.requester == person)),
        ({"finance", "reader", "owner"}, and_(is_open, _of_money(reader))),
    )
    return or_(false(), *(condition for ties, condition in ways if ties & reader.sees))


def _of_money(reader: Reader) -> ColumnElement[bool]:
    if reader.money:
        return or_(documents.c.customer.is_not(None), documents.c.invoice.is_not(None))
    owned = select(customers.c.id).where(
        customers.c.workspace == documents.c.workspace,
        customers.c.owner == literal(reader.person),
    )
    return documents.c.customer.in_(owned)


def read(turn: Turn, reader: Reader, document_id: int) -> Document | None:
    """A document that is there, if somebody may read it; else it reads as none."""
    standing = documents.c.state.in_((*STANDING, "withdrawn"))
    return register.find(turn, documents.c.id == document_id, standing, may_read(reader))


def asked_for(turn: Turn, reader: Reader, most: int, states: Collection[str]) -> list[Document]:
    """What somebody asked for and may still hear of, in these states, the newest first."""
    request = (
        documents.c.workspace == turn.workspace,
        documents.c.requester == reader.person,
        documents.c.series.is_(None),
        documents.c.state.in_(states),
        may_read(reader),
    )
    newest = select(*COLUMNS).where(*request).order_by(documents.c.id.desc()).limit(most)
    return [Document(**row._mapping) for row in turn.db.execute(newest)]


def may_know(turn: Turn, reader: Reader, document_id: int) -> bool:
    """Whether somebody may hear of a document, whatever became of it."""
    return register.find(turn, documents.c.id == document_id, may_read(reader)) is not None
