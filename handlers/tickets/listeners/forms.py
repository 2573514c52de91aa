"""The form for a new ticket, as it is filled in and sent."""

from typing import Any, cast

from bot.kit import looks
from bot.kit.catalogue import Priority
from bot.kit.doors import Click, Json, Search, Submission, Value
from bot.kit.replies import CloseView, Options, Reply, UpdateView
from handlers.tickets import service
from handlers.tickets.blocks import fields, form
from handlers.tickets.doors import doors
from handlers.tickets.service import choices, drafts
from storage.tickets import Request
from storage.turn import Turn


@doors.action(form.TYPE)
def type_chosen(turn: Turn, click: Click) -> Reply:
    """The form asks for what this type needs; what is filled in already stays."""
    kind = turn.catalogue.request_types.get(text(click.value))
    return UpdateView(form.new(turn.catalogue, turn.words, drafts.draft(turn, kind, "", click.metadata)))


@doors.submission(form.FORM)
def sent(turn: Turn, submission: Submission) -> Reply:
    service.submit(turn, _request(turn, submission))
    return CloseView()


@doors.search(fields.CUSTOMER)
def customers(turn: Turn, search: Search) -> Reply:
    return Options([looks.option(label, value) for value, label in choices.customers_like(turn, search.text)])


@doors.search(fields.INVOICE)
def invoices(turn: Turn, search: Search) -> Reply:
    return Options([looks.option(label, value) for value, label in choices.invoices_like(turn, search.text)])


def _request(turn: Turn, submission: Submission) -> Request:
    values, metadata = submission.values, submission.metadata
    kind = turn.catalogue.request_types.get(text(values.get("type")))
    return Request(
        origin=f"view:{submission.view_id}",
        request_type=text(values.get("type")),
        subject=text(values.get("subject")),
        description=text(values.get("description")),
        priority=cast(Priority | None, values.get("priority")),
        requester=text(values.get("requester")) or None,
        followers=many(values.get("followers")),
        fields=drafts.read(turn, kind, values, submission.files) if kind else {},
        channel=metadata.get("channel"),
        thread_ts=metadata.get("thread_ts"),
        about=metadata.get("about"),
        files=[file_of(file) for files in submission.files.values() for file in files],
    )


def text(value: Value) -> str:
    """What was typed or chosen; nothing for nothing."""
    return value if isinstance(value, str) else ""


def many(value: Value) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else ()


def file_of(file: Json) -> dict[str, Any]:
    """What we keep of a file that was shared."""
    return {name: file.get(name) for name in ("id", "name", "size", "mimetype", "url_private")}
