"""The buttons below an answer: what was meant, and a document's form."""

import json
from typing import Any

from bot.kit import block_kit
from bot.kit.errors import Problem
from bot.kit.replies import NOTHING, OpenView, Reply, Whisper
from bot.kit.routes import Click, Command
from handlers.documents.listeners import requests as documents
from handlers.ledger.service import lookup as ledger
from handlers.tickets.listeners import views
from handlers.tickets.service.conversation import dropped_files, invitations
from handlers.tickets.service.conversation.thread import Said
from handlers.words.blocks import offers
from handlers.words.listeners import answers, file_offers
from handlers.words.listeners.answers import Answer
from handlers.words.model.subjects import without_the_order
from handlers.words.routes import routes
from handlers.words.service import corrections, interpretation
from storage.turn import Turn

_PLACE = ("channel", "ts")
_FORM = (*_PLACE, "kept")


@routes.action(offers.OTHERWISE)
def otherwise(turn: Turn, click: Click) -> Reply:
    """Something else was meant: each other intent that there is."""
    carried = json.loads(str(click.value))
    sentence = turn.words.say("What did you mean?")
    others = [intent for intent in interpretation.INTENTS if intent != carried["guess"]]
    look = offers.choices(sentence, others, carried, turn.words)
    return _give(turn, click, Answer(sentence, look), "otherwise")


@routes.action(offers.MEANT)
def meant(turn: Turn, click: Click) -> Reply:
    """The answer of the intent that was chosen; what was guessed instead is kept for review."""
    carried: dict[str, Any] = json.loads(str(click.value))
    text, intent = carried["text"], carried["meant"]
    place = {key: carried[key] for key in _PLACE if key in carried}
    read = interpretation.read(turn, text)
    if carried["guess"] != intent:
        against = interpretation.setting(turn.catalogue, ledger.today(turn), turn.words.language)
        corrections.note(turn, _origin(click), text, carried["guess"], intent, against)
    if intent == "ticket_create":
        metadata = {key: carried[key] for key in _FORM if key in carried}
        return OpenView(views.new_form(turn, None, without_the_order(text), metadata))
    files = () if "asked" in carried else invitations.files_of(turn, carried)
    said = Said(place.get("channel", ""), _origin(click), text, files)
    said = dropped_files.unread(turn, said, files)
    try:
        answer = answers.as_meant(turn, intent, read, said, place)
    except Problem as problem:
        sentence = turn.words.problem(problem)
        answer = Answer(sentence, [block_kit.section(sentence)])
    return _give(turn, click, file_offers.beside(turn, answer, said, place) or answer, intent)


@routes.action(offers.DOCUMENT)
def document(turn: Turn, click: Click) -> Reply:
    """The same as the command with these words."""
    return documents.ask(turn, Command("document", str(click.value or ""), ""))


def _give(turn: Turn, click: Click, answer: Answer, what: str) -> Reply:
    """In place of a private question; in the direct message below it."""
    if click.private or click.place is None:
        return Whisper(answer.text, answer.blocks, replace=True)
    turn.tell(turn.actor.id, answer.text, answer.blocks, once=f"words:{_origin(click)}:{what}")
    return NOTHING


def _origin(click: Click) -> str:
    return f"{click.place.channel}:{click.place.ts}" if click.place else click.block_id
