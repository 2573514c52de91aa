"""Files of bank statements, whatever format: sniffed, read, told as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

from bot.kit.errors import Problem
from bot.kit.files import archives
from bot.kit.files.encodings import decode
from bot.kit.files.folders import files_below
from bot.kit.money import Money
from bot.kit.plugins import modules_with
from bot.kit.tables.vocabulary import Vocabulary
from handlers.ledger import statements
from handlers.ledger.statements import tables
from handlers.ledger.statements.problems import FileUnreadable, NoStatement, StatementTooLarge
from handlers.ledger.statements.values import Entry, Statement

MAX_BYTES = 50_000_000
_HEAD = 64_000


@cache
def readers() -> Sequence[ModuleType]:
    """The formats of this folder that say themselves what they are: ``fits(head)`` and
    ``read(data)``.
    """
    return modules_with(statements, "fits", "read")


def read(source: bytes | Path, unlike: Vocabulary | None = None) -> list[Statement]:
    """The statements of a file or of its bytes; raises a :class:`Problem` that says what is wrong
    with it, also with a table that is more surely one of ``unlike``.
    """
    data = _bytes(source) if isinstance(source, Path) else source
    if len(data) > MAX_BYTES:
        raise StatementTooLarge(size=round(len(data) / 1e6, 1), limit=MAX_BYTES // 1_000_000)
    name = source.name if isinstance(source, Path) else "ZIP"
    if archives.is_archive(data) and not archives.is_office(data):
        members = archives.members(data, name)
        return [item for member in members for item in _read(member.content, unlike)]
    return _read(data, unlike)


def _read(data: bytes, unlike: Vocabulary | None) -> list[Statement]:
    if archives.is_workbook(data):
        return tables.read(data, unlike=unlike)
    head = decode(data)[:_HEAD]
    for reader in readers():
        if reader.fits(head):
            read_statements: list[Statement] = reader.read(data)
            return read_statements
    if tables.are_headed(head):
        return tables.read(data, unlike=unlike)
    raise NoStatement


def read_paths(paths: Iterable[Path]) -> Iterator[dict[str, object]]:
    """What ``zaplecze payments read --json`` prints, a line for each statement, or ``path`` and
    ``error``.
    """
    for path in files_below(paths):
        try:
            for statement in read(path):
                yield {"path": str(path), **as_json(statement)}
        except Problem as problem:
            yield {"path": str(path), "error": str(problem)}


def as_json(statement: Statement) -> dict[str, object]:
    """A statement in the promised form: dates ISO, money as decimal strings beside
    their currency. ``remarks`` are there where the file gives cause for any.
    """
    remarks = {"remarks": list(map(str, statement.remarks))} if statement.remarks else {}
    return {
        "format": statement.format,
        "account": statement.account,
        "currency": statement.currency,
        "opening": _plain(statement.opening, statement.currency),
        "closing": _plain(statement.closing, statement.currency),
        "balanced": statement.balanced,
        "entries": [_entry(entry) for entry in statement.entries],
        **remarks,
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "booked_on": entry.booked_on.isoformat(),
        "amount": _plain(entry.amount, entry.currency),
        "currency": entry.currency,
        "title": entry.title,
        "counterparty": entry.counterparty,
        "counterparty_account": entry.counterparty_account,
        "reference": entry.reference,
        "virtual_account": entry.virtual_account,
        "end_to_end": entry.end_to_end,
    }


def _plain(amount: object, currency: str | None) -> str | None:
    return None if amount is None else Money.of(str(amount), currency or "").plain()


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as failed:
        raise FileUnreadable(reason=failed.strerror or type(failed).__name__) from failed
