"""The routes of reminders; listeners and jobs hang themselves in."""

from bot.kit.routes import Routes
from storage.turn import Turn

routes: Routes[Turn] = Routes("reminders")
