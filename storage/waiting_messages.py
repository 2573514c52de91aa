"""Letters for channels in which nothing can be posted: they wait until it can, or go elsewhere."""

from sqlalchemy import Connection, or_, select, update

from storage.outbox import AT_ONCE, letters

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
"""So begin the keys of letters that nobody wants late: their room tells them anew by itself."""


def let_go(db: Connection, workspace: str, channel: str) -> None:
    """What waited for a channel that was shut is tried, or asked for, at once."""
    there = or_(
        letters.c.channel == channel,
        letters.c.under_channel == channel,
        letters.c.addressee == channel,
    )
    waiting = (letters.c.state.in_(("due", "unsure")), letters.c.error.in_(SHUT))
    mine = (letters.c.workspace == workspace, there, *waiting)
    db.execute(update(letters).where(*mine).values(next_at=AT_ONCE))


def send_elsewhere(
    db: Connection, workspace: str, subject: str, channel: str, to: str, under: str
) -> None:
    """What was not posted yet about a subject to threads of a channel goes beneath another
    letter.
    """
    unposted = (letters.c.ts.is_(None), letters.c.state.in_(("due", "claimed")))
    there = (letters.c.subject == subject, letters.c.under_channel == channel)
    elsewhere = {"addressee": to, "under_key": under, "under_channel": None, "under_ts": None}
    db.execute(
        update(letters)
        .where(letters.c.workspace == workspace, *unposted, *there)
        .values(next_at=AT_ONCE, error=None, **elsewhere)
    )


def keys_of(db: Connection, workspace: str, prefix: str) -> list[str]:
    """The keys that begin so, of letters that were not taken back."""
    mine = (letters.c.workspace == workspace, letters.c.key.startswith(prefix, autoescape=True))
    found = select(letters.c.key).where(*mine, letters.c.state != "gone").order_by(letters.c.id)
    return list(db.execute(found).scalars())
