"""Files dropped on the bot: fetched and imported as a background task, the result told in the
thread.
"""

from collections.abc import Mapping
from typing import Any

from bot.kit.catalogue import Catalogue
from bot.kit.files import money_files
from bot.kit.replies import PASS, Reply
from bot.kit.routes import Event
from handlers.invoices.routes import routes
from handlers.invoices.service import file_drop
from handlers.people.service import roles
from storage.turn import Turn


def _brings_files(event: Event, _: Catalogue) -> bool:
    facts = event.facts
    direct = facts["type"] == "app_mention" or facts.get("channel_type") == "im"
    return (
        direct
        and not facts.get("bot_id")
        and any(map(money_files.may_hold_money, facts.get("files") or ()))
    )


@routes.event("message", when=_brings_files)
def in_direct_message(turn: Turn, event: Event) -> Reply:
    """A file in the direct message with the bot."""
    return _take(turn, event.facts)


@routes.event("app_mention", when=_brings_files)
def with_a_mention(turn: Turn, event: Event) -> Reply:
    """A file in a channel, with the bot's name."""
    return _take(turn, event.facts)


def _take(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    """What finance sends is imported; the words beside it, and what others send, are for the
    features after this one.
    """
    channel, ts = facts["channel"], facts["ts"]
    above = str(facts.get("thread_ts") or ts)
    is_mention = facts["type"] == "app_mention"
    if not roles.may(turn, "invoice", "import"):
        return PASS
    if not is_mention and file_drop.is_of_a_ticket(turn, channel, above):
        return PASS
    files = [file for file in facts["files"] if money_files.may_hold_money(file)]
    for file in files[: file_drop.MOST_FILES]:
        file_drop.send_for(turn, file, channel, ts, above)
    return PASS


routes.task(
    "take_file",
    work=file_drop.fetch_and_import,
    done=file_drop.tell_outcome,
    failed=file_drop.tell_failure,
)
