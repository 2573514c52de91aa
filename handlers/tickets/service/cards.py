"""Keeps the living cards of a ticket as the ticket stands; they are updated in place, never posted
again.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.kit.words import Words
from handlers.approvals.service import chain_state
from handlers.people.service import roles
from handlers.tickets.blocks import card, types
from handlers.tickets.blocks.card import Look
from handlers.tickets.model import fields, states
from handlers.tickets.service import gate
from storage.outbox import Under
from storage.people import people
from storage.people import roles as channels
from storage.tickets import deadlines, messages, tickets
from storage.tickets.tickets import Ticket
from storage.turn import Turn


def begin(turn: Turn, ticket: Ticket) -> None:
    """The first look of both cards, the department's in the channel in which it works now."""
    _show_triage(turn, ticket, roles.triage_channel(turn, ticket.department))
    show_requester(turn, ticket)


def refresh(turn: Turn, ticket: Ticket) -> None:
    """Both cards show the ticket as it is now."""
    show_triage(turn, ticket)
    show_requester(turn, ticket)


def show_triage(turn: Turn, ticket: Ticket) -> None:
    """The card in the department's channel."""
    if not is_exposed(turn, ticket):
        _show_triage(turn, ticket, triage_place(turn, ticket))


def _show_triage(turn: Turn, ticket: Ticket, channel: str) -> None:
    words = roles.words_of(turn, ticket.department)
    look = card.triage(of(turn, ticket, words), words)
    turn.show(messages.triage_card(ticket), channel, look.text, look.blocks, subject=ticket.key)


def show_requester(turn: Turn, ticket: Ticket) -> None:
    """The card in the requester's thread, or in their direct message."""
    words = requesters_words(turn, ticket)
    look = card.requester(_requesters(turn, ticket, words), words)
    to = ticket.channel or ticket.requester
    under = Under(channel=ticket.channel, ts=ticket.thread_ts) if ticket.channel else None
    turn.show(
        messages.requester_card(ticket),
        to,
        look.text,
        look.blocks,
        under=under,
        subject=ticket.key,
    )


def _requesters(turn: Turn, ticket: Ticket, words: Words) -> Look:
    """With the types that it may be of instead, while its type is a guess."""
    look = of(turn, ticket, words)
    if not is_type_open(turn, ticket):
        return look
    return replace(look, other_types=types.grouped(turn.catalogue, words, f"{ticket.id} "))


def is_type_open(turn: Turn, ticket: Ticket) -> bool:
    """Whether its requester may still say what it is: nobody has answered, and nobody was heard who
    approves or refuses it as what it is taken for.
    """
    return states.is_type_open(ticket) and not chain_state.has_votes(turn, ticket.key)


def triage_place(turn: Turn, ticket: Ticket) -> str:
    """Where the department's card stands, whatever became of the department since; else the channel
    it works in.
    """
    standing = messages.place_of(turn, messages.triage_card(ticket))
    return standing or roles.triage_channel(turn, ticket.department)


def is_exposed(turn: Turn, ticket: Ticket) -> bool:
    """Whether it is private, and others can read where its card would stand."""
    if not ticket.is_private:
        return False
    standing = messages.place_of(turn, messages.triage_card(ticket))
    if standing is None and ticket.department not in turn.catalogue.departments:
        return True  # it was taken back, and there is no channel any more
    return not channels.is_private(turn, triage_place(turn, ticket))


def link_to(turn: Turn, ticket: Ticket, app: str = "") -> str:
    """An address that opens where the requester follows it, never the department's channel.

    ``app`` is our id in Slack, where it is known: whoever follows the link is led to their own
    messages with us.
    """
    channel = ticket.channel or people.direct_channel(turn, ticket.requester) or ticket.requester
    place = f"app={app}" if app and not ticket.channel else f"channel={channel}"
    return f"https://slack.com/app_redirect?{place}"


def under_triage(ticket: Ticket) -> Under:
    """The agents' thread."""
    return Under(message=messages.triage_card(ticket))


def under_requester(ticket: Ticket) -> Under:
    """The requester's thread: the one they wrote in, or that of the card in the direct message."""
    if ticket.channel:
        return Under(channel=ticket.channel, ts=ticket.thread_ts)
    return Under(message=messages.requester_card(ticket))


def requesters_words(turn: Turn, ticket: Ticket) -> Words:
    """The requester's language, wherever they follow it."""
    return roles.words_for(turn, ticket.requester)


def of(turn: Turn, ticket: Ticket, words: Words) -> Look:
    """The ticket with its names, for a reader of ``words``."""
    kind = turn.catalogue.request_types.get(ticket.request_type)
    department = turn.catalogue.departments.get(ticket.department)
    named = names_in(turn, ticket)
    due = deadlines.due_of(turn, ticket)
    linked = tickets.number_of(turn, ticket.linked_to) if ticket.linked_to else None
    return Look(
        ticket=ticket,
        number=gate.number(turn, ticket),
        request_type=kind.label.in_(words.language) if kind else ticket.request_type,
        department=department.name.in_(words.language) if department else ticket.department,
        requester=named[ticket.requester],
        assignee=named[ticket.assignee] if ticket.assignee else None,
        fields=fields_told(turn, ticket, words, named),
        missing=_missing(turn, ticket, words),
        approvers=tuple(chain_state.waiting_people(turn, ticket.key))
        if ticket.waiting_for == "approval"
        else (),
        answer_by=due.get("first_response"),
        resolve_by=due.get("resolution"),
        is_refused=is_refused(turn, ticket),
        linked=gate.written(turn, linked) if linked else None,
    )


def is_refused(turn: Turn, ticket: Ticket) -> bool:
    """Whether it ended because an approver said no."""
    last = chain_state.latest(turn, ticket.key) if ticket.state == "cancelled" else None
    return last is not None and last.state == "rejected"


def rows(turn: Turn, result: Sequence[Ticket], words: Words) -> list[Look]:
    """Many tickets as lines of a list, looked up together."""
    concerned = {ticket.requester for ticket in result}
    concerned |= {ticket.assignee for ticket in result if ticket.assignee}
    names = people.names(turn, concerned)
    due = deadlines.due(turn, [ticket.id for ticket in result])
    return [
        Look(
            ticket=ticket,
            number=gate.number(turn, ticket),
            request_type=ticket.request_type,
            department=gate.department_name(turn, ticket, words),
            requester=names[ticket.requester],
            assignee=names[ticket.assignee] if ticket.assignee else None,
            answer_by=due.get((ticket.id, "first_response")),
            resolve_by=due.get((ticket.id, "resolution")),
            is_refused=is_refused(turn, ticket),
        )
        for ticket in result
    ]


def names_in(turn: Turn, ticket: Ticket) -> dict[str, str]:
    """What those are called whom it names, by id."""
    named = {value for value in ticket.fields.values() if isinstance(value, str)}
    wanted = {ticket.requester, *named, *([ticket.assignee] if ticket.assignee else [])}
    return people.names(turn, wanted)


def fields_told(
    turn: Turn, ticket: Ticket, words: Words, named: dict[str, str]
) -> tuple[tuple[str, str], ...]:
    """Labels and values of its type's own fields, as far as they are filled in."""
    kind = turn.catalogue.request_types.get(ticket.request_type)
    return fields.told(kind, ticket.fields, words, named) if kind else ()


def _missing(turn: Turn, ticket: Ticket, words: Words) -> tuple[str, ...]:
    kind = turn.catalogue.request_types.get(ticket.request_type)
    lacking = fields.missing(kind, ticket.fields, ticket.description) if kind else ()
    return tuple(field.label.in_(words.language) for field in lacking)
