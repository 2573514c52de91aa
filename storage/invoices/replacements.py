"""Invoices in the place of others: which names which, what is booked on them, and what follows for
each.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    bindparam,
    exists,
    or_,
    select,
    union_all,
    update,
)

from storage.dialect import among
from storage.invoices.invoices import (
    REPLACEMENT,
    UNGATED,
    Invoice,
    by_ids,
    corrections,
    invoices,
    workspace_checked,
)
from storage.turn import Turn

_replaces = invoices.c.kind == REPLACEMENT


@dataclass(frozen=True)
class Naming:
    """A line by which an invoice takes the place of another: the one that it names, once known, and
    the one it is on.

    Nothing can be netted with a draft or with an invoice in another currency.
    """

    line: int
    by: int
    original: int | None
    is_netted: bool
    on: int | None

    @property
    def named(self) -> int | None:
        """The original, if it is known and can be netted."""
        return self.original if self.is_netted else None


class Change(NamedTuple):
    """What a correction that takes no place changes on an invoice."""

    by: int
    invoice: int
    issued_on: date | None
    amount: int


class Place(NamedTuple):
    """That a line is on an invoice, which asks for so much more or less; what is paid there and
    counts elsewhere.
    """

    invoice: int | None
    amount: int = 0
    share: int | None = None


def is_meant(original: FromClause) -> ColumnElement[bool]:
    """Whether this is the invoice that a correction names: as it is written, or, where nobody's is
    written so, the only one that is alike but for signs and zeros.
    """
    other = invoices.alias("other")
    others = exists().where(_is_alike(other), other.c.id != original.c.id).correlate_except(other)
    return and_(_is_alike(original), or_(original.c.number == corrections.c.number, ~others))


def _is_alike(original: FromClause) -> ColumnElement[bool]:
    return and_(
        original.c.workspace == corrections.c.workspace,
        original.c.seller_tax == corrections.c.seller_tax,
        original.c.folded == corrections.c.folded,
        original.c.id != corrections.c.by_invoice,
    )


def replacing(turn: Turn, ids: Iterable[int]) -> set[int]:
    """Those of the invoices that take the place of others."""
    query = select(invoices.c.id).where(
        workspace_checked == turn.workspace, among(invoices.c.id, set(ids)), _replaces
    )
    return set(turn.db.execute(query).scalars())


def near(turn: Turn, ids: Collection[int]) -> set[int]:
    """Those of the invoices that take the place of others, and the ones that are in the place of
    these.
    """
    query = select(corrections.c.by_invoice).join(
        invoices, invoices.c.id == corrections.c.by_invoice
    )
    mine = query.where(among(corrections.c.invoice, set(ids)), _replaces)
    return replacing(turn, ids) | set(turn.db.execute(mine).scalars())


def around(turn: Turn, ids: Iterable[int]) -> list[Naming]:
    """Every line by which these invoices, those that name them or are named, and so on, take each
    other's places.
    """
    result: set[Naming] = set()
    seen: set[int] = set()
    while ids := set(ids) - seen:
        seen |= ids
        lines = namings(turn, ids)
        result |= lines
        ids = {id_ for line in lines for id_ in (line.by, line.named) if id_}
    return sorted(result, key=lambda item: item.line)


def namings(turn: Turn, ids: Collection[int]) -> set[Naming]:
    """The lines by which these invoices take the place of others, or are named by others."""
    original = invoices.alias("original")
    same = is_meant(original)
    is_netted = and_(original.c.currency == invoices.c.currency, original.c.is_draft.is_(False))
    columns = (
        corrections.c.id,
        corrections.c.by_invoice,
        original.c.id,
        is_netted,
        corrections.c.invoice,
    )
    conditions = (_replaces, workspace_checked == turn.workspace)
    query = (
        select(*columns)
        .join_from(corrections, invoices, invoices.c.id == corrections.c.by_invoice)
        .where(*conditions)
    )
    naming = query.outerjoin(original, same).where(among(corrections.c.by_invoice, ids))
    named = query.join(original, same).where(among(original.c.id, ids))
    rows = turn.db.execute(union_all(naming, named))
    return {Naming(line, by, id_, bool(is_netted), on) for line, by, id_, is_netted, on in rows}


def known(turn: Turn, ids: Collection[int]) -> dict[int, Invoice]:
    """These invoices with what stands on them."""
    return {invoice.id: invoice for invoice in by_ids(turn, UNGATED, list(ids), most=len(ids))}


def changes(turn: Turn, ids: Collection[int]) -> list[Change]:
    """What corrections that take no place change on these invoices."""
    query = select(
        corrections.c.by_invoice, corrections.c.invoice, invoices.c.issued_on, corrections.c.amount
    )
    mine = query.join(invoices, invoices.c.id == corrections.c.by_invoice).where(
        among(corrections.c.invoice, ids)
    )
    return [Change(*row) for row in turn.db.execute(mine.where(~_replaces))]


def take(turn: Turn, places: Mapping[int, Place]) -> None:
    """Set where each line is."""
    query = update(corrections).where(corrections.c.id == bindparam("line"))
    told = query.values(invoice=bindparam("on"), amount=bindparam("less"), share=bindparam("over"))
    turn.db.execute(
        told,
        [
            {"line": line, "on": p.invoice, "less": p.amount, "over": p.share}
            for line, p in places.items()
        ],
    )


def last_in_place_of(turn: Turn, invoice: int) -> int:
    """The invoice that is asked for in the end in the place of this one; itself where none is."""
    query = (
        select(corrections.c.by_invoice)
        .join(invoices, invoices.c.id == corrections.c.by_invoice)
        .where(_replaces)
    )
    while by := turn.db.execute(query.where(corrections.c.invoice == invoice)).scalar():
        invoice = by
    return invoice
