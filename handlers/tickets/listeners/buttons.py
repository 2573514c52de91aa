"""The buttons on a ticket's cards and sheet that act at once, or open a form."""

from bot.kit.replies import NOTHING, OpenView, Reply, UpdateView, Whisper
from bot.kit.routes import Click
from handlers.tickets.blocks import card, conversation, form, forms, sheet, stars
from handlers.tickets.listeners import views
from handlers.tickets.routes import routes
from handlers.tickets.service import drafts, followers, gate, requester
from handlers.tickets.service.work import actions, form_options
from handlers.tickets.service.work import snooze as resting
from storage.tickets.tickets import Ticket
from storage.turn import Turn


@routes.action(card.OPEN)
def open_sheet(turn: Turn, click: Click) -> Reply:
    return OpenView(views.sheet(turn, gate.seen(turn, click.number)))


@routes.action(conversation.TURN_PAGE)
def turn_page(turn: Turn, click: Click) -> Reply:
    ticket, _, page = str(click.value).partition(":")
    return UpdateView(views.sheet(turn, gate.seen(turn, int(ticket)), int(page)))


@routes.action(card.TAKE)
def take(turn: Turn, click: Click) -> Reply:
    return _done(turn, click, actions.take(turn, click.number))


@routes.action(card.RESOLVE)
def resolve(turn: Turn, click: Click) -> Reply:
    return _done(turn, click, actions.resolve(turn, click.number))


@routes.action(sheet.PUT_BACK)
def put_back(turn: Turn, click: Click) -> Reply:
    return _done(turn, click, actions.put_back(turn, click.number))


@routes.action(sheet.REOPEN_IT)
def reopen_it(turn: Turn, click: Click) -> Reply:
    return _done(turn, click, actions.reopen(turn, click.number))


@routes.action(sheet.GO_ON)
def go_on(turn: Turn, click: Click) -> Reply:
    return _done(turn, click, actions.go_on(turn, click.number))


@routes.action(card.ANSWER)
def answer(turn: Turn, click: Click) -> Reply:
    ticket = gate.to_work_on(turn, click.number)
    return OpenView(
        forms.answer(
            ticket, gate.number(turn, ticket), form_options.templates(turn, ticket), turn.words
        )
    )


@routes.action(sheet.ASSIGN)
def assign(turn: Turn, click: Click) -> Reply:
    ticket = gate.to_work_on(turn, click.number)
    return OpenView(
        forms.assign(
            ticket, gate.number(turn, ticket), form_options.candidates(turn, ticket), turn.words
        )
    )


@routes.action(sheet.RETYPE)
def retype(turn: Turn, click: Click) -> Reply:
    ticket = gate.to_work_on(turn, click.number)
    kind = turn.catalogue.request_types.get(ticket.request_type)
    return OpenView(
        forms.retype(turn.catalogue, ticket, gate.number(turn, ticket), kind, turn.words)
    )


@routes.action(sheet.FOLLOW)
def follow(turn: Turn, click: Click) -> Reply:
    ticket = gate.to_work_on(turn, click.number)
    persons = followers.of_ticket(turn, ticket)
    return OpenView(forms.follow(ticket, gate.number(turn, ticket), persons, turn.words))


@routes.action(sheet.SNOOZE)
def snooze(turn: Turn, click: Click) -> Reply:
    ticket = gate.to_work_on(turn, click.number)
    return OpenView(forms.snooze(ticket, gate.number(turn, ticket), turn.words))


@routes.action(sheet.WAKE)
def wake(turn: Turn, click: Click) -> Reply:
    return _done(turn, click, resting.wake_up(turn, click.number))


@routes.action(sheet.MERGE)
def merge(turn: Turn, click: Click) -> Reply:
    ticket = gate.to_work_on(turn, click.number)
    return OpenView(forms.merge(ticket, gate.number(turn, ticket), turn.words))


@routes.action(sheet.SPLIT)
def split(turn: Turn, click: Click) -> Reply:
    ticket = gate.to_work_on(turn, click.number)
    kind = turn.catalogue.request_types.get(ticket.request_type)
    return OpenView(
        forms.split(turn.catalogue, ticket, gate.number(turn, ticket), kind, turn.words)
    )


@routes.action(sheet.ESCALATE)
def escalate(turn: Turn, click: Click) -> Reply:
    ticket = gate.to_work_on(turn, click.number)
    return OpenView(forms.escalate(ticket, gate.number(turn, ticket), turn.words))


@routes.action(card.COMPLETE)
def complete(turn: Turn, click: Click) -> Reply:
    ticket = gate.own(turn, click.number)
    return OpenView(
        form.completing(turn.words, drafts.of_ticket(turn, ticket), gate.number(turn, ticket))
    )


@routes.action(card.ADD)
def add(turn: Turn, click: Click) -> Reply:
    ticket = gate.own(turn, click.number)
    return OpenView(forms.add(ticket, gate.number(turn, ticket), turn.words))


@routes.action(card.CHOOSE_TYPE)
def choose_type(turn: Turn, click: Click) -> Reply:
    """The requester knows better than the words what it is."""
    id, _, key = str(click.value).partition(" ")
    requester.choose_type(turn, int(id), key)
    return NOTHING


@routes.action(card.NUDGE)
def nudge(turn: Turn, click: Click) -> Reply:
    requester.nudge(turn, click.number)
    return Whisper(turn.words.say("The department was reminded."))


@routes.action(card.CLOSE)
def close(turn: Turn, click: Click) -> Reply:
    return _done(turn, click, requester.close(turn, click.number))


@routes.action(card.REOPEN)
def reopen(turn: Turn, click: Click) -> Reply:
    return _done(turn, click, requester.reopen(turn, click.number))


@routes.action(stars.RATE)
def rate(turn: Turn, click: Click) -> Reply:
    """A click on a star is the rating."""
    id, _, stars = str(click.value).partition(" ")
    return _done(turn, click, requester.rate(turn, int(id), int(stars)))


@routes.action(stars.COMMENT)
def comment(turn: Turn, click: Click) -> Reply:
    ticket = requester.to_rate(turn, click.number, again=True)
    return OpenView(stars.comment(ticket, gate.number(turn, ticket), turn.words))


def _done(turn: Turn, click: Click, ticket: Ticket) -> Reply:
    """A card redraws itself; a sheet is shown anew."""
    return UpdateView(views.sheet(turn, ticket)) if click.view else NOTHING
