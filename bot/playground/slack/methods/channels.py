"""conversations.* about the conversation itself: open, info, list, members, join, invite, leave."""

from bot.playground.slack import talk
from bot.playground.slack.channels import SCOPES, TYPES, Channel, channel_shape
from bot.playground.slack.methods.pages import page
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.shapes import Json, Refused

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")


def seen(call: Call, channel: Channel, *, count: bool = False) -> Json:
    return channel_shape(channel, call.user, call.world.team.id, members=count)


@method("conversations.open", "im:write", "mpim:write", tier="3")
def open_conversation(
    call: Call,
    *,
    users: list[str] | None = None,
    channel: str = "",
    return_im: bool = False,
    prevent_creation: bool = False,
) -> Json:
    world = call.world
    if channel:
        result = call.visible(channel)
        if result.kind not in ("im", "mpim"):
            raise Refused("method_not_supported_for_channel_type")
        return {"channel": seen(call, result) if return_im else {"id": result.id}}
    if not users:
        raise Refused("users_list_not_supplied")
    if len(users) > 8:
        raise Refused("too_many_users")
    for user in users:
        if world.person(user).deleted:
            raise Refused("user_disabled")
    if len(users) == 1:
        call.need("im:write")
        if world.people[users[0]].is_bot:
            raise Refused("cannot_dm_bot")
    else:
        call.need("mpim:write")
    opened = world.direct_channel({call.user, *users})
    return {"channel": seen(call, opened) if return_im else {"id": opened.id}}


@method("conversations.info", *_READ, tier="3")
def info(
    call: Call, *, channel: str, include_locale: bool = False, include_num_members: bool = False
) -> Json:
    result = call.visible(channel)
    call.need(f"{SCOPES[result.kind]}:read")
    shape = seen(call, result, count=include_num_members)
    return {"channel": shape | ({"locale": "en-US"} if include_locale else {})}


def _of_types(call: Call, types: list[str] | None, exclude_archived: bool) -> list[Channel]:
    wanted = types or ["public_channel"]
    unknown = [each for each in wanted if each not in TYPES.values()]
    if unknown:
        raise Refused("invalid_types")
    kinds = [kind for kind, name in TYPES.items() if name in wanted]
    for kind in kinds:
        call.need(f"{SCOPES[kind]}:read")
    everything = call.world.channels.values()
    return [
        each
        for each in everything
        if each.kind in kinds and not (exclude_archived and each.is_archived)
    ]


@method("conversations.list", *_READ, tier="2")
def list_conversations(
    call: Call,
    *,
    types: list[str] | None = None,
    exclude_archived: bool = False,
    limit: int = 100,
    cursor: str = "",
    team_id: str = "",
) -> Json:
    channels = [
        each
        for each in _of_types(call, types, exclude_archived)
        if each.kind == "public" or call.user in each.members
    ]
    shown, beside = page(channels, limit, cursor, most=1000)
    return {"channels": [seen(call, each, count=True) for each in shown], **beside}


@method("users.conversations", *_READ, tier="3")
def users_conversations(
    call: Call,
    *,
    user: str = "",
    types: list[str] | None = None,
    exclude_archived: bool = False,
    limit: int = 100,
    cursor: str = "",
    team_id: str = "",
) -> Json:
    whose = call.world.person(user).id if user else call.user
    channels = [
        each
        for each in _of_types(call, types, exclude_archived)
        if whose in each.members and (each.kind == "public" or call.user in each.members)
    ]
    shown, beside = page(channels, limit, cursor, most=999)
    return {"channels": [seen(call, each) for each in shown], **beside}


@method("conversations.members", *_READ, tier="4")
def members(call: Call, *, channel: str, limit: int = 100, cursor: str = "") -> Json:
    result = call.visible(channel)
    call.need(f"{SCOPES[result.kind]}:read")
    shown, beside = page(result.members, limit, cursor, most=1000)
    return {"members": shown, **beside}


@method("conversations.join", "channels:join", tier="3")
def join(call: Call, *, channel: str) -> Json:
    result = call.visible(channel)
    if result.kind != "public":
        raise Refused("method_not_supported_for_channel_type")
    if result.is_archived:
        raise Refused("is_archived")
    already = call.user in result.members
    talk.join(call.world, result, call.world.bot)
    beside = {
        "warning": "already_in_channel",
        "response_metadata": {"warnings": ["already_in_channel"]},
    }
    return {"channel": seen(call, result)} | (beside if already else {})


@method(
    "conversations.invite",
    "channels:write.invites",
    "groups:write.invites",
    "channels:manage",
    "groups:write",
)
def invite(call: Call, *, channel: str, users: list[str], force: bool = False) -> Json:
    result = call.visible(channel)
    if call.user not in result.members:
        raise Refused("not_in_channel")
    if call.user in users:
        raise Refused("cant_invite_self")
    people = [call.world.person(user) for user in users]
    if any(person.id in result.members for person in people):
        raise Refused("already_in_channel")
    for person in people:
        talk.join(call.world, result, person, inviter=call.user)
    return {"channel": seen(call, result)}


@method("conversations.leave", "channels:manage", "channels:write", "groups:write", tier="3")
def leave(call: Call, *, channel: str) -> Json:
    result = call.visible(channel)
    if result.is_general:
        raise Refused("cant_leave_general")
    if call.user not in result.members:
        return {"not_in_channel": True}
    talk.leave(call.world, result, call.world.bot)
    return {}
