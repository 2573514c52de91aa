"""What a person does to the app: commands, clicks, forms, shortcuts, suggestions, the Home tab."""

from bot.playground.slack import files, views
from bot.playground.slack.acts.conversations import Unable, message_in, readable
from bot.playground.slack.block_kit import forms
from bot.playground.slack.block_kit.forms import Field
from bot.playground.slack.block_kit.typed_text import typed_plain
from bot.playground.slack.channels import Channel
from bot.playground.slack.people import Person
from bot.playground.slack.shapes import Json, Refused
from bot.playground.slack.wire import answers, events, interactions
from bot.playground.slack.wire.deliveries import Answer, Delivery
from bot.playground.slack.world import World


def _trouble(answer: Answer) -> str:
    """Slack's own names for why the app did not answer."""
    if answer.reason == "http_timeout":
        return "operation_timeout"
    return "dispatch_failed" if answer.status == 0 else f"http_{answer.status}"


async def _deliver(world: World, person: Person, delivery: Delivery, failed: str) -> Answer | None:
    """Deliver; when the app does not answer, the person is told as Slack tells them."""
    answer = await world.deliveries.ask(delivery)
    if answer.ok:
        return answer
    world.watchers.toast(person.id, failed.format(error=_trouble(answer)))
    return None


async def command(world: World, person: Person, channel_id: str, name: str, text: str) -> None:
    """Type a slash command."""
    channel = readable(world, person, channel_id)
    existing = world.app.command(name)
    outsider = person.team_id != world.team.id
    if outsider or (existing is None and world.app.manifest):
        raise Unable(
            f"{name} is not a valid command. Messages that start with a slash are taken as "
            "commands."
        )
    tokens = bool(existing and existing.get("should_escape"))
    delivery = interactions.command(
        world, person, channel, name, typed_plain(world, text, tokens=tokens)
    )
    answer = await _deliver(world, person, delivery, f'{name} failed with the error "{{error}}"')
    if answer is not None:
        link = world.response_links.begin(channel.id, person.id)
        try:
            answers.answer_command(world, link, answer)
        except Refused:
            world.watchers.toast(
                person.id, f'{name} failed with the error "invalid_command_response"'
            )


async def click_message(
    world: World,
    person: Person,
    channel_id: str,
    ts: str,
    block_id: str,
    action_id: str,
    given: Json,
    state: Json | None = None,
) -> None:
    """Click or choose something in a message or an ephemeral note."""
    channel = readable(world, person, channel_id)
    message = _message_or_note(channel, person, ts)
    field = _field(message.get("blocks", []), block_id, action_id)
    action = interactions.action_of(world, field, _chosen(field, given))
    values = forms.merged_state(message["blocks"], {}, state or {})
    _remember(field, values, given)
    delivery = interactions.click_in_message(world, person, channel, message, action, values)
    await _deliver(world, person, delivery, "This app responded with an error: {error}")


def _message_or_note(channel: Channel, person: Person, ts: str) -> Json:
    notes = channel.notes.get(person.id, [])
    note = next((note for note in notes if note["ts"] == ts), None)
    return note or channel.with_thread(message_in(channel, ts))


def _field(blocks: list[Json], block_id: str, action_id: str) -> Field:
    field = forms.find_field(blocks, block_id, action_id)
    if field is None:
        raise Unable("What you clicked is not there any more.")
    return field


def _chosen(field: Field, given: Json) -> Json:
    """What the person chose, if it is offered: an option is taken whole from the element itself."""
    offered = {option.get("value"): option for option in field.options()}
    if not offered:
        return given
    item, many = given.get("selected_option"), given.get("selected_options")
    picked = [*([item] if item else []), *(many or [])]
    if any(option.get("value") not in offered for option in picked):
        raise Unable("This option is not one of those offered.")
    chosen = dict(given)
    if item:
        chosen["selected_option"] = offered[item["value"]]
    if many is not None:
        chosen["selected_options"] = [offered[option["value"]] for option in many]
    return chosen


def _remember(field: Field, values: Json, given: Json) -> None:
    if key := field.value_key:
        values.setdefault(field.block_id, {})[field.action_id] = {
            "type": field.type,
            key: given.get(key),
        }


def view_of(world: World, person: Person, view_id: str) -> Json:
    """The view if it is open before this person, on top of the stack or on their Home tab."""
    try:
        user, view = views.find_view(world, view_id)
    except Refused:
        raise Unable("This window is not open any more.") from None
    if user != person.id:
        raise Unable("This window is not yours.")
    return view


