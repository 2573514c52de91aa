"""What Slack took of a batch, until it is settled: together, a moment after the first."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field

from bot.edge.turns import Turns
from storage import outbox_claims
from storage.outbox import Message
from storage.outbox_claims import Taken

TOGETHER = 0.05  # seconds: so long at most a message that stands in Slack waits to be settled


@dataclass
class TakenMessages:
    """Messages that Slack shows as they were claimed. Until that is settled they stay claimed:
    where the sender ends first, Slack is asked for each of them, as for one without an answer.
    """

    turns: Turns
    threads: Executor
    _waiting: list[Taken] = field(default_factory=list)

    def add(
        self, message: Message, channel: str | None, ts: str | None, file_id: str | None = None
    ) -> None:
        """Slack shows the message there, in the look that was claimed."""
        self._waiting.append(Taken(message, channel, ts, file_id))

    async def settle_while(self, deliveries: asyncio.Future[list[None]]) -> None:
        """Settle what is added until the deliveries are done, and what they leave."""
        try:
            while not deliveries.done():
                await asyncio.wait({deliveries}, timeout=TOGETHER)
                await self.settle()
        finally:
            await deliveries
        await self.settle()

    async def settle(self) -> None:
        """Settle what was added; where the database fails it stays for the next time."""
        taken = list(self._waiting)
        if taken:
            await asyncio.get_running_loop().run_in_executor(self.threads, self._settle, taken)
            del self._waiting[: len(taken)]

    def _settle(self, taken: Sequence[Taken]) -> None:
        """All in one transaction but for those that somebody is writing at this moment: each of
        these waits by itself.
        """
        with self.turns.transaction() as db:
            free = outbox_claims.held(db, taken)
            outbox_claims.settle_sent(db, free)
        settled = {each.message.id for each in free}
        for each in taken:
            if each.message.id not in settled:
                with self.turns.transaction() as db:
                    outbox_claims.settle_sent(db, [each])
