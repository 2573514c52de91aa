"""PDFs sent to the bot without a word: of our own documents the documents tell, for others a ticket
is offered.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from bot.kit.pdf.marks import Marks
from handlers.tickets.service.conversation import invitations
from handlers.tickets.service.conversation.thread import Said
from storage.documents import register
from storage.people import people
from storage.turn import Turn

WEIGH = "tickets.weigh_papers"
Json = Mapping[str, Any]


def are_alone(said: Said, text: str) -> bool:
    """Whether a message is nothing but PDFs; ``text`` is what it says besides the bot's name."""
    return not text.strip() and bool(said.files) and all(map(_is_paper, said.files))


def weigh(turn: Turn, said: Said, place: Mapping[str, str] | None = None) -> None:
    """Record that they are to be looked at. ``place`` is where the ticket would be followed; none
    in person.
    """
    turn.task(WEIGH, said.origin, said=asdict(said), place=place)


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
    """One answer: the documents' for our own, else ours."""
    asker = people.person(turn, payload["actor"])
    if are_ours or asker is None:
        return
    said, place, asking = Said(**payload["said"]), payload["place"], replace(turn, actor=asker)
    if place is None:
        invitations.offer_in_person(asking, said)
    else:
        look = invitations.offer(asking, said, place)
        asking.tell(asker.id, look.text, look.blocks, once=f"ticket-offer:{said.origin}")
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
