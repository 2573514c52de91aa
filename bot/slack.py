"""Slack: the client, the workspace it speaks for, and files fetched with its token."""

import asyncio
import contextlib
import itertools
import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from yarl import URL

from bot.edge.payloads import Delivery
from bot.edge.turns import HOME as HOME
from bot.kit.errors import Problem
from bot.kit.proxies import DIRECT, Proxies

log = logging.getLogger(__name__)


def error_of(refused: SlackApiError) -> str:
    """Slack's word for a refusal; the status where the answer was no JSON."""
    data = refused.response.data
    word = data.get("error") if isinstance(data, dict) else None
    return str(word or f"status {refused.response.status_code}")


def asked_to_wait(refused: SlackApiError) -> float | None:
    """Seconds until Slack wants to be asked again; None when it names none.

    Source: docs.slack.dev/apis/web-api/rate-limits, the header Retry-After.
    """
    seconds = refused.response.headers.get("Retry-After")
    return None if seconds is None else float(seconds)


def is_passing(refused: SlackApiError) -> bool:
    """Whether Slack refused for its own sake, too busy or ill, and not for what was asked."""
    status: int = refused.response.status_code
    return status == 429 or status >= 500


UNREACHED = (
    aiohttp.ClientError,
    TimeoutError,
    OSError,
)  # there is no answer: whether it was done, nobody knows
UNKNOWN = (
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
)  # a token's refusals
NO_ENTRY = (*UNKNOWN, "accesslimited")
_BY_ANOTHER_TOKEN = "apps.connections.open"
TIMEOUT = 10  # seconds; under a third of a message's lease
ASKED_AGAIN = 5.0  # seconds between two questions whether a refused token is taken again
TRIES = 5
MAX_FILE = 25 * 1024 * 1024
_FILES = ("/files-pri/", "/files-tmb/")
_LEADS_ON = (301, 302, 303, 307, 308)
_MOST_STEPS = 3
_FILE_HOSTS = ("files.{}", "{}")
"""Where Slack keeps files, by the host of its API; no workspace's own address is one."""


class FileTooLarge(Problem):
    """A file beyond what we take."""

    sentence = "The file is larger than {most} MB. Please send a smaller one."


class FileUnreachable(Problem):
    """Slack did not hand out a file."""

    sentence = "Slack did not hand me the file. Please share it with me once more."


class Client(AsyncWebClient):
    """Slack's client; every answer tells it whether Slack takes our token."""

    refused: str | None = None
    """Slack's word for it, while it does not."""
    proxies: Proxies = DIRECT

    def leave_by(self, proxies: Proxies) -> None:
        """Ask through these; the SDK's own reading of the environment knows no exempt hosts."""
        self.proxies = proxies
        self.proxy = proxies.of(self.base_url)

    async def api_call(self, api_method: str, **request: Any) -> AsyncSlackResponse:
        """As in the SDK."""
        try:
            answer = await super().api_call(api_method, **request)
        except SlackApiError as refused:
            if api_method != _BY_ANOTHER_TOKEN:
                self._note(refused)
            raise
        if api_method != _BY_ANOTHER_TOKEN:
            self.refused = None
        return answer

    def _note(self, refused: SlackApiError) -> None:
        """Who refuses what was asked has taken the token; who is busy or ill says nothing of it."""
        if error_of(refused) in NO_ENTRY:
            self.refused = error_of(refused)
        elif refused.response.status_code == 200:
            self.refused = None


async def _app_of(client: Client, bot: str | None) -> str:
    """The id of the app whose bot this is."""
    try:
        return str((await client.bots_info(bot=bot))["bot"].get("app_id") or "")
    except (SlackApiError, *UNREACHED) as fault:
        log.warning("Slack does not tell which app we are: %s", type(fault).__name__)
        return ""


