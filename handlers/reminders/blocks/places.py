"""How a reader of reminders is named in Slack. A value in, mrkdwn out."""

from bot.kit.markup import Mrkdwn, channel, escape, person


def place(to: str) -> Mrkdwn:
    """A person, a channel, or an e-mail address."""
    if is_address(to):
        return escape(to)
    return person(to) if to.startswith(("U", "W")) else channel(to)


def is_address(to: str) -> bool:
    """Whether it is outside of Slack: ids have no sign in them."""
    return "@" in to
