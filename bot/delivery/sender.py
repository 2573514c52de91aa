"""The sender: carries messages from the outbox to Slack. The retry after a kill is here: what is
``unsure`` is looked for among the bot's own messages before it is posted again.
"""

import asyncio
import itertools
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.delivery.refusals import NOT_ASKABLE, PASSING, has_no_root, is_shut, place_of
from bot.delivery.rounds import Bell, go_round
from bot.delivery.taken_messages import TakenMessages
from bot.directory import places
from bot.edge.turns import Turns
from bot.kit import clock
from bot.slack import HOME, NO_ENTRY, UNREACHED, Slack, asked_to_wait, error_of
from storage import outbox_claims, waiting_messages
from storage.documents import files
from storage.outbox import Message
from storage.people import people

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)  # more than three times the client's timeout
GRACE = timedelta(seconds=60)  # after a lease, before a doubtful message is asked for
BEFORE_A_SHUT_DOOR = timedelta(hours=1)  # events tell of most routes that open, long before
REFUSED_FOR = timedelta(seconds=30)  # a token that Slack does not take
BATCH = 50
METADATA = "zaplecze_message"
SHARED_WITHIN = (0.0, 0.25, 0.5, 1.0)  # seconds before each question where a new file stands
SHARE_ASKED_AGAIN = timedelta(seconds=2)
MOST_QUESTIONS = 300  # ten minutes


class NotSharedYet(Exception):
    """A file that Slack has, and whose message nobody knows yet."""


