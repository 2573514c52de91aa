"""New lines of statements: each is kept once, whatever file brings it."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.kit.money import Money
from handlers.ledger.service.bank import collective_bookings
from handlers.ledger.service.bank.collective_bookings import Collectives
from handlers.ledger.service.bank.own_accounts import is_ours, own_accounts
from handlers.ledger.statements.accounts import account_key
from handlers.ledger.statements.identity import Identity, Known, identities, is_known
from handlers.ledger.statements.problems import CurrencyUntold
from handlers.ledger.statements.values import Entry, Statement
from storage.bank import statements
from storage.bank.statements import NO_ACCOUNT, Line
from storage.turn import Turn


def new_lines(turn: Turn, read: Sequence[Statement], place: int, import_id: int) -> list[Line]:
    """Keep those lines of one file that are not kept yet; ``place`` is the file's among those of
    the turn.
    """
    at = turn.now + timedelta(microseconds=place)
    told = list(identities(read))
    keys = statements.known_keys(turn, (i.by_reference for _, _, i in told if i.by_reference))
    titles = statements.known_titles(turn, (i.by_title for _, _, i in told))

    def title_known(key: str) -> Known | None:
        return Known(titles[key]) if key in titles else None

    collective = collective_bookings.kept(turn, (identity for _, _, identity in told))
    lines: list[Line] = []
    for statement, entry, identity in told:
        is_new = not is_known(identity, keys.__contains__, title_known)
        if is_new and not _is_known_otherwise(turn, identity, collective):
            lines.append(_line(statement, entry, identity))
    return statements.add(turn, lines, at, import_id)


def _is_known_otherwise(turn: Turn, identity: Identity, collective: Collectives) -> bool:
    """A whole whose parts are kept, or a part of a whole that is dealt with already."""
    if identity.whole is None:
        return collective.is_known_in_parts(identity)
    whole = collective.whole_of(identity.whole)
    return whole is not None and not collective_bookings.make_way(turn, whole)


def _line(statement: Statement, entry: Entry, identity: Identity) -> Line:
    whole = identity.whole
    if entry.currency is None:
        raise CurrencyUntold()
    currency = entry.currency[:3]
    return Line(
        key=identity.key,
        title_key=identity.by_title,
        has_reference=bool(identity.by_reference),
        account=(account_key(statement.account) or "")[:64],
        booked_on=entry.booked_on,
        amount=Money.of(entry.amount, currency).minor,
        currency=currency,
        title=entry.title,
        counterparty=entry.counterparty or "",
        counterparty_account=entry.virtual_account or entry.counterparty_account or "",
        count_key=whole.by_count if whole else identity.by_count,
        whole_key=(whole.by_reference or "") if whole else None,
        transfers=entry.transfers,
    )


def freshness(turn: Turn, read: Sequence[Statement]) -> dict[str, datetime]:
    """Payments of an account are known to the end of the last day that its statement tells of.

    Of ours alone: somebody else's statement says nothing of how far our payments are known.
    """
    ours = own_accounts(turn)
    zone = ZoneInfo(turn.catalogue.timezone)
    known: dict[str, datetime] = {}
    for statement in read:
        last = max((entry.booked_on for entry in statement.entries), default=None)
        if last and is_ours(statement, ours):
            end = datetime.combine(last + timedelta(days=1), time(), zone) - timedelta(minutes=1)
            source = (account_key(statement.account) or "")[:64] or NO_ACCOUNT
            until = min(end.astimezone(UTC), turn.now)
            known[source] = max(until, known.get(source, until))
    return known
