"""Forms between drawing and sending: what they ask, and what was filled in."""

import json
from collections.abc import Mapping
from typing import Any

from bot.kit.catalogue import Field, RequestType
from bot.kit.routes import Value
from handlers.tickets.blocks.form import MOST_OF_A_STORY, Draft, halves
from handlers.tickets.model import amounts, fields, message_text
from handlers.tickets.service.conversation.invitations import Forgotten
from handlers.tickets.service.lists import search_options
from handlers.tickets.service.suggestions import hints
from storage.documents import kept_texts
from storage.people import people
from storage.tickets.tickets import Ticket
from storage.turn import Turn

_MOST_WRITTEN = 2000  # of the 3000 characters that a form carries


def draft(turn: Turn, kind: RequestType | None, text: str, metadata: Mapping[str, Any]) -> Draft:
    """The form for a new ticket of a type (or of none yet), with a text in it."""
    subject, story = halves(text)
    result = hints(turn, kind, text)
    carried = {**metadata, "kind": kind.key} if kind else dict(metadata)
    return Draft(
        chosen=kind,
        story=fields.story(kind) if kind else None,
        own=fields.own(kind) if kind else (),
        subject=subject,
        text=story,
        rest=rest(turn, metadata),
        initial=_written_before(turn, kind, metadata) if kind else {},
        requester=metadata.get("asks"),
        hints=result,
        metadata={**carried, "hinted": True} if result else carried,
    )


def begun(turn: Turn, text: str, metadata: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """A text for a form to begin with; what is longer than a form holds is kept, and comes along
    when it is sent.
    """
    fits, rest = message_text.divided(text.strip(), MOST_OF_A_STORY)
    if not rest:
        return fits, metadata
    return fits, {**metadata, "rest": kept_texts.keep(turn, f"rest:{turn.now.isoformat()}", rest)}


def rest(turn: Turn, metadata: Mapping[str, Any]) -> str:
    """What did not fit into the form; Forgotten when it was kept too long ago."""
    if "rest" not in metadata:
        return ""
    try:
        return kept_texts.read(turn, str(metadata["rest"]))[0]
    except KeyError:
        raise Forgotten() from None


def with_written(
    turn: Turn, values: Mapping[str, Value], metadata: Mapping[str, Any]
) -> dict[str, Any]:
    """A form's metadata with what stands in the fields of the type that is left, for whoever comes
    back to it. The longest values go where they are too many for Slack.
    """
    left = turn.catalogue.request_types.get(str(metadata.get("kind")))
    if left is None:
        return dict(metadata)
    written = dict(metadata.get("written", {}))
    for field in fields.own(left):
        name = _name(field)
        written.pop(name, None)
        value = values.get(fields.block(field))
        if isinstance(value, str) and value:
            written[name] = value
    while len(json.dumps(written)) > _MOST_WRITTEN:
        written.pop(max(written, key=lambda name: len(json.dumps(written[name]))))
    return {**metadata, "written": written}


def _written_before(turn: Turn, kind: RequestType, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What was written into a type's fields before another type was looked at."""
    written = metadata.get("written", {})
    result: dict[str, Any] = {}
    for field in fields.own(kind):
        value = written.get(_name(field))
        if value is None:
            continue
        if field.kind not in ("customer", "invoice"):
            result[field.key] = value
        elif picked := search_options.named(turn, field.kind, value):
            result[field.key] = (value, str(picked["name"]))
    return result


def _name(field: Field) -> str:
    """A field among the written ones: two types may call fields of two kinds the same."""
    return f"{field.kind}:{field.key}"


def of_ticket(turn: Turn, ticket: Ticket) -> Draft:
    """The form with what a ticket says already."""
    kind = turn.catalogue.request_types.get(ticket.request_type)
    text, beyond = message_text.divided(ticket.description, MOST_OF_A_STORY)
    if kind is None:
        return Draft(subject=ticket.subject, text=text, rest=beyond, metadata={"ticket": ticket.id})
    return Draft(
        chosen=kind,
        story=fields.story(kind),
        own=fields.own(kind),
        subject=ticket.subject,
        text=text,
        rest=beyond,
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
    return fields.read(_reading(turn, kind, existing), values, files)


def told(turn: Turn, kind: RequestType, values: Mapping[str, Value]) -> str:
    """What is filled in of a type's own fields, as lines for another ticket, of which nothing is
    required; its files come by themselves.
    """
    story = fields.story(kind)
    filled = [
        field
        for field in kind.fields
        if field is story or (field.kind != "file" and values.get(fields.block(field)))
    ]
    given = fields.read(_reading(turn, kind.model_copy(update={"fields": filled})), values, {})
    picked = {str(given[field.key]) for field in filled if field.kind == "person"}
    names = people.names(turn, picked)
    lines = fields.told(kind, given, turn.words, names)
    return "\n".join(f"{label}: {value}" for label, value in lines)


def _reading(
    turn: Turn, kind: RequestType, existing: Mapping[str, Any] | None = None
) -> fields.Reading:
    known = existing or {}
    return fields.Reading(
        kind=kind,
        currency=amounts.currency_of(turn.catalogue.company.country),
        named=lambda what, value: known.get(value) or search_options.named(turn, what, value),
    )


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
