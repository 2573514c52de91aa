"""The app as it is installed: its manifest, its bot user, tokens, secrets and the scopes that were
granted.
"""

from dataclasses import dataclass, field
from typing import Any

from bot.playground.slack.manifests import refuse_bad
from bot.playground.slack.shapes import Ids, Json

_WITHOUT_SCOPE = frozenset(
    {"app_home_opened", "app_uninstalled", "tokens_revoked", "function_executed"}
)


@dataclass
class Installation:
    """One app in the workspace. `scopes` is what the bot token has; optional ones can be taken
    away.
    """

    app_id: str
    bot_id: str
    bot_user_id: str
    name: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    manifest: Json = field(default_factory=dict)
    scopes: set[str] = field(default_factory=set)
    revoked: set[str] = field(default_factory=set)
    uninstalled: bool = False

    @property
    def features(self) -> Json:
        return dict(self.manifest.get("features") or {})

    @property
    def settings(self) -> Json:
        return dict(self.manifest.get("settings") or {})

    @property
    def commands(self) -> list[Json]:
        return list(self.features.get("slash_commands") or [])

    @property
    def shortcuts(self) -> list[Json]:
        return list(self.features.get("shortcuts") or [])

    @property
    def unfurl_domains(self) -> list[str]:
        return list(self.features.get("unfurl_domains") or [])

    @property
    def has_home(self) -> bool:
        home: dict[str, Any] = self.features.get("app_home") or {}
        return bool(home.get("home_tab_enabled", not self.manifest))

    @property
    def takes_messages(self) -> bool:
        """Whether people may write to the app in its Messages tab."""
        home: dict[str, Any] = self.features.get("app_home") or {}
        return bool(home.get("messages_tab_enabled", True)) and not home.get(
            "messages_tab_read_only_enabled"
        )

    @property
    def tools_address(self) -> str:
        """Where Slackbot calls the app's tools; empty where the manifest names no server that
        goes by Slack's own identity.
        """
        servers: dict[str, Json] = self.manifest.get("mcp_servers") or {}
        addresses = (
            str(server["url"])
            for server in servers.values()
            if server["auth_type"] == "slack_identity_auth"
        )
        return next(addresses, "")

    def command(self, name: str) -> Json | None:
        return next((command for command in self.commands if command["command"] == name), None)

    def shortcut(self, callback_id: str) -> Json | None:
        return next((each for each in self.shortcuts if each["callback_id"] == callback_id), None)

    def hears(self, event: str) -> bool:
        """Whether the manifest subscribes to this kind of event (``message.channels``,
        ``reaction_added``…).
        """
        if self.uninstalled and event not in _WITHOUT_SCOPE:
            return False
        if not self.manifest:
            return True
        subscriptions: Json = self.settings.get("event_subscriptions") or {}
        return event in (subscriptions.get("bot_events") or [])


def scopes_of(manifest: Json) -> set[str]:
    """The bot scopes that a manifest asks for, the optional ones too (an admin may
    decline those).
    """
    scopes: Json = (manifest.get("oauth_config") or {}).get("scopes") or {}
    return {*scopes.get("bot", []), *scopes.get("bot_optional", [])}


def install(ids: Ids, manifest: Json | None, given: dict[str, str]) -> Installation:
    """Install the app: tokens and secrets are those given, or drawn. No manifest means everything
    is allowed; one that Slack would refuse is refused.
    """
    if manifest:
        refuse_bad(manifest)
    manifest = manifest or {}
    name = (manifest.get("display_information") or {}).get("name", "Bot")
    return Installation(
        app_id=given.get("app_id") or ids.draw("A"),
        bot_id=given.get("bot_id") or ids.draw("B"),
        bot_user_id=given.get("bot_user_id") or ids.draw("U"),
        name=name,
        bot_token=given.get("bot_token")
        or f"xoxb-{ids.number(12)}-{ids.number(13)}-{ids.small(24)}",
        app_token=given.get("app_token")
        or f"xapp-1-A{ids.small(9)}-{ids.number(13)}-{ids.hexadecimal(32)}",
        signing_secret=given.get("signing_secret") or ids.hexadecimal(32),
        verification_token=ids.small(24),
        manifest=manifest,
        scopes=scopes_of(manifest) or {"*"},
    )
