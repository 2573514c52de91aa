"""The directory: mirrors people, channels and memberships into storage, by events and
by a refresh.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.directory import channel_privacy, places
from bot.edge.turns import Turns
from bot.kit.language.characters import storable
from bot.kit.replies import PASS, Reply
from bot.kit.routes import Event, Need, Routes
from bot.slack import HOME, UNREACHED, Slack, error_of
from handlers.tickets.service import departures
from storage import waiting_messages
from storage.people import people, roles
from storage.turn import Turn

log = logging.getLogger(__name__)
routes: Routes[Turn] = Routes("directory")

FRESH = 3600.0  # seconds between two refreshes; events tell of most changes before
_NOBODY = ("no_such_subteam", "channel_not_found", "not_in_channel", "missing_scope")
"""A group that was deleted, a channel that the bot is not in: nobody has a role by it."""
_SLACKBOT = "USLACKBOT"
"""Slack itself, of whom it says that it is no bot."""
_SLICE = 500  # rows in one turn, so that nobody waits long behind a large directory


@dataclass
class Directory:
    """Asks Slack who is who; the answers enter storage as turns of the bot."""

    turns: Turns
    slack: Slack
    threads: Executor

    async def meet(self, person_id: str) -> None:
        """Learn who somebody is."""
        response = await self.slack.client.users_info(user=person_id, include_locale=True)
        await self._in_slices(self._save_person, [response["user"]])

    async def keep_fresh(self) -> None:
        """Refresh every hour; when that fails, what is known stays and the next hour
        tries again.
        """
        while True:
            await asyncio.sleep(FRESH)
            try:
                await self.refresh()
            except SlackApiError as refused:
                log.warning("the directory is not refreshed: Slack answers %s", error_of(refused))
            except (*UNREACHED, SQLAlchemyError) as fault:
                log.warning("the directory is not refreshed: %s", type(fault).__name__)

    async def refresh(self, *, is_starting: bool = False) -> None:
        """Everybody, every channel that matters, and who is in it."""
        users = await self._pages("users_list", "members", include_locale=True)
        channels = await self._pages(
            "conversations_list", "channels", types="public_channel,private_channel"
        )
        await self._in_slices(self._save_person, users)
        save_channel = partial(self._save_channel, is_starting=is_starting)
        await self._in_slices(save_channel, channels)
        wanted = await asyncio.get_running_loop().run_in_executor(self.threads, self._memberships)
        members = [(membership, await self._members(membership)) for membership in wanted]
        await self._in_slices(
            lambda turn, membership: people.save_members(turn, *membership), members
        )

    def _memberships(self) -> list[str]:
        """The channels whose members have a role, and the user groups that the catalogue names."""
        with self.turns.turn(HOME) as turn:
            departments = turn.catalogue.departments.values()
            named = roles.channels_named(turn, [each.channel for each in departments])
        groups = {each.user_group for each in departments if each.user_group}
        readers = turn.catalogue.invoices.readers
        groups |= {reader for reader in readers if reader.startswith("S")}
        return [*sorted(set(named.values())), *sorted(groups)]

    async def _members(self, membership: str) -> list[str]:
        try:
            if membership.startswith("S"):
                result = await self.slack.ask("usergroups_users_list", usergroup=membership)
                return list(result["users"])
            return await self._pages("conversations_members", "members", channel=membership)
        except SlackApiError as refused:
            if error_of(refused) not in _NOBODY:
                raise
            return []

    async def _pages(self, method: str, key: str, **params: Any) -> list[Any]:
        result: list[Any] = []
        cursor = None
        while cursor != "":
            page = await self.slack.ask(method, limit=200, cursor=cursor, **params)
            result += storable(page[key])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        return result

    async def _in_slices(self, save: Callable[[Turn, Any], None], rows: Sequence[Any]) -> None:
        for begin in range(0, len(rows), _SLICE):
            work = partial(self._save_now, save, rows[begin : begin + _SLICE])
            await asyncio.get_running_loop().run_in_executor(self.threads, work)

    def _save_now(self, save: Callable[[Turn, Any], None], rows: Sequence[Any]) -> None:
        with self.turns.turn(HOME) as turn:
            for row in rows:
                save(turn, row)

    def _save_person(self, turn: Turn, user: Mapping[str, Any]) -> None:
        people.save_person(turn, facts_of(user, self.slack.team))

    def _save_channel(
        self, turn: Turn, channel: Mapping[str, Any], *, is_starting: bool = False
    ) -> None:
        channel_privacy.keep(turn, channel_facts_of(channel), is_starting=is_starting)
        is_archived = bool(channel.get("is_archived"))
        people.note_archived(turn, channel["id"], is_archived)
        if channel.get("is_member") and not is_archived:
            places.note_open(turn, channel["id"])


def facts_of(user: Mapping[str, Any], team: str) -> dict[str, Any]:
    """What we keep of a user object of Slack's."""
    profile = user.get("profile") or {}
    name = (
        profile.get("real_name")
        or user.get("real_name")
        or profile.get("display_name")
        or user.get("name")
    )
    guest = user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger")
    return {
        "id": user["id"],
        "name": name or user["id"],
        "email": profile.get("email") or "",
        "handle": user.get("name") or "",
        "picture": profile.get("image_72") or profile.get("image_48") or None,
        "locale": user.get("locale") or "en-US",
        "timezone": user.get("tz") or "UTC",
        "status": f"{profile.get('status_emoji') or ''} {profile.get('status_text') or ''}".strip(),
        "is_external": bool(guest) or user.get("team_id", team) != team,
        "is_admin": bool(user.get("is_owner") or user.get("is_admin")),
        "is_bot": bool(user.get("is_bot")) or user["id"] == _SLACKBOT,
        "is_deleted": bool(user.get("deleted")),
    }


