"""Collective bookings: whole in CAMT.053, taken apart in CAMT.054, money once, whichever comes first."""

from decimal import Decimal

import pytest

from bot.slack import HOME
from bot.turns import Turns
from handlers.ledger import reconciling
from handlers.ledger.reconciling import Sums
from handlers.ledger.statements.reading import read
from storage import statements
from storage.statements import Line
from storage.turn import Turn
from tests.ledger.test_statements_camt import document, part

BATCH = "<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch></NtryDtls>"
PARTS = f"<NtryDtls>{part('100.00', 'czynsz')}{part('200.00', 'media')}</NtryDtls>"
KOWALSKA = "<NtryDtls>{}{}</NtryDtls>".format(
    part("10239.75", "FV/2026/11/0042").replace(
        "<RmtInf>", "<RltdPties><Dbtr><Nm>KOWALSKA SP. Z O.O.</Nm></Dbtr></RltdPties><RmtInf>"
    ),
    part("1.00", "x"),
)


def entry(reference: str, details: str, amount: str = "300.00", day: str = "2026-11-20") -> str:
    named = f"<AcctSvcrRef>{reference}</AcctSvcrRef>" if reference else ""
    return (
        f"<Ntry><Amt Ccy='PLN'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
        f"<BookgDt><Dt>{day}</Dt></BookgDt>{named}{details}</Ntry>"
    )


def takes(turn: Turn, content: str, kind: str) -> Sums:
    done = Sums()
    reconciling.take(turn, read(document(content, kind)), done)
    return done


def waiting(turn: Turn) -> list[Decimal]:
    return [Decimal(line.amount) / 100 for line in statements.waiting(turn)]


@pytest.mark.parametrize(
    ("whole", "apart"),
    [
        (entry("ZB1", ""), entry("ZB1", PARTS)),  # by the bank's reference
        (entry("", BATCH), entry("", PARTS)),  # by the number of transfers, where there is no reference
        (entry("ZB1", BATCH), entry("", PARTS)),
        (entry("", BATCH), entry("ZB1", PARTS)),
    ],
)
@pytest.mark.parametrize("order", ["whole first", "parts first"])
def test_collective_booking_is_money_once(books: Turns, whole: str, apart: str, order: str) -> None:
    files = [(whole, "camt.053"), (apart, "camt.054")]
    with books.turn(HOME) as turn:
        for content, kind in files if order == "whole first" else reversed(files):
            takes(turn, content, kind)
        assert waiting(turn) == [Decimal(100), Decimal(200)]
        for content, kind in files:
            again = takes(turn, content, kind)
            assert (again.booked, again.already_known) == (0, again.entries)
        assert waiting(turn) == [Decimal(100), Decimal(200)]


@pytest.mark.parametrize(
    ("whole", "apart"),
    [
        (entry("ZB1", BATCH), entry("ZB2", PARTS)),  # two bookings of one day and sum
        (entry("ZB1", BATCH), entry("ZB1", PARTS, day="2026-11-19")),
        (entry("", ""), entry("", PARTS)),  # a single transfer of that sum
        (entry("", BATCH.replace("2", "3")), entry("", PARTS)),
    ],
)
@pytest.mark.parametrize("order", ["whole first", "parts first"])
def test_other_booking_of_that_sum_is_other_money(books: Turns, whole: str, apart: str, order: str) -> None:
    files = [(whole, "camt.053"), (apart, "camt.054")]
    with books.turn(HOME) as turn:
        for content, kind in files if order == "whole first" else reversed(files):
            takes(turn, content, kind)
        assert sorted(waiting(turn)) == [Decimal(100), Decimal(200), Decimal(300)]


def test_two_alike_on_one_day_are_two_in_both_files(books: Turns) -> None:
    with books.turn(HOME) as turn:
        takes(turn, entry("", BATCH) * 2, "camt.053")
        takes(turn, entry("", PARTS) * 2, "camt.054")
        assert waiting(turn) == [Decimal(100), Decimal(200)] * 2


def test_parts_find_their_invoices_when_the_whole_could_not(books: Turns) -> None:
    with books.turn(HOME) as turn:
        assert takes(turn, entry("ZB1", "", "10240.75"), "camt.053").unmatched == 1
        assert takes(turn, entry("ZB1", KOWALSKA, "10240.75"), "camt.054").matched == 1
        assert waiting(turn) == [Decimal(1)]


def test_whole_that_somebody_dealt_with_stays_as_it_is(books: Turns) -> None:
    with books.turn(HOME) as turn:
        takes(turn, entry("ZB1", ""), "camt.053")
        (line,) = statements.waiting(turn)
        reconciling.set_aside(turn, line.id)
        assert takes(turn, entry("ZB1", PARTS), "camt.054").booked == 0
        assert waiting(turn) == []
        assert [one.id for one in aside(turn)] == [line.id]


def aside(turn: Turn) -> list[Line]:
    return list(statements.aside(turn))
