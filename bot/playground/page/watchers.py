"""The windows that are open on the workspace: who looks, what changed for them, what Slack tells
them.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.playground.slack.shapes import Json


class Watchers:
    """Each window gets frames ``{"changed": […], "toast": …}``; what piles up is joined into one
    frame.
    """

    def __init__(self) -> None:
        self._windows: dict[str, set[asyncio.Queue[Json]]] = {}
        self.toasts: dict[str, list[str]] = {}

    @contextmanager
    def window(self, user: str) -> Iterator[asyncio.Queue[Json]]:
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._windows.setdefault(user, set()).add(queue)
        try:
            yield queue
        finally:
            self._windows[user].discard(queue)

    def changed(self, *what: str, for_user: str | None = None) -> None:
        """Tell one person's windows, or everybody's, what to read again."""
        users = list(self._windows) if for_user is None else [for_user]
        for user in users:
            for queue in self._windows.get(user, ()):
                queue.put_nowait({"changed": list(what)})

    def toast(self, user: str, sentence: str) -> None:
        """A sentence that Slack shows to this person for a moment."""
        self.toasts.setdefault(user, []).append(sentence)
        for queue in self._windows.get(user, ()):
            queue.put_nowait({"changed": [], "toast": sentence})


async def next_frame(queue: asyncio.Queue[Json]) -> Json:
    """The next frame, with everything else that already waits joined to it."""
    frame = await queue.get()
    changed = dict.fromkeys(frame["changed"])
    while not queue.empty() and "toast" not in frame:
        more = queue.get_nowait()
        changed |= dict.fromkeys(more["changed"])
        frame |= more
    return frame | {"changed": list(changed)}
