"""A very small bot on unmodified Bolt, and the three ways in which deliveries reach it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from bot.playground.slack.shapes import Json
from bot.playground.slack.wire.deliveries import Answer, Delivery
from bot.playground.slack.world import World

MANIFEST: Json = {
    "display_information": {"name": "Tiny"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "tiny", "always_online": True},
        "slash_commands": [
            {"command": "/order", "description": "Order something", "usage_hint": "[what]"}
        ],
        "shortcuts": [
            {"name": "Order", "type": "global", "callback_id": "order", "description": "Order"},
            {
                "name": "Order this",
                "type": "message",
                "callback_id": "order_this",
                "description": "Order this",
            },
        ],
        "unfurl_domains": ["orders.example.com"],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "commands",
                "chat:write",
                "chat:write.public",
                "channels:history",
                "groups:history",
                "im:history",
                "mpim:history",
                "channels:read",
                "groups:read",
                "im:read",
                "mpim:read",
                "im:write",
                "mpim:write",
                "users:read",
                "reactions:read",
                "reactions:write",
                "files:read",
                "files:write",
                "app_mentions:read",
                "usergroups:read",
                "team:read",
                "links:read",
                "links:write",
                "channels:join",
                "metadata.message:read",
                "chat:write.customize",
                "users:read.email",
            ],
            "bot_optional": ["chat:write.customize", "users:read.email"],
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "message.channels",
                "message.groups",
                "message.im",
                "message.mpim",
                "app_mention",
                "reaction_added",
                "reaction_removed",
                "member_joined_channel",
                "member_left_channel",
                "user_change",
                "team_join",
                "app_home_opened",
                "file_shared",
                "link_shared",
                "function_executed",
                "app_uninstalled",
                "tokens_revoked",
                "channel_rename",
                "channel_archive",
                "channel_id_changed",
                "channel_shared",
                "subteam_updated",
                "subteam_members_changed",
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


@dataclass
class TinyBot:
    """What the bot was told, and how it answers: tests put handlers into `on`."""

    playground: Playground
    told: list[Json] = field(default_factory=list)
    on: dict[str, Callable[..., Awaitable[Any]]] = field(default_factory=dict)
    attempts: list[str] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.playground.world

    def __post_init__(self) -> None:
        app = self.world.app
        self.client = AsyncWebClient(token=app.bot_token, base_url=self.playground.api_url)
        self.bolt = AsyncApp(
            client=self.client,
            signing_secret=app.signing_secret,
            process_before_response=True,
            authorize=self._authorizer(),
            ignoring_self_events_enabled=False,
        )
        self.bolt.middleware(self._ear())

    def _authorizer(self) -> Callable[..., Awaitable[AuthorizeResult]]:
        async def authorize() -> AuthorizeResult:
            app = self.world.app
            return AuthorizeResult(
                enterprise_id=None,
                team_id=self.world.team.id,
                bot_token=app.bot_token,
                bot_user_id=app.bot_user_id,
                bot_id=app.bot_id,
            )

        return authorize

    def _ear(self) -> Callable[..., Awaitable[Any]]:
        async def hear(body: Json, req: AsyncBoltRequest, ack: AsyncAck) -> Any:
            """One door for everything: the handler by what was told, else a plain ack."""
            self.told.append(body)
            self.attempts.append(req.headers.get("x-slack-retry-num", ["0"])[0])
            handler = self.on.get(name_of(body))
            answer = await handler(body, self.client) if handler else None
            return await ack(**answer) if isinstance(answer, dict) else await ack(answer or "")

        return hear

    def heard(self, name: str) -> list[Json]:
        """The deliveries of this name (a command, an action_id, a callback_id, an event's type)."""
        return [body for body in self.told if name_of(body) == name]

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.playground.run(work)

    def calls(self, method: str, /, **arguments: Any) -> Json:
        """Call the Web API with the unmodified client; the whole answer, a refusal too."""

        async def call() -> Json:
            try:
                answer = await self.client.api_call(method, json=arguments)
            except SlackApiError as error:
                answer = error.response
            return dict(answer.data) if isinstance(answer.data, dict) else {}

        answer: Json = self.run(call())
        return answer

    def place(self, name: str) -> str:
        """A channel's id by its name."""
        return self.world.channel_named(name).id

    async def transport(self, delivery: Delivery) -> Answer:
        """The in-process way: the body and headers of signed HTTP, without a network."""
        headers = delivery.headers(self.world.app.signing_secret, self.world.clock.real_seconds())
        request = AsyncBoltRequest(body=delivery.body().decode(), headers=dict(headers))
        response = await self.bolt.async_dispatch(request)
        payload: Any = response.body
        if payload and payload.startswith("{"):
            payload = json.loads(payload)
        return Answer(response.status, payload or None)

    async def connect(self) -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(self.bolt, self.world.app.app_token)
        handler.client.web_client.base_url = self.playground.api_url
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await asyncio.wait_for(self.world.sockets.connected.wait(), 5)
        return handler


def name_of(body: Json) -> str:
    if "command" in body:
        return str(body["command"])
    if body["type"] == "event_callback":
        event = body["event"]
        return ".".join(filter(None, [event["type"], event.get("subtype")]))
    if body["type"] == "block_actions":
        return str(body["actions"][0]["action_id"])
    if body["type"] == "block_suggestion":
        return f"suggest:{body['action_id']}"
    if body["type"] in ("view_submission", "view_closed"):
        return f"{body['type']}:{body['view']['callback_id']}"
    return str(body.get("callback_id", body["type"]))
