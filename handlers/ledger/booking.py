"""Booking: invoices enter the ledger once; corrections net against what they correct, whichever came first."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from storage import invoice_booking, invoices
from storage.invoice_booking import Netting, NewInvoice
from storage.turn import Turn

Outcome = Literal["imported", "unchanged", "conflict"]
_LONGEST_CHAIN = 20  # of invoices, each in the place of the one before


class Booked(NamedTuple):
    """What became of one invoice."""

    outcome: Outcome
    number: str
    invoice: int


def book(turn: Turn, new: Sequence[NewInvoice]) -> list[Booked]:
    """Book invoices in one go. The same again changes nothing; other content under a known identity is a conflict."""
    ids = invoice_booking.add(turn, new)
    fresh = [(id_, one) for id_, one in zip(ids, new, strict=True) if id_ is not None]
    known = invoice_booking.known(turn, [one.identity for id_, one in zip(ids, new, strict=True) if id_ is None])
    renet(turn, invoice_booking.touched_corrections(turn, fresh))
    return [
        Booked("imported", one.number, id_) if id_ is not None else _again(one, *known[one.identity])
        for id_, one in zip(ids, new, strict=True)
    ]


def renet(turn: Turn, correcting: Iterable[int]) -> set[int]:
    """Distribute what these corrections give over the invoices that they name and that are known; all of these.

    Differences first: what stands in the place of an invoice stands in that of its corrections too. An invoice in the
    place of one that is itself in another's place is looked at after that one, whichever came first.
    """
    changed = set(correcting)
    wave = invoice_booking.replacements(turn, changed)
    for by_invoice in sorted(changed - wave):
        given, lines = invoice_booking.nettings(turn, by_invoice)
        invoice_booking.net(turn, distribute(given, lines))
    wave |= invoice_booking.replacing(turn, invoice_booking.netted_with(turn, changed))
    for _ in range(_LONGEST_CHAIN):  # two may name each other
        for by_invoice in sorted(wave):
            _take_places(turn, by_invoice)
        changed |= wave
        wave = invoice_booking.replacing(turn, wave) if wave else wave
    touched = invoice_booking.netted_with(turn, changed)
    invoices.refresh(turn, touched)
    return touched


def follow_payments(turn: Turn, paid: Iterable[int]) -> set[int]:
    """What is paid on an invoice, or no longer is, counts for the one in its place; the invoices that changed so."""
    replacing = invoice_booking.replacing(turn, paid)
    return renet(turn, replacing) if replacing else set()


def _take_places(turn: Turn, by_invoice: int) -> None:
    """What the new document tells as prepaid itself is taken off there already."""
    deducted, originals = invoice_booking.replaced(turn, by_invoice)
    for one in originals:
        told = max(0, min(deducted, one.taken_over))
        invoice_booking.take_place(turn, one, one.taken_over - told)
        deducted -= told


def distribute(given: int, lines: Sequence[Netting]) -> dict[int, tuple[int | None, int]]:
    """How a correction's amount falls on its lines: line id to (invoice, signed amount).

    A share that the document tells is taken as told. The rest lowers the known originals one after the other, each
    down to nothing at most; what is left then, and every rise, falls on the last one. Unknown originals wait.
    """
    known = [line for line in lines if line.invoice is not None]
    amounts = {line.id: (line.invoice, line.share or 0) for line in known}
    rest = given - sum(line.share or 0 for line in lines)
    unshared = [line for line in known if line.share is None]
    waiting = any(line.invoice is None and line.share is None for line in lines)
    for line in unshared:
        is_last = line is unshared[-1] and not waiting
        part = rest if is_last else max(rest, -max(line.open, 0)) if rest < 0 else 0
        amounts[line.id] = (line.invoice, part)
        rest -= part
    return amounts | {line.id: (None, 0) for line in lines if line.invoice is None}


def _again(one: NewInvoice, id_: int, digest: str) -> Booked:
    return Booked("unchanged" if digest == one.digest else "conflict", one.number, id_)
