"""The routes of invoices; the listeners hang themselves in."""

from bot.kit.routes import Routes
from storage.turn import Turn

routes: Routes[Turn] = Routes("invoices")
