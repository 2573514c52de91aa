"""Importing invoices into the ledger, a chunk a turn."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

from bot.kit.errors import Problem
from bot.kit.tables.layout import Layout
from bot.kit.words import N_, Phrase
from handlers.invoices.columns import memory
from handlers.invoices.formats.source import Source
from handlers.invoices.formats.tables.table import remark_of
from handlers.invoices.model.checks import NUMBER_MISSING
from handlers.invoices.service import account_alarm
from handlers.invoices.service.document_booking import CustomerIds, is_bookable, to_ledger
from handlers.invoices.service.document_reader import Read, read_path
from handlers.invoices.service.waiting import payment_board
from handlers.ledger.service.booking import Booked, book
from storage.invoices import originals
from storage.invoices.booking import NewInvoice, learn
from storage.turn import Turn

CHUNK = 10_000  # fewer make each index be written over and over
CHUNK_BYTES = 50_000_000  # of the files that are kept
NUMBERS_TOLD = 1_000  # of one file
PROBLEMS_TOLD = 20
FIRST_TOLD = 5
_NEEDED = ("number.", "currency.", "total.", "amount.")
Turning = Callable[[], AbstractContextManager[Turn]]
Counted = Callable[[Iterator[Read]], Iterator[Read]]


class Unbookable(Problem):
    """A document without what an invoice must have; ``reason`` names the row, where it is one."""

    sentence = N_("{name} is read, but an invoice in it cannot be booked: {reason}")


class Conflict(Problem):
    """The same identity with other content."""

    sentence = N_(
        "Invoice {number} of this seller is booked already with other content. Compare the two "
        "files."
    )


class BetweenOthers(Problem):
    """Booked, and owed neither to us nor by us."""

    sentence = N_(
        "Invoice {number} is kept, but neither its seller nor its buyer is us, so nothing follows "
        "from it. Check tax_numbers and name under [company]."
    )


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
    between_others: int = 0
    """Those imported of which neither party is us."""
    files: list[Outcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """The first of them, to be said in the words of whoever asked."""
    remarks: list[tuple[str, Problem]] = field(default_factory=list)
    """What else is to be told of a file, by its path."""
    first: list[int] = field(default_factory=list)
    """The invoices that the first of them are in the ledger."""
    met: CustomerIds = field(default_factory=dict)
    """Customers whom it has met so far."""


def import_paths(turning: Turning, paths: Iterable[Path], counted: Counted = iter) -> Import:
    """Book every document below the paths; ``counted`` sees each as it is read.

    A table whose headings somebody confirmed is read as it was confirmed, any other one as it
    seems.
    """

    def recall(source: Source) -> Layout | None:
        recalled = memory.recall_for(turning, source)
        return recalled.layout if recalled and recalled.layout.kind == "invoices" else None

    def read_all() -> Iterator[Read]:
        for path in paths:
            yield from read_path(path, recall)

    return import_reads(turning, counted(read_all()))


def import_reads(turning: Turning, reads: Iterator[Read]) -> Import:
    """Book documents as they are read, a chunk a turn, so that a million of them need no more
    memory than a few.
    """
    done = Import()
    while chunk := _next(reads):
        with turning() as turn:
            take(turn, chunk, done)
    if done.imported:
        with turning() as turn:
            payment_board.follow(turn)
            if done.imported >= CHUNK:
                learn(turn)
    return done


def _next(reads: Iterator[Read]) -> list[Read]:
    chunk, weight = [], 0
    for read in islice(reads, CHUNK):
        chunk.append(read)
        if read.original:
            weight += len(read.original)
            if weight > CHUNK_BYTES:
                break
    return chunk


def take(turn: Turn, reads: list[Read], done: Import) -> None:
    """Book what was read and add it to the sums; what cannot be booked is told, nothing is lost
    silently.
    """
    bookable = [read for read in reads if read.document and is_bookable(read.document)]
    new = to_ledger(turn, bookable, done.met)
    booked = book(turn, new)
    _keep_originals(turn, bookable, booked)
    done.remarks += _remarks(reads)
    done.first += [item.invoice for item in booked[: FIRST_TOLD - len(done.first)]]
    between_others = {
        id(read) for read, what in zip(bookable, new, strict=True) if what.direction == "none"
    }
    _count(done, reads, dict(zip(map(id, bookable), booked, strict=True)), between_others)
    _say_what_is_new(turn, new, booked)


def _say_what_is_new(turn: Turn, new: list[NewInvoice], booked: list[Booked]) -> None:
    """One event for a chunk, and the alarm for suppliers' changed accounts."""
    fresh: list[int] = []
    suspect: set[int] = set()
    for item, what in zip(booked, new, strict=True):
        if item.outcome == "imported":
            fresh.append(item.invoice)
        if account_alarm.is_suspect(what.findings):
            suspect.add(item.invoice)
    if fresh:
        turn.record("invoices.imported", f"invoice:{fresh[0]}", count=len(fresh), last=fresh[-1])
    if suspect:
        account_alarm.sound(turn, sorted(suspect.intersection(fresh)))


def _remarks(reads: list[Read]) -> Iterator[tuple[str, Problem]]:
    """What stands among the findings of a document and is told of its whole file."""
    for read in reads:
        for finding in read.findings:
            if remark := remark_of(finding):
                yield read.path, remark


def _keep_originals(turn: Turn, reads: list[Read], booked: list[Booked]) -> None:
    """Also of what was known already: a table or a connected system may have told it without its
    lines.
    """
    kept: dict[int, bytes] = {}
    for read, item in zip(reads, booked, strict=True):
        if read.original and item.outcome != "conflict":
            kept[item.invoice] = read.original
    originals.keep(turn, kept)


def _count(
    done: Import, reads: list[Read], outcomes: Mapping[int, Booked], between_others: set[int]
) -> None:
    for path, of_file in groupby(reads, attrgetter("path")):
        if not done.files or done.files[-1].path != path:
            done.files.append(Outcome(path))
        file = done.files[-1]
        for read in of_file:
            booked = outcomes.get(id(read))
            if booked and len(file.numbers) < NUMBERS_TOLD:
                file.numbers.append(booked.number)
            if booked and booked.outcome == "imported":
                done.imported += 1
                if id(read) in between_others:
                    _count_between_others(done, file, booked)
            else:
                _count_other(done, file, read, booked)


def _count_other(done: Import, file: Outcome, read: Read, booked: Booked | None) -> None:
    if booked is None:
        done.failed += 1
        file.outcome, file.message = (
            "failed",
            _told(done, read.problem or Unbookable(name=read.path, reason=_reason(read))),
        )
    elif booked.outcome == "unchanged":
        done.unchanged += 1
        file.outcome = (
            "unchanged" if file.outcome == "imported" and len(file.numbers) == 1 else file.outcome
        )
    else:
        done.conflicts += 1
        file.outcome, file.message = "conflict", _told(done, Conflict(number=booked.number))


def _count_between_others(done: Import, file: Outcome, booked: Booked) -> None:
    done.between_others += 1
    if file.message is None:
        file.message = _told(done, BetweenOthers(number=booked.number))


def _reason(read: Read) -> Phrase:
    """The first of the findings that tells of what an invoice must have."""
    for finding in read.findings:
        if finding.rule.id.startswith(_NEEDED) and finding.rule.severity == "error":
            return Phrase(finding.rule.sentence, **finding.facts)
    return Phrase(NUMBER_MISSING.sentence)


def _told(done: Import, problem: Problem) -> str:
    if len(done.problems) < PROBLEMS_TOLD:
        done.problems.append(problem)
    return str(problem)
