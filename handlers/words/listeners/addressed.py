"""The bot is addressed in plain words: in the direct message, or by a mention."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.kit import block_kit
from bot.kit.errors import Problem
from bot.kit.replies import NOTHING, PASS, Reply, Whisper
from bot.kit.routes import Event
from handlers.tickets.listeners import message_values
from handlers.tickets.model import pleasantries
from handlers.tickets.service.conversation import (
    direct_threads,
    dropped_files,
    intake,
    invitations,
    moved_threads,
    thread,
)
from handlers.tickets.service.conversation.thread import Said
from handlers.words.listeners import answers, file_offers
from handlers.words.listeners.answers import Answer
from handlers.words.routes import routes
from handlers.words.service import interpretation
from storage.turn import Turn

_SPOKEN = (None, "file_share", "me_message")


def _is_spoken(event: Event, _catalogue: Any) -> bool:
    """Words of a person in the direct message, or in a thread of it."""
    facts = event.facts
    return (
        facts.get("channel_type") == "im"
        and facts.get("subtype") in _SPOKEN
        and not facts.get("bot_id")
        and bool(str(facts.get("text") or "").strip())
    )


def _is_mentioned(event: Event, _catalogue: Any) -> bool:
    return not event.facts.get("bot_id")


@routes.event("message", when=_is_spoken)
def direct_message(turn: Turn, event: Event) -> Reply:
    """An answer below the message; mere thanks need none, and a first hello brings the help."""
    facts = event.facts
    spoken = message_values.said(turn, facts["channel"], facts)
    if turn.actor.is_bot or _is_of_a_ticket(turn, facts):
        return PASS
    under = direct_threads.below(turn, spoken)
    if pleasantries.is_greeting(spoken.text) and not spoken.files:
        welcome = answers.help_for(turn)
        turn.tell(
            turn.actor.id,
            welcome.text,
            welcome.blocks,
            once=f"words:welcome:{turn.actor.id}",
            under=under,
        )
        return NOTHING
    unread = dropped_files.unread(turn, spoken, facts.get("files") or ())
    answer = file_offers.beside(turn, _answered(turn, spoken, {}), unread, {})
    if answer:
        once = f"words:{spoken.origin}"
        turn.tell(turn.actor.id, answer.text, answer.blocks, once=once, under=under)
    return NOTHING


def _is_of_a_ticket(turn: Turn, facts: Mapping[str, Any]) -> bool:
    above = str(facts.get("thread_ts") or "")
    return bool(above) and moved_threads.is_heard(turn, facts["channel"], above)


@routes.event("app_mention", when=_is_mentioned)
def mentioned(turn: Turn, event: Event) -> Reply:
    """An answer that only whoever asked reads; where a channel or thread makes tickets by itself,
    none.
    """
    facts = event.facts
    channel, above = facts["channel"], facts.get("thread_ts") or facts["ts"]
    if thread.is_ticket_thread(turn, channel, above) or intake.channel_of(turn, channel):
        return PASS
    spoken = message_values.said(turn, channel, facts)
    bare = replace(spoken, text=invitations.without_the_bot(spoken.text), styled=None)
    if not bare.text:
        return PASS
    place = {"channel": channel, "ts": above}
    unread = dropped_files.unread(turn, bare, facts.get("files") or ())
    answer = file_offers.beside(turn, _answered(turn, bare, place), unread, place)
    return Whisper(answer.text, answer.blocks) if answer else NOTHING


def _answered(turn: Turn, spoken: Said, place: dict[str, str]) -> Answer | None:
    """What cannot be answered is said, for an event is refused to nobody's face."""
    if pleasantries.is_pleasantry(spoken.text):
        return None
    try:
        return answers.answer(turn, interpretation.read(turn, spoken.text), spoken, place)
    except Problem as problem:
        text = turn.words.problem(problem)
        return Answer(text, [block_kit.section(text)])
