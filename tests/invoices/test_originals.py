"""The files that invoices came in: kept once, beside each of their invoices."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from sqlalchemy import func, select

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.invoices.service.document_import import CHUNK_BYTES, Import, import_reads, take
from handlers.invoices.service.document_reader import MOST_KEPT, Read, read_bytes
from storage.documents.files import files
from storage.invoices import originals
from storage.turn import Turn
from tests.invoices.samples import content
from tests.invoices.test_booking import BILL

NUMBERS = "9/2026", "10/2026"


def books(turns: Turns, *reads: Read) -> None:
    with turns.turn(HOME) as turn:
        take(turn, list(reads), Import())


def original_of(turns: Turns, invoice: int) -> bytes | None:
    with turns.turn(HOME) as turn:
        return originals.of(turn, invoice)


def test_file_is_kept_as_it_came(turns: Turns) -> None:
    books(turns, *read_bytes(content("fa3.xml"), "fa3.xml"))
    assert original_of(turns, 1) == content("fa3.xml")


def test_two_invoices_of_one_file_share_it(turns: Turns) -> None:
    books(
        turns, *(Read("x", BILL._replace(number=number), original=b"<both/>") for number in NUMBERS)
    )
    assert {original_of(turns, invoice) for invoice in (1, 2)} == {b"<both/>"}
    with turns.turn(HOME) as turn:
        assert turn.db.execute(select(func.count()).select_from(files)).scalar() == 1


def test_first_file_stays_whatever_comes_again(turns: Turns) -> None:
    for original in (None, b"<first/>", b"<second/>"):
        books(turns, Read("x", BILL, original=original))
    assert original_of(turns, 1) == b"<first/>"


def test_file_of_a_conflict_is_not_kept_with_the_invoice(turns: Turns) -> None:
    books(turns, Read("x", BILL), Read("y", BILL._replace(total=Decimal(7)), original=b"<other/>"))
    assert original_of(turns, 1) is None


def test_tables_and_what_is_very_large_are_not_kept() -> None:
    large = content("fa3.xml") + b" " * MOST_KEPT
    told = [*read_bytes(content("faktury.csv"), "faktury.csv"), *read_bytes(large, "fa3.xml")]
    assert {read.original for read in told if read.document} == {None}
    assert told[-1].document


def test_import_of_many_large_files_goes_in_small_steps(turns: Turns) -> None:
    taken: list[Turn] = []

    @contextmanager
    def counted() -> Iterator[Turn]:
        with turns.turn(HOME) as turn:
            taken.append(turn)
            yield turn

    third = bytes(CHUNK_BYTES // 3)
    reads = (Read("x", BILL._replace(number=f"{n}/2026"), original=third) for n in range(7))
    assert import_reads(counted, reads).imported == 7
    assert len(taken) >= 3
