"""Shortcuts, an emoji on a message, a step of Workflow Builder."""

from typing import Any

from bot.kit.replies import NOTHING, OpenView, Reply, StepDone
from bot.kit.routes import Event, Need, Shortcut
from handlers.tickets.listeners import message_values, quotes, views
from handlers.tickets.routes import routes
from handlers.tickets.service import workflow_steps
from handlers.tickets.service.conversation import intake
from handlers.tickets.service.conversation import thread as conversation
from storage.turn import Turn


@routes.shortcut("tickets.new", label="New ticket")
def new(turn: Turn, shortcut: Shortcut) -> Reply:
    return OpenView(views.new_form(turn, None, "", {}))


@routes.shortcut(
    "tickets.from_message", label="Make a ticket", on_message=True, needs=(Need.THREAD,)
)
def from_message(turn: Turn, shortcut: Shortcut) -> Reply:
    """The form with the message in it; followed in its thread where the bot can read there."""
    message = shortcut.message or {}
    text = conversation.read(turn, quotes.words_of(message))
    place = shortcut.place
    thread = shortcut.fetched.get(Need.THREAD)
    metadata = {"from": place.channel} if place else {}
    author = intake.able_to_ask(turn, str(message.get("user") or ""))
    if author and author != turn.actor.id:
        metadata["asks"] = author
    if place and thread:
        metadata |= {"channel": place.channel, "ts": thread[0]["ts"]}
    return OpenView(views.new_form(turn, None, text, metadata))


def _is_the_emoji(event: Event, catalogue: Any) -> bool:
    """In whichever skin tone."""
    return bool(
        event.facts["reaction"].partition("::")[0] == catalogue.tickets.emoji
        and event.facts["item"].get("type") == "message"
    )


@routes.event("reaction_added", needs=(Need.MESSAGE, Need.THREAD), when=_is_the_emoji)
def picked(turn: Turn, event: Event) -> Reply:
    """An emoji on a message makes a ticket of it at once, for whoever wrote it; where another app
    did, for whoever put the emoji.
    """
    message = event.fetched.get(Need.MESSAGE)
    channel = event.facts["item"]["channel"]
    if not message or _is_ours(turn, channel, message):
        return NOTHING
    thread = event.fetched.get(Need.THREAD) or [message]
    picked = message_values.said(turn, channel, message)
    intake.pick(
        turn,
        picked,
        message.get("thread_ts") or message["ts"],
        message_values.whole_thread(turn, channel, thread),
    )
    return NOTHING


def _is_ours(turn: Turn, channel: str, message: message_values.Json) -> bool:
    return bool(message.get("bot_id")) and not message_values.is_of_another_app(
        turn, channel, message
    )


@routes.step(
    "tickets.step",
    title="Make a ticket",
    description="Asks the back office for something",
    input_parameters={
        "properties": {
            "request_type": {
                "type": "string",
                "title": "Request type",
                "description": "Its key in the catalogue",
            },
            "subject": {"type": "string", "title": "In a few words"},
            "description": {"type": "string", "title": "Details"},
            "priority": {
                "type": "string",
                "title": "Priority",
                "description": "low, normal, high or urgent",
            },
            "requester": {"type": "slack#/types/user_id", "title": "Who asks"},
        },
        "required": ["request_type", "subject", "requester"],
    },
    output_parameters={
        "properties": {
            "number": {"type": "string", "title": "Number"},
            "link": {"type": "string", "title": "Link"},
        },
        "required": ["number", "link"],
    },
)
def step(turn: Turn, event: Event) -> Reply:
    """The inputs are the form; number and link go on in the workflow."""
    app = (event.facts.get("function") or {}).get("app_id") or ""
    return StepDone(
        workflow_steps.run(turn, event.facts["function_execution_id"], event.facts["inputs"], app)
    )
