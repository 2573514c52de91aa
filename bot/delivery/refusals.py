"""What a refusal of Slack's means for a message: it waits, goes another way, or is asked for by
nobody.
"""

from slack_sdk.errors import SlackApiError

from bot.slack import HOME, error_of
from storage import waiting_messages
from storage.outbox import Message

PASSING = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
_ABSENT = {"channel_not_found", "not_in_channel", "thread_not_found", "user_not_found"}
NOT_ASKABLE = _ABSENT | {"missing_scope"}


def place_of(message: Message) -> tuple[str, str]:
    """The workspace, and the channel or person, to which it goes."""
    return message.workspace or HOME, message.channel or message.addressee


def is_shut(message: Message, error: str) -> bool:
    """Whether it waits until its channel is open again; what its feature tells anew does not."""
    to_channel = place_of(message)[1].startswith(("C", "G"))
    return (
        error in waiting_messages.SHUT
        and to_channel
        and not message.key.startswith(waiting_messages.PERISHABLE)
    )


def has_no_root(channel: str, refused: SlackApiError) -> bool:
    """Whether somebody deleted what a thread of their direct message stood under: nobody else reads
    there, so what was to stand in it stands without.
    """
    return channel.startswith("D") and error_of(refused) == "thread_not_found"
