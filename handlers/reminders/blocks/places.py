"""How a reader of reminders is named in Slack. A value in, mrkdwn out."""

from bot.kit.markup import Mrkdwn, escape, person
from bot.kit.words import Words


def place(to: str, name: str, words: Words) -> Mrkdwn:
    """A person, an e-mail address, or a channel by its ``name``: to whoever is not in it, a mention
    of it says nothing.
    """
    if is_address(to):
        return escape(to)
    if to.startswith(("U", "W")):
        return person(to)
    return escape(f"#{name}") if name else words.mark("a channel that I do not see")


def is_address(to: str) -> bool:
    """Whether it is outside of Slack: ids have no sign in them."""
    return "@" in to
