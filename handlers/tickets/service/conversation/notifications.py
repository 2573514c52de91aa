"""Tells people what happened to a ticket. Nobody is called by what they did themselves."""

from collections.abc import Mapping
from datetime import datetime

from bot.kit import block_kit
from bot.kit.markup import Mrkdwn
from bot.kit.words import N_, Words
from handlers.approvals.model.quorum import Outcome
from handlers.people.service import roles
from handlers.tickets.blocks import notes
from handlers.tickets.model import message_text
from handlers.tickets.service import cards, gate, requesters
from storage.outbox import Under
from storage.people import people
from storage.tickets import messages, tickets
from storage.tickets.tickets import Ticket
from storage.turn import Person, Turn

_DECIDED: Mapping[Outcome, str] = {
    "approved": N_("{person} approved {number}."),
    "rejected": N_("{person} refused {number}, so it ends here."),
    "changes": N_(
        "{person} asks for changes to {number}. Press Complete, or answer here, and it is asked "
        "again."
    ),
}


def resolved(turn: Turn, ticket: Ticket) -> None:
    for request in (ticket, *requesters.also(turn, ticket)):
        words = cards.requesters_words(turn, request)
        sentence = words.mark(
            "{agent} resolved {number}.", agent=turn.actor.name, number=gate.number(turn, ticket)
        )
        tell_requester(
            turn, request, _of(ticket, request, f"resolved:{ticket.resolve_count}"), sentence
        )


def reopened(turn: Turn, ticket: Ticket) -> None:
    words = roles.words_of(turn, ticket.department)
    sentence = words.mark(
        "{person} reopened {number}.", person=turn.actor.name, number=gate.number(turn, ticket)
    )
    tell_agents(turn, ticket, f"reopened:{ticket.resolve_count}", sentence)


def reopened_by_agent(turn: Turn, ticket: Ticket) -> None:
    """Whoever asked hears that it goes on."""
    for request in (ticket, *requesters.also(turn, ticket)):
        words = cards.requesters_words(turn, request)
        sentence = words.mark(
            "{person} reopened {number}.",
            person=turn.actor.name,
            number=gate.number(turn, ticket),
        )
        tell_requester(turn, request, _of(ticket, request, f"reopened:{_moment(turn)}"), sentence)


def put_back(turn: Turn, ticket: Ticket) -> None:
    words = roles.words_of(turn, ticket.department)
    sentence = words.mark(
        "{agent} has put {number} back; anybody may take it.",
        agent=turn.actor.name,
        number=gate.number(turn, ticket),
    )
    tell_agents(turn, ticket, f"put-back:{_moment(turn)}", sentence)


def given_back(turn: Turn, ticket: Ticket, person: str) -> None:
    """Whoever had it is gone."""
    words = roles.words_of(turn, ticket.department)
    sentence = words.mark(
        "{person} does not work here any more: {number} is back in the queue.",
        person=person,
        number=gate.number(turn, ticket),
    )
    tell_agents(turn, ticket, f"given-back:{_moment(turn)}", sentence)


def requester_gone(turn: Turn, ticket: Ticket) -> None:
    """Nobody waits for the answer any more; the agents decide what becomes of it."""
    words = roles.words_of(turn, ticket.department)
    person = people.person(turn, ticket.requester)
    sentence = words.mark(
        "{person}, who asked for {number}, cannot read it any more.",
        person=person.name if person else ticket.requester,
        number=gate.number(turn, ticket),
    )
    tell_agents(turn, ticket, "requester-gone", sentence)


def leads_told(turn: Turn, department: str, person: Person, numbers: list[str]) -> None:
    """The lead hears what is back in the queue, or the administrators where there is none."""
    lead = roles.lead_of(turn, department)
    readers = [lead] if lead and lead.id != person.id else roles.administrators(turn)
    name = turn.catalogue.departments[department].name
    for reader in readers:
        words = roles.words_for(turn, reader.id)
        sentence = words.mark(
            "{person} is not in {department} any more. Back in the queue: {numbers}.",
            person=person.name,
            department=name.in_(words.language),
            numbers=words.list(numbers),
        )
        once = f"given-back:{department}:{person.id}:{reader.id}:{_moment(turn)}"
        turn.tell(reader.id, sentence, once=once)


def _of(ticket: Ticket, request: Ticket, what: str) -> str:
    """What is said beneath a merged ticket of the one in which it goes on."""
    return what if request.id == ticket.id else f"{what}:{ticket.id}"


