"""The letter of a reminder: made outside any transaction, registered, and sent to the customer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.kit.files.pdf_text import text_of
from bot.kit.language.stems import search_text
from handlers.documents.model.asked import Asked
from handlers.documents.service import archive, requests
from handlers.documents.service.mail import delivery
from handlers.documents.service.requests import Printed
from handlers.people.service import roles
from storage.documents import register
from storage.turn import Turn


def work(payload: Mapping[str, Any], tools: Any) -> Printed:
    """The letter as PDF, with the words that it is found by; a Problem when a fact is missing."""
    with tools.turn(payload["workspace"], payload["clerk"]) as turn:
        turn.through = delivery.BY_POLICY
        document = requests.registered(turn, _asked(payload), payload["origin"])
        drawing = requests.draw(turn, document)
    printed = drawing.printed(tools.content_of)
    return replace(printed, words=search_text(text_of(printed.pdf)))


def done(turn: Turn, payload: Mapping[str, Any], printed: Printed) -> None:
    """It stands in the register, and goes to the customer's address."""
    document = register.by_origin(turn, payload["origin"])
    assert document is not None
    requests.keep_made(turn, document, printed)
    archive.make_findable(turn, document, printed.words)
    delivery.send_letter(turn, register.get(turn, document.id))


def failed(turn: Turn, payload: Mapping[str, Any], why: Exception) -> None:
    """Nothing was sent, and whoever planned the letter learns it as from a mail server."""
    words = roles.words_for(turn, payload["clerk"])
    reason = words.failure(why)
    document = register.by_origin(turn, payload["origin"])
    if document:
        register.set_failed(turn, document.id)
    delivery.give_up(turn, payload["origin"], payload["to"], reason)
    turn.record("document.failed", payload["origin"], why=type(why).__name__)


def _asked(payload: Mapping[str, Any]) -> Asked:
    return Asked(
        kind=payload["kind"],
        customer=payload["customer"],
        as_of=date.fromisoformat(payload["as_of"]),
        language=payload["language"],
        given={"pay_by": payload["pay_by"], "signatory": payload["signatory"]},
    )
