"""Forms of tickets, as they are filled in and sent."""

from typing import cast

from bot.kit.catalogue import Priority
from bot.kit.doors import Click, Submission, Value
from bot.kit.replies import CloseView, Reply, UpdateView
from handlers.tickets import service
from handlers.tickets.blocks import form
from handlers.tickets.doors import doors
from storage.tickets import Request
from storage.turn import Turn


@doors.action(form.TYPE)
def type_chosen(turn: Turn, click: Click) -> Reply:
    """The form asks for what this type needs; what is filled in already stays."""
    chosen = turn.catalogue.request_types.get(_text(click.value))
    return UpdateView(form.new(turn.catalogue, turn.words, chosen=chosen, text="", metadata=click.metadata))


@doors.submission(form.FORM)
def sent(turn: Turn, submission: Submission) -> Reply:
    values = submission.values
    service.submit(
        turn,
        Request(
            origin=f"view:{submission.view_id}",
            request_type=_text(values.get("type")),
            subject=_text(values.get("subject")),
            description=_text(values.get("description")),
            priority=cast(Priority | None, values.get("priority")),
            channel=submission.metadata.get("channel"),
            thread_ts=submission.metadata.get("thread_ts"),
        ),
    )
    return CloseView()


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""
