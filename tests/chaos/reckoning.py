"""The reckoning after a chaos run: what people saw done, what is remembered, and what stands in
Slack must agree.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select

from bot.delivery.sender import METADATA
from bot.playground.slack.world import World
from storage.audit import events
from storage.background_tasks import tasks
from storage.outbox import outbox_messages
from storage.tickets.tickets import tickets
from tests.chaos.people import Done

Rows = list[Any]


@dataclass(frozen=True)
class Found:
    """What is remembered at the end."""

    tickets: Rows
    outbox_messages: Rows
    events: Rows


def found(engine: Engine) -> Found:
    with engine.connect() as db:
        return Found(
            *(list(db.execute(select(table))) for table in (tickets, outbox_messages, events))
        )


def left(engine: Engine) -> int:
    """How many messages and background tasks wait or are in doubt."""
    with engine.connect() as db:
        under_way = select(func.count()).where(
            outbox_messages.c.state.in_(("due", "claimed", "unsure"))
        )
        to_do = select(func.count()).where(tasks.c.state.in_(("due", "claimed")))
        return db.execute(under_way).scalar_one() + db.execute(to_do).scalar_one()


def wrongs(found: Found, done: Done, world: World) -> list[str]:
    """Every disagreement, in a sentence."""
    return [
        *_tickets(found, done),
        *_messages(found, world),
        *_audit(found),
        *_replies(found, done),
    ]


def _tickets(found: Found, done: Done) -> Iterator[str]:
    subjects = Counter(row.subject for row in found.tickets)
    yield from (
        f"the ticket “{subject}” is lost" for subject in done.asked if not subjects[subject]
    )
    yield from (
        f"the ticket “{subject}” exists {n} times" for subject, n in subjects.items() if n > 1
    )
    yield from (
        f"nobody asked for “{subject}”" for subject in subjects if subject not in set(done.tried)
    )
    numbers = sorted(row.number for row in found.tickets)
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"the numbers are not 1 to {len(numbers)}: {numbers}"


def _messages(found: Found, world: World) -> Iterator[str]:
    shown = _shown(world)
    for row in found.outbox_messages:
        posts = shown.pop(row.mark, [])
        wanted = 1 if row.state == "sent" else 0
        if len(posts) != wanted or row.state not in ("sent", "gone"):
            yield (
                f"the letter {row.key} is {row.state} ({row.error}) and stands in Slack "
                f"{len(posts)} times"
            )
        elif posts and posts[0]["text"] != row.body["text"]:
            yield f"the card {row.key} shows an older look"
    yield from (
        f"nobody wrote what stands in Slack: {posts[0]['text']}" for posts in shown.values()
    )


def _shown(world: World) -> dict[str, list[Any]]:
    """The bot's messages by the mark of their message."""
    shown: dict[str, list[Any]] = {}
    for channel in world.channels.values():
        for message in channel.messages.values():
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == METADATA:
                shown.setdefault(metadata["event_payload"]["key"], []).append(message)
    return shown


def _audit(found: Found) -> Iterator[str]:
    told = Counter((row.subject, row.event) for row in found.events)
    for row in found.tickets:
        key = f"ticket:{row.id}"
        if told[key, "ticket.submitted"] != 1:
            yield f"{key} was submitted {told[key, 'ticket.submitted']} times by the audit"
        if bool(row.assignee) != bool(told[key, "ticket.taken"]) or told[key, "ticket.taken"] > 1:
            yield (
                f"{key} has the assignee {row.assignee} and was taken {told[key, 'ticket.taken']} "
                "times by the audit"
            )
        if row.resolve_count != told[key, "ticket.resolved"]:
            yield (
                f"{key} was resolved {row.resolve_count} times and {told[key, 'ticket.resolved']} "
                "times "
                "by the audit"
            )


def _replies(found: Found, done: Done) -> Iterator[str]:
    mirrored = [row.body.get("text", "") for row in found.outbox_messages if row.state == "sent"]
    for person, text in done.said:
        times = sum(1 for body in mirrored if body.endswith(text))
        if times > 1 or (times == 0 and text in done.acked):
            yield f"“{text}” of {person} was mirrored {times} times"
