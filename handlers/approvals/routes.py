"""The routes of approvals, filled by the modules of ``listeners``."""

from bot.kit.routes import Routes
from storage.turn import Turn

routes: Routes[Turn] = Routes("approvals")
