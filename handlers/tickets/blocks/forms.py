"""The small forms beneath the buttons of cards and sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.kit import block_kit
from bot.kit.catalogue import Catalogue, RequestType, Template
from bot.kit.markup import person
from bot.kit.words import N_, Words
from handlers.tickets.blocks import form
from handlers.tickets.blocks.fields import VALUE
from storage.tickets.tickets import Ticket

ANSWER_FORM = "tickets.answer_form"
TEMPLATE = "tickets.template"
ADD_FORM = "tickets.add_form"
ASSIGN_FORM = "tickets.assign_form"
RETYPE_FORM = "tickets.retype_form"
RETYPE_TYPE = "tickets.retype_type"
FOLLOW_FORM = "tickets.follow_form"
SNOOZE_FORM = "tickets.snooze_form"
MERGE_FORM = "tickets.merge_form"
FIND = "tickets.find"
SPLIT_FORM = "tickets.split_form"
ESCALATE_FORM = "tickets.escalate_form"

_SOON = (("hours", N_("In two hours")), ("tomorrow", N_("Tomorrow")), ("monday", N_("On Monday")))


@dataclass(frozen=True)
class Candidate:
    """Somebody a ticket can be given to."""

    id: str
    name: str
    is_away: bool = False


def answer(
    ticket: Ticket,
    number: str,
    templates: Sequence[Template],
    words: Words,
    *,
    text: str = "",
    edition: int = 0,
) -> block_kit.View:
    """A reply, and what follows it. Slack keeps what is typed while the ids stay; a new ``edition``
    is filled anew.
    """
    blocks = [
        _about(ticket, words),
        block_kit.context(
            words.mark("{requester} reads what you write.", requester=person(ticket.requester))
        ),
        *_templates(templates, words),
        block_kit.field(
            words.say("Answer"),
            block_kit.text_input(f"{VALUE}:{edition}", multiline=True, initial=text),
            name="text",
            optional=True,
            hint=words.say("May be left empty where all you do is resolve."),
        ),
        block_kit.field(
            words.say("Then"),
            block_kit.select(VALUE, _afterwards(words), chosen="nothing"),
            name="then",
        ),
    ]
    metadata = {"ticket": ticket.id, "edition": edition}
    title = words.say("Answer {number}", number=number)
    return _modal(title, blocks, ANSWER_FORM, words.say("Send"), words, metadata)


def add(ticket: Ticket, number: str, words: Words) -> block_kit.View:
    blocks = [
        block_kit.field(
            words.say("What should be known?"),
            block_kit.text_input(VALUE, multiline=True),
            name="text",
            optional=True,
        ),
        block_kit.field(
            words.say("Files"), block_kit.file_input(VALUE), name="files", optional=True
        ),
    ]
    return _modal(
        _titled(number, words.say("Add…")),
        [_about(ticket, words), *blocks],
        ADD_FORM,
        words.say("Send"),
        words,
        {"ticket": ticket.id},
    )


def assign(
    ticket: Ticket, number: str, candidates: Sequence[Candidate], words: Words
) -> block_kit.View:
    options = [
        block_kit.option(
            candidate.name, candidate.id, words.say("away") if candidate.is_away else None
        )
        for candidate in candidates[:100]
    ]
    field = block_kit.field(
        words.say("Who works on it?"),
        block_kit.select(VALUE, options, chosen=ticket.assignee),
        name="assignee",
    )
    return _modal(
        _titled(number, words.say("Assign…")),
        [_about(ticket, words), field],
        ASSIGN_FORM,
        words.say("Assign"),
        words,
        {"ticket": ticket.id},
    )


def retype(
    catalogue: Catalogue, ticket: Ticket, number: str, kind: RequestType | None, words: Words
) -> block_kit.View:
    types = form.types(catalogue, words, kind)
    types["element"]["action_id"] = RETYPE_TYPE
    types.pop("dispatch_action", None)
    blocks = [
        types,
        form.priorities(words, ticket.priority),
        block_kit.context(
            words.mark("Another department gets it as new, with what was said so far.")
        ),
    ]
    return _modal(
        _titled(number, words.say("Type, priority…")),
        [_about(ticket, words), *blocks],
        RETYPE_FORM,
        words.say("Save"),
        words,
        {"ticket": ticket.id},
    )


def follow(ticket: Ticket, number: str, followers: Sequence[str], words: Words) -> block_kit.View:
    field = block_kit.field(
        words.say("Who follows it?"),
        block_kit.multi_people_select(VALUE, chosen=followers),
        name="followers",
        optional=True,
    )
    return _modal(
        _titled(number, words.say("Followers…")),
        [_about(ticket, words), field],
        FOLLOW_FORM,
        words.say("Save"),
        words,
        {"ticket": ticket.id},
    )


def snooze(ticket: Ticket, number: str, words: Words) -> block_kit.View:
    soon = block_kit.field(
        words.say("Comes back"),
        block_kit.select(VALUE, [block_kit.option(words.say(label), key) for key, label in _SOON]),
        name="soon",
        optional=True,
    )
    field = block_kit.field(
        words.say("Or on this day"),
        block_kit.date_picker(VALUE),
        name="until",
        optional=True,
        hint=words.say(
            "Without a day it rests until the requester writes. It also comes back then, whatever "
            "the day."
        ),
    )
    return _modal(
        _titled(number, words.say("Snooze…")),
        [_about(ticket, words), soon, field],
        SNOOZE_FORM,
        words.say("Snooze"),
        words,
        {"ticket": ticket.id},
    )


def merge(ticket: Ticket, number: str, words: Words) -> block_kit.View:
    menu = block_kit.search_select(
        FIND, placeholder=words.say("Type a number or words"), min_length=1
    )
    blocks = [
        block_kit.field(words.say("Into which ticket?"), menu, name="target"),
        block_kit.context(words.mark("This one ends; its conversation goes on in the other.")),
    ]
    return _modal(
        _titled(number, words.say("Merge…")),
        [_about(ticket, words), *blocks],
        MERGE_FORM,
        words.say("Merge"),
        words,
        {"ticket": ticket.id},
    )


def split(
    catalogue: Catalogue, ticket: Ticket, number: str, kind: RequestType | None, words: Words
) -> block_kit.View:
    types = form.types(catalogue, words, kind)
    types["element"]["action_id"] = RETYPE_TYPE
    types.pop("dispatch_action", None)
    blocks = [
        types,
        block_kit.field(
            words.say("In a few words"),
            block_kit.text_input(VALUE, most=form.MOST_OF_A_SUBJECT),
            name="subject",
        ),
        block_kit.field(
            words.say("Details"),
            block_kit.text_input(VALUE, multiline=True),
            name="description",
            optional=True,
        ),
    ]
    return _modal(
        _titled(number, words.say("Split…")),
        [_about(ticket, words), *blocks],
        SPLIT_FORM,
        words.say("Split"),
        words,
        {"ticket": ticket.id},
    )


def escalate(ticket: Ticket, number: str, words: Words) -> block_kit.View:
    field = block_kit.field(
        words.say("Why?"), block_kit.text_input(VALUE, multiline=True), name="why"
    )
    return _modal(
        _titled(number, words.say("Escalate…")),
        [_about(ticket, words), field],
        ESCALATE_FORM,
        words.say("Escalate"),
        words,
        {"ticket": ticket.id},
    )


def _templates(templates: Sequence[Template], words: Words) -> list[block_kit.Block]:
    if not templates:
        return []
    options = [
        block_kit.option(template.label.in_(words.language), template.key) for template in templates
    ]
    menu = block_kit.select(TEMPLATE, options, placeholder=words.say("Choose one to begin with"))
    return [
        block_kit.field(words.say("Template"), menu, name="template", optional=True, dispatch=True)
    ]


def _afterwards(words: Words) -> list[dict[str, object]]:
    return [
        block_kit.option(words.say("Nothing more"), "nothing"),
        block_kit.option(words.say("Wait for the requester"), "requester"),
        block_kit.option(words.say("Wait for somebody outside"), "third_party"),
        block_kit.option(words.say("Resolve"), "resolve"),
        block_kit.option(words.say("Keep it internal: a note for agents"), "note"),
    ]


def _titled(number: str, button: str) -> str:
    """Which ticket, and what its button does with it."""
    return f"{number} · {button.removesuffix('…')}"


def _about(ticket: Ticket, words: Words) -> block_kit.Block:
    """Which ticket it is, for whom a number says nothing."""
    return block_kit.section(words.mark("*{subject}*", subject=ticket.subject))


def _modal(
    title: str,
    blocks: list[block_kit.Block],
    callback_id: str,
    submit: str,
    words: Words,
    metadata: Mapping[str, object],
) -> block_kit.View:
    return block_kit.modal(
        title,
        blocks,
        callback_id=callback_id,
        submit=submit,
        close=words.say("Cancel"),
        metadata=metadata,
    )
