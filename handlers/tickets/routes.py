"""The routes of tickets; the listeners hang themselves in."""

from bot.kit.errors import NotForGuests
from bot.kit.routes import Routes
from storage.turn import Turn


class TicketsNotForGuests(NotForGuests):
    sentence = "Tickets are made by members of this workspace. Ask one of them to make it for you."


routes: Routes[Turn] = Routes("tickets", TicketsNotForGuests)
