"""The press at work: reads in a turn, prints outside any transaction, delivers in another turn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf.errors import PyPdfError

from bot.kit.errors import Problem
from handlers.documents import service
from storage import connections, documents
from storage.turn import Turn


@dataclass(frozen=True)
class Made:
    """A PDF, and the title of the source whose original it is."""

    pdf: bytes
    source: str = ""


def work(payload: Mapping[str, Any], tools: Any) -> Made:
    """The PDF of a registered document, the original of an invoice before our picture of it.

    A Problem when it cannot be made.
    """
    with tools.turn(payload["workspace"], payload["actor"]) as turn:
        document = documents.get(turn, payload["document"])
        kind, facts, mark, words = service.draw(turn, document)
        named = connections.named(turn, document.invoice) if document.invoice else []
    return _original(named, tools) or Made(kind.render(facts, mark, words))


def _original(named: Sequence[tuple[str, str]], tools: Any) -> Made | None:
    """From the first source that has one; what a source cannot give now, our picture stands in for."""
    for source, reference in named:
        connector = tools.connectors.get(source)
        if connector is None or not connector.tells.has_pdf:
            continue
        try:
            pdf = connector.pdf(reference)
            if pdf and service.pages_of(pdf):
                return Made(pdf, connector.title)
        except (Problem, PyPdfError, ValueError):
            continue
    return None


def done(turn: Turn, payload: Mapping[str, Any], made: Made) -> None:
    service.deliver(turn, payload["document"], made.pdf, made.source)


def failed(turn: Turn, payload: Mapping[str, Any], why: Exception) -> None:
    service.refuse(turn, payload["document"], why)
