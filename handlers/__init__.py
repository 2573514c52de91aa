"""What Zaplecze does: one folder per feature, and the one list of them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kit.routes import Routes
    from storage.turn import Turn


def features() -> "tuple[Routes[Turn], ...]":
    """The routes of every feature, imported when they are asked for: a command that reads one file
    waits for none.
    """
    from handlers.agents.listeners import routes as agents
    from handlers.approvals.listeners import routes as approvals
    from handlers.documents.listeners import routes as documents
    from handlers.home.listeners.home import routes as home
    from handlers.invoices.listeners import routes as invoices
    from handlers.reminders.listeners import routes as reminders
    from handlers.tickets.listeners import routes as tickets
    from handlers.words.listeners import routes as words

    # Asked in this order where several listen to one event: documents and invoices look at the
    # files of a message and leave its words; plain words answer these, and what came without a
    # word is for tickets.
    return (approvals, documents, invoices, words, home, tickets, reminders, agents)
