"""Files sent to the bot: what becomes of them is asked once, of all that one message brought. Those
that finance imports ask for themselves; of our own documents the documents tell.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from bot.kit.files import money_files
from bot.kit.pdf.marks import Marks
from handlers.people.service import roles
from handlers.tickets.blocks.card import Card
from handlers.tickets.service.conversation import invitations
from handlers.tickets.service.conversation.thread import Said
from storage.documents import register
from storage.people import people
from storage.turn import Turn

WEIGH = "tickets.weigh_papers"
Json = Mapping[str, Any]


def unread(turn: Turn, said: Said, shared: Collection[Json]) -> Said:
    """A message with those of its files that nobody imports; ``shared`` are its own, those of a
    forwarded message apart.
    """
    if not roles.may(turn, "invoice", "import"):
        return said
    imported = {file["id"] for file in shared if money_files.may_hold_money(file)}
    return replace(said, files=[file for file in said.files if file["id"] not in imported])


def ask(turn: Turn, said: Said, place: Mapping[str, str] | None = None) -> Card | None:
    """What is to become of files that came without a word; nothing yet where they may be documents
    of ours, which is looked up first. ``place`` is where a ticket would be followed; in person
    none.
    """
    if not said.files:
        return None
    if not all(map(_is_paper, said.files)):
        return offer(turn, said, place)
    turn.task(WEIGH, said.origin, said=asdict(said), place=place)
    return None


def offer(turn: Turn, said: Said, place: Mapping[str, str] | None) -> Card:
    """A ticket of them, more for one of theirs, or the archive."""
    if place is None:
        return invitations.in_person(turn, said, about_files=True)
    return invitations.offer(turn, said, place, about_files=True)


def are_all_ours(payload: Json, tools: Any) -> bool:
    """Whether each was made here, or carries the code of what was."""
    fetch, turning = (
        partial(tools.fetch, payload["workspace"]),
        partial(tools.turn, payload["workspace"]),
    )
    return all(
        _is_ours(Marks.of(fetch(file["url_private"])), turning) for file in payload["said"]["files"]
    )


def offer_for_others(turn: Turn, payload: Json, are_ours: bool) -> None:
    """One answer: the documents' for our own, else ours, unless the words beside them had it."""
    asker = people.person(turn, payload["actor"])
    if are_ours or asker is None:
        return
    said, place, asking = Said(**payload["said"]), payload["place"], replace(turn, actor=asker)
    if invitations.is_offered(asking, said):
        return
    invitations.tell(asking, said, offer(asking, said, place))
    turn.has_changed = True


def offer_for_unread(turn: Turn, payload: Json, why: Exception) -> None:
    """What cannot be fetched may still be for a ticket."""
    offer_for_others(turn, payload, are_ours=False)


def _is_paper(file: Json) -> bool:
    is_pdf = (
        str(file.get("name") or "").lower().endswith(".pdf")
        or file.get("mimetype") == "application/pdf"
    )
    return is_pdf and bool(file.get("url_private"))


def _is_ours(marks: Marks, turning: Any) -> bool:
    with turning() as turn:
        return register.by_mark(turn, marks.sha256, marks.code) is not None
