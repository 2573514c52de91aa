"""What is known of messages by place, key or subject: whether one is ours, what was refused; and a
question that stands somewhere is answered.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, union_all, update

from bot.kit import block_kit
from bot.kit.markup import Mrkdwn
from storage.outbox import IN_DOUBT, outbox_messages
from storage.outbox_mails import outbox_mails
from storage.turn import Turn


class Refusal(NamedTuple):
    """Whom a message or mail did not reach, and what was said of it."""

    to: str
    error: str


def refused(db: Connection, workspace: str, prefix: str, since: datetime) -> dict[str, Refusal]:
    """Messages and mails whose key begins so that were refused for good, or that nobody can say of
    whether they arrived, by key.
    """
    kinds = (
        (outbox_messages, outbox_messages.c.addressee, ("failed",)),
        (outbox_mails, outbox_mails.c.to, ("failed", "unsure")),
    )
    queries = [
        select(table.c.key, to.label("to"), table.c.error, table.c.state).where(
            *(table.c.workspace == workspace, table.c.key.startswith(prefix, autoescape=True)),
            *(table.c.state.in_(states), table.c.created_at >= since),
        )
        for table, to, states in kinds
    ]
    refusals: dict[str, Refusal] = {}
    for row in db.execute(union_all(*queries)):
        error = f"{IN_DOUBT}{row.error}" if row.state == "unsure" else row.error or ""
        refusals[row.key] = Refusal(row.to, error)
    return refusals


def answered(turn: Turn, asked: Sequence[str], button: str, sentence: str) -> bool:
    """What came of a question stands in place of the row of its ``button`` from now on; False where
    no message of ours was ``asked`` there (channel and ts): a private one goes by itself.
    """
    channel, ts = asked
    query = select(
        outbox_messages.c.key, outbox_messages.c.addressee, outbox_messages.c.body
    ).where(
        outbox_messages.c.workspace == turn.workspace,
        outbox_messages.c.channel == channel,
        outbox_messages.c.ts == ts,
    )
    row = turn.db.execute(query).one_or_none()
    if row is None or not row.body:
        return False
    blocks = block_kit.answered(row.body["blocks"], button, sentence)
    if blocks != row.body["blocks"]:
        turn.show(row.key, row.addressee, Mrkdwn(row.body["text"]), blocks)
    return True


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
