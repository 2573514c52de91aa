"""The routes of invoices; the listeners hang themselves in."""

from bot.kit.errors import NotForGuests
from bot.kit.routes import Routes
from storage.turn import Turn


class InvoicesNotForGuests(NotForGuests):
    sentence = "Invoices are shown to members of this workspace alone."


routes: Routes[Turn] = Routes("invoices", InvoicesNotForGuests)
