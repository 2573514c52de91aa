"""Files of which an event names the id alone, in a channel that is shared with another company:
their facts are asked for.

Source: docs.slack.dev/reference/objects/file-object (Slack Connect files).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.edge.payloads import Delivery
from bot.kit.language.characters import storable
from bot.slack import UNREACHED, Slack

WITHHELD = "check_file_info"
_MESSAGES = ("message", "app_mention")


async def told(delivery: Delivery, slack: Slack) -> Delivery:
    """The delivery with the facts of its files; what Slack does not tell stays an id."""
    if delivery.kind != "event" or delivery.name not in _MESSAGES:
        return delivery
    facts = await _message(delivery.input.facts, slack)
    changed = facts.get("message")
    if isinstance(changed, Mapping):
        facts = {**facts, "message": await _message(changed, slack)}
    return replace(delivery, input=replace(delivery.input, facts=facts))


async def _message(message: Mapping[str, Any], slack: Slack) -> Mapping[str, Any]:
    files = message.get("files")
    if not isinstance(files, list) or not any(map(_is_withheld, files)):
        return message
    return {**message, "files": [await _file(file, slack) for file in files]}


def _is_withheld(file: Any) -> bool:
    return isinstance(file, Mapping) and file.get("file_access") == WITHHELD and "id" in file


async def _file(file: Any, slack: Slack) -> Any:
    if not _is_withheld(file):
        return file
    try:
        response = await slack.client.files_info(file=file["id"])
    except (SlackApiError, *UNREACHED):
        return file
    return storable(response["file"])