@dataclass
class Slack:
    """One workspace, by its bot token. The session is shared by all calls."""

    client: Client
    team: str
    bot_user: str
    loop: asyncio.AbstractEventLoop
    app: str = ""
    """The app's id; empty where Slack did not tell it."""
    scopes: frozenset[str] = frozenset()
    """What the token was granted, as far as Slack tells."""

    @classmethod
    async def connect(cls, token: str, url: str, proxies: Proxies = DIRECT) -> "Slack":
        """Ask Slack who we are; raises ``SlackApiError`` when it does not know the token."""
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=50), timeout=aiohttp.ClientTimeout(total=TIMEOUT)
        )
        # No retries of the client's own: one that repeats a post after a lost answer would post
        # twice.
        client = Client(token, base_url=url, session=session, timeout=TIMEOUT, retry_handlers=[])
        client.leave_by(proxies)
        try:
            me = await client.auth_test()
            app = await _app_of(client, me.get("bot_id"))
        except BaseException:
            await session.close()
            raise
        granted = me.headers.get("x-oauth-scopes") or me.headers.get("X-OAuth-Scopes") or ""
        scopes = frozenset(scope.strip() for scope in str(granted).split(","))
        return cls(client, me["team_id"], me["user_id"], asyncio.get_running_loop(), app, scopes)

    async def ask(self, method: str, **params: Any) -> Any:
        """A question, which may be asked twice: again when Slack wants us to wait, and when no
        answer comes.
        """
        for tried in itertools.count(1):
            try:
                return await getattr(self.client, method)(**params)
            except SlackApiError as refused:
                if not is_passing(refused) or tried >= TRIES:
                    raise
                await asyncio.sleep(asked_to_wait(refused) or 2**tried / 4)
            except UNREACHED:
                if tried >= TRIES:
                    raise
                await asyncio.sleep(2**tried / 4)
        return None

    async def keep_asking(self) -> None:
        """While our token is refused nothing else may be asked of Slack: this is, so that its
        return is noticed.
        """
        while True:
            await asyncio.sleep(ASKED_AGAIN)
            if self.client.refused:
                with contextlib.suppress(SlackApiError, *UNREACHED):
                    await self.client.auth_test()

    def workspace_of(self, delivery: Delivery) -> str:
        """The workspace's key in storage."""
        return HOME

    async def close(self) -> None:
        """End the shared session."""
        if self.client.session:
            await self.client.session.close()

    def react(self, _workspace: str, message: str, emoji: str, is_on: bool) -> None:
        """Put our emoji on a message (``CHANNEL:TS``) or take it off; from a worker's thread.

        A refusal is left: it stands there already, the message is gone, or we may not.
        """
        if "reactions:write" not in self.scopes:
            return
        channel, ts = message.split(":")
        method = "reactions_add" if is_on else "reactions_remove"
        asking = self.ask(method, channel=channel, timestamp=ts, name=emoji)
        try:
            asyncio.run_coroutine_threadsafe(asking, self.loop).result(60)
        except SlackApiError as refused:
            if is_passing(refused):
                raise
            log.info("a mark was refused: %s", error_of(refused))

    def fetch(self, _workspace: str, url: str) -> bytes:
        """The bytes behind a file's private address; called from a worker's thread."""
        return asyncio.run_coroutine_threadsafe(self._download(url), self.loop).result(60)

    def _holds_files(self, url: URL) -> bool:
        """Whether it is where Slack keeps files: anything else (a remote file, the API) is not
        asked with our token.
        """
        api = URL(self.client.base_url)
        host, ours = url.host or "", api.host or ""
        hosts = {each.format(ours) for each in _FILE_HOSTS}
        at_slack = (url.scheme, url.port) == (api.scheme, api.port) and host in hosts
        return (
            at_slack
            and url.path.startswith(_FILES)
            and ".." not in unquote(url.raw_path).split("/")
        )

    async def _download(self, address: str) -> bytes:
        """Each step of the way is judged before it is gone: Slack leads elsewhere to sign in."""
        for _ in range(1 + _MOST_STEPS):
            url = self._address_of(address)
            headers = {"Authorization": f"Bearer {self.client.token}"}
            proxy = self.client.proxies.of(address)
            assert self.client.session is not None
            async with self.client.session.get(
                url, headers=headers, proxy=proxy, allow_redirects=False
            ) as response:
                if response.status == 200:
                    return await _content(response)
                if response.status not in _LEADS_ON:
                    raise FileUnreachable()
                address = urljoin(address, response.headers.get("Location", ""))
        raise FileUnreachable()

    def _address_of(self, address: str) -> URL:
        try:
            url = URL(address)
        except ValueError as unread:
            raise FileUnreachable() from unread
        if not self._holds_files(url):
            raise FileUnreachable()
        return url


async def _content(response: aiohttp.ClientResponse) -> bytes:
    content = await response.content.read(MAX_FILE + 1)
    while len(content) <= MAX_FILE and not response.content.at_eof():
        content += await response.content.read(MAX_FILE + 1 - len(content))
    if len(content) > MAX_FILE:
        raise FileTooLarge(most=MAX_FILE // 1024**2)
    return content
