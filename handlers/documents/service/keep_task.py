"""A file from Slack is fetched and kept, outside any transaction; whoever brought it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from bot.kit.errors import Problem
from bot.kit.markup import join
from bot.kit.words import N_, Words
from handlers.documents.blocks import archive as looks
from handlers.documents.service import archive, wanted_files
from handlers.documents.service.archive import About, Deposit
from handlers.documents.service.archive_view import sight_of
from handlers.people.service import roles
from storage import outbox_places
from storage.documents import kept_texts
from storage.people import people
from storage.turn import Turn

Json = Mapping[str, Any]


class Forgotten(Problem):
    """A button of long ago, whose files are not known any more."""

    sentence = N_("That was too long ago for me to remember. Please send the file once more.")


def send(
    turn: Turn,
    file: Json,
    about: About,
    origin: str,
    wanted: int | None = None,
    asked: Sequence[str] | None = None,
) -> None:
    """Record that a file is to be fetched and kept, perhaps because it was ``wanted``, or offered
    by the message that ``asked`` about it. A Problem where it cannot be.
    """
    name = archive.safe_name(str(file.get("name") or ""))
    if int(file.get("size") or 0) > archive.MOST_BYTES:
        raise archive.FileTooLarge(name=name, most=archive.MOST_BYTES // 1_000_000)
    archive.check(turn, about)
    url = str(file["url_private"])
    once = f"{origin}:{file['id']}"
    turn.task(
        "documents.keep",
        once,
        key=once,
        file_name=name,
        url=url,
        about=asdict(about),
        wanted=wanted,
        asked=asked,
    )


def offered(turn: Turn, key: str) -> Sequence[Json]:
    """The files that a message brought whose button was pressed. Raises :class:`Forgotten`."""
    try:
        return kept_texts.read(turn, key)[1]
    except KeyError:
        raise Forgotten() from None


def work(payload: Json, tools: Any) -> Deposit:
    """The file, in the store."""
    content = tools.fetch(payload["workspace"], payload["url"])
    return archive.deposit(tools.archive, content, payload["file_name"])


def done(turn: Turn, payload: Json, file: Deposit) -> None:
    """It is registered by whoever brought it, and they see how it can be found."""
    bringer = people.person(turn, payload["actor"])
    if bringer is None:
        return
    acting = replace(turn, actor=bringer)
    try:
        requester = wanted_files.requester_of(turn, payload.get("wanted"))
        document, outcome = archive.keep(acting, file, About(**payload["about"]), requester)
    except Problem as problem:
        failed(turn, payload, problem)
        return
    if payload.get("wanted"):
        wanted_files.hand_in(turn, payload["wanted"], document)
    words = Words(bringer.language)
    sight = sight_of(turn, document, words)
    text = (
        words.mark("{title} is kept.", title=sight.title)
        if outcome == "stored"
        else words.mark("{title} was kept already.", title=sight.title)
    )
    turn.has_changed = True
    if payload.get("asked"):
        outbox_places.answered(turn, payload["asked"], looks.KEEP, text)
    turn.tell(
        bringer.id,
        join(" · ", [text, *sight.facts]),
        [looks.row(replace(sight, title=text), words)],
        once=f"kept:{payload['key']}",
    )


def failed(turn: Turn, payload: Json, why: Exception) -> None:
    """It could not be kept: whoever brought it is told why."""
    words = roles.words_for(turn, payload["actor"])
    reason = words.failure(why)
    text = words.mark("{name} was not kept: {reason}", name=payload["file_name"], reason=reason)
    turn.tell(payload["actor"], text, once=f"unkept:{payload['key']}")
