"""A statement line is booked once, whatever file brings it, however often."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from handlers.ledger.statements.identity import Identity, Known, identities, is_known
from handlers.ledger.statements.reader import read
from handlers.ledger.statements.values import Entry, Statement, statement
from tests.ledger.test_statements_camt import DETAILS, booked, document

ACCOUNT = "61109010140000071219812874"
DAY = date(2026, 11, 20)


class Books:
    """What an import remembers: the two keys of each line, and whether it had a reference."""

    def __init__(self) -> None:
        self.by_reference: set[str] = set()
        self.by_title: dict[str, Known] = {}
        self.booked: list[Entry] = []

    def take(self, statements: Iterable[Statement]) -> int:
        """Book what is new; how much that was."""
        before = len(self.booked)
        for _, entry, identity in identities(statements):
            if not is_known(identity, self.by_reference.__contains__, self.by_title.get):
                self._book(entry, identity)
        return len(self.booked) - before

    def _book(self, entry: Entry, identity: Identity) -> None:
        self.booked.append(entry)
        if identity.by_reference:
            self.by_reference.add(identity.by_reference)
        self.by_title[identity.by_title] = Known(identity.by_reference is not None)


def paged(
    entries: Sequence[Entry], *sizes: int, opening: Decimal = Decimal(100)
) -> list[Statement]:
    """The entries as pages of one account, each going on where the one before ended."""
    pages, rest = [], list(entries)
    for size in (*sizes, len(rest)):
        page, rest = rest[:size], rest[size:]
        closing = opening + sum(entry.amount for entry in page)
        pages.append(
            statement(
                format="mt940",
                account=ACCOUNT,
                currency="PLN",
                opening=opening,
                closing=closing,
                entries=page,
            )
        )
        opening = closing
    return pages


ENTRIES = st.lists(
    st.builds(
        Entry,
        booked_on=st.integers(0, 2).map(lambda n: DAY + timedelta(days=n)),
        amount=st.sampled_from([Decimal("10.00"), Decimal("20.00"), Decimal("123.45")]),
        currency=st.just("PLN"),
        title=st.sampled_from(["FV 1", "FV 2", ""]),
        counterparty=st.sampled_from(["ALFA", None]),
        reference=st.sampled_from(["R1", "R2", "R3", None]),
    ),
    max_size=12,
)


@given(ENTRIES, st.lists(st.integers(0, 4), max_size=3))
def test_every_line_is_booked_once_however_often_its_file_comes(
    entries: list[Entry], sizes: list[int]
) -> None:
    books = Books()
    assert books.take(paged(entries, *sizes)) == len(entries)
    assert books.take(paged(entries, *sizes)) == 0
    assert books.take(paged(entries)) == 0


@given(ENTRIES, st.integers(0, 3))
def test_a_longer_export_brings_only_the_days_that_were_missing(
    entries: list[Entry], days: int
) -> None:
    entries = sorted(entries, key=lambda entry: entry.booked_on)
    earlier = [entry for entry in entries if entry.booked_on < DAY + timedelta(days=days)]
    books = Books()
    books.take(paged(earlier))
    assert books.take(paged(entries)) == len(entries) - len(earlier)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_order_within_a_day_does_not_matter(entries: list[Entry], random: Random) -> None:
    books = Books()
    books.take(paged(entries))
    random.shuffle(entries)
    assert books.take(paged(entries)) == 0


@given(ENTRIES)
def test_the_same_statement_twice_in_one_file_is_one(entries: list[Entry]) -> None:
    once = paged(entries)
    assert Books().take([*once, *once]) == len(entries)


@given(st.lists(st.sampled_from(["FV 1", "FV 2"]), max_size=6))
def test_another_format_without_references_brings_nothing_new(titles: list[str]) -> None:
    with_references = [
        Entry(DAY, Decimal(10), "PLN", title, "Alfa Sp. z o.o.", reference=f"R{n}")
        for n, title in enumerate(titles)
    ]
    wrapped = [
        replace(e, title=e.title.replace(" ", ""), counterparty="ALFA SP.Z O.O.", reference=None)
        for e in with_references
    ]
    there, back = Books(), Books()
    there.take(paged(with_references))
    back.take(paged(wrapped))
    assert (there.take(paged(wrapped)), back.take(paged(with_references))) == (0, 0)


def test_equal_titles_with_other_references_are_two_payments() -> None:
    one, other = (
        Entry(DAY, Decimal(10), "PLN", "FV 1", reference=reference) for reference in ("R1", "R2")
    )
    books = Books()
    assert (books.take(paged([one])), books.take(paged([other, one]))) == (1, 1)


def numbered(number: str, payer: str) -> str:
    details = DETAILS.format(name=f"<Nm>{payer}</Nm>")
    return booked("10.00", details=details).replace(
        "AcctSvcrRef>REF-10.00</AcctSvcrRef", f"NtryRef>{number}</NtryRef"
    )


def test_lines_that_each_file_numbers_for_itself_are_told_by_what_they_say() -> None:
    interim, nightly = numbered("0001", "ALFA"), numbered("0001", "BETA") + numbered("0002", "ALFA")
    books = Books()
    assert books.take(read(document(interim, "camt.052"))) == 1
    assert books.take(read(document(nightly, "camt.053"))) == 1
    assert [entry.counterparty for entry in books.booked] == ["ALFA", "BETA"]


def test_writings_of_one_account_are_one_account() -> None:
    entry = Entry(DAY, Decimal(10), "PLN", "FV 1")
    written = (ACCOUNT, f"PL{ACCOUNT}", f"/PL{ACCOUNT}", "61 1090 1014 0000 0712 1981 2874")
    keys = {
        next(identities([replace(paged([entry])[0], account=account)]))[2].key
        for account in written
    }
    assert len(keys) == 1


def test_amounts_are_equal_however_many_zeros_they_have() -> None:
    keys = {
        next(identities(paged([Entry(DAY, Decimal(n), "HUF", "x")])))[2]
        for n in ("100", "100.00", "1E+2")
    }
    assert len(keys) == 1
