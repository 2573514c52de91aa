"""Routes of the archive for people: find, get, keep, confirm, post, withdraw."""

import json
from collections.abc import Mapping
from typing import Any

from bot.kit.block_kit import View
from bot.kit.catalogue import Catalogue
from bot.kit.folding import fold
from bot.kit.replies import PASS, CloseView, OpenView, Reply, Whisper
from bot.kit.routes import Click, Event, Submission
from handlers.documents.blocks import archive as looks
from handlers.documents.routes import routes
from handlers.documents.service import delivery, examination, keep_task, search
from handlers.documents.service.archive import About
from handlers.documents.service.sources import chosen_kind
from storage.turn import Turn

routes.task("fetch", work=delivery.content, done=delivery.send, failed=delivery.miss)
routes.task("keep", work=keep_task.work, done=keep_task.done, failed=keep_task.failed)
MOST_FILES = 10


FIND = frozenset(("find", "search", "znajdz", "szukaj", "keres", "keress"))
KEEP = frozenset(("keep", "store", "zachowaj", "archiwizuj", "megoriz", "orizd"))


def answer(turn: Turn, text: str) -> Reply | None:
    """``/document find words``, ``/document keep``, and kinds that are not made here but found."""
    typed, _, rest = text.strip().partition(" ")
    verb = fold(typed)
    if verb in FIND:
        return Whisper(*search.page(turn, rest))
    if verb in KEEP:
        return OpenView(_form(turn, {}))
    kind, _ = chosen_kind(turn, text)
    listed = turn.catalogue.document_kinds.get(kind or "")
    return Whisper(*search.page(turn, text)) if listed and listed.source == "archive" else None


@routes.action(looks.MORE)
def more(turn: Turn, click: Click) -> Reply:
    """The next page of what was found."""
    text, blocks = search.next_page(turn, str(click.value))
    return Whisper(text, blocks, replace=True)


@routes.action(looks.GET)
def get(turn: Turn, click: Click) -> Reply:
    """A document that was found comes in the direct message."""
    document = delivery.fetch(turn, int(str(click.value)))
    return Whisper(
        turn.words.say("{number} comes to you in a direct message.", number=document.number)
    )


@routes.action(looks.RECEIVED)
def received(turn: Turn, click: Click) -> Reply:
    """Whoever was given a document says that they have it."""
    document = delivery.confirm(turn, int(str(click.value)))
    return Whisper(turn.words.say("Noted: you have {number}.", number=document.number))


@routes.action(looks.POSTED)
def posted(turn: Turn, click: Click) -> Reply:
    """It went to the customer by post."""
    document = delivery.note_post(turn, int(str(click.value)))
    return Whisper(
        turn.words.say("Noted: {number} was sent by post today.", number=document.number)
    )


@routes.action(looks.WITHDRAW)
def withdraw(turn: Turn, click: Click) -> Reply:
    """It counts no more."""
    document = delivery.withdraw(turn, int(str(click.value)))
    return Whisper(turn.words.say("{number} is withdrawn.", number=document.number))


def is_dropped(facts: Mapping[str, Any]) -> bool:
    """Files and no word, in the direct message; what is said with one is a matter of its own."""
    return (
        facts.get("channel_type") == "im"
        and not facts.get("bot_id")
        and not facts.get("thread_ts")
        and not str(facts.get("text") or "").strip()
        and bool(facts.get("files"))
    )


def _brings_files(event: Event, _: Catalogue) -> bool:
    return is_dropped(event.facts)


@routes.event("message", when=_brings_files)
def dropped(turn: Turn, event: Event) -> Reply:
    """Each may be kept; PDFs are looked at first, since they may be ours."""
    for file in event.facts["files"][:MOST_FILES]:
        if file.get("url_private") and not examination.is_pdf(file):
            keep_task.offer(turn, file, event.facts["channel"], event.facts["ts"])
    return PASS


@routes.action(looks.KEEP)
def keep(turn: Turn, click: Click) -> Reply:
    """The form for a file that was dropped."""
    return OpenView(_form(turn, json.loads(str(click.value))))


@routes.submission(looks.KEEP_FORM)
def submit(turn: Turn, sent: Submission) -> Reply:
    """The files are fetched and kept."""
    values = sent.values
    about = About(
        str(values["kind"]),
        int(str(values["customer"])) if values.get("customer") else None,
        str(values.get("person") or ""),
        str(values.get("note") or ""),
    )
    uploaded = [file for files in sent.files.values() for file in files]
    for file in uploaded or [sent.metadata]:
        keep_task.send(turn, file, about, sent.view_id)
    return CloseView()


def _form(turn: Turn, metadata: Mapping[str, Any]) -> View:
    kinds = [
        (key, kind.label.in_(turn.words.language))
        for key, kind in turn.catalogue.document_kinds.items()
        if kind.source != "made"
    ]
    return looks.keep_form(turn.words, kinds, metadata)
