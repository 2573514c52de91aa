"""What Zaplecze does: one folder per feature, and the one list of them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kit.routes import Doors
    from storage.turn import Turn


def features() -> "tuple[Doors[Turn], ...]":
    """The doors of every feature, imported when they are asked for: a command that reads one file
    waits for none.
    """
    from handlers.agents.listeners import doors as agents
    from handlers.approvals.listeners.votes import doors as approvals
    from handlers.documents.listeners.requests import doors as documents
    from handlers.home.listeners.home import doors as home
    from handlers.invoices.listeners import doors as invoices
    from handlers.invoices.service.source_sync import doors as connectors
    from handlers.reminders.listeners import doors as reminders
    from handlers.tickets.listeners import doors as tickets
    from handlers.words.listeners import doors as words

    # Asked in this order where several listen to one event: documents look at PDFs and pass them
    # on; plain words leave to tickets what has files.
    return (approvals, documents, invoices, connectors, home, words, tickets, reminders, agents)
