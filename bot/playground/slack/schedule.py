"""Messages that Slack posts later: those that are due by the turned clock."""

from bot.playground.slack import talk
from bot.playground.slack.world import World


def post_due(world: World) -> int:
    """Post what is due and say how many. One with metadata silently does not post, as in Slack."""
    now = world.now().timestamp()
    due = [each for each in world.scheduled.values() if each["post_at"] <= now]
    for each in sorted(due, key=lambda each: int(each["post_at"])):
        del world.scheduled[each["id"]]
        if each["posts"] and each["channel_id"] in world.channels:
            talk.post(
                world, world.channels[each["channel_id"]], talk.bot_message(world, each["body"])
            )
    return len(due)


def turn_clock(world: World, seconds: float) -> None:
    """Turn the clock ahead; what falls due by it is posted."""
    world.clock.turn(seconds)
    post_due(world)
    world.watchers.changed("workspace")