_SHARED = ("is_ext_shared", "is_shared", "is_org_shared", "is_pending_ext_shared")


def channel_facts_of(channel: Mapping[str, Any]) -> dict[str, Any]:
    """What we keep of a channel object of Slack's. One into which another company is invited counts
    as shared: what is said today stands there when they come.
    """
    shared = any(channel.get(name) for name in _SHARED)
    return {
        "id": channel["id"],
        "name": channel.get("name") or channel["id"],
        "is_private": bool(channel.get("is_private")),
        "is_shared": shared,
    }


@routes.event("member_joined_channel", needs=(Need.AROUND_US,), outsiders=True)
def joined(turn: Turn, event: Event) -> Reply:
    """Who enters a triage channel is its department's agent from now on; where a bot does, it may
    be ours, and what waited for the channel is tried.
    """
    people.add_member(turn, event.facts["channel"], event.facts["user"])
    around_us = event.fetched.get(Need.AROUND_US)
    if around_us:
        people.save_members(turn, event.facts["channel"], around_us)
    if turn.actor.is_bot:
        waiting_messages.let_go(turn.db, turn.workspace, event.facts["channel"])
        turn.has_changed = True
    return PASS


@routes.event("member_left_channel", outsiders=True)
def left(turn: Turn, event: Event) -> Reply:
    people.remove_member(turn, event.facts["channel"], event.facts["user"])
    departures.left_channel(turn, event.facts["user"], event.facts["channel"])
    return PASS


@routes.event("user_change", outsiders=True)
def changed(turn: Turn, event: Event) -> Reply:
    """Name, language, zone or status are new; what the event leaves out stays as it was."""
    _keep_person(turn, event.facts["user"])
    if not people.is_here(turn, event.facts["user"]["id"]):
        departures.left(turn, event.facts["user"]["id"])
    return PASS


@routes.event("team_join", outsiders=True)
def arrived(turn: Turn, event: Event) -> Reply:
    _keep_person(turn, event.facts["user"])
    return PASS


@routes.event("channel_rename", outsiders=True)
@routes.event("group_rename", outsiders=True)
def renamed(turn: Turn, event: Event) -> Reply:
    channel_privacy.rename(turn, event.facts["channel"]["id"], event.facts["channel"]["name"])
    return PASS


@routes.event("channel_id_changed", outsiders=True)
def moved(turn: Turn, event: Event) -> Reply:
    """A private channel that is to be shared has another id from now on."""
    channel_privacy.move(turn, event.facts["old_channel_id"], event.facts["new_channel_id"])
    return PASS


@routes.event("channel_archive", outsiders=True)
@routes.event("group_archive", outsiders=True)
def archived(turn: Turn, event: Event) -> Reply:
    """Nothing can be posted there any more."""
    return _shut(turn, event.facts["channel"], "is_archived")


@routes.event("channel_left", outsiders=True)
@routes.event("group_left", outsiders=True)
def put_out(turn: Turn, event: Event) -> Reply:
    """The bot is not in a channel any more."""
    return _shut(turn, event.facts["channel"], "not_in_channel")


def _shut(turn: Turn, channel: str, why: str) -> Reply:
    """Who can mend it hears at once where the catalogue needs the channel; of others with the first
    message that waits.
    """
    if places.is_of_the_catalogue(turn, channel):
        places.shut(turn, channel, why)
    return PASS


@routes.event("channel_unarchive", outsiders=True)
@routes.event("group_unarchive", outsiders=True)
def unarchived(turn: Turn, event: Event) -> Reply:
    places.open_again(turn, event.facts["channel"])
    return PASS


@routes.event("channel_shared", outsiders=True)
def shared(turn: Turn, event: Event) -> Reply:
    """People of another company read a channel from now on."""
    channel_privacy.change(turn, event.facts["channel"], is_shared=True)
    return PASS


@routes.event("channel_unshared", outsiders=True)
def unshared(turn: Turn, event: Event) -> Reply:
    """One company less; the event says whether others remain."""
    channel_privacy.change(
        turn, event.facts["channel"], is_shared=bool(event.facts.get("is_ext_shared"))
    )
    return PASS


def _is_converted(event: Event, _catalogue: Any) -> bool:
    return event.facts.get("subtype") in ("channel_convert_to_public", "channel_convert_to_private")


@routes.event("message", outsiders=True, when=_is_converted)
def converted(turn: Turn, event: Event) -> Reply:
    """A channel was made public, or private."""
    is_private = event.facts["subtype"] == "channel_convert_to_private"
    channel_privacy.change(turn, event.facts["channel"], is_private=is_private)
    return PASS


@routes.event("subteam_members_changed", outsiders=True)
def regrouped(turn: Turn, event: Event) -> Reply:
    for person_id in event.facts.get("added_users") or ():
        people.add_member(turn, event.facts["subteam_id"], person_id)
    for person_id in event.facts.get("removed_users") or ():
        people.remove_member(turn, event.facts["subteam_id"], person_id)
        departures.left(turn, person_id)
    return PASS


def _keep_person(turn: Turn, user: Mapping[str, Any]) -> None:
    """Events carry the same user object as ``users.info``; of another workspace's people they say
    so.
    """
    facts = facts_of(user, user.get("team_id", ""))
    facts["is_external"] = facts["is_external"] or people.is_outsider(turn, user["id"])
    people.save_person(turn, facts)
