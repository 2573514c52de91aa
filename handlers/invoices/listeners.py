"""Doors for people who ask about invoices."""

from datetime import date
from decimal import Decimal

from bot.kit.doors import Click, Command, Submission
from bot.kit.markup import Mrkdwn
from bot.kit.money import Money
from bot.kit.replies import NOTHING, OpenView, Reply, Whisper
from bot.kit.words import N_
from handlers.invoices import blocks, service
from handlers.invoices.doors import doors
from handlers.invoices.sights import MOST, sight_of
from handlers.ledger import service as ledger
from handlers.ledger.service import Entry, Found
from handlers.people import roles
from storage.turn import Turn


@doors.command("invoice", description=N_("The state of an invoice or a customer"), hint="[number or customer]")
def ask(turn: Turn, asked: Command) -> Reply:
    """``/invoice``: a number, a part of one, a customer, or nothing for one's own open items."""
    return _answer(turn, ledger.look_up(turn, asked.text))


@doors.action(blocks.SHOW)
def show(turn: Turn, click: Click) -> Reply:
    return _card(turn, ledger.get(turn, int(str(click.value))))


@doors.action(blocks.CUSTOMER)
def show_customer(turn: Turn, click: Click) -> Reply:
    return _answer(turn, ledger.of_customer(turn, int(str(click.value))))


@doors.action(blocks.SHARE)
def share(turn: Turn, click: Click) -> Reply:
    """Only on purpose does an invoice leave the private answer: its card, without buttons, in this channel."""
    entry = ledger.get(turn, int(str(click.value)))
    if click.place is None:
        return NOTHING
    words = roles.words_of_channel(turn, click.place.channel)
    sight = sight_of(turn, entry, words)
    look = blocks.card(sight, words, ledger.known_until(turn), shared=True)
    once = f"invoice-share:{entry.invoice.id}:{click.place.ts}"
    turn.tell(click.place.channel, blocks.text_of(sight, words), look, once=once, subject=f"invoice:{entry.invoice.id}")
    turn.record("invoice.shared", f"invoice:{entry.invoice.id}", channel=click.place.channel)
    return Whisper(turn.words.say("Shared in this channel."))


@doors.action(blocks.PAY)
def ask_payment(turn: Turn, click: Click) -> Reply:
    entry = ledger.get(turn, int(str(click.value)))
    return OpenView(blocks.pay_form(sight_of(turn, entry, turn.words), turn.words, ledger.today(turn)))


@doors.submission(blocks.PAY_FORM)
def pay(turn: Turn, form: Submission) -> Reply:
    amount = Money.of(Decimal(str(form.values["amount"])), form.metadata["currency"])
    booked_on = date.fromisoformat(str(form.values["booked_on"]))
    return _card(turn, service.pay(turn, form.metadata["invoice"], amount, booked_on, reference=form.view_id))


@doors.action(blocks.PROMISE)
def ask_promise(turn: Turn, click: Click) -> Reply:
    entry = ledger.get(turn, int(str(click.value)))
    return OpenView(blocks.promise_form(sight_of(turn, entry, turn.words), turn.words))


@doors.submission(blocks.PROMISE_FORM)
def promise(turn: Turn, form: Submission) -> Reply:
    until = date.fromisoformat(str(form.values["until"]))
    return _card(turn, service.promise(turn, form.metadata["invoice"], until))


@doors.action(blocks.DISPUTE)
def ask_dispute(turn: Turn, click: Click) -> Reply:
    entry = ledger.get(turn, int(str(click.value)))
    return OpenView(blocks.dispute_form(sight_of(turn, entry, turn.words), turn.words))


@doors.submission(blocks.DISPUTE_FORM)
def dispute(turn: Turn, form: Submission) -> Reply:
    return _card(turn, service.dispute(turn, form.metadata["invoice"], str(form.values.get("why") or "")))


def _answer(turn: Turn, found: Found) -> Reply:
    if len(found.entries) == 1 and not found.customers:
        return _card(turn, found.entries[0])
    if len(found.customers) > 1 and not found.entries:
        look = blocks.customers_found([(one.id, one.name) for one in found.customers], turn.words)
        return Whisper(turn.words.say("More than one customer fits. Which one?"), look)
    return _list(turn, found)


def _card(turn: Turn, entry: Entry) -> Reply:
    sight = sight_of(turn, entry, turn.words)
    return Whisper(blocks.text_of(sight, turn.words), blocks.card(sight, turn.words, ledger.known_until(turn)))


def _list(turn: Turn, found: Found) -> Reply:
    sights = [sight_of(turn, entry, turn.words) for entry in found.entries[:MOST]]
    open_sum = blocks.sums([entry.outstanding for entry in found.entries], turn.words)
    title = _title(turn, found, open_sum)
    more = max(0, len(found.entries) - MOST)
    return Whisper(str(title), blocks.listing(title, sights, turn.words, found.payments_known_until, more))


def _title(turn: Turn, found: Found, open_sum: str) -> Mrkdwn:
    name = found.customers[0].name if len(found.customers) == 1 else ""
    if not found.entries:
        return turn.words.mark("*{name}*: nothing is open.", name=name) if name else turn.words.mark("Nothing is open.")
    if name:
        return turn.words.mark("*{name}*: {sum} open", name=name, sum=open_sum)
    if found.customers:
        return turn.words.mark("*Your customers*: {sum} open", sum=open_sum)
    return turn.words.mark("Several invoices fit:")
