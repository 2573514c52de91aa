"""users.* and usergroups.*: people, their locale, status and presence, and the groups
they are in.
"""

from bot.playground.slack.methods.pages import page
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.people import Person, Usergroup, user_shape
from bot.playground.slack.shapes import Json, Refused


def shown(call: Call, person: Person, *, locale: bool) -> Json:
    world = call.world
    return user_shape(
        person, world.team, world.now(), locale=locale, email=call.has("users:read.email")
    )


def visible_person(call: Call, id: str) -> Person:
    """Somebody of the workspace, or somebody of another team whom the bot meets in a shared
    channel.
    """
    world = call.world
    person = world.person(id)
    if person.team_id != world.team.id and not _meets(call, person):
        raise Refused("user_not_visible")
    return person


def _meets(call: Call, person: Person) -> bool:
    return any(
        {call.user, person.id} <= set(channel.members) for channel in call.world.channels.values()
    )


@method("users.info", "users:read", tier="4")
def user_info(call: Call, *, user: str, include_locale: bool = False) -> Json:
    return {"user": shown(call, visible_person(call, user), locale=include_locale)}


@method("users.list", "users:read", tier="2")
def user_list(
    call: Call, *, limit: int = 0, cursor: str = "", include_locale: bool = False, team_id: str = ""
) -> Json:
    people = [each for each in call.world.people.values() if each.team_id == call.world.team.id]
    if limit == 0 and len(people) > 1000:
        raise Refused("limit_required")
    part, beside = page(people, limit or max(1, len(people)), cursor, most=1000)
    members = [shown(call, each, locale=include_locale) for each in part]
    return {"members": members, "cache_ts": int(call.world.now().timestamp()), **beside}


@method("users.lookupByEmail", "users:read.email", tier="3")
def lookup_by_email(call: Call, *, email: str) -> Json:
    people = call.world.people.values()
    result = next(
        (each for each in people if each.email.lower() == email.lower() and not each.deleted), None
    )
    if result is None:
        raise Refused("users_not_found")
    return {"user": shown(call, result, locale=False)}


@method("users.getPresence", "users:read", tier="3")
def presence(call: Call, *, user: str = "") -> Json:
    return {"presence": visible_person(call, user or call.user).presence}


@method("users.profile.get", "users.profile:read", tier="4")
def profile(call: Call, *, user: str = "", include_labels: bool = False) -> Json:
    return {"profile": visible_person(call, user or call.user).profile()}


@method("usergroups.list", "usergroups:read", tier="2")
def usergroup_list(
    call: Call,
    *,
    include_users: bool = False,
    include_count: bool = False,
    include_disabled: bool = False,
) -> Json:
    groups = [
        each for each in call.world.usergroups.values() if include_disabled or not each.disabled
    ]
    shapes = [
        each.shape(call.world.team, users=include_users, count=include_count) for each in groups
    ]
    return {"usergroups": shapes}


def _group(call: Call, id: str, *, disabled: bool) -> Usergroup:
    group = call.world.usergroups.get(id)
    if group is None or (group.disabled and not disabled):
        raise Refused("no_such_subteam")
    return group


@method("usergroups.users.list", "usergroups:read", tier="2")
def usergroup_users(call: Call, *, usergroup: str, include_disabled: bool = False) -> Json:
    return {"users": list(_group(call, usergroup, disabled=include_disabled).users)}
