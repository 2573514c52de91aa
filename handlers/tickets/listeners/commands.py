"""The ``/ticket`` command and the lists that it shows."""

import json

from bot.kit.language.help_words import is_for_help
from bot.kit.replies import OpenView, Reply, UpdateView, Whisper
from bot.kit.routes import Click, Command
from handlers.tickets.blocks import lists
from handlers.tickets.listeners import views
from handlers.tickets.routes import routes
from handlers.tickets.service.conversation import thread
from handlers.tickets.service.lists import export as exporting
from handlers.tickets.service.lists import pages, search
from storage.turn import Turn

_MINE = ("mine", "my", "moje", "enyém", "enyem", "saját", "sajat")
_QUEUE = ("queue", "kolejka", "sor")
_SEARCH = ("search", "szukaj", "keres", "keresés", "kereses")
_HINT = "[what you need | BO-128 | mine | queue | search words]"


@routes.command("ticket", description="Ask the back office for something", hint=_HINT)
def ticket(turn: Turn, command: Command) -> Reply:
    """A number shows that ticket, a known first word a list; anything else is what the form begins
    with.
    """
    text = thread.read(turn, command.text)
    number = search.numbered(turn, text)
    if number:
        return OpenView(views.sheet(turn, search.by_number(turn, number)))
    if is_for_help(text):
        return Whisper(_usage(turn))
    first, _, rest = text.partition(" ")
    match first.lower():
        case word if word in _MINE and not rest:
            return _listing(turn, {"list": "mine"})
        case word if word in _QUEUE and search.names_a_department(turn, rest):
            return _listing(turn, {"list": "queue", "of": rest.strip()})
        case word if word in _SEARCH:
            return _listing(turn, {"list": "search", "of": rest.strip()[:200]})
    return OpenView(views.new_form(turn, None, text, {"typed_in": command.channel}))


def is_exact(turn: Turn, text: str) -> bool:
    """Whether a command's words are a number, a list or a call for help, and no sentence."""
    first, _, rest = text.partition(" ")
    word = first.lower()
    is_list = (word in _MINE and not rest) or word in _SEARCH
    is_queue = word in _QUEUE and search.names_a_department(turn, rest)
    return is_list or is_queue or is_for_help(text) or search.numbered(turn, text) is not None


@routes.action(lists.PAGE)
def page(turn: Turn, click: Click) -> Reply:
    """Another page, in place of this one; from Home in a window of its own."""
    shown = pages.show(turn, json.loads(str(click.value)))
    if click.view:
        view = lists.modal(shown, turn.words)
        return UpdateView(view) if click.view["type"] == "modal" else OpenView(view)
    return Whisper(shown.heading, lists.listing(shown, turn.words), replace=True)


@routes.action(lists.EXPORT)
def export(turn: Turn, click: Click) -> Reply:
    exporting.ask(turn, str(json.loads(str(click.value)).get("of", "")))
    return Whisper(turn.words.say("I send you the list as CSV and XLSX in our direct message."))


def _listing(turn: Turn, again: dict[str, object]) -> Reply:
    shown = pages.show(turn, again)
    return Whisper(shown.heading, lists.listing(shown, turn.words))


def _usage(turn: Turn) -> str:
    return turn.words.say(
        "{command} what you need: a form for it\n{command} {prefix}-128: that ticket\n{command} "
        "mine: your tickets\n"
        "{command} queue: what waits for your department\n{command} search words: among all that "
        "you may see",
        command=turn.catalogue.commands.ticket,
        prefix=turn.catalogue.tickets.prefix,
    )
