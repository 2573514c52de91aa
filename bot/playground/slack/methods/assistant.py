"""assistant.threads.*: what an agent shows in its conversations beside its messages.

Source: docs.slack.dev/ai/developing-agents.
"""

from bot.playground.slack.channels import Channel
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.shapes import Json, Refused

_MOST_PROMPTS = 4


def _conversation(call: Call, channel_id: str) -> Channel:
    channel = call.visible(channel_id)
    if channel.kind != "im":
        raise Refused("channel_not_found")
    return channel


@method("assistant.threads.setStatus", "assistant:write", tier="special")
def set_status(
    call: Call,
    *,
    channel_id: str,
    thread_ts: str,
    status: str = "",
    loading_messages: list[str] | None = None,
) -> Json:
    """Until the agent answers in the thread, or an empty one takes it away."""
    channel = _conversation(call, channel_id)
    if thread_ts not in channel.messages:
        raise Refused("thread_not_found")
    call.world.agents.show(channel.id, thread_ts, status)
    call.world.watchers.changed(f"channel:{channel.id}")
    return {}


@method("assistant.threads.setSuggestedPrompts", "assistant:write", tier="special")
def set_prompts(
    call: Call,
    *,
    channel_id: str,
    prompts: list[Json],
    title: str | None = None,
    thread_ts: str = "",
) -> Json:
    """In agent view without a thread: with one Slack takes the call and shows nothing."""
    channel = _conversation(call, channel_id)
    if not 1 <= len(prompts) <= _MOST_PROMPTS:
        raise Refused("invalid_arguments")
    if not thread_ts:
        call.world.agents.prompts[channel.id] = prompts
        call.world.watchers.changed("workspace")
    return {}
