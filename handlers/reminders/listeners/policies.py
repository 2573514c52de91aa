"""Routes for finance: the overview of policies, switching on and off, pauses, the
freshness gate.
"""

from datetime import date, timedelta

from bot.kit.replies import OpenView, Reply, UpdateView, Whisper
from bot.kit.routes import Click, Shortcut, Submission
from bot.kit.words import N_
from handlers.ledger.service.balances import company_day
from handlers.reminders.blocks import gate
from handlers.reminders.blocks import overview as looks
from handlers.reminders.blocks.overview import Activation, Message
from handlers.reminders.routes import routes
from handlers.reminders.service import tick
from handlers.reminders.service.policies import pauses, preview_export, switches
from handlers.reminders.service.policies.rights import must_be_finance
from handlers.reminders.service.policies.switches import Preview
from storage.reminders.switches import EVERYTHING
from storage.turn import Turn


@routes.shortcut("reminders", label=N_("Payment reminders"))
def from_shortcut(turn: Turn, chosen: Shortcut) -> Reply:
    return OpenView(_overview(turn))


@routes.action(looks.OPEN)
def open_overview(turn: Turn, click: Click) -> Reply:
    """The button wherever reminders are offered: on Home, and in the guide."""
    return OpenView(_overview(turn))


@routes.action(looks.SWITCH_ON, reads=True)
def ask_to_switch_on(turn: Turn, click: Click) -> Reply:
    return UpdateView(_activation(turn, switches.preview(turn, str(click.value), "done")))


@routes.action(looks.OVERDUE, reads=True)
def choose_overdue(turn: Turn, click: Click) -> Reply:
    """Another choice shows at once what it would mean."""
    seen = switches.preview(turn, click.metadata["policy"], str(click.value))
    return UpdateView(_activation(turn, seen))


@routes.action(looks.PREVIEW_PAGE, reads=True)
def turn_page(turn: Turn, click: Click) -> Reply:
    overdue, _, page = str(click.value).rpartition("|")
    seen = switches.preview(turn, click.metadata["policy"], overdue)
    return UpdateView(_activation(turn, seen, int(page)))


@routes.action(looks.EXPORT_PREVIEW)
def export_preview(turn: Turn, click: Click) -> Reply:
    """All of the preview as a file."""
    seen = switches.preview(turn, click.metadata["policy"], str(click.value))
    preview_export.send(turn, seen)
    notice = turn.words.say("The list comes to your direct message.")
    return UpdateView(_activation(turn, seen, notice=notice))


@routes.submission(looks.ACTIVATE)
def switch_on(turn: Turn, form: Submission) -> Reply:
    switches.switch_on(turn, form.metadata["policy"], str(form.values["overdue"]))
    return UpdateView(_overview(turn))


@routes.action(looks.SWITCH_OFF)
def switch_off(turn: Turn, click: Click) -> Reply:
    switches.switch_off(turn, str(click.value))
    return UpdateView(_overview(turn))


@routes.action(looks.PAUSE_ALL)
def ask_to_pause(turn: Turn, click: Click) -> Reply:
    must_be_finance(turn)
    return UpdateView(looks.pause_form(turn.words, company_day(turn) + timedelta(days=1)))


@routes.submission(looks.PAUSE_FORM)
def pause(turn: Turn, form: Submission) -> Reply:
    must_be_finance(turn)
    switches.pause(
        turn, EVERYTHING, date.fromisoformat(str(form.values["until"])), str(form.values["note"])
    )
    return UpdateView(_overview(turn))


@routes.action(looks.END_PAUSE)
def end_pause(turn: Turn, click: Click) -> Reply:
    switches.end_pause(turn, click.number)
    return UpdateView(_overview(turn))


@routes.action(looks.PAUSE)
def ask_to_pause_some(turn: Turn, click: Click) -> Reply:
    """The button on the card of an invoice, or on a customer's list."""
    subjects = [(subject.key, subject.name) for subject in pauses.subjects(turn, str(click.value))]
    tomorrow = company_day(turn) + timedelta(days=1)
    return OpenView(looks.pause_form(turn.words, tomorrow, subjects))


@routes.submission(looks.PAUSE_SOME_FORM)
def pause_some(turn: Turn, form: Submission) -> Reply:
    until = date.fromisoformat(str(form.values["until"]))
    note, key = str(form.values.get("note") or ""), str(form.values["subject"])
    subject = pauses.pause(turn, key, until, note)
    day = turn.words.date(until)
    sentence = N_("Reminders about {name} are paused up to and including {day}.")
    return Whisper(turn.words.say(sentence, name=subject.name, day=day))


@routes.action(looks.UNPAUSE)
def end_some_pause(turn: Turn, click: Click) -> Reply:
    lasting = pauses.end(turn, click.number)
    if lasting is None:
        return Whisper(turn.words.say("The pause is over; reminders go on."))
    name = lasting.name or turn.words.say("all reminders")
    day = turn.words.date(lasting.pause.until)
    sentence = N_("This pause is over; another one lasts up to and including {day}: {name}.")
    return Whisper(turn.words.say(sentence, day=day, name=name))


@routes.action(gate.CONFIRM)
def confirm_payments(turn: Turn, click: Click) -> Reply:
    tick.confirm_payments(turn)
    return Whisper(turn.words.say("Thank you. The reminders go on."))


def _overview(turn: Turn) -> dict[str, object]:
    lasting, more = pauses.lasting(turn)
    named = [(item.pause, item.name) for item in lasting]
    return looks.overview(switches.policies(turn), named, turn.words, more)


def _activation(turn: Turn, seen: Preview, page: int = 0, notice: str = "") -> dict[str, object]:
    messages = [
        Message(
            message.on,
            message.customer,
            message.audience,
            message.stage.label,
            message.amounts,
            message.needs_approval,
        )
        for message in seen.messages
    ]
    shown = Activation(
        seen.policy,
        seen.overdue,
        seen.sums,
        messages,
        switches.PREVIEW_DAYS,
        seen.are_payments_known,
        page,
        notice,
    )
    return looks.activation(shown, turn.words)
