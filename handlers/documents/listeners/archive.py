"""Routes of the archive for people: find, get, keep, confirm, post, withdraw."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.kit.block_kit import View
from bot.kit.folding import fold
from bot.kit.replies import CloseView, OpenView, Reply, Whisper
from bot.kit.routes import Click, Submission
from handlers.documents.blocks import archive as looks
from handlers.documents.blocks import request_form
from handlers.documents.blocks import wanted_file as bring_looks
from handlers.documents.routes import routes
from handlers.documents.service import delivery, keep_task, search, wanted_files, wishes
from handlers.documents.service.archive import About
from handlers.documents.service.wishes import chosen_kind
from handlers.ledger.service.balances import company_day
from storage.turn import Turn

routes.task("fetch", work=delivery.content, done=delivery.send, failed=delivery.miss)
routes.task("keep", work=keep_task.work, done=keep_task.done, failed=keep_task.failed)


FIND = frozenset(("find", "search", "znajdz", "szukaj", "keres", "keress"))
KEEP = frozenset(("keep", "store", "zachowaj", "archiwizuj", "megoriz", "orizd"))


BRING = frozenset(("bring", "dostarcz", "przynies", "hozd", "hozz", "beker"))
DAYS = timedelta(days=7)  # proposed for what somebody is to bring


def answer(turn: Turn, text: str) -> Reply | None:
    """``/document find words``, ``/document keep``, and kinds that are not made here but found."""
    typed, _, rest = text.strip().partition(" ")
    verb = fold(typed)
    if verb in FIND:
        return Whisper(*search.page(turn, rest))
    if verb in KEEP:
        return OpenView(_form(turn, {}))
    if verb in BRING:
        by = (company_day(turn) + DAYS).isoformat()
        return OpenView(bring_looks.bring_form(turn.words, _kinds(turn), rest, by))
    kind, _ = chosen_kind(turn, text)
    listed = turn.catalogue.document_kinds.get(kind or "")
    return _searched(turn, text) if listed and listed.source == "archive" else None


def _searched(turn: Turn, text: str) -> Reply:
    """What is kept of a kind that is not made here; where there is none, a ticket may bring it."""
    sentence, blocks = search.page(turn, text)
    if not blocks:
        carried = wishes.carried(turn, text)
        blocks = request_form.ticket_instead(sentence, carried, turn.words)
    return Whisper(sentence, blocks)


def is_for_archive(turn: Turn, text: str) -> bool:
    """Whether a command's words speak to the archive."""
    verb = fold(text.strip().partition(" ")[0])
    listed = turn.catalogue.document_kinds.get(chosen_kind(turn, text)[0] or "")
    is_kept = listed is not None and listed.source == "archive"
    return verb in (*FIND, *KEEP, *BRING) or is_kept


@routes.action(looks.MORE)
def more(turn: Turn, click: Click) -> Reply:
    """The next page of what was found."""
    text, blocks = search.next_page(turn, str(click.value))
    return Whisper(text, blocks, replace=True)


@routes.action(looks.GET)
def get(turn: Turn, click: Click) -> Reply:
    """A document that was found comes in the direct message."""
    document = delivery.fetch(turn, click.number)
    return Whisper(
        turn.words.say("{number} comes to you in a direct message.", number=document.number)
    )


@routes.action(looks.RECEIVED)
def received(turn: Turn, click: Click) -> Reply:
    """Whoever was given a document says that they have it."""
    document = delivery.confirm(turn, click.number)
    return Whisper(turn.words.say("Noted: you have {number}.", number=document.number))


@routes.action(looks.POSTED)
def posted(turn: Turn, click: Click) -> Reply:
    """It went to the customer by post."""
    document = delivery.note_post(turn, click.number)
    return Whisper(
        turn.words.say("Noted: {number} was sent by post today.", number=document.number)
    )


@routes.action(looks.WITHDRAW)
def withdraw(turn: Turn, click: Click) -> Reply:
    """It counts no more."""
    document = delivery.withdraw(turn, click.number)
    return Whisper(turn.words.say("{number} is withdrawn.", number=document.number))


@routes.action(looks.KEEP)
def keep(turn: Turn, click: Click) -> Reply:
    """The form for files that were dropped."""
    kept = str(json.loads(str(click.value))["kept"])
    keep_task.offered(turn, kept)
    return OpenView(_form(turn, {"kept": kept, **click.asked}))


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
    files = [file for files in sent.files.values() for file in files]
    if "kept" in sent.metadata:
        files = [*keep_task.offered(turn, sent.metadata["kept"])]
    wanted = sent.metadata.get("wanted")
    if wanted:
        wanted_files.open_one(turn, wanted)
    for file in files:
        keep_task.send(turn, file, about, sent.view_id, wanted, sent.metadata.get("asked"))
    return CloseView()


@routes.submission(bring_looks.BRING_FORM)
def ask_for_file(turn: Turn, sent: Submission) -> Reply:
    """Somebody is asked to bring a file."""
    values = {name: str(value or "") for name, value in sent.values.items()}
    due_on = date.fromisoformat(values["due_on"])
    wanted_files.ask(turn, values["holder"], values["what"], values["kind"], due_on, sent.view_id)
    return CloseView()


@routes.action(bring_looks.HAND_IN)
def hand_in(turn: Turn, click: Click) -> Reply:
    """The form for the file that was asked for."""
    file = wanted_files.open_one(turn, click.number)
    return OpenView(_form(turn, {"wanted": file.id}, file.kind))


@routes.action(bring_looks.DECLINE)
def decline(turn: Turn, click: Click) -> Reply:
    """Whoever was asked does not have it."""
    wanted_files.decline(turn, click.number)
    return Whisper(turn.words.say("Noted. Whoever asked hears it."))


@routes.action(bring_looks.CANCEL)
def cancel(turn: Turn, click: Click) -> Reply:
    """Whoever asked needs it no more."""
    wanted_files.cancel(turn, click.number)
    return Whisper(turn.words.say("Noted. Nobody is reminded of it any more."))


def _form(turn: Turn, metadata: Mapping[str, Any], kind: str | None = None) -> View:
    return looks.keep_form(turn.words, _kinds(turn), metadata, kind=kind)


def _kinds(turn: Turn) -> list[tuple[str, str]]:
    """What is not made here but brought."""
    kinds = turn.catalogue.document_kinds.items()
    language = turn.words.language
    return [(key, kind.label.in_(language)) for key, kind in kinds if kind.source != "made"]
