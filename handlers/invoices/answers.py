"""Answers about invoices: what was found becomes a card, a list, or the question which customer is meant."""

from bot.kit.markup import Mrkdwn
from bot.kit.replies import Whisper
from handlers.invoices import service
from handlers.invoices.blocks import card, found
from handlers.invoices.sights import MOST, sight_of
from handlers.ledger import service as ledger
from handlers.ledger.service import Entry, Found
from storage.turn import Turn


def answer(turn: Turn, what: Found) -> Whisper:
    """One invoice as its card, several as a list, several customers as a choice."""
    if len(what.entries) == 1 and not what.customers:
        return of_one(turn, what.entries[0])
    if len(what.customers) > 1 and not what.entries:
        look = found.customers_found([(one.id, one.name) for one in what.customers], turn.words)
        return Whisper(turn.words.say("More than one customer fits. Which one?"), look)
    return _list(turn, what)


def of_one(turn: Turn, entry: Entry) -> Whisper:
    """One invoice with everything about it."""
    sight = sight_of(turn, entry, turn.words)
    return Whisper(card.text_of(sight, turn.words), card.card(sight, turn.words, ledger.known_until(turn)))


def _list(turn: Turn, what: Found) -> Whisper:
    sights = [sight_of(turn, entry, turn.words) for entry in what.entries[:MOST]]
    title = _title(turn, what)
    more = max(0, len(what.entries) - MOST)
    editable = [one.id for one in what.customers if service.may_edit_customer(turn, one)]
    customer = editable[0] if len(what.customers) == 1 and editable else None
    return Whisper(str(title), card.listing(title, sights, turn.words, what.payments_known_until, more, customer))


def _title(turn: Turn, what: Found) -> Mrkdwn:
    name = what.customers[0].name if len(what.customers) == 1 else ""
    if not what.entries:
        return turn.words.mark("*{name}*: nothing is open.", name=name) if name else turn.words.mark("Nothing is open.")
    if not what.customers:
        return turn.words.mark("Several invoices fit:")
    owed = card.sums([e.outstanding for e in what.entries if e.invoice.direction != "payable"], turn.words)
    owing = card.sums([e.outstanding for e in what.entries if e.invoice.direction == "payable"], turn.words)
    if not owed:
        return turn.words.mark("*{name}*: we owe {sum}", name=name or turn.words.say("Suppliers"), sum=owing)
    if name:
        return turn.words.mark("*{name}*: {sum} open", name=name, sum=owed)
    return turn.words.mark("*Your customers*: {sum} open", sum=owed)
