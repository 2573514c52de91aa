"""Booking: invoices enter the ledger once; corrections net against what they correct, whichever came first."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from storage import invoice_booking, invoices
from storage.invoice_booking import Netting, NewInvoice, Replaced
from storage.turn import Turn

Outcome = Literal["imported", "unchanged", "conflict"]


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


def renet(turn: Turn, correcting: Iterable[int]) -> None:
    """Distribute what these corrections give over the invoices that they name and that are known."""
    changed = list(correcting)
    for by_invoice in changed:
        replaced = invoice_booking.replaced(turn, by_invoice)
        if replaced is None:
            given, lines = invoice_booking.nettings(turn, by_invoice)
            invoice_booking.net(turn, distribute(given, lines))
        for one in replaced or ():
            invoice_booking.take_place(turn, one, stays_on(one))
    invoices.refresh(turn, invoice_booking.netted_with(turn, changed))


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


def stays_on(one: Replaced) -> int:
    """What is paid on a replaced invoice stays there and counts for the one in its place; a credit stays as it is."""
    return min(max(one.settled, 0), one.asked) if one.asked > 0 else one.asked


def _again(one: NewInvoice, id_: int, digest: str) -> Booked:
    return Booked("unchanged" if digest == one.digest else "conflict", one.number, id_)
