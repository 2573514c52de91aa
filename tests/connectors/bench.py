"""A source on the bench: a connector, and somebody who keeps its books."""

from collections.abc import Sequence
from typing import Protocol

from handlers.invoices.connectors.protocol import Connector


class Bench(Protocol):
    """What a source's books can be told to do in a test."""

    @property
    def connector(self) -> Connector:
        """The connector to these books."""

    def posts(self, amount: str, days: Sequence[int]) -> str:
        """An invoice to a customer in equal parts due in so many days; its number."""

    def drafts(self, amount: str) -> None:
        """An invoice that has no number yet."""

    def books(self, number: str, amount: str) -> None:
        """Money comes in on an invoice."""

    def takes_back(self, number: str) -> None:
        """All money that came in on an invoice was a mistake."""