async def click_view(
    world: World,
    person: Person,
    view_id: str,
    block_id: str,
    action_id: str,
    given: Json,
    state: Json | None = None,
) -> None:
    """Click or choose something in a modal or on the Home tab; inputs are sent only if they ask for
    it.
    """
    view = view_of(world, person, view_id)
    field = _field(view["blocks"], block_id, action_id)
    values = {block: dict(actions) for block, actions in (state or {}).items()}
    chosen = _chosen(field, given)
    _remember(field, values, chosen)
    view = views.put_state(world, person.id, view, values)
    if field.is_input and not field.block.get("dispatch_action"):
        return
    delivery = interactions.click_in_view(
        world, person, view, interactions.action_of(world, field, chosen)
    )
    await _deliver(world, person, delivery, "This app responded with an error: {error}")


async def submit(world: World, person: Person, view_id: str, state: Json | None = None) -> None:
    """Submit the form on top. What Slack's client refuses is shown at the fields and not sent."""
    view = views.put_state(world, person.id, view_of(world, person, view_id), state or {})
    if not view.get("submit"):
        raise Unable("This window has nothing to submit.")
    wrong = forms.complaints(view["blocks"], view["state"]["values"])
    if wrong:
        views.show_errors(world, person.id, view, wrong)
        raise Unable("Some fields need your attention.")
    files.hand_over(world, forms.files_in(view["state"]["values"]))
    trouble = "We had some trouble connecting. Try again? ({error})"
    answer = await _deliver(world, person, interactions.submission(world, person, view), trouble)
    if answer is None:
        return
    try:
        answers.answer_submission(world, person, view, answer)
    except Refused as refused:
        if refused.error != "not_found":
            world.watchers.toast(person.id, trouble.format(error=refused.error))


async def close(world: World, person: Person, view_id: str, *, clear: bool = False) -> None:
    """Cancel closes this view; × (`clear`) closes all. The app hears if it asked to
    (`notify_on_close`). One that is closed already, or gone meanwhile, stays so without a word.
    """
    if not views.is_open(world, view_id):
        return
    view = view_of(world, person, view_id)
    stack = views.stack_of(world, person.id)
    told = stack[0] if clear and stack else view
    clears = clear or view["clear_on_close"]
    if clear:
        views.clear_views(world, person.id)
    else:
        views.close_view(world, person.id, view_id)
    if told["notify_on_close"]:
        world.deliveries.once(interactions.closing(world, person, told, is_cleared=clears))


async def suggest(
    world: World, person: Person, container: Json, block_id: str, action_id: str, typed: str
) -> Json:
    """The options that the app offers for what was typed into an external select."""
    where, blocks = _container(world, person, container)
    field = _field(blocks, block_id, action_id)
    delivery = interactions.suggestion(world, person, field, typed, where)
    answer = await _deliver(world, person, delivery, "There was a problem loading options: {error}")
    payload = answer.payload if answer and isinstance(answer.payload, dict) else {}
    return {key: payload[key] for key in ("options", "option_groups") if key in payload} or {
        "options": []
    }


def _container(world: World, person: Person, container: Json) -> tuple[Json, list[Json]]:
    if container["type"] == "view":
        view = view_of(world, person, container["view_id"])
        place = {"type": "view", "view_id": view["id"]}
        return {"container": place, "view": views.outward(view)}, view["blocks"]
    channel = readable(world, person, container["channel"])
    message = _message_or_note(channel, person, container["ts"])
    note = bool(message.get("ephemeral"))
    place = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel.id,
        "is_ephemeral": note,
    }
    where: Json = {"container": place, "channel": {"id": channel.id, "name": channel.name}}
    return where | ({} if note else {"message": message}), message["blocks"]


async def shortcut(
    world: World, person: Person, callback_id: str, channel_id: str = "", ts: str = ""
) -> None:
    """A global shortcut, or one on a message."""
    existing = world.app.shortcut(callback_id)
    if person.team_id != world.team.id or (existing is None and world.app.manifest):
        raise Unable("There is no such shortcut.")
    if ts:
        channel = readable(world, person, channel_id)
        message = channel.with_thread(message_in(channel, ts))
        delivery = interactions.message_shortcut(world, person, callback_id, channel, message)
    else:
        delivery = interactions.global_shortcut(world, person, callback_id)
    await _deliver(world, person, delivery, "This shortcut did not work: {error}")


def open_home(world: World, person: Person, tab: str = "home") -> None:
    """Open the app's Home (or Messages) tab."""
    channel = world.direct_channel({person.id, world.app.bot_user_id})
    events.home_opened(world, person, channel, tab)
