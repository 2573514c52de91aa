"""Which line of a statement is which: so that it is booked once, whatever file brings it, however
often.

Two files overlap all the time: today's interim report and tonight's statement, a month exported
again, MT940 beside CSV. A line has no number that all of them share, so it is known by what they
share: the account (in one form), the booking day, the signed amount, the currency, and then

* ``by_reference``: the bank's own reference, when it gave one that lasts beyond the file. It is the
  same in MT940 and
  CAMT of one bank.
* ``by_title``: title and payer, folded, without blanks (banks wrap titles differently in each
  format).

Lines equal in all of that do exist (two coffees, two equal instalments on one day): they are
counted, and the n-th of a day is the n-th in every file that shows the whole day. A statement that
goes on where the one before it ended (a page) goes on counting; one that begins anew counts anew,
so that the same statement twice in one file is the same lines twice.

A line is already known when its reference is, or, where it or the known line came without a
reference, when its title is: :func:`is_known`. Not seen as one: two equal lines without reference
of which each file shows only one.

A collective booking may come as one line (CAMT.053) and taken apart (CAMT.054). The parts therefore
carry the keys of the whole: ``by_reference`` as the whole would have it, and ``by_count``: account,
day, sum and number of transfers, for where one of the two came without a reference. What follows
from it is in :mod:`handlers.ledger.service.bank.collective_bookings`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256

from bot.kit.folding import fold
from handlers.ledger.statements.accounts import account_key
from handlers.ledger.statements.values import Collective, Entry, Statement


@dataclass(frozen=True, slots=True)
class Identity:
    """The two keys of a line (SHA-256, 32 hexadecimal digits); ``by_reference`` is ``None`` without
    a reference.

    ``whole`` are the keys of the collective booking that the line is a part of; ``by_count`` is its
    own key as one.
    """

    by_reference: str | None
    by_title: str
    by_count: str | None = None
    whole: "Whole | None" = None

    @property
    def key(self) -> str:
        """The one to put a unique constraint on."""
        return self.by_reference or self.by_title


@dataclass(frozen=True, slots=True)
class Whole:
    """The keys of a collective booking; ``by_reference`` is ``None`` without a reference."""

    by_reference: str | None
    by_count: str


@dataclass(frozen=True, slots=True)
class Known:
    """What was found booked under a title's key: whether that line carried a reference."""

    with_reference: bool


def identities(statements: Iterable[Statement]) -> Iterator[tuple[Statement, Entry, Identity]]:
    """Every entry of the statements of one file with its identity."""
    before: Statement | None = None
    seen: Counter[tuple[object, ...]] = Counter()
    apart: tuple[Collective, Whole] | None = None
    for statement in statements:
        if not statement.entries:
            continue
        if before is None or not _continues(statement, before):
            seen = Counter()
        for entry in statement.entries:
            if entry.part_of and (apart is None or apart[0] is not entry.part_of):
                apart = entry.part_of, _whole(statement, entry, entry.part_of, seen)
            whole = apart[1] if apart and entry.part_of else None
            yield statement, entry, replace(_identity(statement, entry, seen), whole=whole)
        before = statement


def is_known(
    identity: Identity,
    reference_known: Callable[[str], bool],
    title_known: Callable[[str], Known | None],
) -> bool:
    """Whether a line was booked before, asked of what is stored under the two keys."""
    if identity.by_reference and reference_known(identity.by_reference):
        return True
    existing = title_known(identity.by_title)
    return existing is not None and not (identity.by_reference and existing.with_reference)


def _continues(statement: Statement, before: Statement) -> bool:
    if account_key(statement.account) != account_key(before.account):
        return False
    again = statement.opening == before.opening and statement.entries == before.entries
    return before.closing is not None and statement.opening == before.closing and not again


def _identity(statement: Statement, entry: Entry, seen: Counter[tuple[object, ...]]) -> Identity:
    line = _line(statement, entry, entry.amount)
    title = fold(f"{entry.title} {entry.counterparty or ''}").replace(" ", "")
    return Identity(
        by_reference=_key("reference", *line, entry.reference, seen=seen)
        if entry.reference
        else None,
        by_title=_key("title", *line, title, seen=seen),
        by_count=_key("count", *line, entry.transfers, seen=seen) if entry.transfers else None,
    )


def _whole(
    statement: Statement, entry: Entry, whole: Collective, seen: Counter[tuple[object, ...]]
) -> Whole:
    line = _line(statement, entry, whole.amount)
    return Whole(
        by_reference=_key("reference", *line, whole.reference, seen=seen)
        if whole.reference
        else None,
        by_count=_key("count", *line, whole.transfers, seen=seen),
    )


def _line(statement: Statement, entry: Entry, amount: Decimal) -> tuple[object, ...]:
    return (
        account_key(statement.account),
        entry.booked_on.isoformat(),
        f"{amount.normalize():f}",
        entry.currency,
    )


def _key(*parts: object, seen: Counter[tuple[object, ...]]) -> str:
    seen[parts] += 1
    return sha256("\x1f".join(str(part) for part in (*parts, seen[parts])).encode()).hexdigest()[
        :32
    ]
