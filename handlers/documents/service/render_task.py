"""The press at work: reads in a turn, prints outside any transaction, delivers in another turn."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from bot.kit.errors import Problem
from bot.kit.files.pdf_text import text_of
from bot.kit.language.stems import search_text
from handlers.documents.service import archive, delivery, requests
from handlers.documents.service.mail import delivery as mail_delivery
from handlers.documents.service.requests import Printed
from storage.documents import register
from storage.invoices import connections
from storage.turn import Turn


class Source(Protocol):
    """What may have an invoice's original."""

    def pdf(self, reference: str) -> bytes | None: ...


def work(payload: Mapping[str, Any], tools: Any) -> Printed:
    """The PDF, with the words that it is found by."""
    printed = _printed(payload, tools)
    return replace(printed, words=search_text(text_of(printed.pdf)))


def _printed(payload: Mapping[str, Any], tools: Any) -> Printed:
    """The PDF of a registered document, the original of an invoice before our picture of it.

    A Problem when it cannot be made.
    """
    with tools.turn(payload["workspace"], payload["actor"]) as turn:
        document = register.get(turn, payload["document"])
        drawing = requests.draw(turn, document)
        named = connections.named(turn, document.invoice) if document.invoice else []
    request = [
        (item, reference) for source, reference in named if (item := tools.connectors.get(source))
    ]
    sources = [(item, reference) for item, reference in request if item.capabilities.has_pdf]
    for connector, reference in sources:
        if pdf := _original(connector, reference):
            return Printed(pdf, source=connector.title)
    return replace(
        drawing.printed(tools.content_of), none_from=sources[0][0].title if sources else ""
    )


def _original(source: Source, reference: str) -> bytes | None:
    """What a source cannot give now, or what is no PDF that opens, our picture stands in for."""
    try:
        pdf = source.pdf(reference)
    except Problem:
        return None
    return pdf if pdf and requests.opens(pdf) else None


def done(turn: Turn, payload: Mapping[str, Any], printed: Printed) -> None:
    """It goes to whoever asked for it, and can be found from now on."""
    requests.deliver(turn, payload["document"], printed)
    made = register.get(turn, payload["document"])
    archive.make_findable(turn, made, printed.words)
    delivery.hand_over(turn, made, made.requester, f"document:{made.id}")
    mail_delivery.offer(turn, payload["document"])


def failed(turn: Turn, payload: Mapping[str, Any], why: Exception) -> None:
    requests.refuse(turn, payload["document"], why)
