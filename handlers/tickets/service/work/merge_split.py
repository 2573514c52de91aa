"""Two tickets that are one, and one that is two."""

from bot.kit.catalogue import PRIORITIES, Priority
from bot.kit.errors import Problem
from handlers.tickets.model import states
from handlers.tickets.service import followers as following
from handlers.tickets.service import gate
from handlers.tickets.service.conversation import mirror, notifications
from handlers.tickets.service.follow_up import settle
from handlers.tickets.service.submission import submit
from handlers.tickets.service.work import approval
from storage.tickets import locks, tickets
from storage.tickets.tickets import Request, Ticket
from storage.turn import Turn


class WithItself(Problem):
    sentence = "Choose another ticket than {number} itself."
    field = "target"


class NotJoinable(Problem):
    sentence = "Choose an open ticket that you may work on."
    field = "target"


class WouldTell(Problem):
    """A merge would show a private matter to somebody else."""

    sentence = (
        "{number} is private; it can be merged only with a private ticket of the same person."
    )
    field = "target"


def merge(turn: Turn, id: int, target_number: int) -> Ticket:
    """This one goes on in the other, whose agents see what was said; both requesters are told
    there.
    """
    other = tickets.numbered(turn, gate.viewer(turn), target_number)
    locks.hold(turn, [id, *([other.id] if other else [])])
    ticket = gate.to_work_on(turn, id)
    state = states.after("merge", ticket, gate.number(turn, ticket))
    target = _target(turn, ticket, target_number)
    approval.refuse_merge(turn, ticket, target)
    approval.withdraw(turn, ticket)
    ticket = tickets.change(
        turn,
        ticket,
        state=state,
        waiting_for=None,
        snoozed_until=None,
        linked_to=target.id,
        ended_at=turn.now,
    )
    turn.record("ticket.merged", ticket.key, into=target.id)
    target = _as_urgent(turn, target, ticket.priority)
    notifications.merged(turn, ticket, target)
    mirror.carry_into(turn, ticket, target)
    following.begin(turn, target, _concerned(turn, ticket) - {target.requester})
    settle(turn, ticket)
    return settle(turn, approval.join(turn, target))


def _as_urgent(turn: Turn, target: Ticket, priority: Priority) -> Ticket:
    """What goes on in it keeps its priority."""
    if PRIORITIES.index(priority) <= PRIORITIES.index(target.priority):
        return target
    turn.record("ticket.retyped", target.key, type=target.request_type, priority=priority)
    return tickets.change(turn, target, priority=priority)


def _concerned(turn: Turn, ticket: Ticket) -> set[str]:
    """Who asked for it, or followed it; of what is private its requester alone."""
    if ticket.is_private:
        return {ticket.requester}
    merged = tickets.merged_into(turn, ticket.id)
    followers = tickets.participants_of(turn, ticket, "follower")
    return {ticket.requester, *followers, *(each.requester for each in merged)}


def split(
    turn: Turn, id: int, origin: str, request_type: str, subject: str, description: str
) -> Ticket:
    """A part of it becomes a ticket of its own, for the same person."""
    ticket = gate.to_work_on(turn, id)
    states.after("edit", ticket, gate.number(turn, ticket))
    new = submit(
        turn,
        Request(
            origin=origin,
            request_type=request_type,
            subject=subject,
            description=description,
            requester=ticket.requester,
            author=ticket.requester,
            channel=ticket.channel,
            thread_ts=ticket.thread_ts,
            linked_to=ticket.id,
            about=ticket.about,
        ),
    )
    turn.record("ticket.split", ticket.key, into=new.id)
    notifications.split(turn, ticket, new)
    return new


def _target(turn: Turn, ticket: Ticket, number: int) -> Ticket:
    if number == ticket.number:
        raise WithItself(number=gate.number(turn, ticket))
    seen = tickets.numbered(turn, gate.viewer(turn), number)
    target = tickets.changeable(turn, gate.viewer(turn), seen.id) if seen else None
    if target is None or not target.is_open:
        raise NotJoinable()
    for item in (ticket, target):
        if item.is_private and not (
            ticket.is_private and target.is_private and ticket.requester == target.requester
        ):
            raise WouldTell(number=gate.number(turn, item))
    return target
