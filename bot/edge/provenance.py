"""Provenance: whether a payload is meant for this app in this workspace. Pure.

A signature says that Slack sent it to an app of ours; it may be another installation of the app.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]


def is_foreign(body: Json, team: str, app: str) -> bool:
    """Whether it names another app or another installation than ours.

    ``app`` is empty while Slack has not told it. Of somebody of another company who acts in a
    shared channel Slack names their own team, which is theirs alone.
    """
    return (
        _differs(body.get("api_app_id"), app)
        or _differs(_installed_in(body), team)
        or _differs(_happened_in(body), team)
    )


def _differs(named: object, ours: str) -> bool:
    return bool(named) and bool(ours) and named != ours


def _installed_in(body: Json) -> object:
    """The workspace in which the app that is meant is installed, where the payload names it."""
    granted: Sequence[Json] = body.get("authorizations") or ()
    view = body.get("view") or {}
    return granted[0].get("team_id") if granted else view.get("app_installed_team_id")


def _happened_in(body: Json) -> object:
    """The workspace in which it happened, but for what others do in a channel that is shared."""
    if body.get("is_ext_shared_channel"):
        return None
    own = (body.get("user") or {}).get("team_id") if isinstance(body.get("user"), Mapping) else None
    team = (body.get("team") or {}).get("id") or body.get("team_id")
    return None if team == own else team
