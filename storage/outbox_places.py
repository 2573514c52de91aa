"""What is known of messages by place, key or subject: whether one is ours, what was refused."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from storage.outbox import outbox_messages


def refused(db: Connection, workspace: str, prefix: str, since: datetime) -> dict[str, str]:
    """Messages whose key begins so that Slack will never show, or may or may not: by key, with what
    was said of it.
    """
    conditions = (
        outbox_messages.c.workspace == workspace,
        outbox_messages.c.key.startswith(prefix, autoescape=True),
    )
    query = select(outbox_messages.c.key, outbox_messages.c.error).where(
        *conditions, outbox_messages.c.state == "failed", outbox_messages.c.created_at >= since
    )
    return {row.key: row.error or "" for row in db.execute(query)}


def is_known(db: Connection, workspace: str, channel: str, ts: str) -> bool:
    """Whether a message of ours is known by its place."""
    conditions = (
        outbox_messages.c.workspace == workspace,
        outbox_messages.c.channel == channel,
        outbox_messages.c.ts == ts,
    )
    return db.execute(select(outbox_messages.c.id).where(*conditions).limit(1)).scalar() is not None


def recognise(db: Connection, workspace: str, mark: str, channel: str, ts: str) -> None:
    """A message of which nobody has noted yet that it was posted stands here; whoever has it
    settles
    it as before.
    """
    in_doubt = (outbox_messages.c.state.in_(("claimed", "unsure")), outbox_messages.c.ts.is_(None))
    conditions = (outbox_messages.c.workspace == workspace, outbox_messages.c.mark == mark)
    db.execute(update(outbox_messages).where(*in_doubt, *conditions).values(channel=channel, ts=ts))


def about(db: Connection, workspace: str, subject: str) -> list[tuple[str, str]]:
    """The messages about something: key and addressee, the oldest first."""
    mine = (outbox_messages.c.workspace == workspace, outbox_messages.c.subject == subject)
    query = select(outbox_messages.c.key, outbox_messages.c.addressee).where(*mine)
    return [(row[0], row[1]) for row in db.execute(query.order_by(outbox_messages.c.id))]
