"""Booking invoices: many at once, each identity once; corrections and what they give to which
invoice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, insert, select, text, tuple_, update

from bot.kit.folding import fold_number
from storage import bulk
from storage.dialect import among
from storage.invoices import number_patterns
from storage.invoices.instalments import instalments
from storage.invoices.invoices import (
    PARTITION,
    REPLACEMENT,
    corrections,
    invoices,
)
from storage.invoices.replacements import is_meant
from storage.turn import Turn


class NewInvoice(NamedTuple):
    """An invoice to be booked. Days are ``YYYY-MM-DD``; ``corrected`` are (number, share or None)
    of what it changes.

    A tuple and not a dataclass: a million of them are made in an import.
    """

    seller_tax: str
    number: str
    folded: str
    digest: str
    kind: str
    direction: str
    customer: int | None
    issued_on: str | None
    currency: str
    total: int
    to_pay: int
    marked_paid: int  # 0 or 1: a driver takes a number five times as fast as a truth
    account: str | None
    ksef_number: str | None
    document: str
    findings: str = "[]"
    instalments: Sequence[tuple[str | None, int]] = ()
    corrected: Sequence[tuple[str, int | None]] = ()

    @property
    def identity(self) -> tuple[str, str]:
        return self.seller_tax, self.number


DRAFT = "proforma"
"""The kind of document that asks for nothing: the invoice itself comes later."""
_COLUMNS = (
    "id",
    "workspace",
    "seller_tax",
    "number",
    "folded",
    "tail",
    "partition_no",
    "digest",
    "kind",
    "direction",
    "customer",
    "issued_on",
    "currency",
    "total",
    "to_pay",
    "outstanding",
    "marked_paid",
    "first_due_on",
    "account",
    "ksef_number",
    "document",
    "findings",
    "is_draft",
    "is_written_off",
    "is_split",
    "known_at",
)
_PART = ("invoice", "due_on", "amount", "is_one_of_several")


def known(
    turn: Turn, identities: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], tuple[int, str]]:
    """Of the identities (seller's tax number, number as written) that are booked: id and digest."""
    wanted = set(identities)
    numbers = {fold_number(number) for _, number in wanted}
    query = select(
        invoices.c.seller_tax, invoices.c.number, invoices.c.id, invoices.c.digest
    ).where(invoices.c.workspace == turn.workspace, invoices.c.folded.in_(numbers))
    rows = turn.db.execute(query).all() if numbers else []
    return {(row[0], row[1]): (row[2], row[3]) for row in rows if (row[0], row[1]) in wanted}


def add(turn: Turn, new: Sequence[NewInvoice]) -> list[int | None]:
    """Book invoices; their ids in the same order, none for one whose identity is booked already.

    Whoever books at the same time waits until this turn ends (:func:`bulk.reserve`), and then sees
    what it booked: an original and its correction are always known to the later one.
    """
    if not new:
        return []
    ids, at = bulk.reserve(turn.db, invoices, len(new)), bulk.moment(turn.db, turn.now)
    rows = [_row(id_, turn.workspace, at, item) for id_, item in zip(ids, new, strict=True)]
    fresh = bulk.insert_new(turn.db, invoices, _COLUMNS, rows)
    booked = [(id_, item) for id_, item in zip(ids, new, strict=True) if id_ in fresh]
    bulk.insert(turn.db, instalments, _PART, list(_parts(booked)))
    number_patterns.note(turn, [item.number for _, item in booked])
    _add_corrections(turn, [(id_, item) for id_, item in booked if item.corrected])
    return [id_ if id_ in fresh else None for id_ in ids]


def _parts(booked: Iterable[tuple[int, NewInvoice]]) -> Iterator[tuple[Any, ...]]:
    for id_, item in booked:
        is_one_of_several = 1 if len(item.instalments) > 1 else 0
        for due_on, amount in item.instalments:
            yield id_, due_on, amount, is_one_of_several


def learn(turn: Turn) -> None:
    """After very many: PostgreSQL hears of them by itself a minute later, and until then seeks as
    in an empty table.
    """
    if turn.writes.dialect == "postgresql":
        turn.db.execute(text("ANALYZE invoices, instalments, customers"))


def _row(id_: int, workspace: str, at: str, new_invoice: NewInvoice) -> tuple[Any, ...]:
    (
        seller_tax,
        number,
        folded,
        digest,
        kind,
        direction,
        customer,
        issued_on,
        currency,
        total,
        to_pay,
        marked_paid,
        account,
        ksef_number,
        document,
        findings,
        parts,
        _,
    ) = new_invoice
    first_due_on = (
        parts[0][0] if len(parts) == 1 else min((day for day, _ in parts if day), default=None)
    )
    is_draft = 1 if kind == DRAFT else 0
    outstanding = 0 if marked_paid or is_draft else to_pay
    return (
        id_,
        workspace,
        seller_tax,
        number,
        folded,
        folded[::-1],
        id_ // PARTITION,
        digest,
        kind,
        direction,
        customer,
        issued_on,
        currency,
        total,
        to_pay,
        outstanding,
        marked_paid,
        first_due_on,
        account,
        ksef_number,
        document,
        findings,
        is_draft,
        0,
        1 if len(parts) > 1 else 0,
        at,
    )


def _add_corrections(turn: Turn, booked: Sequence[tuple[int, NewInvoice]]) -> None:
    changes = [
        {
            "workspace": turn.workspace,
            "by_invoice": id_,
            "seller_tax": item.seller_tax,
            "folded": fold_number(number),
            "number": number,
            "share": share,
            "amount": 0,
        }
        for id_, item in booked
        for number, share in item.corrected
    ]
    if changes:
        turn.db.execute(insert(corrections), changes)


def touched_corrections(turn: Turn, booked: Sequence[tuple[int, NewInvoice]]) -> list[int]:
    """The correcting invoices that these are, or that correct one of these: their netting is to be
    done anew.
    """
    mine = {id_ for id_, item in booked if item.corrected}
    if not mine and not _corrects_anything(turn):
        return []
    waiting = select(corrections.c.by_invoice).where(
        corrections.c.workspace == turn.workspace,
        tuple_(corrections.c.seller_tax, corrections.c.folded).in_(
            (item.seller_tax, item.folded) for _, item in booked
        ),
    )
    return sorted(mine.union(turn.db.execute(waiting).scalars()))


def _corrects_anything(turn: Turn) -> bool:
    any_ = select(corrections.c.id).where(corrections.c.workspace == turn.workspace).limit(1)
    return turn.db.execute(any_).first() is not None


@dataclass(frozen=True)
class Netting:
    """One line of a correction: the share that it tells, the original once known, what is open of
    that.
    """

    id: int
    share: int | None
    invoice: int | None
    open: int


def nettings(turn: Turn, by_invoice: int) -> tuple[int, bool, list[Netting]]:
    """What a correcting invoice has to give, whether it says that this is paid, and the lines that
    it gives to.
    """
    conditions = (invoices.c.workspace == turn.workspace, invoices.c.id == by_invoice)
    giver = turn.db.execute(
        select(invoices.c.to_pay, invoices.c.currency, invoices.c.marked_paid).where(*conditions)
    ).one()
    original = invoices.alias("original")
    same = and_(
        is_meant(original),
        original.c.currency == giver.currency,
        original.c.is_draft.is_(False),
    )
    # By the plan: what is paid meanwhile changes nothing about who is given to first.
    due_on = select(func.min(instalments.c.due_on)).where(instalments.c.invoice == original.c.id)
    planned = due_on.scalar_subquery()
    query = (
        select(
            corrections.c.id, corrections.c.share, original.c.id.label("invoice"), original.c.to_pay
        )
        .outerjoin_from(corrections, original, same)
        .where(corrections.c.by_invoice == by_invoice)
        .order_by(planned.is_(None), planned, corrections.c.id)
    )
    rows = turn.db.execute(query).all()
    others = _netted_by_others(turn, [row.invoice for row in rows if row.invoice], by_invoice)
    lines = [
        Netting(r.id, r.share, r.invoice, (r.to_pay or 0) + others.get(r.invoice, 0)) for r in rows
    ]
    return giver.to_pay, giver.marked_paid, lines


def _netted_by_others(turn: Turn, ids: Sequence[int], by_invoice: int) -> dict[int, int]:
    query = (
        select(corrections.c.invoice, func.sum(corrections.c.amount))
        .join(invoices, invoices.c.id == corrections.c.by_invoice)
        .where(
            among(corrections.c.invoice, ids),
            corrections.c.by_invoice != by_invoice,
            invoices.c.kind != REPLACEMENT,
        )
        .group_by(corrections.c.invoice)
    )
    return {row[0]: int(row[1]) for row in turn.db.execute(query)} if ids else {}


def net(turn: Turn, amounts: Mapping[int, tuple[int | None, int]]) -> None:
    """Set what each line of a correction gives: line id to (original's id, signed amount)."""
    query = update(corrections).where(corrections.c.id == bindparam("line"))
    given = query.values(invoice=bindparam("on"), amount=bindparam("given"))
    lines = [
        {"line": line, "on": invoice, "given": amount}
        for line, (invoice, amount) in amounts.items()
    ]
    if lines:
        turn.db.execute(given, lines)


def netted_with(turn: Turn, correcting: Iterable[int]) -> set[int]:
    """These corrections and every invoice that they give to."""
    ids = set(correcting)
    given = (among(corrections.c.by_invoice, ids), corrections.c.invoice.isnot(None))
    query = select(corrections.c.invoice).where(*given)
    return ids.union(turn.db.execute(query).scalars()) if ids else set()


def sharing(turn: Turn, ids: Iterable[int]) -> set[int]:
    """Corrections of several invoices that share what is open on these, and on what these share
    with others so.
    """
    unshared = and_(corrections.c.share.is_(None), invoices.c.kind != REPLACEMENT)
    by_invoice = select(corrections.c.by_invoice).join(
        invoices, invoices.c.id == corrections.c.by_invoice
    )
    result: set[int] = set()
    seen: set[int] = set()
    while fresh := set(ids) - seen:
        seen |= fresh
        on_these = by_invoice.where(among(corrections.c.invoice, fresh), unshared)
        several = select(corrections.c.by_invoice).where(
            corrections.c.by_invoice.in_(on_these), corrections.c.share.is_(None)
        )
        named_several = several.group_by(corrections.c.by_invoice).having(
            func.count(corrections.c.folded.distinct()) > 1
        )
        new = set(turn.db.execute(named_several).scalars()) - result
        result |= new
        ids = netted_with(turn, new)
    return result


def release(turn: Turn, correcting: Iterable[int]) -> None:
    """Take back what these corrections give, so that it can be given anew."""
    given = update(corrections).where(among(corrections.c.by_invoice, set(correcting)))
    turn.db.execute(given.values(amount=0))
