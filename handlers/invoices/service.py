"""Invoices: files into the ledger, answers out of it, and what people say of an invoice."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from bot.kit.errors import Problem
from bot.kit.money import Money
from bot.kit.words import N_
from handlers.invoices.booking import is_bookable, to_ledger
from handlers.invoices.reading import Read, read_path
from handlers.ledger import service as ledger
from handlers.ledger.booking import Booked, book
from handlers.ledger.payments import Payment
from handlers.ledger.payments import book as book_payment
from handlers.ledger.service import Entry
from handlers.people import roles
from storage import invoices
from storage.turn import BOT, Turn

CHUNK = 500
Turning = Callable[[], AbstractContextManager[Turn]]


class OnlyFinance(Problem):
    """A booking that is finance's to make."""

    sentence = N_("Only finance may do that. Ask them with /ticket.")


class NotAnAmount(Problem):
    """An amount that cannot be booked."""

    sentence = N_("Please give an amount above zero, such as 1234.50.")
    field = "amount"


class PaidInTheFuture(Problem):
    """A payment that has not been made yet."""

    sentence = N_("That day is still to come. Book a payment when it is made.")
    field = "booked_on"


class PromiseInThePast(Problem):
    """A promise for a day that is over."""

    sentence = N_("A promise is for today or later. Please choose another day.")
    field = "until"


@dataclass
class Outcome:
    """What became of a file: how many of its documents, and their numbers."""

    path: str
    outcome: str = "imported"
    numbers: list[str] = field(default_factory=list)
    message: str | None = None


@dataclass
class Import:
    """The sums of an import, and each file's part in it."""

    imported: int = 0
    unchanged: int = 0
    conflicts: int = 0
    failed: int = 0
    files: list[Outcome] = field(default_factory=list)


def import_paths(turning: Turning, paths: Iterable[Path], on_file: Callable[[str], None] = lambda _: None) -> Import:
    """Book every document below the paths, a chunk a turn; ``on_file`` is told each file as it is begun."""
    done = Import()
    reads = (read for path in paths for read in _told(read_path(path), on_file))
    while chunk := list(islice(reads, CHUNK)):
        with turning() as turn:
            take(turn, chunk, done)
    return done


def take(turn: Turn, reads: list[Read], done: Import) -> None:
    """Book what was read and add it to the sums; what cannot be booked is told, nothing is lost silently."""
    bookable = [read for read in reads if read.document and is_bookable(read.document)]
    booked = dict(zip(map(id, bookable), book(turn, to_ledger(turn, bookable)), strict=True))
    for read in reads:
        _count(done, read, booked.get(id(read)))
    fresh = [one.invoice for one in booked.values() if one.outcome == "imported"]
    if fresh:
        turn.record("invoices.imported", f"invoice:{fresh[0]}", count=len(fresh), last=fresh[-1])


def pay(turn: Turn, invoice_id: int, amount: Money, booked_on: date, reference: str) -> Entry:
    """Finance enters a payment by hand; the same form sent twice books it once."""
    entry = _finances(turn, invoice_id)
    if amount.minor <= 0:
        raise NotAnAmount()
    if booked_on > ledger.today(turn):
        raise PaidInTheFuture()
    signed = amount.minor if entry.invoice.to_pay >= 0 else -amount.minor
    book_payment(turn, Payment(invoice_id, signed, booked_on, "hand", reference))
    return ledger.get(turn, invoice_id)


def promise(turn: Turn, invoice_id: int, until: date) -> Entry:
    """The customer promises to pay by a day; reminders wait for it."""
    entry = ledger.get(turn, invoice_id)
    if until < ledger.today(turn):
        raise PromiseInThePast()
    invoices.set_facts(turn, invoice_id, promised_until=until)
    turn.record("invoice.promised", f"invoice:{invoice_id}", until=until.isoformat())
    return ledger.get(turn, entry.invoice.id)


def dispute(turn: Turn, invoice_id: int, why: str) -> Entry:
    """The customer disputes it; an empty reason ends the dispute."""
    ledger.get(turn, invoice_id)
    invoices.set_facts(turn, invoice_id, disputed=why.strip() or None)
    turn.record("invoice.disputed" if why.strip() else "invoice.undisputed", f"invoice:{invoice_id}")
    return ledger.get(turn, invoice_id)


def write_off(turn: Turn, invoice_id: int) -> Entry:
    """Nobody expects this money any more."""
    if turn.actor != BOT:
        _finances(turn, invoice_id)
    invoices.set_facts(turn, invoice_id, is_written_off=True)
    turn.record("invoice.written_off", f"invoice:{invoice_id}")
    return ledger.get(turn, invoice_id)


def _finances(turn: Turn, invoice_id: int) -> Entry:
    if not roles.is_finance(turn):
        raise OnlyFinance()
    return ledger.get(turn, invoice_id)


def _told(reads: Iterator[Read], on_file: Callable[[str], None]) -> Iterator[Read]:
    last = None
    for read in reads:
        if read.path != last:
            on_file(read.path)
            last = read.path
        yield read


def _count(done: Import, read: Read, booked: Booked | None) -> None:
    file = done.files[-1] if done.files and done.files[-1].path == read.path else None
    if file is None:
        file = Outcome(read.path)
        done.files.append(file)
    if booked is None:
        done.failed += 1
        file.outcome, file.message = "failed", str(read.problem or Unbookable(name=read.path))
        return
    file.numbers.append(booked.number)
    if booked.outcome == "imported":
        done.imported += 1
    elif booked.outcome == "unchanged":
        done.unchanged += 1
        file.outcome = "unchanged" if file.outcome == "imported" and len(file.numbers) == 1 else file.outcome
    else:
        done.conflicts += 1
        file.outcome, file.message = "conflict", str(Conflict(number=booked.number))


class Unbookable(Problem):
    """A document without what an invoice must have."""

    sentence = N_("{name} is read, but it has no number, currency or total, so it cannot be booked.")


class Conflict(Problem):
    """The same identity with other content."""

    sentence = N_("Invoice {number} of this seller is booked already with other content. Compare the two files.")
