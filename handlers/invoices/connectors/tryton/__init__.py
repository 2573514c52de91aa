"""Tryton: its settings, its HTTP interface, and its invoices as we tell them."""

from typing import TYPE_CHECKING

from bot.kit.proxies import Proxies
from handlers.invoices.connectors.tryton.settings import Settings

if TYPE_CHECKING:
    from handlers.invoices.connectors.tryton.connector import Tryton

__all__ = ["Settings", "connect"]


def connect(settings: Settings, proxies: Proxies) -> "Tryton | None":
    """By key where there is one, else by user and password; None where there is no address. Raises
    Incomplete and BadAddress.
    """
    if not settings.url:
        return None
    from handlers.invoices.connectors.tryton.connector import connected  # a tenth of a second

    return connected(settings, proxies)
