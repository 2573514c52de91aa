"""How the work was: a click on a star, and a word about it for whoever wants to add one."""

from bot.kit import block_kit
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words
from handlers.tickets.blocks.fields import VALUE
from storage.tickets.tickets import Ticket

RATE = "tickets.rate"
COMMENT = "tickets.comment"
COMMENT_FORM = "tickets.comment_form"
STARS = (1, 2, 3, 4, 5)


def asked(ticket: Ticket, words: Words) -> list[block_kit.Block]:
    """Five stars for the requester, once it is done; then what was given, and the way to say why.
    Nobody rates their own work.
    """
    if ticket.state not in ("resolved", "closed") or ticket.assignee == ticket.requester:
        return []
    if ticket.rating is None:
        stars = [_star(ticket, count) for count in STARS]
        return [block_kit.context(words.mark("How was it?")), block_kit.actions(*stars)]
    stars_given = block_kit.context(words.mark("Your rating: {stars}", stars=drawn(ticket.rating)))
    if ticket.rating_comment:
        return [stars_given]
    more = block_kit.button(words.say("Say why…"), COMMENT, str(ticket.id))
    return [stars_given, block_kit.actions(more)]


def drawn(stars: int) -> Mrkdwn:
    return Mrkdwn(":star:" * stars)


def comment(ticket: Ticket, number: str, words: Words) -> block_kit.View:
    """The form for a word about it."""
    field = block_kit.field(
        words.say("A word about it"), block_kit.text_input(VALUE, multiline=True), name="comment"
    )
    return block_kit.modal(
        number,
        [block_kit.section(words.mark("*{subject}*", subject=ticket.subject)), field],
        callback_id=COMMENT_FORM,
        submit=words.say("Send"),
        close=words.say("Cancel"),
        metadata={"ticket": ticket.id},
    )


def _star(ticket: Ticket, count: int) -> block_kit.Element:
    return block_kit.button(f"{count} ★", f"{RATE}:{count}", f"{ticket.id} {count}")
