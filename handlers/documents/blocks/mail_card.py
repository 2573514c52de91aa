"""A document on its way by e-mail: the button, where it is, and the question when nobody knows."""

from dataclasses import dataclass
from datetime import datetime

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words

SEND = "documents.mail"
AGAIN = "documents.mail_again"
LEAVE = "documents.mail_leave"


@dataclass(frozen=True)
class Sight:
    """A document and its mail, as whoever asked for it sees them; ``state`` is '' before one is
    sent.
    """

    document: int
    kind: str
    number: str
    to: str
    mail: int = 0
    state: str = ""
    error: str = ""
    sent_at: datetime | None = None


def card(sight: Sight, text: Mrkdwn, words: Words) -> list[Block]:
    """Where it is, in the words of :func:`text_of` beneath the document and of :func:`told`
    anywhere else, and what can be done.
    """
    buttons = _buttons(sight, words)
    return [
        block_kit.section(text),
        *([block_kit.actions(*buttons)] if buttons else []),
    ]


def text_of(sight: Sight, words: Words) -> Mrkdwn:
    facts = {"to": sight.to, "error": sight.error}
    match sight.state:
        case "":
            return words.mark("It can go to {to} by e-mail.", **facts)
        case "sent":
            return words.mark("✉️ The mail server took it for {to}.", **facts)
        case "unsure":
            return words.mark(
                "⚠️ The mail to {to} may have arrived: the connection was lost at its very end. "
                "Send it again?",
                **facts,
            )
        case "failed":
            return words.mark("❌ The mail to {to} was refused: {error}", **facts)
        case "left":
            return words.mark("The mail to {to} is not sent again.", **facts)
        case _ if sight.error:
            return words.mark("⏳ The mail to {to} is tried again: {error}", **facts)
        case _:
            return words.mark("⏳ It is on its way to {to}.", **facts)


def told(sight: Sight, words: Words) -> Mrkdwn:
    """The same where the document does not stand above it."""
    return words.mark(
        "*{kind}* {number}: {what}",
        kind=sight.kind,
        number=sight.number,
        what=text_of(sight, words),
    )


def _buttons(sight: Sight, words: Words) -> list[Element]:
    if not sight.state:
        return [send_button(sight.document, sight.kind, sight.number, sight.to, words)]
    if sight.state not in ("unsure", "failed"):
        return []
    return [
        block_kit.button(words.say("Send again"), AGAIN, str(sight.mail)),
        block_kit.button(words.say("Leave it"), LEAVE, str(sight.mail)),
    ]


def send_button(document: int, kind: str, number: str, to: str, words: Words) -> Element:
    """By which a document goes to an address, once whoever presses it is sure."""
    sure = block_kit.confirm(
        words.say("Send it by e-mail?"),
        words.say("{kind} {number} goes to {to}.", kind=kind, number=number, to=to),
        words.say("Send"),
        words.say("Not now"),
    )
    return block_kit.button(words.say("Send by e-mail"), SEND, str(document), "primary", sure)
