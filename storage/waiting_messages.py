"""Messages for channels in which nothing can be posted: they wait until it can, or go elsewhere."""

from sqlalchemy import Connection, or_, select, update

from storage.outbox import AT_ONCE, outbox_messages

SHUT = frozenset(
    {
        "is_archived",
        "not_in_channel",
        "channel_not_found",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel",
    }
)
"""Slack's words for a channel in which nothing can be posted while it is so."""
PERISHABLE = "reminder:"
"""So begin the keys of messages that nobody wants late: their room tells them anew by itself."""


def let_go(db: Connection, workspace: str, channel: str) -> None:
    """What waited for a channel that was shut is tried, or asked for, at once."""
    there = or_(
        outbox_messages.c.channel == channel,
        outbox_messages.c.under_channel == channel,
        outbox_messages.c.addressee == channel,
    )
    waiting = (outbox_messages.c.state.in_(("due", "unsure")), outbox_messages.c.error.in_(SHUT))
    conditions = (outbox_messages.c.workspace == workspace, there, *waiting)
    db.execute(update(outbox_messages).where(*conditions).values(next_at=AT_ONCE))


def send_elsewhere(
    db: Connection, workspace: str, subject: str, channel: str, to: str, under: str
) -> None:
    """What was not posted yet about a subject to threads of a channel goes beneath another
    message.
    """
    unposted = (outbox_messages.c.ts.is_(None), outbox_messages.c.state.in_(("due", "claimed")))
    there = (outbox_messages.c.subject == subject, outbox_messages.c.under_channel == channel)
    elsewhere = {"addressee": to, "under_key": under, "under_channel": None, "under_ts": None}
    db.execute(
        update(outbox_messages)
        .where(outbox_messages.c.workspace == workspace, *unposted, *there)
        .values(next_at=AT_ONCE, error=None, **elsewhere)
    )


def keys_of(db: Connection, workspace: str, prefix: str) -> list[str]:
    """The keys that begin so, of messages that were not taken back."""
    conditions = (
        outbox_messages.c.workspace == workspace,
        outbox_messages.c.key.startswith(prefix, autoescape=True),
    )
    query = (
        select(outbox_messages.c.key)
        .where(*conditions, outbox_messages.c.state != "gone")
        .order_by(outbox_messages.c.id)
    )
    return list(db.execute(query).scalars())
