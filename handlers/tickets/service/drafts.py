"""Forms between drawing and sending: what they ask, and what was filled in."""

from collections.abc import Mapping
from typing import Any

from bot.kit.catalogue import RequestType
from bot.kit.routes import Value
from handlers.tickets.blocks.form import Draft, halves
from handlers.tickets.model import amounts, fields
from handlers.tickets.service.lists import search_options
from handlers.tickets.service.suggestions import hints
from storage.tickets.tickets import Ticket
from storage.turn import Turn


def draft(turn: Turn, kind: RequestType | None, text: str, metadata: Mapping[str, Any]) -> Draft:
    """The form for a new ticket of a type (or of none yet), with a text in it."""
    subject, story = halves(text)
    result = hints(turn, kind, text)
    return Draft(
        chosen=kind,
        story=fields.story(kind) if kind else None,
        own=fields.own(kind) if kind else (),
        subject=subject,
        text=story,
        hints=result,
        metadata={**metadata, "hinted": True} if result else metadata,
    )


def of_ticket(turn: Turn, ticket: Ticket) -> Draft:
    """The form with what a ticket says already."""
    kind = turn.catalogue.request_types.get(ticket.request_type)
    if kind is None:
        return Draft(
            subject=ticket.subject, text=ticket.description, metadata={"ticket": ticket.id}
        )
    return Draft(
        chosen=kind,
        story=fields.story(kind),
        own=fields.own(kind),
        subject=ticket.subject,
        text=ticket.description,
        initial=fields.typed(kind, ticket.fields),
        metadata={"ticket": ticket.id},
    )


def read(
    turn: Turn,
    kind: RequestType,
    values: Mapping[str, Value],
    files: Mapping[str, fields.Files],
    standing: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A type's own fields as the form has them; refused with the field that is wrong.

    What is picked is for who fills the form in to see; what is ``standing`` there already, and left
    as it is, stays.
    """
    _check_story(kind, values)
    existing = {typed[0]: standing[key] for key, typed in _picked(kind, standing or {}) if standing}
    reading = fields.Reading(
        kind=kind,
        currency=amounts.currency_of(turn.catalogue.company.country),
        named=lambda what, value: existing.get(value) or search_options.named(turn, what, value),
    )
    return fields.read(reading, values, files)


def _picked(kind: RequestType, standing: Mapping[str, Any]) -> list[tuple[str, tuple[str, str]]]:
    """The values of the searching fields as their selects have them, by field."""
    return [
        (key, typed)
        for key, typed in fields.typed(kind, standing).items()
        if isinstance(typed, tuple)
    ]


def _check_story(kind: RequestType, values: Mapping[str, Value]) -> None:
    field = fields.story(kind)
    if field and field.required and not str(values.get("description") or "").strip():
        problem = fields.Missing()
        problem.field = "description"
        raise problem