@dataclass
class Sender:
    """One of possibly several; each takes messages by a lease.

    A message is begun in the lease's first quarter and given up after two thirds more: when the
    lease ends, and others may ask Slack for it, nothing of ours is under way.
    """

    turns: Turns
    slack: Slack
    threads: Executor
    lease: timedelta = LEASE
    grace: timedelta = GRACE
    now: Callable[[], datetime] = clock.real  # a test turns it
    quiet_until: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """Places to which Slack wants nothing before this moment."""
    taken: TakenMessages = field(init=False)
    bell: Bell = field(default_factory=Bell)

    def __post_init__(self) -> None:
        self.taken = TakenMessages(self.turns, self.threads)

    async def run(self, stop: asyncio.Event) -> None:
        """Carry messages until told to stop; a message in hand is finished first."""
        await go_round(self.carry, self.bell, stop, log)

    async def carry(self) -> int:
        """One round: settle doubts, then deliver what is due. How many messages were touched."""
        await self.taken.settle()  # what the database did not let us note the last time
        doubtful, due = await self._off(self._collect)
        await asyncio.gather(*(self._settle_doubt(message) for message in doubtful))
        by_place = itertools.groupby(sorted(due, key=place_of), place_of)
        deliveries = (self._deliver_all(place, list(messages)) for place, messages in by_place)
        await self.taken.settle_while(asyncio.gather(*deliveries))
        return len(doubtful) + len(due)

    def _collect(self) -> tuple[list[Message], list[Message]]:
        now = self.now()
        quiet = [place for place, until in self.quiet_until.items() if until > now]
        with self.turns.transaction() as db:
            outbox_claims.abandon_expired(db, now, self.grace)
            doubtful = outbox_claims.claim_unsure(db, now, self.lease, BATCH)
            due = outbox_claims.claim(db, now, self.lease, BATCH, quiet)
        return doubtful, due

    async def _deliver_all(self, place: tuple[str, str], messages: list[Message]) -> None:
        """Messages to one place go one after the other, in the order they were written."""
        for message in messages:
            now = self.now()
            until = self.quiet_until.get(place, now)
            if until > now:
                await self._note(outbox_claims.settle_later, message, until, "ratelimited")
            elif message.lease_until - now < self.lease * 3 / 4:
                await self._note(outbox_claims.give_back, message)
            else:
                await self._deliver(message)

    async def _deliver(self, message: Message) -> None:
        try:
            async with asyncio.timeout(self.lease.total_seconds() * 2 / 3):
                await self._carry_out(message)
            if message.error in waiting_messages.SHUT:
                await self._off(self._note_open, message)
        except SlackApiError as refused:
            await self._refused(message, refused)
        except UNREACHED as lost:
            await self._lost(message, type(lost).__name__)
        except Exception as fault:
            log.exception("message %s cannot be carried; it is tried again", message.id)
            await self._lost(message, type(fault).__name__)

    async def _carry_out(self, message: Message) -> None:
        if message.gone:
            if message.ts:
                await self._delete(message)
            self.taken.add(message, message.channel, message.ts)
        elif message.ts:
            await self.slack.client.chat_update(
                channel=message.channel or "", ts=message.ts, **_shown(message.body)
            )
            self.taken.add(message, message.channel, message.ts)
        elif message.body.get("file"):
            await self._upload(message)
        else:
            await self._post(message)

    async def _delete(self, message: Message) -> None:
        try:
            await self.slack.client.chat_delete(channel=message.channel or "", ts=message.ts or "")
        except SlackApiError as refused:
            if error_of(refused) != "message_not_found":  # somebody was quicker
                raise

    async def _post(self, message: Message) -> None:
        channel = await self._address(message)
        try:
            answer = await self._posted(message, channel, message.thread_ts)
        except SlackApiError as refused:
            if not has_no_root(channel, refused):
                raise
            answer = await self._posted(message, channel, None)
        self.taken.add(message, answer["channel"], answer["ts"])

    async def _posted(self, message: Message, channel: str, thread_ts: str | None) -> Any:
        return await self.slack.client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts,
            metadata={"event_type": METADATA, "event_payload": {"key": message.mark}},
            unfurl_links=False,
            unfurl_media=False,
            **_shown(message.body, self.slack.scopes),
        )

    async def _upload(self, message: Message) -> None:
        channel = await self._address(message)
        content = await self._off(self._content, message)
        client, name = self.slack.client, message.body["file_name"]
        slot = await client.files_getUploadURLExternal(filename=name, length=len(content))
        await self._note(outbox_claims.note_upload, message, slot["file_id"])
        await self._store(slot["upload_url"], content)
        done = await client.files_completeUploadExternal(
            files=[{"id": slot["file_id"], "title": name}],
            channel_id=channel,
            thread_ts=message.thread_ts,
            initial_comment=message.body["text"],
        )
        ts = _share(done["files"][0], channel) or await self._later_share(slot["file_id"], channel)
        if ts:
            self.taken.add(message, channel, ts, slot["file_id"])
        else:
            await self._not_shared_yet(message)

    async def _store(self, url: str, content: bytes) -> None:
        client = self.slack.client
        assert client.session is not None
        proxy = client.proxies.of(url)
        async with client.session.post(url, data=BytesIO(content), proxy=proxy) as stored:
            stored.raise_for_status()

    async def _later_share(self, file: str, channel: str) -> str | None:
        """Slack often answers before the file is shared: where it stands is asked for, a few times
        at once.
        """
        for pause in SHARED_WITHIN:
            await asyncio.sleep(pause)
            try:
                response = await self.slack.client.files_info(file=file)
            except (SlackApiError, *UNREACHED):  # the file is there; only its place is not known
                return None
            if ts := _share(response["file"], channel):
                return ts
        return None

    async def _not_shared_yet(self, message: Message) -> None:
        """The file is there and its message is not known: it is asked for again, never sent again.

        After a long time nobody but a person can tell.
        """
        if message.attempts < MOST_QUESTIONS:
            again = self.now() + SHARE_ASKED_AGAIN
            await self._note(outbox_claims.settle_unsure, message, again, "not shared yet")
        else:
            log.error("the file of message %s was never shared; please look", message.id)
            await self._note(outbox_claims.settle_undecided, message, "never shared")

    async def _settle_doubt(self, message: Message) -> None:
        """Was it posted? Only when Slack says no is it due again."""
        try:
            file = await (self._find_file(message) if message.file_id else self._find_post(message))
        except NotSharedYet:
            await self._not_shared_yet(message)
        except SlackApiError as refused:
            await self._unasked(message, error_of(refused))
        except UNREACHED as lost:
            await self._ask_later(message, type(lost).__name__)
        else:
            if file:
                await self._note(outbox_claims.settle_found, message, *file)
            else:
                await self._note(outbox_claims.settle_later, message, self.now(), "not posted")

    async def _find_post(self, message: Message) -> tuple[str, str] | None:
        if message.ts and message.channel:  # an update or deletion in doubt is simply done again
            return None
        channel = await self._address(message)
        if not message.thread_ts:
            return await self._find_among(message, channel, None)
        try:
            return await self._find_among(message, channel, message.thread_ts)
        except SlackApiError as refused:
            if not has_no_root(channel, refused):
                raise
            return await self._find_among(message, channel, None)

    async def _find_among(
        self, message: Message, channel: str, thread_ts: str | None
    ) -> tuple[str, str] | None:
        """Among what stands in a thread, or in the conversation itself."""
        method: Callable[..., Any] = self.slack.client.conversations_history
        request: dict[str, Any] = {
            "channel": channel,
            "oldest": str((message.created_at - timedelta(minutes=5)).timestamp()),
            "include_all_metadata": True,
            "limit": 200,
        }
        if thread_ts:
            method = self.slack.client.conversations_replies
            request["ts"] = thread_ts
        async for page in await method(**request):
            for post in page.get("messages") or ():
                payload = (post.get("metadata") or {}).get("event_payload") or {}
                if payload.get("key") == message.mark:
                    return channel, post["ts"]
        return None

    async def _find_file(self, message: Message) -> tuple[str, str] | None:
        channel = await self._address(message)
        try:
            response = await self.slack.client.files_info(file=message.file_id or "")
        except SlackApiError as refused:
            if error_of(refused) in ("file_not_found", "file_deleted"):
                return None
            raise
        ts = _share(response["file"], channel) or await self._later_share(
            response["file"]["id"], channel
        )
        if ts is None:
            raise NotSharedYet()
        return channel, ts

    async def _address(self, message: Message) -> str:
        """Channels as they are; a person's direct message channel is opened once and remembered."""
        if not message.addressee.startswith(("U", "W")):
            return message.addressee
        existing: str | None = await self._off(self._direct_channel, message)
        if existing:
            return existing
        opened = await self.slack.client.conversations_open(users=message.addressee)
        channel = str(opened["channel"]["id"])
        await self._off(self._note_direct_channel, message, channel)
        return channel

    async def _refused(self, message: Message, refused: SlackApiError) -> None:
        error = error_of(refused)
        if refused.response.status_code == 429 or error in ("ratelimited", "rate_limited"):
            until = self.now() + timedelta(seconds=asked_to_wait(refused) or 1)
            self._quieten(place_of(message), until)
            await self._note(outbox_claims.settle_later, message, until, "ratelimited")
        elif is_shut(message, error):
            await self._note(
                outbox_claims.settle_later, message, self.now() + BEFORE_A_SHUT_DOOR, error
            )
            await self._off(self._tell_of, message, error)
        elif error in NO_ENTRY:
            await self._note(outbox_claims.settle_later, message, self.now() + REFUSED_FOR, error)
        elif error in PASSING or refused.response.status_code >= 500:
            await self._lost(message, error)
        else:
            log.error("Slack refused a message (%s): %s", message.key.partition(":")[0], error)
            await self._note(outbox_claims.settle_failed, message, error)

    def _tell_of(self, message: Message, error: str) -> None:
        """Its place is shut: somebody hears of it, or it goes another way."""
        with self.turns.turn(message.workspace or HOME) as turn:
            places.undelivered(turn, message, error)

    def _note_open(self, message: Message) -> None:
        """A message has come through: what waited with it follows."""
        with self.turns.turn(message.workspace or HOME) as turn:
            places.open_again(turn, message.channel or message.addressee)

    def _quieten(self, place: tuple[str, str], until: datetime) -> None:
        now = self.now()
        self.quiet_until = {quiet: end for quiet, end in self.quiet_until.items() if end > now} | {
            place: until
        }

    async def _lost(self, message: Message, why: str) -> None:
        """No answer: a post may be there or not; an update or deletion can be done again."""
        if message.ts:
            wait = timedelta(seconds=min(60, 2**message.attempts))
            await self._note(outbox_claims.settle_later, message, self.now() + wait, why)
        else:
            await self._note(outbox_claims.settle_unsure, message, self.now() + self.grace, why)

    async def _unasked(self, message: Message, error: str) -> None:
        """Slack does not say: it is asked again, in a channel that is shut once it is open, unless
        it never will; then a person has to look.
        """
        if is_shut(message, error):
            at = self.now() + BEFORE_A_SHUT_DOOR
            await self._note(outbox_claims.settle_unsure, message, at, error)
        elif error in NOT_ASKABLE:
            log.error(
                "whether message %s was posted cannot be asked (%s); please look", message.id, error
            )
            await self._note(outbox_claims.settle_undecided, message, error)
        else:
            await self._ask_later(message, error)

    async def _ask_later(self, message: Message, why: str) -> None:
        at = self.now() + max(self.grace, timedelta(seconds=5))
        await self._note(outbox_claims.settle_unsure, message, at, why)

    async def _note(self, settle: Callable[..., None], message: Message, *facts: Any) -> None:
        def settle_now() -> None:
            with self.turns.transaction() as db:
                settle(db, message, *facts)

        await self._off(settle_now)

    def _content(self, message: Message) -> bytes:
        with self.turns.turn(message.workspace) as turn:
            return files.content(turn, message.body["file"])

    def _direct_channel(self, message: Message) -> str | None:
        with self.turns.turn(message.workspace) as turn:
            return people.direct_channel(turn, message.addressee)

    def _note_direct_channel(self, message: Message, channel: str) -> None:
        with self.turns.turn(message.workspace) as turn:
            people.note_direct_channel(turn, message.addressee, channel)

    async def _off(self, work: Callable[..., Any], *facts: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.threads, work, *facts)


def _shown(body: Mapping[str, Any], scopes: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What Slack is to show; under its author's name and picture where that was granted."""
    author = body.get("author") if "chat:write.customize" in scopes else None
    shown_as = {"username": author["name"], "icon_url": author["picture"] or None} if author else {}
    return {"text": body["text"], "blocks": body.get("blocks") or None, **shown_as}


def _share(file: Mapping[str, Any], channel: str) -> str | None:
    """The message by which a file stands in a channel."""
    kinds = (file.get("shares") or {}).values()
    results = [place["ts"] for kind in kinds for place in kind.get(channel, ())]
    return results[0] if results else None
