"""The small forms of agents and requesters, as they are sent."""

from datetime import date
from typing import cast

from bot.kit.catalogue import Priority
from bot.kit.replies import ClearViews, Reply, UpdateView, Whisper
from bot.kit.routes import Click, Submission
from handlers.tickets.blocks import form, forms, stars
from handlers.tickets.listeners.forms import many, text
from handlers.tickets.listeners.message_values import file_of
from handlers.tickets.routes import routes
from handlers.tickets.service import drafts, gate, requester
from handlers.tickets.service.conversation import notifications
from handlers.tickets.service.work import actions, changes, form_options, merge_split, snooze
from handlers.tickets.service.work.actions import After
from storage.turn import Turn


@routes.action(forms.TEMPLATE)
def template_chosen(turn: Turn, click: Click) -> Reply:
    """The answer begins with the template, in the requester's language."""
    ticket = gate.to_work_on(turn, click.metadata["ticket"])
    template = form_options.template(turn, ticket, text(click.value))
    filled = actions.filled(turn, ticket.id, template) if template else ""
    edition = click.metadata["edition"] + 1
    templates = form_options.templates(turn, ticket)
    number = gate.number(turn, ticket)
    return UpdateView(
        forms.answer(ticket, number, templates, turn.words, text=filled, edition=edition)
    )


@routes.submission(forms.ANSWER_FORM)
def answered(turn: Turn, submission: Submission) -> Reply:
    then = cast(After, text(submission.values.get("then")))
    actions.answer(
        turn, _ticket(submission), _origin(submission), text(submission.values.get("text")), then
    )
    return ClearViews()


@routes.submission(forms.ASSIGN_FORM)
def assigned(turn: Turn, submission: Submission) -> Reply:
    actions.assign(turn, _ticket(submission), text(submission.values["assignee"]))
    return ClearViews()


@routes.submission(forms.RETYPE_FORM)
def retyped(turn: Turn, submission: Submission) -> Reply:
    priority = cast(Priority | None, submission.values.get("priority"))
    changes.retype(turn, _ticket(submission), text(submission.values["type"]), priority)
    return ClearViews()


@routes.submission(forms.FOLLOW_FORM)
def followed(turn: Turn, submission: Submission) -> Reply:
    changes.follow(turn, _ticket(submission), many(submission.values["followers"]))
    return ClearViews()


@routes.submission(forms.SNOOZE_FORM)
def snoozed(turn: Turn, submission: Submission) -> Reply:
    day = text(submission.values.get("until"))
    soon = snooze.soon(turn, text(submission.values.get("soon")))
    until = soon or (date.fromisoformat(day) if day else None)
    ticket = snooze.snooze(turn, _ticket(submission), until)
    missed = snooze.missed_meanwhile(turn, ticket)
    if missed is None:
        return ClearViews()
    sentence = turn.words.mark(
        "{number} rests longer than was promised: the promise ends {when}, and the lead is told "
        "then.",
        number=gate.number(turn, ticket),
        when=notifications.when(missed, turn.words),
    )
    return Whisper(sentence)


@routes.submission(forms.MERGE_FORM)
def merged(turn: Turn, submission: Submission) -> Reply:
    merge_split.merge(turn, _ticket(submission), int(text(submission.values["target"])))
    return ClearViews()


@routes.submission(forms.SPLIT_FORM)
def split(turn: Turn, submission: Submission) -> Reply:
    values = submission.values
    merge_split.split(
        turn,
        _ticket(submission),
        _origin(submission),
        text(values["type"]),
        text(values["subject"]),
        text(values.get("description")),
    )
    return ClearViews()


@routes.submission(forms.ESCALATE_FORM)
def escalated(turn: Turn, submission: Submission) -> Reply:
    actions.escalate(turn, _ticket(submission), text(submission.values["why"]))
    return ClearViews()


@routes.submission(forms.ADD_FORM)
def added(turn: Turn, submission: Submission) -> Reply:
    files = [file_of(file) for file in submission.files.get("files", ())]
    requester.add(
        turn, _ticket(submission), _origin(submission), text(submission.values.get("text")), files
    )
    return ClearViews()


@routes.submission(form.COMPLETE_FORM)
def completed(turn: Turn, submission: Submission) -> Reply:
    ticket = gate.own(turn, _ticket(submission))
    kind = turn.catalogue.request_types.get(ticket.request_type)
    filled = (
        drafts.read(turn, kind, submission.values, submission.files, ticket.fields)
        if kind
        else ticket.fields
    )
    files = [file_of(file) for files in submission.files.values() for file in files]
    subject, description = (
        text(submission.values["subject"]),
        text(submission.values.get("description")),
    )
    requester.complete(turn, ticket.id, _origin(submission), subject, description, filled, files)
    return ClearViews()


@routes.submission(stars.COMMENT_FORM)
def commented(turn: Turn, submission: Submission) -> Reply:
    requester.comment(turn, _ticket(submission), text(submission.values.get("comment")))
    return ClearViews()


def _ticket(submission: Submission) -> int:
    return int(submission.metadata["ticket"])


def _origin(submission: Submission) -> str:
    return f"view:{submission.view_id}"
