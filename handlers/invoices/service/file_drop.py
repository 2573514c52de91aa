"""A file that somebody dropped on the bot: invoices or a bank statement, whichever its
content is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.errors import Problem
from bot.kit.pdf.marks import Marks
from bot.kit.tables.layout import Layout
from bot.kit.tables.values import CellUnclear
from bot.kit.words import N_, Words
from handlers.invoices.blocks import card, statement_outcome
from handlers.invoices.blocks.sight import Sight
from handlers.invoices.blocks.statement_outcome import Payments
from handlers.invoices.columns import confirmation, memory, preview
from handlers.invoices.columns.memory import Recalled
from handlers.invoices.formats.registry import NoInvoiceFormat, OtherXml
from handlers.invoices.formats.source import Source
from handlers.invoices.service import statement_import
from handlers.invoices.service.bank import statement_accounts
from handlers.invoices.service.bank.statement_accounts import Question
from handlers.invoices.service.document_import import Import, Turning, import_reads
from handlers.invoices.service.document_reader import read_bytes
from handlers.invoices.service.invoice_view import full_sight_of
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.bank.reconciliation import Sums
from handlers.ledger.statements.problems import CurrencyUntold, NoStatement
from handlers.people.service import roles
from storage.documents import register
from storage.outbox import Under
from storage.people import people
from storage.tickets import messages
from storage.turn import Turn

WEIGH = "tickets.weigh_papers"
"""The task that asks what becomes of a file: it goes there when nothing of money is in it."""
NOTHING_OF_MONEY = (NoInvoiceFormat, OtherXml)
MOST_FILES = 10
MOST_BYTES = 25 * 1024 * 1024
_KEPT = ("id", "name", "size", "mimetype", "url_private")  # of a file that goes on from here
_TOLD = 5  # problems in one answer


class TooLarge(Problem):
    """A file beyond what is taken over Slack."""

    sentence = N_("{name} is larger than {most} MB. Import it with: zaplecze invoices import FILE")


@dataclass(frozen=True)
class Outcome:
    """What became of a file: of its invoices, or of its statements. Nothing at all: it is a
    document of ours.
    """

    invoices: Import | None = None
    statements: Sums | None = None
    recalled: Recalled | None = None
    """The columns that a table was read by."""
    asked: Question | None = None
    """Of which account its statements are."""
    offered: Sequence[Layout] = ()
    """What a table may be, for a person to confirm."""
    remarks: Sequence[Problem] = ()
    """What is to be told of a file of statements beside its sums."""


def send_for(turn: Turn, file: Mapping[str, Any], channel: str, ts: str, under: str) -> None:
    """Record that a file is to be fetched and imported, the outcome told under what stands there;
    ``ts`` is its message's.
    """
    payload = {
        "file": file["id"],
        "file_name": str(file["name"])[:200],
        "url": file["url_private"],
        "channel": channel,
        "ts": under,
        "actor": turn.actor.id,
        "sent": {"message": ts, "file": {key: file.get(key) for key in _KEPT}},
    }
    if int(file.get("size") or 0) > MOST_BYTES:
        too_large = TooLarge(name=file.get("name"), most=MOST_BYTES // 1024 // 1024)
        tell_failure(turn, payload, too_large)
        return
    turn.task("invoices.take_file", f"{file['id']}:{ts}", **payload)


def is_of_a_ticket(turn: Turn, channel: str, thread_ts: str) -> bool:
    """Whether what is written there is for those who work on a ticket."""
    return messages.thread_of(turn, channel, thread_ts) is not None


def fetch_and_import(payload: Mapping[str, Any], tools: Any) -> Outcome:
    """A table is read by the columns that are remembered for its headings, or waits for a person to
    confirm them.
    """
    content = tools.fetch(payload["workspace"], payload["url"])
    turning = partial(tools.turn, payload["workspace"])
    source = Source.of(content, payload["file_name"])
    if _is_ours(turning, content):
        return Outcome()
    recalled = memory.recall_for(turning, source)
    if recalled:
        try:
            return _by_columns(turning, content, source.name, recalled)
        except CurrencyUntold:
            return Outcome(offered=[preview.asking_currency(source, recalled.layout)])
        except CellUnclear:
            return Outcome(offered=[preview.asking(source, recalled.layout)])
    guesses = preview.guesses(source) if preview.is_table(source) else []
    return Outcome(offered=guesses) if guesses else _of_itself(turning, content, source.name)


def _of_itself(turning: Turning, content: bytes, name: str) -> Outcome:
    """A file whose format says what is what; statements are asked first."""
    try:
        return _statements(turning, content, name)
    except NoStatement:
        return Outcome(invoices=import_reads(turning, read_bytes(content, name)))


def _by_columns(turning: Turning, content: bytes, name: str, recalled: Recalled) -> Outcome:
    if recalled.layout.kind == "payments":
        return replace(_statements(turning, content, name, recalled.layout), recalled=recalled)
    reads = read_bytes(content, name, recalled.layout)
    return Outcome(invoices=import_reads(turning, reads), recalled=recalled)


def _statements(
    turning: Turning, content: bytes, name: str, layout: Layout | None = None
) -> Outcome:
    """Booked where it is clear of which account they are."""
    read = statement_import.read_content(content, layout)
    subject = statement_accounts.subject_of(content, layout)
    with turning() as turn:
        if asked := statement_accounts.question(turn, read, subject):
            return Outcome(asked=asked)
        named = statement_accounts.named(turn, read, subject)
        done = statement_import.book(turn, named, name)
    return Outcome(statements=done, remarks=statement_import.remarks_of(read))


def _is_ours(turning: Turning, content: bytes) -> bool:
    """A PDF that was made here, or that carries the code of one: a document, which documents tell
    of, no invoice.
    """
    if not content.startswith(b"%PDF-"):
        return False
    marks = Marks.of(content)
    with turning() as turn:
        return register.by_mark(turn, marks.sha256, marks.code) is not None


def tell_outcome(turn: Turn, payload: Mapping[str, Any], outcome: Outcome) -> None:
    if outcome == Outcome():
        return
    if payload.get("sent") and _holds_no_money(outcome, payload["file_name"]):
        _hand_over(turn, payload)
    if outcome.offered:
        confirmation.offer(turn, payload, outcome.offered)
        return
    if outcome.asked:
        statement_accounts.ask(turn, payload, outcome.asked)
        return
    words = roles.words_for(turn, payload["actor"])
    of_statements = (
        _of_statements(outcome.statements, outcome.remarks, words)
        if outcome.statements
        else _of_invoices(outcome.invoices, words)
    )
    is_news = outcome.recalled is not None and "attempt" not in payload
    text = f"{payload['file_name']}: {of_statements}"
    look = (
        confirmation.known_by(turn, payload, text, outcome.recalled, words)
        if outcome.recalled and is_news
        else ()
    )
    rows = [*_rows(turn, payload, outcome.invoices, words), *_to_the_board(outcome, words)]
    _tell(
        turn,
        payload,
        of_statements,
        [*(look or [block_kit.section(text)]), *rows] if rows else look,
    )


def _holds_no_money(outcome: Outcome, name: str) -> bool:
    """Neither invoices nor a statement, nor a table that could be one: a document, if anything, as
    is any PDF of which nothing could be read.
    """
    done = outcome.invoices
    is_nothing = done is not None and not (done.imported or done.unchanged or done.conflicts)
    refusals = done.problems if done else []
    if not is_nothing or name.lower().endswith(".pdf"):
        return is_nothing
    return all(isinstance(refusal, NOTHING_OF_MONEY) for refusal in refusals)


def _hand_over(turn: Turn, payload: Mapping[str, Any]) -> None:
    """It is asked what becomes of it, unless the words beside it had it."""
    acting = people.person(turn, payload["actor"])
    channel, ts, file = payload["channel"], payload["sent"]["message"], payload["sent"]["file"]
    place = None if channel.startswith("D") else {"channel": channel, "ts": payload["ts"]}
    said = {"channel": channel, "ts": ts, "text": "", "files": [file], "part": payload["file"]}
    once = f"{channel}:{ts}:{payload['file']}"
    replace(turn, actor=acting or turn.actor).task(WEIGH, once, said=said, place=place)


def tell_failure(turn: Turn, payload: Mapping[str, Any], why: Exception) -> None:
    words = roles.words_for(turn, payload["actor"])
    text = (
        words.problem(why)
        if isinstance(why, Problem)
        else words.say("It could not be read. Please try again.")
    )
    _tell(turn, payload, text)


def _of_invoices(done: Import | None, words: Words) -> str:
    if done is None:
        return ""
    sums = words.say(
        "Invoices: {imported} new, {unchanged} known already, {conflicts} in conflict, {failed} "
        "not read.",
        imported=done.imported,
        unchanged=done.unchanged,
        conflicts=done.conflicts,
        failed=done.failed,
    )
    told = [*done.problems[:_TOLD], *(remark for _, remark in done.remarks[:_TOLD])]
    return "\n".join([sums, *map(words.problem, told)])


def _rows(turn: Turn, payload: Mapping[str, Any], done: Import | None, words: Words) -> list[Block]:
    """The invoices themselves, where nobody but whoever sent them reads along: in the direct
    message.
    """
    if done is None or not payload["channel"].startswith("D"):
        return []
    first = dict.fromkeys(done.first)
    rows: list[Block] = []
    for invoice in first:
        rows += _row(full_sight_of(turn, ledger.get(turn, invoice), words), words)
    more = done.imported + done.unchanged + done.conflicts - len(first)
    if more > 0:
        rows.append(block_kit.context(words.mark_count("… and {n} more.", "… and {n} more.", more)))
    return rows


def _row(sight: Sight, words: Words) -> list[Block]:
    result = card.findings(sight)
    return [*card.rows([sight], words), *([block_kit.context(*result)] if result else [])]


def _of_statements(done: Sums, remarks: Sequence[Problem], words: Words) -> str:
    sums = statement_outcome.sentence(_payments(done), words)
    return "\n".join([sums, *map(words.problem, remarks[:_TOLD])])


def _to_the_board(outcome: Outcome, words: Words) -> list[Block]:
    if outcome.statements is None:
        return []
    return statement_outcome.way_to_the_board(_payments(outcome.statements), words)


def _payments(done: Sums) -> Payments:
    return Payments(
        done.booked, done.already_known, done.matched, done.partly_matched, done.unmatched
    )


def _tell(turn: Turn, payload: Mapping[str, Any], text: str, look: Sequence[Block] = ()) -> None:
    channel, ts = payload["channel"], payload["ts"]
    once = f"file:{payload['file']}:{ts}:{payload.get('attempt', '')}"
    turn.tell(
        channel,
        f"{payload['file_name']}: {text}",
        look,
        once=once,
        under=Under(channel=channel, ts=ts),
    )
