"""Modals and Home tabs: a stack of three per person, hashes, and what Slack adds to a view."""

from bot.playground.slack.block_kit import forms
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.world import World

DEEPEST = 3


def draw_view(
    world: World, given: Json, *, root: Json | None = None, previous: Json | None = None
) -> Json:
    """The view as Slack stores it: an id, a hash, its place in the stack, its beginning state."""
    id = world.ids.draw("V")
    return {
        "id": id,
        "team_id": world.team.id,
        "type": given["type"],
        "blocks": given["blocks"],
        "private_metadata": given.get("private_metadata") or "",
        "callback_id": given.get("callback_id") or "",
        "state": {"values": forms.initial_state(given["blocks"])},
        "hash": _hash(world),
        "title": given.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(given.get("clear_on_close")),
        "notify_on_close": bool(given.get("notify_on_close")),
        "close": given.get("close"),
        "submit": given.get("submit"),
        "previous_view_id": previous["id"] if previous else None,
        "root_view_id": root["id"] if root else id,
        "app_id": world.app.app_id,
        "external_id": given.get("external_id") or "",
        "app_installed_team_id": world.team.id,
        "bot_id": world.app.bot_id,
    }


def _hash(world: World) -> str:
    return f"{int(world.now().timestamp())}.{world.ids.small(8)}"


def stack_of(world: World, user: str) -> list[Json]:
    return world.stacks.setdefault(user, [])


def find_view(world: World, id: str) -> tuple[str, Json]:
    """The person and the view, open or on a Home tab; refused as `not_found`."""
    for user, stack in world.stacks.items():
        for view in stack:
            if view["id"] == id:
                return user, view
    for user, home in world.homes.items():
        if home["id"] == id:
            return user, home
    raise Refused("not_found")


def is_open(world: World, id: str) -> bool:
    """Whether the view lies open before anybody."""
    return any(view["id"] == id for stack in world.stacks.values() for view in stack)


def by_external_id(world: World, external_id: str) -> Json | None:
    views = [view for stack in world.stacks.values() for view in stack] + list(world.homes.values())
    return next((view for view in views if view["external_id"] == external_id), None)


def open_view(world: World, user: str, given: Json) -> Json:
    """A new modal takes the place of whatever was open."""
    _refuse_taken_external_id(world, given)
    view = draw_view(world, given)
    world.stacks[user] = [view]
    _show(world, user)
    return view


def push_view(world: World, user: str, given: Json) -> Json:
    stack = stack_of(world, user)
    if len(stack) >= DEEPEST:
        raise Refused("push_limit_reached")
    _refuse_taken_external_id(world, given)
    view = draw_view(
        world, given, root=stack[0] if stack else None, previous=stack[-1] if stack else None
    )
    stack.append(view)
    _show(world, user)
    return view


def update_view(world: World, old: Json, given: Json, hash: str = "") -> Json:
    """Put other contents into an open view; what was typed into the same fields stays."""
    if hash and hash != old["hash"]:
        raise Refused("hash_conflict")
    user, _ = find_view(world, old["id"])
    if given.get("external_id") != old["external_id"]:
        _refuse_taken_external_id(world, given)
    fresh = draw_view(world, given)
    places = ("id", "previous_view_id", "root_view_id")
    view = fresh | {name: old[name] for name in places}
    view["state"] = {"values": forms.kept_state(view["blocks"], old["state"]["values"])}
    replace_view(world, user, view)
    return view


def replace_view(world: World, user: str, view: Json) -> None:
    if world.homes.get(user, {}).get("id") == view["id"]:
        world.keep_home(user, view)
        world.watchers.changed("home", for_user=user)
        return
    world.stacks[user] = [
        view if each["id"] == view["id"] else each for each in stack_of(world, user)
    ]
    _show(world, user)


def close_view(world: World, user: str, view_id: str) -> None:
    """Close this view; what lay under it shows again. One with `clear_on_close` takes the whole
    stack along.
    """
    stack = stack_of(world, user)
    view = next((each for each in stack if each["id"] == view_id), None)
    if view is not None:
        keep = [] if view["clear_on_close"] else [each for each in stack if each["id"] != view_id]
        world.stacks[user] = keep
        _show(world, user)


def clear_views(world: World, user: str) -> None:
    world.stacks[user] = []
    _show(world, user)


def publish_home(world: World, user: str, given: Json, hash: str = "") -> Json:
    old = world.homes.get(user)
    if hash and old and hash != old["hash"]:
        raise Refused("hash_conflict")
    view = draw_view(world, given)
    if old:
        view |= {"id": old["id"], "root_view_id": old["id"]}
        view["state"] = {"values": forms.kept_state(view["blocks"], old["state"]["values"])}
    world.keep_home(user, view)
    world.watchers.changed("home", for_user=user)
    return view


def put_state(world: World, user: str, view: Json, given: Json) -> Json:
    """What the person has filled in so far; the view with it."""
    values = forms.merged_state(view["blocks"], view["state"]["values"], given)
    fresh = view | {"state": {"values": values}}
    fresh.pop("errors", None)
    replace_view(world, user, fresh)
    return fresh


def show_errors(world: World, user: str, view: Json, errors: dict[str, str]) -> None:
    replace_view(world, user, view | {"errors": errors})


def outward(view: Json) -> Json:
    """The view as the app sees it."""
    return {key: value for key, value in view.items() if key != "errors"}


def _refuse_taken_external_id(world: World, given: Json) -> None:
    external_id = given.get("external_id")
    if external_id and by_external_id(world, external_id):
        raise Refused("duplicate_external_id")


def _show(world: World, user: str) -> None:
    world.watchers.changed("views", for_user=user)
