"""Routes of the clock, and slow work: files carried from one side of a ticket to the other."""

from datetime import timedelta
from typing import Any

from bot.kit.routes import Json
from handlers.tickets.routes import routes
from handlers.tickets.service import departures
from handlers.tickets.service.conversation import (
    dropped_files,
    invitations,
    mirror,
    note_marks,
)
from handlers.tickets.service.lists import export
from handlers.tickets.service.work import service_levels, snooze
from storage.turn import Turn

_MINUTE = timedelta(minutes=1)


@routes.job("targets", every=_MINUTE)
def look_at_targets(turn: Turn) -> None:
    """Warn before a promise is broken, and tell the lead when it is."""
    service_levels.tell_due(turn)


@routes.job("waking", every=_MINUTE)
def wake(turn: Turn) -> None:
    """Snoozed tickets come back."""
    snooze.wake_due(turn)


@routes.job("leaving", every=timedelta(minutes=10))
def look_for_gone(turn: Turn) -> None:
    """Who is not where they were gives back what they held."""
    departures.look_for_gone(turn)


@routes.job("closing", every=timedelta(minutes=10))
def close(turn: Turn) -> None:
    """Resolved tickets to which nobody objected are closed."""
    snooze.close_due(turn)


@routes.job("offers", every=timedelta(days=1))
def forget_offers(turn: Turn) -> None:
    """What was written to the bot and passed on to nobody is not kept for ever."""
    invitations.forget(turn)


def _fetch(payload: Json, tools: Any) -> Any:
    return tools.fetch(payload["workspace"], payload["url"])


def _missed(turn: Turn, payload: Json, why: Exception) -> None:
    mirror.miss_file(turn, payload)


routes.task("carry_file", work=_fetch, done=mirror.put_file, failed=_missed)


def _leave_it(turn: Turn, payload: Json, outcome: object) -> None:
    """Marked or not, nobody is told."""


routes.task("mark_note", work=note_marks.put, done=_leave_it, failed=_leave_it)
routes.task(
    "weigh_papers",
    work=dropped_files.are_all_ours,
    done=dropped_files.offer_for_others,
    failed=dropped_files.offer_for_unread,
)


def _listed(payload: Json, tools: Any) -> Any:
    with tools.turn(payload["workspace"]) as turn:
        head, body = export.rows(turn, payload["actor"], payload["departments"])
    return export.written(head, body)


def _send_list(turn: Turn, payload: Json, made: Any) -> None:
    export.send(turn, payload["actor"], *made)


def _not_listed(turn: Turn, payload: Json, why: Exception) -> None:
    export.regret(turn, payload["actor"])


routes.task("export", work=_listed, done=_send_list, failed=_not_listed)
