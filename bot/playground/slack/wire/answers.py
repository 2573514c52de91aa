"""What the app answers beside the Web API: to a command, through a response URL, to a submitted
form.
"""

from typing import Any

from bot.playground.slack import talk, views
from bot.playground.slack.block_kit import blocks
from bot.playground.slack.block_kit.typed_text import posted
from bot.playground.slack.block_kit.view_checks import checked_view
from bot.playground.slack.people import Person
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.triggers import ResponseLink
from bot.playground.slack.wire.deliveries import Answer
from bot.playground.slack.world import World


def respond(world: World, link: ResponseLink, body: Json) -> None:
    """Do what a body sent to a response URL asks: replace, delete, or say something new."""
    channel = world.channel(link.channel)
    if _true(body.get("delete_original")) and link.message_ts:
        _delete(world, link)
        return
    message = _message(world, body)
    if _true(body.get("replace_original")) and link.message_ts:
        _replace(world, link, message)
        return
    if body.get("thread_ts"):
        message["thread_ts"] = body["thread_ts"]
    if body.get("response_type") == "in_channel":
        own = talk.bot_message(world, message | {"subtype": "bot_message"})
        talk.post(world, channel, {key: value for key, value in own.items() if key != "user"})
    else:
        talk.whisper(world, channel, link.user, talk.bot_message(world, message))


def _message(world: World, body: Json) -> Json:
    if not (body.get("text") or body.get("blocks") or body.get("attachments")):
        raise Refused("no_text")
    message: Json = {"text": posted(str(body.get("text") or ""))}
    if body.get("blocks"):
        message["blocks"] = blocks.prepared(world, body["blocks"])
    if body.get("attachments"):
        message["attachments"] = body["attachments"]
    return message


def _replace(world: World, link: ResponseLink, message: Json) -> None:
    changes = {"blocks": None, "attachments": None, **message}
    channel = world.channel(link.channel)
    if link.is_ephemeral:
        talk.change_note(world, channel, link.user, link.message_ts, changes)
    elif link.message_ts in channel.messages:
        talk.change(world, channel, link.message_ts, changes, editor=world.app.bot_user_id)


def _delete(world: World, link: ResponseLink) -> None:
    channel = world.channel(link.channel)
    if link.is_ephemeral:
        talk.change_note(world, channel, link.user, link.message_ts, None)
    elif link.message_ts in channel.messages:
        talk.remove(world, channel, link.message_ts)


def _true(value: Any) -> bool:
    return value in (True, "true", "True", "1", 1)


def answer_command(world: World, link: ResponseLink, answer: Answer) -> None:
    """The body of a command's ack is a message, plain or JSON; an empty one says nothing."""
    if isinstance(answer.payload, dict) and answer.payload:
        respond(world, link, answer.payload)
    elif isinstance(answer.payload, str) and answer.payload.strip():
        respond(world, link, {"text": answer.payload})


def answer_submission(world: World, person: Person, view: Json, answer: Answer) -> None:
    """The `response_action` of a submitted form; none closes the form."""
    payload = answer.payload if isinstance(answer.payload, dict) else {}
    action = payload.get("response_action")
    if action == "errors":
        _show_errors(world, person, view, payload.get("errors"))
    elif action == "update":
        views.update_view(world, view, checked_view(world, payload.get("view"), "modal"))
    elif action == "push":
        views.push_view(world, person.id, checked_view(world, payload.get("view"), "modal"))
    elif action == "clear":
        views.clear_views(world, person.id)
    elif action is None:
        views.close_view(world, person.id, view["id"])
    else:
        raise Refused(
            "invalid_response_action", f"[ERROR] {action} is none of errors, update, push, clear"
        )


def _show_errors(world: World, person: Person, view: Json, errors: Any) -> None:
    """Errors go to input blocks that are in the view; anything else Slack refuses and the person
    sees trouble.
    """
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise Refused(
            "invalid_response_action", "[ERROR] errors must name input blocks of the view"
        )
    views.show_errors(world, person.id, view, errors)
