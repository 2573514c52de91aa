"""Looks: Block Kit in few words, within Slack's limits. Text of people is plain or escaped; what is
cut shows it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from bot.kit.errors import Problem
from bot.kit.language.characters import legible
from bot.kit.markup import Mrkdwn, escape

MOST_VALUE = 2000
"""Characters that a button's value holds."""
MOST_OPTION = 75
"""Characters that an option of a menu shows."""
MOST_TYPED = 3000
"""Characters that a field for typing holds."""
Block = dict[str, Any]
Element = dict[str, Any]
View = dict[str, Any]


class TooLongToEdit(Problem):
    """A form would lose the end of what is known."""

    sentence = (
        "“{begins}” is longer than the 3,000 characters that a form of Slack holds, so it cannot "
        "be changed here. Nothing of it is lost."
    )


def cut(text: str, most: int) -> str:
    """At most ``most`` characters; what is left out shows as an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"


def plain(text: str, most: int = 3000) -> dict[str, Any]:
    return {"type": "plain_text", "text": cut(legible(text), most) or " ", "emoji": False}


def mrkdwn(text: object, most: int = 3000) -> dict[str, Any]:
    """A text object; anything but :class:`Mrkdwn` is escaped. ``verbatim``: Slack looks for no
    mentions in it.
    """
    return {"type": "mrkdwn", "text": cut(escape(text), most) or " ", "verbatim": True}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, 150)}


def section(text: object, accessory: Element | None = None, block_id: str | None = None) -> Block:
    return _clean(
        {"type": "section", "text": mrkdwn(text), "accessory": accessory, "block_id": block_id}
    )


def facts(pairs: Iterable[tuple[str, object]]) -> Block:
    """Up to ten labelled facts in two columns."""
    fields = [mrkdwn(Mrkdwn(f"*{escape(label)}*\n{escape(value)}"), 2000) for label, value in pairs]
    return {"type": "section", "fields": fields[:10]}


def context(*texts: object) -> Block:
    return {"type": "context", "elements": [mrkdwn(text) for text in texts[:10]]}


def table(rows: Sequence[Sequence[str]]) -> Block:
    """Rows of plain text, the first of them the head; a message takes one table of at most 10,000
    characters.
    """
    cells = [[{"type": "raw_text", "text": cell or " "} for cell in row] for row in rows[:100]]
    return {
        "type": "table",
        "rows": cells,
        "column_settings": [{"is_wrapped": True} for _ in cells[0]],
    }


def divider() -> Block:
    return {"type": "divider"}


def answered(blocks: Sequence[Block], button: str, sentence: str) -> list[Block]:
    """The blocks of a question with what came of it in place of the row of this ``button``."""
    shown = []
    for block in blocks:
        elements = block["elements"] if block["type"] == "actions" else ()
        is_answered = button in (each["action_id"] for each in elements)
        shown.append(context(sentence) if is_answered else block)
    return shown


def actions(*elements: Element, block_id: str | None = None) -> Block:
    return _clean({"type": "actions", "elements": list(elements), "block_id": block_id})


def button(
    label: str,
    action_id: str,
    value: str = "",
    style: str | None = None,
    confirm: dict[str, Any] | None = None,
) -> Element:
    return _clean(
        {
            "type": "button",
            "text": plain(label, 75),
            "action_id": action_id,
            "value": cut(value, MOST_VALUE) or None,
            "style": style,
            "confirm": confirm,
        }
    )


def digest(*said: object) -> str:
    """What somebody has read, in a few letters: a button carries them, so that what is decided is
    what was read. ``said`` is text, numbers, days, blocks, tuples or frozen dataclasses of them.
    """
    return sha256(repr(said).encode()).hexdigest()[:16]


def confirm(title: str, text: str, yes: str, no: str) -> dict[str, Any]:
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def option(label: str, value: str, description: str | None = None) -> dict[str, Any]:
    return _clean(
        {
            "text": plain(label, MOST_OPTION),
            "value": value,
            "description": plain(description, MOST_OPTION) if description else None,
        }
    )


def options(labels: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """A menu's options, of values with the label of each."""
    return [option(label, value) for value, label in labels]


def select(
    action_id: str,
    options: Sequence[dict[str, Any]],
    *,
    chosen: str | None = None,
    placeholder: str | None = None,
) -> Element:
    """A menu of at most 100 options; ``chosen`` is the value of one."""
    initial = next((o for o in options if o["value"] == chosen), None)
    return _clean(
        {
            "type": "static_select",
            "action_id": action_id,
            "options": list(options)[:100],
            "initial_option": initial,
            "placeholder": plain(placeholder, 150) if placeholder else None,
        }
    )


def multi_select(
    action_id: str, options: Sequence[dict[str, Any]], *, chosen: Sequence[str] = ()
) -> Element:
    """A menu from which several may be chosen; ``chosen`` are values of options."""
    initial = [o for o in options if o["value"] in chosen]
    return _clean(
        {
            "type": "multi_static_select",
            "action_id": action_id,
            "options": list(options)[:100],
            "initial_options": initial or None,
        }
    )


def search_select(
    action_id: str,
    *,
    placeholder: str | None = None,
    initial: dict[str, Any] | None = None,
    min_length: int = 1,
) -> Element:
    """A menu whose options we are asked for while the person types."""
    return _clean(
        {
            "type": "external_select",
            "action_id": action_id,
            "min_query_length": min_length,
            "initial_option": initial,
            "placeholder": plain(placeholder, 150) if placeholder else None,
        }
    )


