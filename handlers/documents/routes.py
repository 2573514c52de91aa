"""The routes of documents, filled by the modules of ``listeners``."""

from bot.kit.errors import NotForGuests
from bot.kit.routes import Routes
from storage.turn import Turn


class DocumentsNotForGuests(NotForGuests):
    sentence = "Documents are made for members of this workspace alone."


routes: Routes[Turn] = Routes("documents", DocumentsNotForGuests)
