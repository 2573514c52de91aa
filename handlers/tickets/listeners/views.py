"""What several routes show: a ticket's sheet, the form for a new one."""

from collections.abc import Mapping
from typing import Any

from bot.kit.catalogue import RequestType
from bot.kit.replies import View
from handlers.tickets.blocks import form
from handlers.tickets.blocks import sheet as looks_of_sheet
from handlers.tickets.service import drafts, proposals
from handlers.tickets.service.lists import sheet as reading
from storage.tickets.tickets import Ticket
from storage.turn import Turn


def sheet(turn: Turn, ticket: Ticket, page: int = 0) -> View:
    """A ticket for the actor, who may see it; page 0 is the newest of what was said."""
    seen = reading.sheet(turn, ticket)
    return looks_of_sheet.sheet(
        seen.look,
        seen.lines,
        turn.words,
        works_on_it=seen.works_on_it,
        is_own=seen.is_own,
        is_requester=seen.is_requester,
        steps=seen.steps,
        page=page,
    )


def hinted_form(
    turn: Turn, kind: RequestType | None, text: str, metadata: Mapping[str, Any]
) -> View | None:
    """The form with what may answer it above; None when there is nothing to read."""
    draft = drafts.draft(turn, kind, text, metadata)
    return form.new(turn.catalogue, turn.words, draft) if draft.hints else None


def new_form(turn: Turn, kind: RequestType | None, text: str, metadata: Mapping[str, Any]) -> View:
    """The form for a new ticket, with a text in it; its type is proposed from the words unless it
    is chosen.
    """
    fits, carried = drafts.begun(turn, text, metadata)
    return form_again(turn, kind or proposals.proposed(turn, text), fits, carried)


def form_again(
    turn: Turn, kind: RequestType | None, text: str, metadata: Mapping[str, Any]
) -> View:
    """The same form for another type, with what was written in it so far."""
    chosen = kind or proposals.proposed(turn, text)
    return form.new(turn.catalogue, turn.words, drafts.draft(turn, chosen, text, metadata))
