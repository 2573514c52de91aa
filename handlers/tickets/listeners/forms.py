"""The form for a new ticket, as it is filled in and sent."""

from collections.abc import Mapping
from typing import cast

from bot.kit import block_kit
from bot.kit.catalogue import Priority
from bot.kit.replies import CloseView, Options, Reply, UpdateView, Whisper
from bot.kit.routes import Click, Json, Need, Search, Submission, Value
from handlers.tickets import service
from handlers.tickets.blocks import fields, form, forms, lists
from handlers.tickets.listeners import message_values, views
from handlers.tickets.routes import routes
from handlers.tickets.service import drafts, gate, requester
from handlers.tickets.service.conversation import invitations
from handlers.tickets.service.conversation import thread as conversation
from handlers.tickets.service.lists import search as searching
from handlers.tickets.service.lists import search_options
from storage.tickets.tickets import Request, Ticket
from storage.turn import Turn


@routes.action(form.TYPE)
def type_chosen(turn: Turn, click: Click) -> Reply:
    """The form asks for what this type needs; what is filled in already stays."""
    kind = turn.catalogue.request_types.get(text(click.value))
    metadata = drafts.with_written(turn, click.values, click.metadata)
    return UpdateView(views.form_again(turn, kind, _written(click.values), metadata))


@routes.submission(form.FORM, needs=(Need.THREAD,))
def sent(turn: Turn, submission: Submission) -> Reply:
    """A new ticket, unless something should be read first; opened from a message, with the thread
    that stands there.
    """
    request = _request(turn, submission)
    if not submission.metadata.get("hinted"):
        kind = turn.catalogue.request_types.get(request.request_type)
        view = views.hinted_form(turn, kind, _written(submission.values), submission.metadata)
        if view:
            return UpdateView(view)
    ticket = service.submit(turn, request)
    thread = submission.fetched.get(Need.THREAD)
    if thread and not gate.is_from_private(turn, submission.metadata["channel"]):
        conversation.take_over(
            turn, ticket, message_values.thread(turn, submission.metadata["channel"], thread)
        )
    return _sent(turn, ticket, submission.metadata)


def _sent(turn: Turn, ticket: Ticket, metadata: Json) -> Reply:
    """Where a command was typed, or a button was pressed, a line says what became of it; in the
    direct message the card does, and in others than ours nobody lets us speak.
    """
    sentence = turn.words.mark(
        "*{number}* · {subject} is with {department}.",
        number=gate.number(turn, ticket),
        subject=ticket.subject,
        department=gate.department_name(turn, ticket),
    )
    invitations.answered(turn, metadata, sentence)
    channel = str(metadata.get("typed_in") or "")
    if not channel or channel.startswith("D"):
        return CloseView()
    look = lists.told(sentence, ticket.id, turn.words)
    return CloseView(sentence, look, channel)


@routes.action(form.ADD_INSTEAD)
def added_instead(turn: Turn, click: Click) -> Reply:
    """What was written belongs to an open ticket, and makes no new one."""
    id, view = click.number, click.view["id"] if click.view else ""
    kind = turn.catalogue.request_types.get(text(click.values.get("type")))
    written = _with_the_rest(turn, _written(click.values), click.metadata)
    answers = drafts.told(turn, kind, click.values) if kind else ""
    files = invitations.files_of(turn, click.metadata)
    ticket = requester.add(turn, id, f"view:{view}:{id}", f"{written}\n{answers}", files)
    number = gate.number(turn, ticket)
    sentence = turn.words.say("Added to {number}.", number=number)
    invitations.answered(turn, click.metadata, sentence)
    if any(click.files.values()):  # Slack hands them over with a form that is sent alone
        sentence = turn.words.say(
            "Added to {number}, without the files picked here. Please add them there.",
            number=number,
        )
    return Whisper(sentence, replace=True)


@routes.search(forms.FIND)
def find(turn: Turn, search: Search) -> Reply:
    """Tickets to merge into."""
    tickets = searching.joinable(turn, search.metadata["ticket"], search.text)
    return Options(
        [
            block_kit.option(f"{gate.number(turn, each)} · {each.subject}", str(each.number))
            for each in tickets
        ]
    )


@routes.search(fields.CUSTOMER)
def customers(turn: Turn, search: Search) -> Reply:
    return Options(
        [
            block_kit.option(label, value)
            for value, label in search_options.customers_like(turn, search.text)
        ]
    )


@routes.search(fields.INVOICE)
def invoices(turn: Turn, search: Search) -> Reply:
    return Options(
        [
            block_kit.option(label, value)
            for value, label in search_options.invoices_like(turn, search.text)
        ]
    )


def _request(turn: Turn, submission: Submission) -> Request:
    values, metadata = submission.values, submission.metadata
    kind = turn.catalogue.request_types.get(text(values.get("type")))
    return Request(
        origin=f"view:{submission.view_id}",
        request_type=text(values.get("type")),
        subject=text(values.get("subject")),
        description=_with_the_rest(turn, text(values.get("description")), metadata),
        priority=cast(Priority | None, values.get("priority")),
        requester=text(values.get("requester")) or None,
        followers=many(values.get("followers")),
        fields=drafts.read(turn, kind, values, submission.files) if kind else {},
        channel=metadata.get("channel"),
        thread_ts=metadata.get("ts"),
        about=metadata.get("about"),
        is_private=gate.is_from_private(turn, metadata.get("from")),
        files=[
            *(
                message_values.file_of(file)
                for files in submission.files.values()
                for file in files
            ),
            *invitations.files_of(turn, metadata),
        ],
    )


def _with_the_rest(turn: Turn, description: str, metadata: Json) -> str:
    """What was typed, and what did not fit into the form."""
    return "\n".join(filter(None, [description.strip(), drafts.rest(turn, metadata)]))


def _written(values: Mapping[str, Value]) -> str:
    """Subject and details as one text."""
    subject, details = text(values.get("subject")), text(values.get("description"))
    return details if details.startswith(subject) else f"{subject}\n{details}"


def text(value: Value) -> str:
    """What was typed or chosen; nothing for nothing."""
    return value if isinstance(value, str) else ""


def many(value: Value) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else ()
