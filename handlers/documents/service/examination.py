"""A PDF that somebody drops on the bot: is it a document of ours, and unchanged? Told to those who
may know.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.kit import block_kit
from bot.kit.errors import Problem
from bot.kit.markup import Mrkdwn
from bot.kit.pdf.marks import Marks
from bot.kit.words import N_, Words
from handlers.documents.service import readers, requests
from handlers.documents.service.labels import label_of
from handlers.documents.service.requests import Verdict
from handlers.people.service import roles
from storage.documents.register import Document
from storage.outbox import Under
from storage.people import people
from storage.turn import Turn

_CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b")
MOST_FILES = 10
MOST_BYTES = 25 * 1024 * 1024
SENTENCES: Mapping[Verdict, str] = {
    "genuine": N_("✅ *{kind}* {number} is genuine: made here ({moment}), and unchanged since."),
    "altered": N_(
        "🚨 This is not *{kind}* {number} as it was made here ({moment}): it was changed. Do not "
        "rely on it."
    ),
    "superseded": N_(
        "⚠️ *{kind}* {number} ({moment}) is genuine, but there is a newer one: {newer}."
    ),
    "expired": N_("⚠️ *{kind}* {number} ({moment}) is genuine, but it has expired."),
    "withdrawn": N_("⚠️ *{kind}* {number} ({moment}) was made here, but it was withdrawn."),
}
KEPT: Mapping[Verdict, str] = {
    "genuine": N_("✅ *{kind}* {number} is in the archive since {moment}, unchanged."),
    "superseded": N_(
        "⚠️ *{kind}* {number} is in the archive since {moment}, but there is a newer version: "
        "{newer}."
    ),
    "expired": N_("⚠️ *{kind}* {number} is in the archive since {moment}, but it has expired."),
    "withdrawn": N_("⚠️ *{kind}* {number} was in the archive ({moment}), but it was withdrawn."),
}
_PASSED_ON = N_(
    "ℹ️ This is the file that was given out as *{kind}* {number} ({moment}), unchanged. It was not "
    "made here: "
    "it says what its sender says."
)


class NoSuchCode(Problem):
    """No document of ours, or none that the person may hear of."""

    sentence = N_("There is no document with the code {code}, or you may not see it.")


def is_pdf(file: Mapping[str, Any]) -> bool:
    """By name or type, and not larger than what we make."""
    is_one = (
        str(file.get("name") or "").lower().endswith(".pdf")
        or file.get("mimetype") == "application/pdf"
    )
    return is_one and bool(file.get("url_private")) and int(file.get("size") or 0) <= MOST_BYTES


def send(turn: Turn, file: Mapping[str, Any], channel: str, ts: str) -> None:
    """Record that a file is to be fetched and looked at."""
    turn.task(
        "documents.examine",
        f"{file['id']}:{ts}",
        file=file["id"],
        url=file["url_private"],
        channel=channel,
        ts=ts,
    )


def work(payload: Mapping[str, Any], tools: Any) -> Marks:
    """What the file is known by."""
    return Marks.of(tools.fetch(payload["workspace"], payload["url"]))


def done(turn: Turn, payload: Mapping[str, Any], marks: Marks) -> None:
    """Of a file that is not ours nothing is said: it may be an invoice, or something for a ticket
    or the archive.
    """
    verdict, document, newer = requests.judge(turn, marks)
    asker = people.person(turn, payload["actor"])
    if asker is None or document is None:
        return
    asking = replace(turn, actor=asker)
    words = Words(asker.language)
    if readers.may_know(asking, document):
        of_file = _told_of_file(turn, marks, (verdict, document, newer), words)
        turn.record("document.examined", f"document:{document.id}", verdict=verdict)
    else:
        of_file = words.mark(
            "This file carries the mark of our documents, but I may speak of it only to those it "
            "concerns."
        )
    under = Under(channel=payload["channel"], ts=payload["ts"])
    turn.tell(
        payload["channel"], of_file, once=f"examined:{payload['file']}:{payload['ts']}", under=under
    )


def by_code(turn: Turn, code: str) -> Mrkdwn:
    """What a verification code, typed from paper, says; the file itself was not seen. Raises
    :class:`NoSuchCode`.
    """
    verdict, document, newer = requests.judge_code(turn, code)
    may_verify = roles.may(turn, "document", "verify")
    if document is None or not may_verify or not readers.may_know(turn, document):
        raise NoSuchCode(code=code)
    turn.record("document.examined", f"document:{document.id}", verdict=verdict)
    if verdict != "genuine" or document.is_stored:
        return told(turn, verdict, document, newer, turn.words)
    return turn.words.mark(
        "Code {code} is of *{kind}* {number}, made here ({moment}). Send me the file to see "
        "whether it was changed.",
        code=code,
        **_named(turn, document, turn.words),
    )


def code_of(text: str) -> str | None:
    """The verification code that somebody typed."""
    match_ = _CODE.search(text.upper())
    return match_[0] if match_ else None


def told(
    turn: Turn, verdict: Verdict, document: Document, newer: Document | None, words: Words
) -> Mrkdwn:
    """The verdict as a sentence."""
    sentences = KEPT if document.is_stored else SENTENCES
    return words.mark(
        sentences[verdict],
        newer=newer.number if newer else "–",
        **_named(turn, document, words),
    )


def _told_of_file(
    turn: Turn, marks: Marks, judged: tuple[Verdict, Document, Document | None], words: Words
) -> Mrkdwn:
    """Somebody else's original carries no code of ours: of one that still counts it is said whose
    words it has.
    """
    verdict, document, newer = judged
    if verdict == "genuine" and not marks.code and not document.is_stored:
        return words.mark(_PASSED_ON, **_named(turn, document, words))
    return told(turn, verdict, document, newer, words)


def _named(turn: Turn, document: Document, words: Words) -> dict[str, object]:
    at = document.made_at
    moment = block_kit.moment(at, at.isoformat(timespec="minutes")) if at else "–"
    return {
        "kind": label_of(turn, document.kind, words),
        "number": document.number,
        "moment": moment,
    }


def failed(turn: Turn, payload: Mapping[str, Any], why: Exception) -> None:
    """A file that cannot be fetched: whoever else wants it says so."""
