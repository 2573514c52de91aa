"""views.*: opening, pushing and updating modals, publishing the Home tab."""

from bot.playground.slack import views as stack
from bot.playground.slack.block_kit.view_checks import checked_view
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.shapes import Json, Refused


@method("views.open", tier="4")
def open_view(
    call: Call, *, view: Json, trigger_id: str = "", interactivity_pointer: str = ""
) -> Json:
    world = call.world
    given = checked_view(world, view, "modal")
    trigger = world.triggers.use(trigger_id or interactivity_pointer)
    return {"view": stack.outward(stack.open_view(world, trigger.user, given))}


@method("views.push", tier="4")
def push_view(
    call: Call, *, view: Json, trigger_id: str = "", interactivity_pointer: str = ""
) -> Json:
    world = call.world
    given = checked_view(world, view, "modal")
    trigger = world.triggers.look_at(trigger_id or interactivity_pointer)
    if not trigger.view_id or not stack.stack_of(world, trigger.user):
        raise Refused("not_found")
    pushed = stack.push_view(world, trigger.user, given)
    trigger.used = True
    return {"view": stack.outward(pushed)}


@method("views.update", tier="4")
def update_view(
    call: Call, *, view: Json, view_id: str = "", external_id: str = "", hash: str = ""
) -> Json:
    world = call.world
    if not view_id and not external_id:
        raise Refused("invalid_arguments", "[ERROR] missing required field: view_id or external_id")
    if view_id:
        old = stack.find_view(world, view_id)[1]
    else:
        result = stack.by_external_id(world, external_id)
        if result is None:
            raise Refused("not_found")
        old = result
    given = checked_view(world, view, str(old["type"]))
    return {"view": stack.outward(stack.update_view(world, old, given, hash))}


@method("views.publish", tier="4")
def publish_view(call: Call, *, user_id: str, view: Json, hash: str = "") -> Json:
    world = call.world
    if world.app.manifest and not world.app.has_home:
        raise Refused("not_enabled")
    person = world.people.get(user_id)
    if person is None or person.is_bot or person.team_id != world.team.id:
        raise Refused("invalid_arguments", "[ERROR] invalid user [json-pointer:/user_id]")
    given = checked_view(world, view, "home")
    return {"view": stack.outward(stack.publish_home(world, user_id, given, hash))}
