"""The press at work: reads in a turn, prints outside any transaction, delivers in another turn."""

from collections.abc import Mapping
from typing import Any

from handlers.documents import service
from storage import documents
from storage.turn import Turn


def work(payload: Mapping[str, Any], tools: Any) -> bytes:
    """The PDF of a registered document; a Problem when it cannot be made."""
    with tools.turn(payload["workspace"], payload["actor"]) as turn:
        kind, facts, mark, words = service.draw(turn, documents.get(turn, payload["document"]))
    pdf: bytes = kind.render(facts, mark, words)
    return pdf


def done(turn: Turn, payload: Mapping[str, Any], pdf: bytes) -> None:
    service.deliver(turn, payload["document"], pdf)


def failed(turn: Turn, payload: Mapping[str, Any], why: Exception) -> None:
    service.refuse(turn, payload["document"], why)
