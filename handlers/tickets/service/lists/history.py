"""What became of a ticket, out of its audit events, for whoever may see it."""

from collections.abc import Mapping
from typing import Any

from bot.kit.markup import Mrkdwn
from bot.kit.words import N_
from handlers.tickets.blocks import stars
from handlers.tickets.blocks.card import PRIORITY_NAMES
from handlers.tickets.blocks.history import Step
from handlers.tickets.service import gate
from storage import audit
from storage.people import people
from storage.tickets import tickets
from storage.tickets.tickets import Ticket
from storage.turn import BOT, Turn

_EVERYBODYS: Mapping[str, str] = {
    "submitted": N_("asked"),
    "taken": N_("taken"),
    "assigned": N_("given to {assignee}"),
    "transferred": N_("moved to {department}"),
    "retyped": N_("{type}, {priority}"),
    "made_private": N_("made private"),
    "approved": N_("approved"),
    "refused": N_("refused"),
    "changes_asked": N_("wanted changes"),
    "asked_anew": N_("changed, approval asked for anew"),
    "resolved": N_("resolved"),
    "reopened": N_("reopened"),
    "closed": N_("closed"),
    "cancelled": N_("not needed any more"),
    "rated": N_("rated {stars}"),
    "merged": N_("merged into {into}"),
    "split": N_("a part is {into}"),
    "nudged": N_("reminded the department"),
}
_AGENTS: Mapping[str, str] = {
    "put_back": N_("put back"),
    "given_back": N_("back in the queue"),
    "escalated": N_("escalated"),
    "snoozed": N_("snoozed"),
    "woken": N_("woken up"),
    "target_missed": N_("a promise was missed"),
}


def history(turn: Turn, ticket: Ticket, *, for_agents: bool) -> list[Step]:
    """The steps, the oldest first; how the work is organised only for those who do it."""
    sentences = {**_EVERYBODYS, **(_AGENTS if for_agents else {})}
    events = [
        (event, event.event.removeprefix("ticket."))
        for event in audit.history(turn.db, turn.workspace, ticket.key)
        if event.event.removeprefix("ticket.") in sentences
    ]
    names = _names(turn, [event for event, _ in events])
    steps = []
    for event, name in events:
        facts = _facts(turn, event.facts or {}, names)
        if facts is not None:
            act = turn.words.mark(sentences[name], **facts)
            steps.append(Step(event.at, names.get(event.actor, ""), act))
    return steps


def _names(turn: Turn, events: list[Any]) -> dict[str, str]:
    wanted = {event.actor for event in events if event.actor != BOT.id}
    wanted |= {event.facts["assignee"] for event in events if (event.facts or {}).get("assignee")}
    return {id: person.name for id, person in people.persons(turn, wanted).items()}


def _facts(
    turn: Turn, noted: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, object] | None:
    """What an event's sentence names, in the reader's words; None where it names a ticket that they
    may not see.
    """
    language, facts = turn.words.language, dict[str, object]()
    if "into" in noted:
        other = tickets.seen(turn, gate.viewer(turn), int(noted["into"]))
        if other is None:
            return None
        facts["into"] = gate.number(turn, other)
    if noted.get("assignee"):
        facts["assignee"] = names.get(noted["assignee"], noted["assignee"])
    department = turn.catalogue.departments.get(str(noted.get("department")))
    if "department" in noted:
        facts["department"] = department.name.in_(language) if department else noted["department"]
    if "type" in noted:
        kind = turn.catalogue.request_types.get(noted["type"])
        facts["type"] = kind.label.in_(language) if kind else noted["type"]
    if "priority" in noted and noted["priority"] in PRIORITY_NAMES:
        facts["priority"] = turn.words.say(PRIORITY_NAMES[noted["priority"]])
    if "rating" in noted:
        facts["stars"] = Mrkdwn(stars.drawn(int(noted["rating"])))
    return facts
