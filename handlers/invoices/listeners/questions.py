"""Routes for people who ask about invoices."""

import json
from dataclasses import replace

from bot.kit.language.help_words import is_for_help
from bot.kit.markup import unescaped
from bot.kit.replies import NOTHING, OpenView, Reply, Whisper
from bot.kit.routes import Click, Command, Need, Place, Submission
from bot.kit.words import N_
from handlers.invoices.blocks import card, choice, forms
from handlers.invoices.routes import routes
from handlers.invoices.service import actions, answers, shares, source_lookup
from handlers.invoices.service.invoice_view import full_sight_of, sight_of
from handlers.ledger.service import claims
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.lookup import Entry
from handlers.people.service import roles
from storage.turn import Turn

MOST_ASKED = 500  # signs of a question; a button carries it to the next page


@routes.command(
    "invoice",
    description=N_("The state of an invoice or a customer"),
    hint="[number or customer]",
    reads=True,
)
def ask(turn: Turn, command: Command) -> Reply:
    """``/invoice``: a number, a part of one, a customer, or nothing for one's own open items."""
    text = unescaped(command.text)
    if is_for_help(text) and ledger.has_a_role(turn):
        return Whisper(answers.usage(turn))
    try:
        return answers.answer(turn, ledger.look_up(turn, text), {"text": text[:MOST_ASKED]})
    except ledger.NothingFound as nothing:
        return source_lookup.offer(turn, text.strip(), nothing)


@routes.action(choice.ASK_SOURCE)
def ask_source(turn: Turn, click: Click) -> Reply:
    """A connected accounting system may know the number."""
    source = click.action_id.partition(":")[2]
    source_lookup.send(
        turn, source, str(click.value), click.place.ts or "" if click.place else click.block_id
    )
    asking = turn.words.say(
        "I am asking {source}. The answer comes to you in a direct message.", source=source.title()
    )
    return Whisper(asking, replace=True)


@routes.action(card.SHOW, reads=True)
def show(turn: Turn, click: Click) -> Reply:
    return answers.of_one(turn, ledger.get(turn, click.number))


@routes.action(card.CUSTOMER, reads=True)
def show_customer(turn: Turn, click: Click) -> Reply:
    customer = click.number
    return answers.answer(turn, ledger.of_customer(turn, customer), {"customer": customer})


@routes.action(card.PAGE, reads=True)
def page(turn: Turn, click: Click) -> Reply:
    """Another page of a list, in its place."""
    catalogue = json.loads(str(click.value))
    number = int(catalogue.pop("page"))
    item = catalogue.get("customer")
    what = ledger.of_customer(turn, item) if item else ledger.look_up(turn, catalogue["text"])
    return replace(answers.answer(turn, what, catalogue, number), replace=True)


@routes.action(card.SHARE, needs=(Need.MEMBERS,))
def share(turn: Turn, click: Click) -> Reply:
    """Only on purpose does an invoice leave the private answer: its card, without buttons, in this
    channel, and where guests read only when that is meant.
    """
    entry = ledger.get(turn, click.number)
    if click.place is None:
        return NOTHING
    guests = shares.guests_in(turn, entry, click.place.channel, click.fetched.get(Need.MEMBERS))
    if guests:
        return Whisper(*choice.before_guests(entry.invoice.id, guests, turn.words))
    return _shared(turn, entry, click.place)


@routes.action(choice.SHARE_BEFORE_GUESTS, needs=(Need.MEMBERS,))
def share_before_guests(turn: Turn, click: Click) -> Reply:
    """It is meant so."""
    entry = ledger.get(turn, click.number)
    if click.place is None:
        return NOTHING
    shares.guests_in(turn, entry, click.place.channel, click.fetched.get(Need.MEMBERS))
    return replace(_shared(turn, entry, click.place), replace=True)


def _shared(turn: Turn, entry: Entry, place: Place) -> Whisper:
    words = roles.words_of_channel(turn, place.channel)
    sight = full_sight_of(turn, entry, words)
    look = card.card(sight, words, ledger.known_until(turn), shared_by=turn.actor.name)
    once = f"invoice-share:{entry.invoice.id}:{place.ts}"
    subject = f"invoice:{entry.invoice.id}"
    turn.tell(place.channel, card.text_of(sight, words), look, once=once, subject=subject)
    turn.record("invoice.shared", subject, channel=place.channel)
    return Whisper(turn.words.say("Shared in this channel."))


@routes.action(card.WATCH)
def watch(turn: Turn, click: Click) -> Reply:
    waits = claims.watch(turn, click.number)
    if waits:
        return Whisper(turn.words.say("I will tell you when it is paid."))
    return Whisper(turn.words.say("I will not tell you when it is paid."))


@routes.action(card.ASK)
def ask_about(turn: Turn, click: Click) -> Reply:
    entry = ledger.get(turn, click.number)
    return OpenView(forms.question_form(sight_of(turn, entry, turn.words), turn.words))


@routes.submission(forms.ASK_FORM)
def ask_back_office(turn: Turn, form: Submission) -> Reply:
    question = str(form.values["question"] or "")
    ticket = actions.ask_back_office(
        turn, form.metadata["invoice"], question, f"view:{form.view_id}"
    )
    key = f"{turn.catalogue.tickets.prefix}-{ticket.number}"
    return Whisper(
        turn.words.say("{ticket} is with the back office. You will be told.", ticket=key)
    )


routes.task(
    "ask_source", work=source_lookup.ask, done=source_lookup.settle, failed=source_lookup.fail
)
