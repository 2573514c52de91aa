"""Who calls: the token and the scopes that it has now."""

from bot.playground.slack.methods.registry import Call
from bot.playground.slack.shapes import Refused
from bot.playground.slack.world import World


def caller(world: World, token: str) -> Call:
    """The call's scopes by its token, or Slack's refusal."""
    app = world.app
    if not token:
        raise Refused("not_authed")
    if app.uninstalled and token == app.bot_token:
        raise Refused("account_inactive")
    if token in app.revoked:
        raise Refused("token_revoked")
    if token == app.app_token:
        return Call(
            world, frozenset({"connections:write", "authorizations:read"}), is_app_token=True
        )
    if token == app.bot_token or token in world.executions_by_token:
        return Call(world, frozenset(app.scopes))
    raise Refused("invalid_auth")
