"""The tool that says what the others do."""

from collections.abc import Mapping
from typing import Any

from bot.kit.markup import Mrkdwn
from bot.kit.replies import Reply, Whisper
from bot.kit.words import N_
from handlers.agents.blocks import cards
from handlers.agents.routes import routes
from storage.turn import Turn


@routes.tool("help", label=N_("Help"), description="What the back office can do for the person.")
def help(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    heading = turn.words.mark("This is what I can do for you:")
    lines = [
        turn.words.mark("• make a ticket, say how it stands, write in it, ask how it stands"),
        turn.words.mark("• say what is paid, left and due on an invoice, or of a customer"),
        turn.words.mark("• note a promise to pay"),
        turn.words.mark("• have a document made as PDF"),
    ]
    text = Mrkdwn("\n".join([heading, *lines]))
    block = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return Whisper(text, cards.shown([block]))