def multi_search_select(
    action_id: str, *, placeholder: str | None = None, min_length: int = 1
) -> Element:
    """A menu like :func:`search_select` from which several may be chosen; they come back in the
    order in which they were.
    """
    one = search_select(action_id, placeholder=placeholder, min_length=min_length)
    return {**one, "type": "multi_external_select"}


def people_select(action_id: str, *, chosen: str | None = None) -> Element:
    return _clean({"type": "users_select", "action_id": action_id, "initial_user": chosen})


def multi_people_select(action_id: str, *, chosen: Sequence[str] = ()) -> Element:
    return _clean(
        {
            "type": "multi_users_select",
            "action_id": action_id,
            "initial_users": list(chosen) or None,
        }
    )


def date_picker(action_id: str, *, chosen: str | None = None) -> Element:
    """``chosen`` and what comes back: ``YYYY-MM-DD``."""
    return _clean({"type": "datepicker", "action_id": action_id, "initial_date": chosen})


def time_picker(action_id: str, *, chosen: str | None = None) -> Element:
    """``chosen`` and what comes back: ``HH:MM``."""
    return _clean({"type": "timepicker", "action_id": action_id, "initial_time": chosen})


def text_input(
    action_id: str,
    *,
    multiline: bool = False,
    initial: str = "",
    most: int = MOST_TYPED,
    placeholder: str | None = None,
) -> Element:
    """``initial`` is proposed: what the field does not hold of it is cut."""
    return _clean(
        {
            "type": "plain_text_input",
            "action_id": action_id,
            "multiline": multiline or None,
            "initial_value": initial[:most] or None,
            "max_length": most,
            "placeholder": plain(placeholder, 150) if placeholder else None,
        }
    )


def edit_input(
    action_id: str,
    stored: str,
    *,
    multiline: bool = False,
    most: int = MOST_TYPED,
    placeholder: str | None = None,
) -> Element:
    """A field with what is known and sent back whole: it takes ``most`` characters, or as many as
    that has. Raises :class:`TooLongToEdit` where Slack does not take all of it.
    """
    if len(stored) > MOST_TYPED:
        raise TooLongToEdit(begins=cut(" ".join(stored.split()), MOST_OPTION))
    return text_input(
        action_id,
        multiline=multiline,
        initial=stored,
        most=max(most, len(stored)),
        placeholder=placeholder,
    )


def number_input(
    action_id: str, *, decimals: bool = True, initial: str | None = None, least: str | None = None
) -> Element:
    return _clean(
        {
            "type": "number_input",
            "action_id": action_id,
            "is_decimal_allowed": decimals,
            "initial_value": initial,
            "min_value": least,
        }
    )


def file_input(action_id: str, *, most: int = 5, types: Sequence[str] = ()) -> Element:
    return _clean(
        {
            "type": "file_input",
            "action_id": action_id,
            "max_files": most,
            "filetypes": list(types) or None,
        }
    )


def checkboxes(action_id: str, options: Sequence[dict[str, Any]]) -> Element:
    return {"type": "checkboxes", "action_id": action_id, "options": list(options)[:10]}


def field(
    label: str,
    element: Element,
    *,
    name: str,
    optional: bool = False,
    hint: str | None = None,
    dispatch: bool = False,
) -> Block:
    """A labelled input; ``name`` is its block id, by which values and errors are known."""
    return _clean(
        {
            "type": "input",
            "block_id": name,
            "label": plain(label, 2000),
            "element": element,
            "optional": optional or None,
            "hint": plain(hint, 2000) if hint else None,
            "dispatch_action": dispatch or None,
        }
    )


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str,
    submit: str | None = None,
    close: str,
    metadata: Mapping[str, Any] | None = None,
) -> View:
    """A modal; ``metadata`` (up to 3000 characters as JSON) comes back with every click in it."""
    return _clean(
        {
            "type": "modal",
            "callback_id": callback_id,
            "title": plain(title, 24),
            "submit": plain(submit, 24) if submit else None,
            "close": plain(close, 24),
            "blocks": list(blocks)[:100],
            "private_metadata": json.dumps(metadata, separators=(",", ":")) if metadata else None,
        }
    )


def home(blocks: Sequence[Block]) -> View:
    return {"type": "home", "blocks": list(blocks)[:100]}


_JOINER = "\u2060"


def moment(
    at: datetime,
    fallback: str = "",
    form: str = "{date_short_pretty} {time}",
    *,
    begins: bool = False,
) -> Mrkdwn:
    """A moment that every reader sees in their own zone; ``fallback`` where Slack
    cannot show it: ``2026-11-30 09:00 UTC``, unless told.

    Slack writes *Today* with a capital where the form begins with the day, so within a sentence
    the form begins with a sign that is not seen; ``begins`` where the moment begins a line.
    """
    seen = form if begins else _JOINER + form
    unseen = escape(fallback) or f"{at.astimezone(UTC).isoformat(' ')[:16]} UTC"
    return Mrkdwn(f"<!date^{int(at.timestamp())}^{seen}|{unseen}>")


def _clean(thing: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in thing.items() if value is not None}
