"""How the driver shows messages and forms: as the text, buttons and fields that a
person would see.
"""

import re
from typing import Any

from bot.playground.slack.block_kit.forms import Field, fields
from bot.playground.slack.channels import Channel
from bot.playground.slack.shapes import Json
from bot.playground.slack.world import World

_TOKEN = re.compile(r"<([^<>]+)>")


def plain(world: World, text: str) -> str:
    """mrkdwn as it reads: mentions by name, links by label, dates by their fallback."""
    read = _TOKEN.sub(lambda match: _read(world, match[1]), text)
    return read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _read(world: World, token: str) -> str:
    head, _, label = token.partition("|")
    if head.startswith("@"):
        person = world.people.get(head[1:])
        return f"@{person.real_name}" if person else f"@{head[1:]}"
    if head.startswith("#"):
        channel = world.channels.get(head[1:])
        return f"#{channel.name}" if channel else f"#{label or head[1:]}"
    if head.startswith("!"):
        return label or "@" + head[1:].partition("^")[0]
    return label or head


def spoken(world: World, value: Any) -> list[str]:
    """Every text in blocks, in reading order."""
    if isinstance(value, list):
        return [line for each in value for line in spoken(world, each)]
    if not isinstance(value, dict):
        return []
    if (
        value.get("type") in ("mrkdwn", "plain_text", "text", "raw_text", "markdown")
        and "text" in value
    ):
        return [plain(world, str(value["text"]))]
    if value.get("type") == "user":
        return [f"@{world.people[value['user_id']].real_name}"]
    if value.get("type") == "raw_number":
        return [str(value.get("text") or value.get("value"))]
    skipped = (
        "confirm",
        "options",
        "option_groups",
        "initial_option",
        "initial_options",
        "placeholder",
    )
    return [
        line for key, each in value.items() if key not in skipped for line in spoken(world, each)
    ]


def labels(options: list[Json]) -> list[str]:
    return [str(option["text"]["text"]) for option in options]


def _named(field: Field, name: str) -> bool:
    return (
        name in (field.label, field.action_id, field.block_id) or field.label.strip(":* ") == name
    )


class Holder:
    """Something with blocks in it: a message or a form."""

    def __init__(self, world: World, blocks: list[Json]) -> None:
        self.world, self.blocks = world, blocks

    @property
    def text(self) -> str:
        return "\n".join(spoken(self.world, self.blocks))

    @property
    def fields(self) -> list[Field]:
        return list(fields(self.blocks))

    @property
    def buttons(self) -> list[str]:
        """The visible texts of the buttons."""
        return [each.label for each in self.fields if each.type in ("button", "workflow_button")]

    def has(self, name: str) -> bool:
        return any(_named(field, name) for field in self.fields)

    def field(self, name: str) -> Field:
        """The field or button of this label, action_id or block_id."""
        found = next((field for field in self.fields if _named(field, name)), None)
        if found is None:
            raise AssertionError(f"there is no {name!r} in:\n{self}")
        return found

    def __contains__(self, text: str) -> bool:
        return text in str(self)


class Form(Holder):
    """A modal or a Home tab."""

    def __init__(self, world: World, view: Json) -> None:
        super().__init__(world, view["blocks"])
        self.view = view

    @property
    def container(self) -> Json:
        return {"type": "view", "view_id": self.view["id"]}

    @property
    def title(self) -> str:
        return str(self.view["title"]["text"])

    @property
    def errors(self) -> dict[str, str]:
        """What stands in red under the fields, by label."""
        found = self.view.get("errors", {})
        return {
            field.label: found[field.block_id] for field in self.fields if field.block_id in found
        }

    def value(self, name: str) -> Any:
        """What stands in a field now."""
        field = self.field(name)
        value = self.view["state"]["values"][field.block_id][field.action_id][
            field.value_key or "value"
        ]
        return value["text"]["text"] if isinstance(value, dict) and "text" in value else value

    def options(self, name: str) -> list[str]:
        return labels(self.field(name).options())

    def __str__(self) -> str:
        errors = "".join(f"\n! {label}: {text}" for label, text in self.errors.items())
        return f"[{self.title}]\n{self.text}{errors}"


class Seen(Holder):
    """A message as it stood when it was looked at; `again()` looks once more."""

    def __init__(self, world: World, channel: Channel, raw: Json) -> None:
        super().__init__(world, raw.get("blocks") or [])
        self.channel, self.raw = channel, raw

    @property
    def container(self) -> Json:
        return {"type": "message", "channel": self.channel.id, "ts": self.ts}

    @property
    def ts(self) -> str:
        return str(self.raw["ts"])

    @property
    def thread_ts(self) -> str:
        return str(self.raw.get("thread_ts", ""))

    @property
    def author(self) -> str:
        person = self.world.people.get(self.raw.get("user", ""))
        return str(self.raw.get("username") or (person.real_name if person else "app"))

    @property
    def text(self) -> str:
        """What a person reads: the blocks if there are any, else the text; then the
        names of files.
        """
        own = (
            "\n".join(spoken(self.world, self.blocks))
            if self.blocks
            else plain(self.world, self.raw.get("text", ""))
        )
        return "\n".join([own, *(f"[{file['name']}]" for file in self.files)])

    @property
    def files(self) -> list[Json]:
        return list(self.raw.get("files", []))

    @property
    def is_ephemeral(self) -> bool:
        return bool(self.raw.get("ephemeral"))

    @property
    def reactions(self) -> dict[str, list[str]]:
        return {each["name"]: each["users"] for each in self.raw.get("reactions", [])}

    @property
    def thread(self) -> list["Seen"]:
        """The replies under this message."""
        return [Seen(self.world, self.channel, each) for each in self.channel.replies(self.ts)]

    def again(self, user: str = "") -> "Seen":
        """The message as it stands now."""
        notes = {note["ts"]: note for note in self.channel.notes.get(user, [])}
        raw = self.channel.messages.get(self.ts) or notes.get(self.ts)
        if raw is None:
            raise AssertionError(f"this message is not there any more:\n{self}")
        return Seen(self.world, self.channel, raw)

    def __str__(self) -> str:
        buttons = "".join(f" ({label})" for label in self.buttons)
        return f"{self.author}: {self.text}{buttons}"