def cancelled(turn: Turn, ticket: Ticket) -> None:
    for request in requesters.also(turn, ticket):
        tell_requester(
            turn, request, _of(ticket, request, "cancelled"), _unneeded(turn, ticket, request)
        )
    words = roles.words_of(turn, ticket.department)
    sentence = words.mark(
        "{person} does not need {number} any more.",
        person=turn.actor.name,
        number=gate.number(turn, ticket),
    )
    tell_agents(turn, ticket, "cancelled", sentence)


def _unneeded(turn: Turn, ticket: Ticket, request: Ticket) -> Mrkdwn:
    return cards.requesters_words(turn, request).mark(
        "{number} was closed by {person}. If you still need it, please open a new ticket.",
        person=turn.actor.name,
        number=gate.number(turn, ticket),
    )


def completed(turn: Turn, ticket: Ticket) -> None:
    words = roles.words_of(turn, ticket.department)
    sentence = words.mark("{person} has filled in what was missing.", person=turn.actor.name)
    tell_agents(turn, ticket, f"completed:{_moment(turn)}", sentence)


def nudged(turn: Turn, ticket: Ticket) -> None:
    words = roles.words_of(turn, ticket.department)
    sentence = words.mark(
        "{person} asks how {number} is getting on.",
        person=turn.actor.name,
        number=gate.number(turn, ticket),
    )
    tell_agents(turn, ticket, f"nudged:{_moment(turn)}", sentence)


def assigned(turn: Turn, ticket: Ticket) -> None:
    """Whoever it was given to hears of it, unless they gave it to themselves."""
    if called(turn, ticket.assignee):
        words = roles.words_of(turn, ticket.department)
        sentence = words.mark("{number} is yours.", number=gate.number(turn, ticket))
        tell_agents(turn, ticket, f"assigned:{_moment(turn)}", sentence)


def escalated(turn: Turn, ticket: Ticket, lead: str, why: str) -> None:
    words = roles.words_for(turn, lead)
    sentence = words.mark(
        "{agent} asks you to look at {number} · {subject}.",
        agent=turn.actor.name,
        number=gate.number(turn, ticket),
        subject=ticket.subject,
    )
    if called(turn, lead):
        look = notes.told(sentence, message_text.shown(why))
        turn.tell(
            lead,
            look.text,
            look.blocks,
            once=f"{ticket.key}:escalated:{_moment(turn)}",
            subject=ticket.key,
        )
    channel = roles.words_of(turn, ticket.department)
    tell_agents(
        turn,
        ticket,
        f"escalated:{_moment(turn)}",
        channel.mark("{agent} has escalated it.", agent=turn.actor.name),
        why,
    )


def decided(turn: Turn, ticket: Ticket, outcome: Outcome, comment: str) -> None:
    """The requester and the agents hear what the approvers decided."""
    to_agents = {**_DECIDED, "changes": N_("{person} asks for changes to {number}.")}
    for words, tell, sentences in (
        (cards.requesters_words(turn, ticket), tell_requester, _DECIDED),
        (roles.words_of(turn, ticket.department), tell_agents, to_agents),
    ):
        sentence = words.mark(
            sentences[outcome], person=turn.actor.name, number=gate.number(turn, ticket)
        )
        tell(turn, ticket, f"decided:{_moment(turn)}", sentence, comment)
    for request in requesters.also(turn, ticket) if outcome == "rejected" else ():
        tell_requester(
            turn, request, _of(ticket, request, "ended"), _unneeded(turn, ticket, request)
        )


def asked_anew(turn: Turn, ticket: Ticket) -> None:
    """What was approved is another thing now, and is approved by nobody yet."""
    for words, tell in (
        (cards.requesters_words(turn, ticket), tell_requester),
        (roles.words_of(turn, ticket.department), tell_agents),
    ):
        sentence = words.mark(
            "{number} was changed after somebody had decided on it, so its approval is asked for "
            "anew.",
            number=gate.number(turn, ticket),
        )
        tell(turn, ticket, f"asked-anew:{_moment(turn)}", sentence)


def merged(turn: Turn, ticket: Ticket, target: Ticket) -> None:
    """The requester reads where it goes on; the other's agents read what was said."""
    for request in (ticket, *tickets.merged_into(turn, ticket.id)):
        words = cards.requesters_words(turn, request)
        sentence = words.mark(
            "{number} goes on as {other}; what you write here reaches it.",
            number=gate.number(turn, request),
            other=gate.number(turn, target),
        )
        tell_requester(turn, request, _of(ticket, request, "merged"), sentence)
    agents = roles.words_of(turn, target.department)
    head = agents.mark(
        "{number} · {subject} was merged into this.",
        number=gate.number(turn, ticket),
        subject=ticket.subject,
    )
    tell_agents(turn, target, f"merged:{ticket.id}", head, _spoken(turn, ticket))


