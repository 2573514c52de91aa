"""What a person puts into a field, from the plain value that a test gives."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from bot.playground.slack.block_kit.forms import Field
from bot.playground.slack.shapes import Json

if TYPE_CHECKING:
    from tests.driver import Colleague


def chosen(who: "Colleague", holder: Json, field: Field, value: object) -> Json:
    """The element's state for a value: text, an option's visible text, a person, a channel, a date,
    a list of them.
    """
    key = field.value_key or ("selected_option" if field.type == "overflow" else "value")
    return {key: _value(who, holder, field, key, value)}


def _value(who: "Colleague", holder: Json, field: Field, key: str, value: object) -> object:
    if value is None:
        return None
    if key == "selected_option":
        return _option(who, holder, field, value)
    if key == "selected_options":
        return [_option(who, holder, field, each) for each in _many(value)]
    if key.startswith(("selected_user", "selected_channel", "selected_conversation")):
        found = [_id(who, key, each) for each in _many(value)]
        return found if key.endswith("s") else found[0]
    read: dict[str, Callable[[object], object]] = {"selected_date": _date, "selected_time": _time}
    read |= {"selected_date_time": _moment, "rich_text_value": _rich_text, "files": _many}
    return read.get(key, str)(value)


def _many(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple | set) else [value]


def _option(who: "Colleague", holder: Json, field: Field, value: object) -> Json:
    offered = field.options()
    if field.type.endswith("external_select"):
        container = (
            holder
            if holder.get("type") == "message"
            else {"type": "view", "view_id": _view_id(holder)}
        )
        offered = who.offered(container, field, str(value))
    for option in offered:
        if value in (option["text"]["text"], option.get("value")):
            return option
    near = [option for option in offered if str(value).lower() in option["text"]["text"].lower()]
    if len(near) != 1:
        texts = [option["text"]["text"] for option in offered]
        raise AssertionError(f"{field.label!r} offers no {value!r}, but: {texts}")
    return near[0]


def _view_id(holder: Json) -> str:
    return str(holder.get("view_id") or holder["id"])


def _id(who: "Colleague", key: str, value: object) -> str:
    name = str(getattr(value, "id", value))
    if key.startswith("selected_user"):
        return who._world.person_named(name).id
    return who.place(name).id


def _date(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _time(value: object) -> str:
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def _moment(value: object) -> int:
    return int(value.timestamp()) if isinstance(value, datetime) else int(str(value))


def _rich_text(value: object) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(value)}]}
    return {"type": "rich_text", "elements": [section]}
