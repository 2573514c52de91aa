"""Messages in Slack: replies in a ticket's threads, with edits and deletions; intake channels; the
bot addressed.
"""

from typing import Any

from bot.kit.replies import NOTHING, PASS, OpenView, Reply, Whisper
from bot.kit.routes import Click, Event
from handlers.tickets.blocks import offer
from handlers.tickets.listeners import message_values, views
from handlers.tickets.listeners.message_values import Json
from handlers.tickets.routes import routes
from handlers.tickets.service import gate
from handlers.tickets.service.conversation import (
    dropped_files,
    intake,
    invitations,
    moved_threads,
    thread,
)
from storage.turn import Turn

_SPOKEN = (None, "file_share", "thread_broadcast", "me_message")


def _is_of_people(event: Event, _catalogue: Any) -> bool:
    """Not what a bot posted or redrew: of that there is nothing to learn, and there is
    much of it.
    """
    facts = event.facts
    inner = facts.get("message") or facts.get("previous_message") or facts
    return not inner.get("bot_id") and facts.get("subtype") != "bot_message"


@routes.event("message", when=_is_of_people)
def message(turn: Turn, event: Event) -> Reply:
    facts = event.facts
    reply: bool | Reply
    match facts.get("subtype"):
        case "message_deleted":
            reply = thread.hear_deletion(turn, facts["channel"], facts["deleted_ts"])
        case "message_changed" if facts["message"].get("subtype") == "tombstone":
            reply = thread.hear_deletion(turn, facts["channel"], facts["message"]["ts"])
        case "message_changed":
            reply = thread.hear_edit(
                turn, message_values.said(turn, facts["channel"], facts["message"])
            )
        case kind if kind in _SPOKEN and not turn.actor.is_bot:
            reply = _spoken(turn, facts)
        case _:
            reply = False
    if isinstance(reply, bool):
        return NOTHING if reply else PASS
    return reply


@routes.event("message", when=_is_of_people)
def direct_message(turn: Turn, event: Event) -> Reply:
    """Files without a word, or what was forwarded, sent to the bot: plain words were answered
    before.
    """
    facts = event.facts
    if facts.get("channel_type") != "im" or facts.get("subtype") not in _SPOKEN:
        return PASS
    said = message_values.said(turn, facts["channel"], facts)
    if said.text.strip():
        invitations.offer_in_person(turn, said)
        return NOTHING
    look = dropped_files.ask(turn, dropped_files.unread(turn, said, facts.get("files") or ()))
    if look:
        invitations.tell(turn, said, look)
    return NOTHING


@routes.event("app_mention")
def mentioned(turn: Turn, event: Event) -> Reply:
    """The bot is addressed in a channel with files alone, or with nothing: a button, for the one
    who did, that opens the form.
    """
    facts = event.facts
    above = facts.get("thread_ts") or facts["ts"]
    if thread.is_ticket_thread(turn, facts["channel"], above) or intake.channel_of(
        turn, facts["channel"]
    ):
        return NOTHING
    said = message_values.said(turn, facts["channel"], facts)
    place = {"channel": facts["channel"], "ts": above}
    if not said.files or invitations.without_the_bot(said.text).strip():
        offered = invitations.offer(turn, said, place)
        return Whisper(offered.text, offered.blocks)
    unread = dropped_files.unread(turn, said, facts.get("files") or ())
    look = dropped_files.ask(turn, unread, place)
    return Whisper(look.text, look.blocks) if look else NOTHING


@routes.action(offer.NEW)
def new(turn: Turn, click: Click) -> Reply:
    """The form, with what was written."""
    text, metadata = invitations.remembered(turn, str(click.value))
    return OpenView(views.new_form(turn, None, text, {**metadata, **click.asked}))


@routes.action(offer.ADD_TO)
def add_to(turn: Turn, click: Click) -> Reply:
    """What was written belongs to a ticket that there is already."""
    ticket = invitations.add_to(turn, str(click.value))
    sentence = turn.words.say("Added to {number}.", number=gate.number(turn, ticket))
    is_told = invitations.answered(turn, click.asked, sentence)
    return NOTHING if is_told else Whisper(sentence)


def _spoken(turn: Turn, facts: Json) -> bool | Reply:
    said = message_values.said(turn, facts["channel"], facts)
    above = facts.get("thread_ts")
    if not above:
        return intake.hear(turn, said)
    role = thread.hear(turn, above, said)
    if role == "note":
        return Whisper(
            turn.words.say("This stays with the agents: whoever asked does not read it.")
        )
    if role:
        return True
    hint = moved_threads.hear(turn, above, said)
    return Whisper(hint) if hint else False
