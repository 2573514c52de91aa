"""Collective bookings: whole in CAMT.053, taken apart in CAMT.054, money once, whichever comes
first.
"""

from decimal import Decimal

import pytest

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.ledger.model.matching.values import Reason
from handlers.ledger.service.bank import collective_bookings, reconciliation
from handlers.ledger.service.bank.reconciliation import Sums
from handlers.ledger.statements.reader import read
from handlers.ledger.statements.values import StatementFile
from storage.bank import statements
from storage.bank.statements import Line
from storage.invoices.invoices import ids_of
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
    file = StatementFile("wyciag.xml", read(document(content, kind)))
    reconciliation.take(turn, file, done)
    return done


def waiting(turn: Turn) -> list[Decimal]:
    return [Decimal(line.amount) / 100 for line in statements.waiting(turn)]


@pytest.mark.parametrize(
    ("whole", "apart"),
    [
        (entry("ZB1", ""), entry("ZB1", PARTS)),  # by the bank's reference
        (
            entry("", BATCH),
            entry("", PARTS),
        ),  # by the number of transfers, where there is no reference
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
def test_other_booking_of_that_sum_is_other_money(
    books: Turns, whole: str, apart: str, order: str
) -> None:
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
        reconciliation.set_aside(turn, line.id)
        assert takes(turn, entry("ZB1", PARTS), "camt.054").booked == 0
        assert waiting(turn) == []
        assert [one.id for one in aside(turn)] == [line.id]


def singles(*told: tuple[str, str]) -> str:
    paid_by = "<RltdPties><Dbtr><Nm>KOWALSKA SP. Z O.O.</Nm></Dbtr></RltdPties><RmtInf>"
    return "".join(
        entry(
            f"P{n}",
            f"<NtryDtls>{part(amount, title).replace('<RmtInf>', paid_by)}</NtryDtls>",
            amount,
        )
        for n, (amount, title) in enumerate(told)
    )


def remarks(books: Turns) -> list[tuple[int, bool]]:
    with books.turn(HOME) as turn:
        lines = statements.waiting(turn)
        wholes = reconciliation.booked_wholes(turn, lines)
        return [
            (
                collective_bookings.one_by_one(turn, one),
                bool(collective_bookings.booked_whole(turn, one, wholes)),
            )
            for one in lines
        ]


@pytest.mark.parametrize("order", ["whole first", "singles first"])
def test_sum_whose_transfers_came_one_by_one_is_kept_and_said_to_be_that(
    books: Turns, order: str
) -> None:
    whole, apart = (
        entry("ZB1", BATCH),
        singles(("100.00", "czynsz"), ("200.00", "media"), ("7.00", "x")),
    )
    for content in (whole, apart) if order == "whole first" else (apart, whole):
        with books.turn(HOME) as turn:
            takes(turn, content, "camt.053")
    assert sorted(remarks(books)) == [(0, False), (0, False), (0, False), (2, False)]


def test_each_of_many_sums_that_are_alike_tells_how_many_transfers_it_stands_for(
    books: Turns,
) -> None:
    for content in (entry("", BATCH) * 5, singles(("100.00", "czynsz"), ("200.00", "media"))):
        with books.turn(HOME) as turn:
            takes(turn, content, "camt.053")
    assert sorted(remarks(books)) == [(0, False)] * 2 + [(2, False)] * 5


@pytest.mark.parametrize("order", ["whole first", "singles first"])
def test_files_of_one_import_are_told_apart(books: Turns, order: str) -> None:
    files = [entry("ZB1", BATCH), singles(("100.00", "czynsz"), ("200.00", "media"))]
    with books.turn(HOME) as turn:
        read_all = [
            StatementFile("wyciag.xml", read(document(content, "camt.053"))) for content in files
        ]
        reconciliation.take_all(
            turn, read_all if order == "whole first" else read_all[::-1], Sums()
        )
    assert sorted(remarks(books)) == [(0, False), (0, False), (2, False)]


@pytest.mark.parametrize(
    "whole",
    [
        entry("ZB1", BATCH.replace("2", "3")),  # of three transfers
        entry("ZB1", BATCH.replace("2", "999999999") * 3),
        entry("ZB1", BATCH, day="2026-11-19"),
        entry("ZB1", BATCH, "300.01"),
        entry("ZB1", ""),  # a single transfer
    ],
)
def test_sum_that_no_transfers_of_its_day_make_is_left_alone(books: Turns, whole: str) -> None:
    for content in (whole, singles(("100.00", "czynsz"), ("200.00", "media"))):
        with books.turn(HOME) as turn:
            takes(turn, content, "camt.053")
    assert set(remarks(books)) == {(0, False)}


def test_lines_of_one_file_are_other_money_whatever_they_sum_up_to(books: Turns) -> None:
    with books.turn(HOME) as turn:
        takes(
            turn,
            entry("ZB1", BATCH) + singles(("100.00", "czynsz"), ("200.00", "media")),
            "camt.053",
        )
    assert set(remarks(books)) == {(0, False)}


def test_transfer_is_not_booked_by_itself_after_the_sum_that_it_may_be_in(books: Turns) -> None:
    with books.turn(HOME) as turn:
        takes(turn, entry("ZB1", BATCH, "10240.75"), "camt.053")
        (whole,) = statements.waiting(turn)
        (invoice,) = ids_of(turn, ["FV/2026/11/0042"]).values()
        reconciliation.allot(turn, whole.id, {invoice: 100})
    with books.turn(HOME) as turn:
        told = singles(("10239.75", "FV/2026/11/0042"), ("1.00", "x"))
        assert takes(turn, told, "camt.053").partly_matched == 0
        found = {
            one.amount: verdict
            for one, verdict in reconciliation.proposals(turn, statements.waiting(turn))
        }
        assert Reason.TOLD_OTHERWISE in found[1023975].proposals[0].reasons


def test_transfer_is_booked_while_the_sum_that_it_may_be_in_waits(books: Turns) -> None:
    with books.turn(HOME) as turn:
        takes(turn, entry("ZB1", BATCH, "10240.75"), "camt.053")
    with books.turn(HOME) as turn:
        assert (
            takes(turn, singles(("10239.75", "FV/2026/11/0042"), ("1.00", "x")), "camt.053").matched
            == 1
        )
    assert sorted(remarks(books)) == [(0, False), (2, False)]


def aside(turn: Turn) -> list[Line]:
    return list(statements.aside(turn))
