"""Conversations: public, private and shared channels, direct and group messages, with what was said
in them.
"""

from dataclasses import dataclass, field
from typing import Literal

from bot.playground.slack.shapes import Json

Kind = Literal["public", "private", "im", "mpim"]
TYPES: dict[Kind, str] = {
    "public": "public_channel",
    "private": "private_channel",
    "im": "im",
    "mpim": "mpim",
}
EVENT_TYPES: dict[Kind, str] = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}
SCOPES: dict[Kind, str] = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


@dataclass
class Channel:
    """A conversation; `messages` by their `ts` in order, `notes` (ephemeral) by the person who sees
    them.
    """

    id: str
    name: str
    kind: Kind = "public"
    creator: str = ""
    created: int = 0
    members: list[str] = field(default_factory=list)
    topic: str = ""
    purpose: str = ""
    is_archived: bool = False
    is_general: bool = False
    is_prepared_to_share: bool = False
    teams: list[str] = field(default_factory=list)
    invited_teams: list[str] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)
    messages: dict[str, Json] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, list[Json]] = field(default_factory=dict)

    @property
    def is_shared(self) -> bool:
        return bool(self.teams)

    def stored(self) -> Json:
        """What is kept of the channel itself; its messages are kept one by one."""
        own = "id name kind creator created members topic purpose is_archived is_general teams "
        own += "invited_teams read is_prepared_to_share"
        return {name: getattr(self, name) for name in own.split()}

    def add(self, message: Json) -> None:
        self.messages[message["ts"]] = message
        parent = message.get("thread_ts")
        if parent and parent != message["ts"]:
            self.threads.setdefault(parent, []).append(message["ts"])

    def remove(self, ts: str) -> Json:
        message = self.messages.pop(ts)
        thread = self.threads.get(message.get("thread_ts", ""), [])
        if ts in thread:
            thread.remove(ts)
        return message

    def replies(self, parent: str) -> list[Json]:
        return [self.messages[ts] for ts in self.threads.get(parent, []) if ts in self.messages]

    def with_thread(self, message: Json) -> Json:
        """The message as it is shown: a parent of a thread tells how many answered and who."""
        replies = self.replies(message["ts"])
        if not replies:
            return message
        people = list(
            dict.fromkeys(reply.get("user") or reply.get("bot_id", "") for reply in replies)
        )
        return message | {
            "thread_ts": message["ts"],
            "reply_count": len(replies),
            "reply_users_count": len(people),
            "latest_reply": replies[-1]["ts"],
            "reply_users": people[:5],
            "is_locked": False,
            "subscribed": False,
        }

    def top_level(self) -> list[Json]:
        """What stands in the channel itself, oldest first: no replies, except those also sent to
        the channel.
        """
        return [
            message
            for message in self.messages.values()
            if message.get("thread_ts", message["ts"]) == message["ts"]
            or message.get("subtype") == "thread_broadcast"
        ]


def channel_shape(channel: Channel, viewer: str, team_id: str, *, members: bool = False) -> Json:
    """A conversation as `conversations.info` shows it to this person or bot."""
    if channel.kind == "im":
        peer = next((member for member in channel.members if member != viewer), viewer)
        return {
            "id": channel.id,
            "created": channel.created,
            "is_archived": False,
            "is_im": True,
            "is_mpim": False,
            "is_channel": False,
            "is_group": False,
            "is_private": True,
            "is_org_shared": False,
            "user": peer,
            "context_team_id": team_id,
            "updated": 0,
            "is_user_deleted": False,
            "is_open": True,
            "priority": 0,
        }
    private = channel.kind != "public"
    shape: Json = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created,
        "is_channel": channel.kind != "mpim",
        "is_group": False,
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": private,
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "is_shared": channel.is_shared,
        "is_org_shared": False,
        "is_ext_shared": channel.is_shared,
        "is_pending_ext_shared": bool(channel.invited_teams),
        "pending_shared": list(channel.invited_teams),
        "pending_connected_team_ids": [],
        "shared_team_ids": [team_id, *channel.teams],
        "connected_team_ids": list(channel.teams),
        "context_team_id": team_id,
        "unlinked": 0,
        "updated": 0,
        "parent_conversation": None,
        "creator": channel.creator,
        "previous_names": [],
        "is_member": viewer in channel.members,
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": channel.created},
        "purpose": {
            "value": channel.purpose,
            "creator": channel.creator,
            "last_set": channel.created,
        },
    }
    if members:
        shape["num_members"] = len(channel.members)
    return shape
