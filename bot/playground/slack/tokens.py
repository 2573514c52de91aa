"""Taking the app's token away, or the app itself, and telling it."""

from bot.playground.slack.wire import events
from bot.playground.slack.world import World


def revoke(world: World) -> None:
    """Take the bot's token away; the app hears `tokens_revoked`."""
    app = world.app
    app.revoked.add(app.bot_token)
    tokens = {"oauth": [], "bot": [app.bot_user_id]}
    events.emit(
        world,
        "tokens_revoked",
        {"type": "tokens_revoked", "tokens": tokens, "event_ts": world.now_ts()},
    )


def uninstall(world: World) -> None:
    """Take the app out of the workspace; it hears `tokens_revoked` and `app_uninstalled`."""
    revoke(world)
    world.app.uninstalled = True
    events.emit(world, "app_uninstalled", {"type": "app_uninstalled", "event_ts": world.now_ts()})


def restore(world: World) -> None:
    """Give back what was revoked, as if the app were installed again."""
    world.app.revoked.clear()
    world.app.uninstalled = False
