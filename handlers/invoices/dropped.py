"""A file that somebody dropped on the bot: invoices or a bank statement, whichever its content is."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.kit.errors import Problem
from bot.kit.pdf.marks import code_in
from bot.kit.words import N_, Words
from handlers.invoices import statement_files
from handlers.invoices.importing import Import, import_reads
from handlers.invoices.reading import read_bytes
from handlers.ledger.reconciling import Sums
from handlers.ledger.statements.problems import NoStatement
from handlers.people import roles
from storage import documents
from storage.outbox import Under
from storage.turn import Turn

_ONLY_OF_MONEY = (".xml", ".sta", ".mt940", ".mt942", ".940", ".942", ".mt", ".swi")
ENDINGS = (*_ONLY_OF_MONEY, ".csv", ".tsv", ".xlsx", ".txt", ".pdf")
MOST_FILES = 10
MOST_BYTES = 25 * 1024 * 1024
_TOLD = 5  # problems in one answer


class TooLarge(Problem):
    """A file beyond what is taken over Slack."""

    sentence = N_("{name} is larger than {most} MB. Import it with: zaplecze invoices import FILE")


@dataclass(frozen=True)
class Outcome:
    """What became of a file: of its invoices, or of its statements."""

    invoices: Import | None = None
    statements: Sums | None = None


def may_hold_invoices(file: Mapping[str, Any]) -> bool:
    """By the name that it came with; what it really is its content tells."""
    return str(file.get("name") or "").lower().endswith(ENDINGS) and bool(file.get("url_private"))


def holds_nothing_else(file: Mapping[str, Any]) -> bool:
    """Invoices or a statement and nothing that somebody might send with a ticket."""
    return str(file.get("name") or "").lower().endswith(_ONLY_OF_MONEY)


def send_for(turn: Turn, file: Mapping[str, Any], channel: str, ts: str) -> None:
    """Record that a file is to be fetched and imported."""
    if int(file.get("size") or 0) > MOST_BYTES:
        raise TooLarge(name=file.get("name"), most=MOST_BYTES // 1024 // 1024)
    turn.errand(
        "invoices.take_file",
        f"{file['id']}:{ts}",
        file=file["id"],
        file_name=str(file["name"])[:200],
        url=file["url_private"],
        channel=channel,
        ts=ts,
    )


def fetch_and_import(payload: Mapping[str, Any], tools: Any) -> Outcome:
    """Statements are asked first: a bank's CSV is no table of invoices."""
    content, workspace = tools.fetch(payload["workspace"], payload["url"]), payload["workspace"]
    with tools.turn(workspace) as turn:
        if is_ours(turn, content):
            return Outcome()
    try:
        with tools.turn(workspace) as turn:
            return Outcome(statements=statement_files.import_bytes(turn, content))
    except NoStatement:
        reads = read_bytes(content, payload["file_name"])
        return Outcome(invoices=import_reads(lambda: tools.turn(workspace), reads))


def is_ours(turn: Turn, content: bytes) -> bool:
    """A PDF that was made here, or that carries the code of one: a document, which documents tell of, no invoice."""
    if not content.startswith(b"%PDF-"):
        return False
    return documents.by_mark(turn, hashlib.sha256(content).hexdigest(), code_in(content)) is not None


def tell_outcome(turn: Turn, payload: Mapping[str, Any], outcome: Outcome) -> None:
    if outcome == Outcome():
        return
    words = roles.words_for(turn, payload["actor"])
    said = _of_statements(outcome.statements, words) if outcome.statements else _of_invoices(outcome.invoices, words)
    _tell(turn, payload, said)


def tell_failure(turn: Turn, payload: Mapping[str, Any], why: Exception) -> None:
    words = roles.words_for(turn, payload["actor"])
    known = words.problem(why) if isinstance(why, Problem) else words.say("It could not be read. Please try again.")
    _tell(turn, payload, known)


def _of_invoices(done: Import | None, words: Words) -> str:
    if done is None:
        return ""
    sums = words.say(
        "Invoices: {imported} new, {unchanged} known already, {conflicts} in conflict, {failed} not read.",
        imported=done.imported,
        unchanged=done.unchanged,
        conflicts=done.conflicts,
        failed=done.failed,
    )
    return "\n".join([sums, *(words.problem(problem) for problem in done.problems[:_TOLD])])


def _of_statements(done: Sums, words: Words) -> str:
    return words.say(
        "Payments: {booked} new, {known} known already; {matched} booked on invoices, {partly} in part, {rest} wait.",
        booked=done.booked,
        known=done.already_known,
        matched=done.matched,
        partly=done.partly_matched,
        rest=done.unmatched,
    )


def _tell(turn: Turn, payload: Mapping[str, Any], text: str) -> None:
    channel, ts = payload["channel"], payload["ts"]
    once = f"file:{payload['file']}:{ts}"
    turn.tell(channel, f"{payload['file_name']}: {text}", once=once, under=Under(channel=channel, ts=ts))
