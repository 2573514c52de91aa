"""A supplier's account that is not the one of last time: loud, with what to do."""

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.markup import Mrkdwn, escape, join
from bot.kit.words import Words
from handlers.invoices.blocks.card import SHOW
from handlers.invoices.blocks.sight import Sight

ACCOUNT_IS_RIGHT = "invoices.account_is_right"


def account_changed(sight: Sight, words: Words) -> list[Block]:
    """The invoice, what changed, and the two things that finance may do about it."""
    headline = Mrkdwn(
        f"🚨 *{escape(sight.number)}* · {escape(sight.seller)} · {escape(words.money(sight.total))}"
    )
    lines = [Mrkdwn(escape(finding)) for finding in sight.findings[:1]]
    sure = block_kit.confirm(
        words.say("Is it their account?"),
        words.say("Only after you have asked them on a number that you knew before."),
        words.say("It is theirs"),
        words.say("Cancel"),
    )
    right = block_kit.button(
        words.say("The new account is right"), ACCOUNT_IS_RIGHT, str(sight.id), confirm=sure
    )
    show = block_kit.button(words.say("Show"), f"{SHOW}:{sight.id}", str(sight.id))
    return [block_kit.section(join("\n", [headline, *lines])), block_kit.actions(show, right)]
