"""Asking a connected source for an invoice that is not known here: a background task, and the
answer in a
direct message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.kit.errors import Problem
from bot.kit.replies import Whisper
from handlers.invoices.blocks import choice
from handlers.invoices.connectors import booking
from handlers.invoices.connectors.booking import Sums
from handlers.invoices.connectors.problems import NoConnector, NoOwnNumber
from handlers.invoices.connectors.protocol import Connector, SourceInvoice
from handlers.invoices.service import answers
from handlers.invoices.service.source_sync import tell_of_conflicts
from handlers.ledger.service import lookup as ledger
from handlers.people.service import roles
from storage.invoices import connections
from storage.people import people
from storage.turn import Turn

_LONGEST = 60  # of what may be a number


class Tools(Protocol):
    """What the app lends a background task."""

    @property
    def connectors(self) -> Mapping[str, Connector]: ...


@dataclass(frozen=True)
class Answer:
    """What a source tells of a number."""

    source: Connector
    invoices: Sequence[SourceInvoice]


def offer(turn: Turn, text: str, nothing: ledger.NothingFound) -> Whisper:
    """Nothing is known here: who has a role in money may ask the sources. Raises ``nothing`` where
    none is to ask.
    """
    may_be_one = any(sign.isdigit() for sign in text) and len(text) <= _LONGEST
    sources = connections.connected(turn) if may_be_one and ledger.has_a_role(turn) else []
    if not sources:
        raise nothing
    said = turn.words.problem(nothing)
    return Whisper(said, choice.ask_sources(said, text, sources, turn.words))


def send(turn: Turn, source: str, number: str, place: str) -> None:
    """Record that a source is to be asked; the same click asks once."""
    if not ledger.has_a_role(turn):
        raise ledger.NotYours()
    turn.task(
        "invoices.ask_source",
        f"{turn.actor.id}:{place}:{source}:{number}",
        source=source,
        number=number,
    )


def ask(payload: Mapping[str, Any], tools: Tools) -> Answer:
    """What the source tells of the number. Raises a SourceProblem."""
    source = tools.connectors.get(payload["source"])
    if source is None:
        raise NoConnector()
    number = payload["number"]
    documents = source.by_number(number)
    if not documents and number != number.upper():  # as people type it
        documents = source.by_number(number.upper())
    return Answer(source, documents)


def settle(turn: Turn, payload: Mapping[str, Any], answer: Answer) -> None:
    """Book what was told, as a reading would; the person sees of it what they may see."""
    if not turn.catalogue.company.tax_numbers:
        raise NoOwnNumber()
    booking.take(turn, answer.source, answer.invoices, turn.now, Sums())
    tell_of_conflicts(turn, answer.source.name, turn.now.isoformat())
    asker = people.person(turn, payload["actor"])
    if asker is not None:
        seen = _seen(replace(turn, actor=asker), payload["number"], answer.source.title)
        turn.tell(asker.id, seen.text, seen.blocks, once=_once(turn, payload))


def fail(turn: Turn, payload: Mapping[str, Any], why: Exception) -> None:
    """The source could not be asked: the person hears why."""
    words = roles.words_for(turn, payload["actor"])
    reason = (
        words.problem(why)
        if isinstance(why, Problem)
        else words.say("It could not be read. Please try again.")
    )
    turn.tell(payload["actor"], f"{payload['number']}: {reason}", once=_once(turn, payload))


def _seen(turn: Turn, number: str, source: str) -> Whisper:
    """The answer to the question as it would be answered now, in the asker's own turn."""
    try:
        return answers.answer(turn, ledger.look_up(turn, number), {"text": number})
    except ledger.NothingFound:
        text = turn.words.mark(
            "{source}: there is no invoice “{number}”, or you may not see it.",
            source=source,
            number=number,
        )
        return Whisper(text)


def _once(turn: Turn, payload: Mapping[str, Any]) -> str:
    return (
        f"asked:{payload['actor']}:{payload['source']}:{payload['number']}:{turn.now.isoformat()}"
    )
