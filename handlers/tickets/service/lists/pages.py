"""Lists as they are shown: the queue, one's own, what a search found; and the page after."""

from collections.abc import Mapping
from typing import Any, cast, get_args

from handlers.tickets.blocks.lists import Listing
from handlers.tickets.service import cards
from handlers.tickets.service.lists import search
from handlers.tickets.service.lists.search import Page
from storage.tickets.lists import Which
from storage.turn import Turn

Again = Mapping[str, Any]


def show(turn: Turn, again: Again) -> Listing:
    """The page of a list: ``{"list": "queue", "of": "it", "page": 0}``, ``mine``, ``answers``
    that are waited for, or ``search`` of words.
    """
    of, number = str(again.get("of", "")), max(int(again.get("page", 0)), 0)
    words, which = turn.words, _which(again)
    match again["list"]:
        case "queue":
            heading = words.count(
                "{n} open ticket", "{n} open tickets", search.queue_length(turn, of, which)
            )
            page = search.queue(turn, of, which, number)
            empty = words.say("Nothing is waiting. Well done!")
        case "answers":
            page, in_all = search.answers(turn, number)
            heading = words.count(
                "{n} ticket waits for your answer", "{n} tickets wait for your answer", in_all
            )
            empty = words.say("Nothing waits for your answer.")
        case "search":
            heading = words.say("Found for “{words}”", words=of)
            page = search.by_words(turn, of, number)
            empty = words.say("I found nothing among what you may see.")
        case _:
            heading = words.say("Your tickets")
            page = search.mine(turn, number)
            empty = words.say(
                "You have asked for nothing yet. {command} begins a ticket.",
                command=turn.catalogue.commands.ticket,
            )
    return _listing(turn, again, heading, page, empty)


def _which(again: Again) -> Which:
    """The part of a queue that is wanted."""
    wanted = again.get("which")
    return cast(Which, wanted) if wanted in get_args(Which) else "all"


def _listing(turn: Turn, again: Again, heading: str, page: Page, empty: str) -> Listing:
    return Listing(
        heading=heading,
        rows=cards.rows(turn, page.tickets, turn.words),
        page=page.number,
        is_last=page.is_last,
        again={"list": again["list"], "of": again.get("of", ""), "which": _which(again)},
        empty=empty,
        export=again["list"] == "queue",
        reader=turn.actor.id,
    )
