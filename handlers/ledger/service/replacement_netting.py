"""Netting of a replacement invoice: what was paid on the invoices that it replaces counts for it,
and how much less they ask for.

It follows from what the documents and the payments say alone, so whichever came first makes no
difference.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import NamedTuple

from handlers.ledger.model.amounts import asked, outstanding
from handlers.ledger.model.replacement_chain import Succession
from storage.invoices.invoices import Invoice
from storage.invoices.replacements import Change, Naming, Place

Places = dict[int, Place]  # by lines


class _Carried(NamedTuple):
    """What an invoice brings from before its own payments: what is paid, and what of that counts
    for it.

    ``told`` is what it tells as prepaid that is not among what is paid.
    """

    paid: int
    share: int
    told: int


def places(
    lines: Iterable[Naming],
    of: Succession,
    existing: Mapping[int, Invoice],
    changes: Iterable[Change],
) -> Places:
    """Where each line is and what follows there; ``changes`` are those by corrections that take no
    place.

    What the new document tells as prepaid itself is taken off there already.
    """
    by_invoice, on_invoice = defaultdict[int, list[int]](list), defaultdict[int, list[Change]](list)
    result: Places = {}
    for line in lines:
        by_invoice[line.by].append(line.line)
        result[line.line] = Place(None)
    for change in changes:
        on_invoice[change.invoice].append(change)
    carried = _at_first(existing.values(), chain.from_iterable(on_invoice.values()), of)
    for by in of.order:
        day = existing[of.last(by)].issued_on
        taken: Places = {}
        paid = told_before = 0
        for id_ in by_invoice[by]:
            on = of.on.get(id_)
            if on is None:
                continue
            taken[id_] = _replaced(existing[on], carried[on], on_invoice[on], day)
            paid += taken[id_].share or 0
            told_before += carried[on].told
        prepaid = existing[by].total - existing[by].to_pay
        among = max(0, min(prepaid - told_before, paid))
        carried[by] = _Carried(paid, paid - among, prepaid - among)
        result |= _less(taken, among)
    return result


def _at_first(
    invoices: Iterable[Invoice], changes: Iterable[Change], of: Succession
) -> dict[int, _Carried]:
    """What a correction gave to invoices that are not replaced with it counts for what takes its
    place.
    """
    carried = {
        item.id: _Carried(item.spent, item.spent, item.total - item.to_pay) for item in invoices
    }
    for change in changes:
        if change.by in carried and of.last(change.by) == of.last(change.invoice):
            own = carried[change.by]
            carried[change.by] = own._replace(paid=own.paid - change.amount)
    return carried


def _replaced(
    invoice: Invoice, carried: _Carried, changes: Sequence[Change], day: date | None
) -> Place:
    """It asks for no more than what is paid on it; what later corrections change is owed beside."""
    later = [change for change in changes if day and change.issued_on and change.issued_on > day]
    then = replace(
        invoice,
        netted=_total(changes) - _total(later),
        spent=carried.share,
        paid=invoice.paid - _paid_beside(invoice, later),
    )
    settled = asked(then) - outstanding(then)
    return Place(invoice.id, settled - asked(then), carried.paid + settled)


def _paid_beside(invoice: Invoice, later: Sequence[Change]) -> int:
    """What was paid, or given back, of what later corrections change, since the first of them."""
    if not later:
        return 0
    change = _total(later)
    first = min(each.issued_on for each in later if each.issued_on)
    since = 0
    for day, amount in invoice.payments:
        if day >= first and amount * change > 0:
            since += amount
    if change < 0:
        return max(change, since)
    return min(change, since)


def _total(changes: Iterable[Change]) -> int:
    return sum(change.amount for change in changes)


def _less(taken: Places, prepaid: int) -> Places:
    """Without what the new document tells as prepaid itself, which is at most what is paid."""
    result = {}
    for line, place in taken.items():
        part = min(prepaid, max(0, place.share or 0))
        result[line] = place._replace(share=(place.share or 0) - part)
        prepaid -= part
    return result
