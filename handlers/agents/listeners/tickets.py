"""Tools about tickets. Of a private ticket an agent is told number, state and link alone: nobody
tells us where it shows them.
"""

from collections.abc import Mapping
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Block, Element
from bot.kit.markup import Mrkdwn, escape, link
from bot.kit.replies import Reply, Whisper
from bot.kit.words import N_
from handlers.agents.blocks import cards, forms
from handlers.agents.routes import routes
from handlers.tickets.blocks import card, offer, types
from handlers.tickets.service import cards as ticket_cards
from handlers.tickets.service import gate, proposals, requester
from handlers.tickets.service.conversation import invitations
from handlers.tickets.service.lists import search
from handlers.tickets.service.lists.search import Page
from handlers.tickets.service.submission import submit
from storage.tickets.tickets import Request, Ticket
from storage.turn import Turn

_NUMBER = {"type": "string", "maxLength": 40, "description": "The ticket's number, like BO-128"}
_WORDS = {"type": "string", "minLength": 1, "maxLength": 200}
_TEXT = {"type": "string", "minLength": 1, "maxLength": 8000}


@routes.tool(
    "my_tickets",
    label=N_("My tickets"),
    description="The tickets that the person asked for, the newest first.",
    arguments={"page": forms.PAGE},
    optional=("page",),
)
def my_tickets(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    page = search.mine(turn, forms.page(arguments))
    empty = turn.words.say("You have asked for nothing yet.")
    more = forms.more("my_tickets", arguments, turn.words)
    return _listed(turn, turn.words.say("Your tickets"), page, empty, more)


@routes.tool(
    "find_tickets",
    label=N_("Find tickets"),
    description="Tickets that the person may see, by words that stand in them.",
    arguments={"words": {**_WORDS, "description": "Words of the ticket"}, "page": forms.PAGE},
    optional=("page",),
)
def find_tickets(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    words = str(arguments["words"])
    heading = turn.words.say("Found for “{words}”", words=words)
    empty = turn.words.say("I found nothing among what you may see.")
    page = search.by_words(turn, words, forms.page(arguments))
    return _listed(turn, heading, page, empty, forms.more("find_tickets", arguments, turn.words))


@routes.tool(
    "show_ticket",
    label=N_("Show a ticket"),
    description="How a ticket stands: state, who has it, by when it is answered.",
    arguments={"number": _NUMBER},
)
def show_ticket(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    return _shown(turn, _numbered(turn, arguments))


@routes.tool(
    "create_ticket",
    label=N_("Make a ticket"),
    description="Ask the back office for something; the answer comes in Slack.",
    arguments={
        "subject": {"type": "string", "minLength": 1, "maxLength": 150, "description": "In short"},
        "details": {**_TEXT, "description": "Everything that helps to do it"},
        "type": {"type": "string", "maxLength": 60, "description": "A request type's key"},
        "kept": forms.KEPT,
    },
    optional=("details", "type", "kept"),
    reads=False,
)
def create_ticket(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    subject, details = str(arguments["subject"]), _details(turn, arguments)
    kind = str(arguments.get("type") or _proposed(turn, f"{subject}\n{details}"))
    if kind not in turn.catalogue.request_types:
        return _which_type(turn, arguments)
    request = Request(
        origin=f"agent:{turn.actor.id}:{turn.now.isoformat()}",
        request_type=kind,
        is_type_guessed=not arguments.get("type"),
        subject=subject,
        description=details,
    )
    return _shown(turn, submit(turn, request))


def _details(turn: Turn, arguments: Mapping[str, Any]) -> str:
    """What was written, or what its form's button had no room for."""
    if "kept" in arguments:
        return invitations.text_of(turn, arguments)
    return str(arguments.get("details") or "")


def _proposed(turn: Turn, text: str) -> str:
    kind = proposals.proposed(turn, text)
    return kind.key if kind else turn.catalogue.tickets.default_type or ""


def _which_type(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    """Nothing is made yet: the person chooses what they need."""
    given = {name: value for name, value in arguments.items() if name != "type"}
    if not offer.fits(given):
        details = str(given.pop("details"))
        given["kept"] = invitations.keep(turn, f"agent:{turn.now.isoformat()}", details)
    label = turn.words.say("What do you need?")
    choice = forms.Choice("type", label, groups=types.grouped(turn.catalogue, turn.words))
    submit = cards.call(turn.words.say("Make a ticket"), "create_ticket", **given)
    return forms.form(turn.words.mark("What do you need?"), [choice], submit)


@routes.tool(
    "reply_to_ticket",
    label=N_("Answer in a ticket"),
    description="Write something in one of the person's own tickets.",
    arguments={"number": _NUMBER, "text": {**_TEXT, "description": "What is to be said"}},
    reads=False,
)
def reply_to_ticket(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    ticket = _numbered(turn, arguments)
    origin = f"agent:{turn.actor.id}:{turn.now.isoformat()}"
    return _shown(turn, requester.add(turn, ticket.id, origin, str(arguments["text"]), ()))


@routes.tool(
    "nudge_ticket",
    label=N_("Ask how a ticket stands"),
    description="Remind the department of one of the person's own tickets.",
    arguments={"number": _NUMBER},
    reads=False,
)
def nudge_ticket(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    ticket = requester.nudge(turn, _numbered(turn, arguments).id)
    return _shown(turn, ticket)


def _numbered(turn: Turn, arguments: Mapping[str, Any]) -> Ticket:
    """The ticket of that number, if the person may see it."""
    digits = "".join(sign for sign in str(arguments["number"]) if sign.isdigit())
    return search.by_number(turn, int(digits[:15] or 0))


def _shown(turn: Turn, ticket: Ticket) -> Reply:
    text = _line(turn, ticket)
    buttons = [cards.call(turn.words.say("Refresh"), "show_ticket", number=_key(turn, ticket))]
    is_own = turn.actor.id in (ticket.requester, ticket.author)
    if is_own and ticket.is_open:
        nudge = turn.words.say("Ask how it stands")
        buttons.append(cards.call(nudge, "nudge_ticket", number=_key(turn, ticket)))
    blocks = [block_kit.section(text), *_lacking(turn, ticket)]
    return Whisper(text, cards.shown(blocks, buttons))


def _lacking(turn: Turn, ticket: Ticket) -> list[Block]:
    """What the requester has still to write; a form of an agent has no fields to type in."""
    look = ticket_cards.of(turn, ticket, turn.words)
    if not look.missing or not ticket.is_open or ticket.is_private:
        return []
    lacking = turn.words.mark("Still needed: {fields}.", fields=turn.words.list(look.missing))
    where = link(ticket_cards.link_to(turn, ticket), turn.words.say("Fill it in on the card"))
    return [block_kit.context(Mrkdwn(f"{lacking} {where}"))]


def _listed(turn: Turn, heading: str, page: Page, empty: str, more: Element) -> Reply:
    lines = [_line(turn, ticket) for ticket in page.tickets]
    blocks: list[Block] = [block_kit.header(heading)]
    blocks += [block_kit.section(line) for line in lines] or [block_kit.section(empty)]
    text = Mrkdwn("\n".join([escape(heading), *(lines or [escape(empty)])]))
    return Whisper(text, cards.shown(blocks, [] if page.is_last else [more]))


def _line(turn: Turn, ticket: Ticket) -> Mrkdwn:
    """A ticket in two lines; a private one without a word of it."""
    look = ticket_cards.of(turn, ticket, turn.words)
    state = card.state_line(look, turn.words)
    if ticket.is_private:
        address = link(ticket_cards.link_to(turn, ticket), _key(turn, ticket))
        return Mrkdwn(f"🔒 {address}: {state}")
    who = turn.words.say("nobody yet") if look.assignee is None else look.assignee
    return Mrkdwn(f"{card.title(look)}\n{state} · {escape(who)}")


def _key(turn: Turn, ticket: Ticket) -> str:
    return gate.number(turn, ticket)
