"""Who is in the workspace: the team, people, bots, guests, people of other teams, user groups."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.playground.slack.shapes import Json


@dataclass
class Team:
    id: str = "T0PLAY"
    name: str = "Playground"
    domain: str = "playground"
    email_domain: str = "example.com"

    def shape(self) -> Json:
        icon = {"image_default": True}
        return {**asdict(self), "icon": icon}


@dataclass
class Person:
    """Somebody who can post: a person, a guest, somebody of another team, or a bot."""

    id: str
    name: str
    real_name: str
    title: str = ""
    locale: str = "en-US"
    tz: str = "Europe/Warsaw"
    email: str = ""
    team_id: str = ""
    color: str = "3c6997"
    is_bot: bool = False
    bot_id: str = ""
    app_id: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    presence: str = "active"
    updated: int = 0

    @property
    def language(self) -> str:
        return self.locale.split("-")[0]

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.real_name.split()[:2]).upper()

    def profile(self) -> Json:
        """The profile that `users.info` and `user_change` carry."""
        first, _, last = self.real_name.partition(" ")
        profile: Json = {
            "title": self.title,
            "phone": "",
            "skype": "",
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "first_name": first,
            "last_name": last,
            "fields": {},
            "status_text": self.status_text,
            "status_emoji": self.status_emoji,
            "status_emoji_display_info": [],
            "status_expiration": self.status_expiration,
            "avatar_hash": "",
            "team": self.team_id,
            "image_48": f"https://secure.gravatar.com/avatar/{self.id}.jpg?s=48",
        }
        if self.is_bot:
            profile |= {"bot_id": self.bot_id, "api_app_id": self.app_id, "always_active": True}
        return profile


def user_shape(person: Person, team: Team, now: datetime, *, locale: bool, email: bool) -> Json:
    """A user as `users.info`, `users.list` and `user_change` show them."""
    offset = now.astimezone(ZoneInfo(person.tz)).utcoffset()
    zone = now.astimezone(ZoneInfo(person.tz)).tzname() or person.tz
    shape: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "color": person.color,
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": zone,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": person.profile(),
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_primary_owner": person.is_owner,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
        "is_email_confirmed": not person.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    }
    if person.team_id != team.id:
        shape["is_stranger"] = True
    if locale:
        shape["locale"] = person.locale
    if email and person.email and not person.is_bot:
        shape["profile"]["email"] = person.email
    return shape


@dataclass
class Usergroup:
    """A user group such as ``@accounting``."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    disabled: bool = False

    def shape(self, team: Team, *, users: bool, count: bool) -> Json:
        shape: Json = {
            "id": self.id,
            "team_id": team.id,
            "is_usergroup": True,
            "is_subteam": True,
            "is_external": False,
            "name": self.name,
            "handle": self.handle,
            "description": "",
            "date_create": 0,
            "date_update": 0,
            "date_delete": 1 if self.disabled else 0,
            "auto_type": None,
            "prefs": {"channels": [], "groups": []},
        }
        if users:
            shape["users"] = list(self.users)
        if count:
            shape["user_count"] = len(self.users)
        return shape
