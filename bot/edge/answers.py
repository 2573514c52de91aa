"""Answers: a listener's reply made into Slack's calls."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.edge.payloads import Delivery
from bot.kit import block_kit, replies
from bot.kit.replies import Block, Reply, Whisper
from bot.kit.words import Words
from bot.slack import Client, error_of

log = logging.getLogger(__name__)
Ack = Callable[..., Awaitable[Any]]


async def nothing(*_: Any, **__: Any) -> None:
    """The ack of a delivery that was acked before."""


def notice(words: Words, text: str, blocks: Sequence[Block] = ()) -> dict[str, Any]:
    """A modal with one sentence, or with what an answer shows."""
    look = [dict(block) for block in blocks] or [block_kit.section(text)]
    return block_kit.modal("Zaplecze", look, callback_id="notice", close=words.say("Close"))


async def give(reply: Reply, delivery: Delivery, words: Words, client: Client, ack: Ack) -> None:
    """Answer a delivery in time: what can ride on the ack does, the rest is called before it."""
    match reply:
        case replies.FieldErrors(errors):
            await ack(response_action="errors", errors=dict(errors))
        case replies.Options(options):
            await ack(options=list(options))
        case replies.ClearViews():
            await ack(response_action="clear")
        case replies.UpdateView(view) if delivery.kind == "submission":
            await ack(response_action="update", view=dict(view))
        case replies.OpenView(view) if delivery.kind == "submission":
            await ack(response_action="push", view=dict(view))
        case replies.CloseView(text, blocks, channel) if channel:
            await _say_privately(client, channel, delivery, Whisper(text, blocks))
            await ack()
        case Whisper() if delivery.kind == "submission":
            await ack(response_action="update", view=notice(words, reply.text, reply.blocks))
        case Whisper() if delivery.kind == "command":
            await ack(text=reply.text, blocks=list(reply.blocks) or None, response_type="ephemeral")
        case _:
            await call(reply, delivery, words, client)
            await ack()


async def give_late(reply: Reply, delivery: Delivery, words: Words, client: Client) -> None:
    """Answer a delivery that was acked with a neutral word: by its view, its response address, or
    privately.
    """
    match reply:
        case replies.FieldErrors(errors):
            await _update(client, delivery, notice(words, "\n".join(errors.values())))
        case replies.UpdateView(view) | replies.OpenView(view) if delivery.kind == "submission":
            await _update(client, delivery, view)
        case Whisper() if delivery.kind == "submission":
            await _update(client, delivery, notice(words, reply.text, reply.blocks))
        case Reply() if delivery.kind == "submission":
            await _update(client, delivery, notice(words, words.say("Done.")))
        case replies.OpenView():
            await excuse(_too_late(words), delivery, words, client)
        case _:
            await call(reply, delivery, words, client)


def without_a_trigger(reply: Reply, delivery: Delivery, words: Words) -> Whisper | None:
    """What is left to say of a reply that needs a trigger, once that has run out."""
    if isinstance(reply, replies.OpenView):
        return _too_late(words)
    if isinstance(reply, Whisper) and not (delivery.response_url or delivery.channel):
        return reply
    return None


def _too_late(words: Words) -> Whisper:
    return Whisper(words.say("That took too long to open. Please try once more."))


async def excuse(said: Whisper, delivery: Delivery, words: Words, client: Client) -> None:
    """To the person alone, where they asked; on Home, in a window and from the menu of shortcuts no
    place takes it without a trigger, so it goes into their direct message.
    """
    if delivery.response_url:
        await call(said, delivery, words, client)
    else:
        blocks = [dict(block) for block in said.blocks] or None
        await client.chat_postMessage(channel=delivery.person, text=said.text, blocks=blocks)


async def call(reply: Reply, delivery: Delivery, words: Words, client: Client) -> None:
    """What needs a call of its own."""
    match reply:
        case replies.OpenView(view) if delivery.view_id:
            await client.views_push(trigger_id=delivery.trigger, view=dict(view))
        case replies.UpdateView(view) if delivery.view_id:
            await _update(client, delivery, view)
        case replies.OpenView(view) | replies.UpdateView(view):
            await client.views_open(trigger_id=delivery.trigger, view=dict(view))
        case replies.ShowHome(view):
            await client.views_publish(user_id=delivery.person, view=dict(view))
        case replies.SuggestPrompts(prompts):
            await client.assistant_threads_setSuggestedPrompts(
                channel_id=delivery.channel or "", prompts=[dict(prompt) for prompt in prompts]
            )
        case replies.StepDone(outputs):
            await client.functions_completeSuccess(
                function_execution_id=delivery.execution or "", outputs=dict(outputs)
            )
        case Whisper() if delivery.execution:
            await client.functions_completeError(
                function_execution_id=delivery.execution, error=reply.text
            )
        case Whisper():
            await _whisper(reply, delivery, words, client)


async def _whisper(reply: Whisper, delivery: Delivery, words: Words, client: Client) -> None:
    blocks = [dict(block) for block in reply.blocks] or None
    if delivery.response_url:
        hook = AsyncWebhookClient(delivery.response_url, session=client.session, retry_handlers=[])
        hook.proxy = client.proxies.of(delivery.response_url)
        await hook.send(
            text=reply.text,
            blocks=blocks,
            response_type="ephemeral",
            replace_original=reply.replace,
        )
    elif delivery.view_id and reply.replace:
        await _update(client, delivery, notice(words, reply.text, reply.blocks))
    elif delivery.view_id and delivery.trigger:
        await client.views_push(
            trigger_id=delivery.trigger, view=notice(words, reply.text, reply.blocks)
        )
    elif delivery.channel and delivery.person:
        await _say_privately(client, delivery.channel, delivery, reply)
    elif (
        delivery.trigger
    ):  # on Home, or from the menu of shortcuts, there is no place for a private answer
        await client.views_open(
            trigger_id=delivery.trigger, view=notice(words, reply.text, reply.blocks)
        )


async def _say_privately(client: Client, channel: str, delivery: Delivery, said: Whisper) -> None:
    """In a channel, to the person alone."""
    try:
        await client.chat_postEphemeral(
            channel=channel,
            user=delivery.person,
            text=said.text,
            blocks=[dict(block) for block in said.blocks] or None,
            thread_ts=delivery.thread_ts,
        )
    except (
        SlackApiError
    ) as refused:  # they left the channel, or the bot is not in it: there is nobody to tell
        log.info("private answer not taken: %s", error_of(refused))


async def _update(client: Client, delivery: Delivery, view: Mapping[str, Any]) -> None:
    await client.views_update(view_id=delivery.view_id, view=dict(view))
