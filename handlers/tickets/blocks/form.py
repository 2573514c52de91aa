"""The form by which a ticket is asked for, and the one by which it is completed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.kit import block_kit
from bot.kit.catalogue import PRIORITIES, Catalogue, Field, RequestType
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words
from handlers.tickets.blocks import fields
from handlers.tickets.blocks import types as type_options
from handlers.tickets.blocks.card import OPEN, PRIORITY_NAMES
from handlers.tickets.blocks.fields import VALUE

FORM = "tickets.form"
TYPE = "tickets.type"
COMPLETE_FORM = "tickets.complete"
ADD_INSTEAD = "tickets.add_instead"

MOST_OF_A_SUBJECT = 150
MOST_OF_A_STORY = 3000  # characters that a form takes
_MOST_OF_A_HINT = 60


@dataclass(frozen=True)
class Hint:
    """What may make a new ticket needless: a sentence, and the open ticket that it speaks of."""

    text: Mrkdwn
    ticket: int | None = None


@dataclass(frozen=True)
class Draft:
    """A form that is being filled in. ``hints`` may answer what is asked before it is sent."""

    chosen: RequestType | None = None
    story: Field | None = None
    own: Sequence[Field] = ()
    subject: str = ""
    text: str = ""
    requester: str | None = None
    """Who asks, where it is not whoever fills the form in."""
    rest: str = ""  # of the text, which comes along though the form does not hold it
    initial: Mapping[str, Any] = field(default_factory=dict)
    hints: Sequence[Hint] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)


def new(catalogue: Catalogue, words: Words, draft: Draft) -> block_kit.View:
    """The form for a new ticket."""
    blocks = [
        *_hints(draft, words),
        types(catalogue, words, draft.chosen),
        *_about(draft.chosen, words),
        block_kit.field(
            words.say("In a few words"),
            block_kit.text_input(VALUE, initial=draft.subject, most=MOST_OF_A_SUBJECT),
            name="subject",
        ),
        _story(draft, words),
        *_rest(draft, words),
        *fields.drawn(draft.own, words, draft.initial),
        priorities(words),
        *_people(words, draft.requester),
        block_kit.field(
            words.say("Files"), block_kit.file_input(VALUE), name="files", optional=True
        ),
    ]
    return block_kit.modal(
        words.say("New ticket"),
        blocks,
        callback_id=FORM,
        submit=words.say("Send anyway") if draft.hints else words.say("Send"),
        close=words.say("Cancel"),
        metadata=draft.metadata,
    )


def completing(words: Words, draft: Draft, number: str) -> block_kit.View:
    """The form for what a ticket that was made at once still lacks."""
    blocks = [
        block_kit.field(
            words.say("In a few words"),
            block_kit.text_input(VALUE, initial=draft.subject, most=MOST_OF_A_SUBJECT),
            name="subject",
        ),
        _story(draft, words),
        *_rest(draft, words),
        *fields.drawn(draft.own, words, draft.initial),
    ]
    return block_kit.modal(
        number,
        blocks,
        callback_id=COMPLETE_FORM,
        submit=words.say("Save"),
        close=words.say("Cancel"),
        metadata=draft.metadata,
    )


def halves(text: str) -> tuple[str, str]:
    """Subject and description out of one text: its first line, and all of it."""
    bare = text.strip()
    return block_kit.cut(bare.partition("\n")[0].strip(), MOST_OF_A_SUBJECT), bare


def types(catalogue: Catalogue, words: Words, chosen: RequestType | None) -> block_kit.Block:
    """All request types, by department."""
    menu = {
        "type": "static_select",
        "action_id": TYPE,
        "option_groups": type_options.grouped(catalogue, words),
        "placeholder": block_kit.plain(words.say("Choose what you need"), 150),
    }
    if chosen:
        menu["initial_option"] = type_options.options([chosen], words)[0]
    return block_kit.field(words.say("What do you need?"), menu, name="type", dispatch=True)


def priorities(words: Words, chosen: str | None = None) -> block_kit.Block:
    options = [
        block_kit.option(words.say(PRIORITY_NAMES[priority]), priority) for priority in PRIORITIES
    ]
    menu = block_kit.select(
        VALUE, options, chosen=chosen, placeholder=words.say("As usual for this request")
    )
    return block_kit.field(words.say("Priority"), menu, name="priority", optional=True)


def _hints(draft: Draft, words: Words) -> list[block_kit.Block]:
    if not draft.hints:
        return []
    return [
        block_kit.section(words.mark("Perhaps this helps:")),
        *(block for hint in draft.hints for block in _hint(hint, words)),
        block_kit.divider(),
    ]


def _hint(hint: Hint, words: Words) -> list[block_kit.Block]:
    if hint.ticket is None:
        return [block_kit.section(hint.text)]
    value = str(hint.ticket)
    return [
        block_kit.section(hint.text),
        block_kit.actions(
            block_kit.button(words.say("Open"), f"{OPEN}:{value}", value),
            block_kit.button(words.say("Add to it"), f"{ADD_INSTEAD}:{value}", value),
        ),
    ]


def _about(chosen: RequestType | None, words: Words) -> list[block_kit.Block]:
    return (
        [block_kit.context(chosen.description.in_(words.language))]
        if chosen and chosen.description
        else []
    )


def _story(draft: Draft, words: Words) -> block_kit.Block:
    """The large box: the type's own, if it has one."""
    story = draft.story
    return block_kit.field(
        story.label.in_(words.language) if story else words.say("Details"),
        block_kit.text_input(VALUE, multiline=True, initial=draft.text),
        name="description",
        optional=not (story and story.required),
        hint=story.hint.in_(words.language) if story and story.hint else None,
    )


def _rest(draft: Draft, words: Words) -> list[block_kit.Block]:
    """That nothing of a long text is lost, and where what is not shown begins."""
    if not draft.rest:
        return []
    begins = block_kit.cut(" ".join(draft.rest.split()), _MOST_OF_A_HINT)
    sentence = words.mark(
        "The text is longer than this form; the rest (“{begins}”) comes along.", begins=begins
    )
    return [block_kit.context(sentence)]


def _people(words: Words, requester: str | None) -> list[block_kit.Block]:
    return [
        block_kit.field(
            words.say("On behalf of"),
            block_kit.people_select(VALUE, chosen=requester),
            name="requester",
            optional=True,
            hint=words.say("Leave it empty when you ask for yourself."),
        ),
        block_kit.field(
            words.say("Followers"),
            block_kit.multi_people_select(VALUE),
            name="followers",
            optional=True,
        ),
    ]
