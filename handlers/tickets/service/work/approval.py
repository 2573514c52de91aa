"""Approvals of tickets: what waits for one, and what follows the decision."""

from collections.abc import Sequence
from datetime import datetime

from bot.kit import block_kit
from bot.kit.catalogue import RequestType
from bot.kit.words import Words
from handlers.approvals.model import subjects
from handlers.approvals.model.quorum import Outcome
from handlers.approvals.model.subjects import Look, Subject
from handlers.approvals.service import chain, chain_state
from handlers.tickets.blocks import card, notes
from handlers.tickets.model import states
from handlers.tickets.service import cards, gate
from handlers.tickets.service.conversation import notifications
from handlers.tickets.service.follow_up import settle
from handlers.tickets.service.work import snooze
from storage import audit
from storage.approvals import comments_about, was_overtaken
from storage.people import people
from storage.tickets import messages, tickets
from storage.tickets.tickets import Ticket
from storage.turn import Turn


class WaitsForApproval(states.NotNow):
    """An open approval blocks the end."""

    sentence = "{number} waits for the approval of {people}."


def begin(turn: Turn, ticket: Ticket, kind: RequestType, *, sender: str | None = None) -> Ticket:
    """Where the type wants an approval, the ticket waits for it; the same one that is under way
    goes on, and takes the place of another's.

    Neither the requester nor the ``sender`` (the author, unless told) is asked.
    """
    steps, department = kind.approval, ticket.department
    if not steps or chain_state.goes_on(turn, ticket.key, steps, department):
        return ticket
    withdraw(turn, ticket)
    chain.ask(
        turn,
        ticket.key,
        steps,
        department=department,
        requester=ticket.requester,
        author=sender or ticket.author,
    )
    return _waiting(turn, ticket)


def ask_again(turn: Turn, ticket: Ticket) -> Ticket:
    """The requester has changed what was to be changed: the same people are asked anew."""
    return _waiting(turn, ticket) if chain.ask_again(turn, ticket.key) else ticket


def look_anew(turn: Turn, was: Ticket, ticket: Ticket) -> Ticket:
    """The ticket was changed: where it reads differently now, whoever has approved approved
    something else, and is asked anew; of one that has ended, when it is opened again.
    """
    if _request(was) == _request(ticket):
        return ticket
    if not chain.overtake(turn, ticket.key, ask=ticket.is_open):
        chain.show(turn, ticket.key)
        return ticket
    return _asked_anew(turn, ticket) if ticket.is_open else ticket


def join(turn: Turn, ticket: Ticket) -> Ticket:
    """Others ask for it too, whose tickets were merged into it: none of them decides on it, and
    where one has, the others are asked anew.
    """
    return _asked_anew(turn, ticket) if chain.join(turn, ticket.key) else ticket


def _asked_anew(turn: Turn, ticket: Ticket) -> Ticket:
    turn.record("ticket.asked_anew", ticket.key)
    notifications.asked_anew(turn, ticket)
    return _waiting(turn, ticket)


def _request(ticket: Ticket) -> tuple[str, str, object]:
    """What is asked for, as it was approved."""
    return ticket.subject, ticket.description, ticket.fields


def begin_anew(turn: Turn, ticket: Ticket) -> Ticket:
    """It goes on after all: an approval that was taken back, or that was given to what has been
    changed since, is asked for.
    """
    last = chain_state.latest(turn, ticket.key)
    kind = turn.catalogue.request_types.get(ticket.request_type)
    if last is None or last.state not in ("withdrawn", "overtaken") or kind is None:
        return ticket
    return begin(turn, ticket, kind)


def is_pending(turn: Turn, ticket: Ticket) -> bool:
    """Whether somebody has still to approve, perhaps after the changes that they asked for."""
    return chain_state.is_pending(turn, ticket.key)


def refuse_open(turn: Turn, ticket: Ticket) -> None:
    """Nothing ends, and nothing else is waited for, while somebody has still to approve."""
    if is_pending(turn, ticket):
        people = chain_state.waiting_people(turn, ticket.key)
        raise WaitsForApproval(number=gate.number(turn, ticket), people=tuple(people))


def refuse_merge(turn: Turn, ticket: Ticket, target: Ticket) -> None:
    """What waits for an approval goes on in a ticket alone that waits for the same."""
    if not chain_state.is_asked_alike(turn, ticket.key, target.key):
        refuse_open(turn, ticket)


def remind(turn: Turn, ticket: Ticket) -> None:
    """Those who have still to approve hear that they are waited for."""
    chain.remind(turn, ticket.key)


