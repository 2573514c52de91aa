"""What Zaplecze does: one folder per feature, and the one list of them."""

from bot.kit.doors import Doors
from handlers.approvals.listeners import doors as approvals
from handlers.documents.listeners import doors as documents
from handlers.home.listeners import doors as home
from handlers.invoices.listeners import doors as invoices
from handlers.reminders.listeners import doors as reminders
from handlers.tickets.listeners import doors as tickets
from storage.turn import Turn

FEATURES: tuple[Doors[Turn], ...] = (approvals, home, tickets, invoices, documents, reminders)
