"""Files of bank statements into the ledger: small ones several in a turn, a large one in a turn of
its own.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from bot.kit.errors import Problem
from bot.kit.files.folders import files_below
from bot.kit.tables.layout import Layout
from bot.kit.words import N_
from handlers.invoices.columns import memory
from handlers.invoices.formats.source import Source
from handlers.invoices.formats.tables.vocabulary import INVOICES
from handlers.invoices.service.bank import statement_accounts
from handlers.invoices.service.waiting import payment_board
from handlers.ledger.service.bank import own_accounts, reconciliation
from handlers.ledger.service.bank.reconciliation import Sums
from handlers.ledger.statements import reader, tables
from handlers.ledger.statements.accounts import FEWEST_DIGITS, account_key
from handlers.ledger.statements.values import Statement, StatementFile
from storage.turn import Turn

Turning = Callable[[], AbstractContextManager[Turn]]
Told = list[tuple[str, Problem]]
"""Of each path what is to be said of it."""
LINES_A_TURN = 1_000


class Imported(NamedTuple):
    """What became of files: the sums, what could not be read, and what else is to be told."""

    sums: Sums
    refused: Told
    remarks: Told


class NotOurAccount(Problem):
    """A statement of an account that the catalogue does not name."""

    sentence = N_(
        "The account {account} is none of ours in [company.accounts]. Add it there, or say that it "
        "is with: --account {account}"
    )


class NoSuchAccount(Problem):
    """An account number that is none."""

    sentence = N_("“{text}” is no account number. Give an IBAN or a national number.")


def import_paths(turning: Turning, paths: Iterable[Path], account: str = "") -> Imported:
    """Book every statement below the paths. ``account`` is ours, and that of a file which names
    none.
    """
    done = Imported(Sums(), [], [])
    vouched = _vouched(account)
    with turning() as turn:
        if vouched:
            statement_accounts.vouch(turn, vouched)
        ours = own_accounts.own_accounts(turn)
    for files in together(_read_all(turning, paths, done, ours, vouched)):
        with turning() as turn:
            reconciliation.take_all(turn, files, done.sums)
            payment_board.show(turn)
    return done


def _vouched(account: str) -> str:
    key = account_key(account) or ""
    if account and sum(sign.isdigit() for sign in key) < FEWEST_DIGITS:
        raise NoSuchAccount(text=account)
    return key


def _read_all(
    turning: Turning,
    paths: Iterable[Path],
    done: Imported,
    ours: Collection[str],
    vouched: str,
) -> Iterator[StatementFile]:
    """What can be read and is of our accounts; what cannot, or is not, is refused."""
    for path in files_below(paths):
        try:
            read = [statement_accounts.under(item, vouched) for item in _read(turning, path)]
            _must_be_ours(read, ours)
            read = _in_their_currency(turning, read)
        except Problem as problem:
            done.refused.append((str(path), problem))
            continue
        done.remarks.extend((str(path), remark) for remark in remarks_of(read))
        yield StatementFile(path.name, read)


def _must_be_ours(read: Iterable[Statement], ours: Collection[str]) -> None:
    for item in read:
        if not own_accounts.is_ours(item, ours):
            raise NotOurAccount(account=account_key(item.account))


def _in_their_currency(turning: Turning, read: Sequence[Statement]) -> list[Statement]:
    with turning() as turn:
        return [own_accounts.in_its_currency(turn, item) for item in read]


def together(files: Iterable[StatementFile]) -> Iterator[list[StatementFile]]:
    """Files in the order in which they come, so many at once as have :data:`LINES_A_TURN`, but one
    at least.
    """
    some, lines = list[StatementFile](), 0
    for file in files:
        more = sum(len(item.entries) for item in file.statements)
        if some and lines + more > LINES_A_TURN:
            yield some
            some, lines = [], 0
        some.append(file)
        lines += more
    if some:
        yield some


def _read(turning: Turning, path: Path) -> list[Statement]:
    """A bank's table whose headings somebody confirmed is read as it was confirmed, any other file
    as it seems.
    """
    try:
        source = Source.file(path)
        recalled = memory.recall_for(turning, source)
    except OSError:
        return reader.read(path)  # which says why not
    if recalled is None or recalled.layout.kind != "payments":
        return reader.read(path, unlike=INVOICES)
    return tables.read(source.content, recalled.layout)


def remarks_of(read: Iterable[Statement]) -> list[Problem]:
    """What is to be told of the file that these statements are of."""
    return [remark for item in read for remark in item.remarks]


def read_content(content: bytes, layout: Layout | None = None) -> list[Statement]:
    """The statements of a file that somebody sent; of a bank's table by a layout.

    Raises what :func:`reading.read` raises.
    """
    return tables.read(content, layout) if layout else reader.read(content)


def book(turn: Turn, read: Sequence[Statement], name: str) -> Sums:
    """The statements of one file into the ledger."""
    done = Sums()
    reconciliation.take(turn, StatementFile(name, read), done)
    payment_board.show(turn)
    return done