def split(turn: Turn, ticket: Ticket, new: Ticket) -> None:
    """What is private is told only where nobody else reads."""
    readers = []
    if not new.is_private or _is_among_the_same(ticket, new):
        readers.append((roles.words_of(turn, ticket.department), tell_agents))
    if not new.is_private or ticket.channel is None:
        readers.append((cards.requesters_words(turn, ticket), tell_requester))
    for words, tell in readers:
        sentence = words.mark(
            "A part of {number} is now {other} · {subject}.",
            number=gate.number(turn, ticket),
            other=gate.number(turn, new),
            subject=new.subject,
        )
        tell(turn, ticket, f"split:{new.id}", sentence)


def _is_among_the_same(ticket: Ticket, new: Ticket) -> bool:
    return ticket.is_private and ticket.department == new.department


def history(turn: Turn, ticket: Ticket) -> None:
    """What was said so far, for the agents who see it for the first time."""
    words = roles.words_of(turn, ticket.department)
    spoken = _spoken(turn, ticket)
    if spoken:
        tell_agents(
            turn,
            ticket,
            f"history:{ticket.triage_card_no}",
            words.mark("What was said so far:"),
            spoken,
        )


def woken(turn: Turn, ticket: Ticket) -> None:
    words = roles.words_of(turn, ticket.department)
    sentence = words.mark("{number} is back in the queue.", number=gate.number(turn, ticket))
    tell_agents(turn, ticket, f"woken:{_moment(turn)}", sentence)


def tell_requester(turn: Turn, ticket: Ticket, once: str, sentence: Mrkdwn, text: str = "") -> None:
    """A sentence in the requester's thread; it calls the requester. In their direct message nobody
    else reads.
    """
    if ticket.channel is None and turn.actor.id == ticket.requester:
        return
    key, place = f"{ticket.key}:requester:{once}", ticket.channel or ticket.requester
    _tell(
        turn,
        ticket,
        (place, key, cards.under_requester(ticket)),
        sentence,
        text,
        called(turn, ticket.requester),
    )


def tell_agents(turn: Turn, ticket: Ticket, once: str, sentence: Mrkdwn, text: str = "") -> None:
    """A sentence in the triage thread; it calls the assignee unless it was their own doing.

    What is private is not said where others read.
    """
    if cards.is_exposed(turn, ticket):
        return
    key, place = f"{ticket.key}:agents:{once}", cards.triage_place(turn, ticket)
    _tell(
        turn,
        ticket,
        (place, key, cards.under_triage(ticket)),
        sentence,
        text,
        called(turn, ticket.assignee),
    )


def _tell(
    turn: Turn,
    ticket: Ticket,
    where: tuple[str, str, Under],
    sentence: Mrkdwn,
    text: str,
    person: str | None,
) -> None:
    """One message, and where a text is long as many as it takes."""
    place, key, under = where
    first, *others = notes.parts(message_text.shown(text))
    look = notes.told(sentence, first, person)
    turn.tell(place, look.text, look.blocks, once=key, under=under, subject=ticket.key)
    for count, part in enumerate(others, start=2):
        more = notes.told(part[0], part[1:])
        turn.tell(
            place, more.text, more.blocks, once=f"{key}:{count}", under=under, subject=ticket.key
        )


def called(turn: Turn, person: str | None) -> str | None:
    """The person to mention: not the one who acts."""
    return person if person != turn.actor.id else None


def _spoken(turn: Turn, ticket: Ticket) -> str:
    """The conversation as text, notes among it: it goes to agents only."""
    said = messages.of(turn, ticket, notes=True)
    names = people.names(turn, {message.author for message in said})
    return "\n".join(f"{names[each.author]}: {each.text}" for each in said if each.text)


def when(moment: datetime | None, words: Words) -> Mrkdwn:
    """A moment in each reader's own zone."""
    return (
        block_kit.moment(moment, f"{words.date(moment)} {moment:%H:%M} UTC")
        if moment
        else Mrkdwn("–")
    )


def _moment(turn: Turn) -> str:
    """Tells one occasion from the next: a turn happens once."""
    return turn.now.isoformat()
