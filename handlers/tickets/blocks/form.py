"""The form by which a ticket is asked for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.kit import looks
from bot.kit.catalogue import PRIORITIES, Catalogue, RequestType
from bot.kit.words import Words
from handlers.tickets.blocks.card import PRIORITY_NAMES

FORM = "tickets.form"
TYPE = "tickets.type"

_ANY = "tickets.value"  # the element of a field that only the form's sending tells of


def new(
    catalogue: Catalogue, words: Words, *, chosen: RequestType | None, text: str, metadata: Mapping[str, Any]
) -> looks.View:
    """The form for a new ticket. ``text`` is what was typed or pointed at."""
    subject, description = halves(text)
    blocks = [
        _type(catalogue, words, chosen),
        *_about(chosen, words),
        looks.field(words.say("In a few words"), looks.text_input(_ANY, initial=subject, most=150), name="subject"),
        looks.field(
            words.say("Details"),
            looks.text_input(_ANY, multiline=True, initial=description),
            name="description",
            optional=True,
        ),
        _priority(words),
    ]
    return looks.modal(
        words.say("New ticket"),
        blocks,
        callback_id=FORM,
        submit=words.say("Send"),
        close=words.say("Cancel"),
        metadata=metadata,
    )


def halves(text: str) -> tuple[str, str]:
    """Subject and description out of one text: its first line, and all of it where that says more."""
    bare = text.strip()
    first = bare.partition("\n")[0].strip()
    return looks.cut(first, 150), "" if first == bare and len(first) <= 150 else bare


def _type(catalogue: Catalogue, words: Words, chosen: RequestType | None) -> looks.Block:
    groups = [
        {"label": looks.plain(department.name.in_(words.language), 75), "options": options}
        for department in catalogue.departments.values()
        if (options := _options(catalogue.types_of(department.key), words))
    ]
    menu = {
        "type": "static_select",
        "action_id": TYPE,
        "option_groups": groups[:100],
        "placeholder": looks.plain(words.say("Choose what you need"), 150),
    }
    if chosen:
        menu["initial_option"] = _options([chosen], words)[0]
    return looks.field(words.say("What do you need?"), menu, name="type", dispatch=True)


def _options(types: Iterable[RequestType], words: Words) -> Sequence[dict[str, Any]]:
    return [looks.option(kind.label.in_(words.language), kind.key) for kind in list(types)[:100]]


def _about(chosen: RequestType | None, words: Words) -> list[looks.Block]:
    return [looks.context(chosen.description.in_(words.language))] if chosen and chosen.description else []


def _priority(words: Words) -> looks.Block:
    options = [looks.option(words.say(PRIORITY_NAMES[priority]), priority) for priority in PRIORITIES]
    menu = looks.select(_ANY, options, placeholder=words.say("As usual for this request"))
    return looks.field(words.say("Priority"), menu, name="priority", optional=True)
