"""Deliveries by signed HTTP to the app's request URL, read the way Slack reads the answer."""

import ssl

import aiohttp

from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.shapes import Json
from bot.playground.slack.wire.deliveries import Answer, Delivery


class SignedHttp:
    """A door: post the delivery to the address with the v0 signature."""

    def __init__(self, url: str, signing_secret: str, clock: TurnedClock) -> None:
        self._url, self._secret, self._clock = url, signing_secret, clock
        self._session: aiohttp.ClientSession | None = None

    async def carry(self, delivery: Delivery) -> Answer:
        headers = delivery.headers(self._secret, self._clock.real_seconds())
        headers["User-Agent"] = "Slackbot 1.0 (+https://api.slack.com/robots)"
        try:
            session = self._opened()
            async with session.post(
                self._url, data=delivery.body(), headers=headers, max_redirects=2
            ) as response:
                return await _answer(response)
        except aiohttp.TooManyRedirects:
            return Answer(0, reason="too_many_redirects")
        except (aiohttp.ClientSSLError, ssl.SSLError):
            return Answer(0, reason="ssl_error")
        except aiohttp.ClientError:
            return Answer(0, reason="connection_failed")

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


async def _answer(response: aiohttp.ClientResponse) -> Answer:
    payload: Json | str | None = await response.text()
    if payload and "json" in response.content_type:
        payload = await response.json(content_type=None)
    reason = "" if 200 <= response.status < 300 else "http_error"
    no_retry = response.headers.get("X-Slack-No-Retry") == "1"
    return Answer(response.status, payload or None, reason, no_retry)
