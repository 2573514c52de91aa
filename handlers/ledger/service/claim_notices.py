"""Finance is told what silences reminders: a promise or dispute that an account owner notes."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.kit import block_kit, markup
from bot.kit.words import N_, Words
from handlers.ledger.service.lookup import Entry
from handlers.people.service import roles
from handlers.people.service.finance_channel import Desk, hearers
from storage.turn import Turn

_PROMISED = N_("{person} noted that {customer} will pay {numbers} by {day}. Reminders wait.")
_NO_PROMISE = N_("{person} took back the promise of {customer} to pay {numbers}. Reminders go on.")
_DISPUTED = N_("{person} noted a dispute of {customer} about {numbers}. Reminders wait.")
_SETTLED = N_("{person} ended the dispute of {customer} about {numbers}. Reminders go on.")


def tell_promised(turn: Turn, entries: Sequence[Entry], until: date) -> None:
    _tell(turn, entries, _PROMISED, day=until)


def tell_promise_ended(turn: Turn, entries: Sequence[Entry]) -> None:
    _tell(turn, entries, _NO_PROMISE)


def tell_disputed(turn: Turn, entries: Sequence[Entry], why: str) -> None:
    """An empty reason ends a dispute."""
    reason = why.strip()
    if reason:
        _tell(turn, entries, _DISPUTED, reason)
    else:
        _tell(turn, entries, _SETTLED)


def _tell(
    turn: Turn, entries: Sequence[Entry], sentence: str, reason: str = "", **facts: object
) -> None:
    """Nobody is told what finance itself, or the bot at its word, has noted. A reason stands whole
    beneath the sentence.
    """
    if not entries or roles.may(turn, "payment", "see, book, write off"):
        return
    for finance in hearers(turn):
        _tell_one(turn, finance, entries, sentence, reason, facts)


def _tell_one(
    turn: Turn,
    finance: Desk,
    entries: Sequence[Entry],
    sentence: str,
    reason: str,
    facts: Mapping[str, object],
) -> None:
    words = finance.words
    written = {name: words.fact(fact) for name, fact in facts.items()}
    about = {**_about(entries, words), **written}
    text = words.say(sentence, person=turn.actor.name, **about)
    marked = words.mark(sentence, person=markup.person(turn.actor.id), **about)
    look = [block_kit.section(marked)]
    if reason:
        look.append({"type": "section", "text": block_kit.plain(reason)})
    first = f"invoice:{entries[0].invoice.id}"
    once = finance.once(f"claim-noted:{first}:{turn.now.isoformat()}")
    turn.tell(finance.channel, text, look, once=once, subject=first)


def _about(entries: Sequence[Entry], words: Words) -> dict[str, object]:
    numbers = words.list(dict.fromkeys(entry.invoice.number for entry in entries))
    return {"customer": entries[0].invoice.customer_name or "–", "numbers": numbers}