def withdraw(turn: Turn, ticket: Ticket) -> None:
    chain.withdraw(turn, ticket.key)


def _waiting(turn: Turn, ticket: Ticket) -> Ticket:
    state = states.after("wait", ticket, gate.number(turn, ticket))
    return tickets.change(turn, ticket, state=state, waiting_for="approval")


def _look(turn: Turn, key: str, words: Words) -> Look:
    look = cards.of(turn, _ticket(turn, key), words)
    context = block_kit.context(
        words.mark("asked by {requester}", requester=look.requester),
        f"{look.department} · {look.request_type}",
    )
    about = [context, *card.description(look), *card.facts(look), *_changed(turn, key, words)]
    return Look(card.title(look), [*about, *_since(turn, look, words)])


def _changed(turn: Turn, key: str, words: Words) -> list[block_kit.Block]:
    if not was_overtaken(turn, key):
        return []
    text = words.mark("⚠️ It was changed after somebody had decided on it.")
    return [block_kit.context(text)]


def _since(turn: Turn, look: card.Look, words: Words) -> list[block_kit.Block]:
    """After changes were asked for: the question, and what was answered and filled in since."""
    wanted = [
        vote
        for vote in comments_about(turn, look.ticket.key)
        if vote.verdict == "changes" and vote.at
    ]
    if not wanted:
        return []
    question = wanted[-1]
    since = question.at or turn.now
    person = people.person(turn, question.person)
    text = words.mark(
        "{person} asked: {question}",
        person=person.name if person else question.person,
        question=question.comment,
    )
    told = _answers(turn, look.ticket, since) + _filled_in(turn, look, since, words)
    return notes.asked_and_answered(text, "\n".join(told), look.number, words)


def _answers(turn: Turn, ticket: Ticket, since: datetime) -> list[str]:
    """What was written to each other in the ticket's threads."""
    spoken = [
        message
        for message in messages.of(turn, ticket, notes=False)
        if message.role == "reply" and message.at >= since
    ]
    names = people.names(turn, {message.author for message in spoken})
    return [
        f"{names[message.author]}: {message.text or ', '.join(message.file_names)}"
        for message in spoken
    ]


def _filled_in(turn: Turn, look: card.Look, since: datetime, words: Words) -> list[str]:
    """The fields that read differently now, with what is in them."""
    kind = turn.catalogue.request_types.get(look.ticket.request_type)
    changed = {
        key
        for event in audit.history(turn.db, turn.workspace, look.ticket.key)
        if event.event == "ticket.completed" and event.at >= since
        for key in event.facts.get("fields", ())
    }
    fields = kind.fields if kind else ()
    labels = {field.label.in_(words.language) for field in fields if field.key in changed}
    return [f"{label}: {value}" for label, value in look.fields if label in labels]


def _moved(turn: Turn, key: str, people: Sequence[str]) -> None:
    ticket = _ticket(turn, key)
    for person in people:
        tickets.add_participant(turn, ticket, person, "approver")
    if ticket.waiting_for == "approval":
        cards.refresh(turn, ticket)


def _decided(turn: Turn, key: str, outcome: Outcome, comment: str) -> None:
    ticket = snooze.wake(turn, _ticket(turn, key))
    notifications.decided(turn, ticket, outcome, comment)
    if outcome == "approved":
        state = states.after(
            "answer" if ticket.assignee else "release", ticket, gate.number(turn, ticket)
        )
        changed = tickets.change(turn, ticket, state=state, waiting_for=None)
    elif outcome == "changes":
        changed = tickets.change(turn, ticket, waiting_for="requester")
    else:
        state = states.after("cancel", ticket, gate.number(turn, ticket))
        changed = tickets.change(turn, ticket, state=state, waiting_for=None, ended_at=turn.now)
    turn.record(f"ticket.{_EVENTS[outcome]}", ticket.key)
    settle(turn, changed)


_EVENTS = {"approved": "approved", "rejected": "refused", "changes": "changes_asked"}


def _ticket(turn: Turn, key: str) -> Ticket:
    return tickets.of_system(turn, _id(key))


def _id(key: str) -> int:
    return int(key.partition(":")[2])


def _askers(turn: Turn, key: str) -> frozenset[str]:
    """Whoever asked for what was merged into it, or did so in somebody's place."""
    askers: set[str] = set()
    for each in tickets.merged_into(turn, _id(key)):
        askers |= {each.requester, each.author}
    return frozenset(askers)


def _hold(turn: Turn, key: str) -> None:
    _ticket(turn, key)


subjects.register(
    "ticket", Subject(hold=_hold, askers=_askers, look=_look, moved=_moved, decided=_decided)
)
