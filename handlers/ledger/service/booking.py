"""Booking: invoices enter the ledger once; corrections net against what they correct, whichever
came first.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Literal, NamedTuple

from handlers.ledger.model.replacement_chain import age_of, succession
from handlers.ledger.service import outstanding_amounts, payment_watches
from handlers.ledger.service.replacement_netting import places
from storage.invoices import booking, invoices, replacements
from storage.invoices.booking import Netting, NewInvoice
from storage.invoices.replacements import Naming
from storage.turn import Turn

Outcome = Literal["imported", "unchanged", "conflict"]


class Booked(NamedTuple):
    """What became of one invoice."""

    outcome: Outcome
    number: str
    invoice: int


def book(turn: Turn, new: Sequence[NewInvoice]) -> list[Booked]:
    """Book invoices in one go. The same again changes nothing; other content under a known identity
    is a conflict.
    """
    ids = booking.add(turn, new)
    fresh: list[tuple[int, NewInvoice]] = []
    again: list[tuple[str, str]] = []
    for id_, item in zip(ids, new, strict=True):
        if id_ is None:
            again.append(item.identity)
        else:
            fresh.append((id_, item))
    existing = booking.known(turn, again)
    if correcting := booking.touched_corrections(turn, fresh):
        payment_watches.tell_settled(turn, renet(turn, correcting))
    results: list[Booked] = []
    for id_, item in zip(ids, new, strict=True):
        if id_ is None:
            results.append(_again(item, *existing[item.identity]))
        else:
            results.append(Booked("imported", item.number, id_))
    return results


def renet(turn: Turn, correcting: Iterable[int]) -> set[int]:
    """Distribute what these corrections give over the invoices that they name and that are known;
    all of these.

    Differences first: what stands in the place of an invoice stands in that of its corrections too.
    """
    changed = set(correcting)
    before = booking.netted_with(turn, changed)
    _give(turn, sorted(changed - replacements.replacing(turn, changed)))
    touched = before | booking.netted_with(turn, changed)
    invoices.hold(turn, touched)
    if sharing := booking.sharing(turn, touched):
        _share_anew(turn, sharing)
        touched |= booking.netted_with(turn, sharing)
    touched |= _take_places(turn, replacements.near(turn, touched))
    outstanding_amounts.refresh(turn, touched)
    return touched


def _give(turn: Turn, correcting: Iterable[int]) -> None:
    for by_invoice in correcting:
        given, is_paid, lines = booking.nettings(turn, by_invoice)
        amounts = distribute(given, lines)
        if is_paid:  # what it adds to others is paid with it, what it takes away is taken away
            amounts = {line: (on, min(amount, 0)) for line, (on, amount) in amounts.items()}
        booking.net(turn, amounts)


def _share_anew(turn: Turn, sharing: set[int]) -> None:
    """What a correction gives to which of several depends on what others gave: the earliest one
    gives first.
    """
    booking.release(turn, sharing)
    existing = replacements.known(turn, sharing)
    _give(turn, sorted(sharing, key=lambda id_: age_of(existing[id_])))


def follow_payments(turn: Turn, paid: Collection[int]) -> set[int]:
    """What is paid on an invoice, or no longer is, counts for the one in its place; all that have
    to do with it so.
    """
    touched = _take_places(turn, replacements.near(turn, paid))
    outstanding_amounts.refresh(turn, touched)
    return touched


def _take_places(turn: Turn, ids: Iterable[int]) -> set[int]:
    """Work out anew who stands in whose place among these invoices and those around them; all of
    those.
    """
    lines, members = _held_around(turn, ids)
    if not lines:
        return set()
    existing = replacements.known(turn, members)
    of = succession(lines, {id_: age_of(item) for id_, item in existing.items()})
    replacements.take(turn, places(lines, of, existing, replacements.changes(turn, members)))
    return members


def _held_around(turn: Turn, ids: Iterable[int]) -> tuple[list[Naming], set[int]]:
    """Held, so that what others pay on them, or put in their place, at the same time is seen here
    or sees this.
    """
    held: set[int] = set()
    while True:
        lines = replacements.around(turn, ids)
        members: set[int] = set()
        for line in lines:
            members.update(filter(None, (line.by, line.named, line.on)))
        if members <= held:
            return lines, held
        invoices.hold(turn, members)
        held |= members


def distribute(given: int, lines: Sequence[Netting]) -> dict[int, tuple[int | None, int]]:
    """How a correction's amount falls on its lines: line id to (invoice, signed amount).

    A share that the document tells is taken as told. The rest lowers the known originals one after
    the other, each down to nothing at most; what is left then, and every rise, falls on the last
    one. Unknown originals wait.
    """
    amounts: dict[int, tuple[int | None, int]] = {}
    unshared: dict[int, Netting] = {}  # One that is named twice is given to once.
    rest = given
    waits = False
    for line in lines:
        share = line.share or 0
        rest -= share
        amounts[line.id] = (line.invoice, share if line.invoice is not None else 0)
        if line.share is not None:
            continue
        if line.invoice is None:
            waits = True
        else:
            unshared.setdefault(line.invoice, line)
    for place, (invoice, line) in enumerate(unshared.items(), 1):
        is_last = place == len(unshared) and not waits
        part = rest if is_last else _down_to_nothing(rest, line.open)
        amounts[line.id] = (invoice, part)
        rest -= part
    return amounts


def _down_to_nothing(rest: int, open_: int) -> int:
    """How much of what lowers falls on what is open; a rise falls on none."""
    if rest >= 0:
        return 0
    return max(rest, -max(open_, 0))


def _again(new_invoice: NewInvoice, id_: int, digest: str) -> Booked:
    outcome: Outcome = "unchanged" if digest == new_invoice.digest else "conflict"
    return Booked(outcome, new_invoice.number, id_)
