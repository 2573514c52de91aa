"""A ticket as a step of somebody's workflow."""

from collections.abc import Mapping
from typing import Any, get_args

from bot.kit.catalogue import Priority
from bot.kit.errors import Problem
from handlers.tickets.service import cards, gate
from handlers.tickets.service.submission import submit
from storage.tickets.tickets import Request
from storage.turn import Turn


class NoSuchPriority(Problem):
    sentence = "“{value}” is no priority. Known are {known}."


class NoSuchRequestType(Problem):
    sentence = "“{value}” is no request type of the catalogue. Known are {known}."


def run(turn: Turn, execution: str, inputs: Mapping[str, Any], app: str) -> dict[str, str]:
    """The step's outputs: the number, and a link to where its requester follows it."""
    kind, priority = str(inputs.get("request_type") or ""), inputs.get("priority") or None
    if kind not in turn.catalogue.request_types:
        raise NoSuchRequestType(value=kind, known=tuple(turn.catalogue.request_types))
    if priority is not None and priority not in get_args(Priority):
        raise NoSuchPriority(value=priority, known=get_args(Priority))
    ticket = submit(
        turn,
        Request(
            origin=f"step:{execution}",
            request_type=kind,
            subject=str(inputs.get("subject") or ""),
            description=str(inputs.get("description") or ""),
            priority=priority,
            requester=inputs.get("requester") or None,
        ),
    )
    return {"number": gate.number(turn, ticket), "link": cards.link_to(turn, ticket, app)}
