"""The doctor: what is set up, what is not, and what an administrator does about it."""

import asyncio
import logging
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.app import NoCatalogueFor
from bot.catalogue import loader
from bot.catalogue.channels import ChannelFacts, check_channels
from bot.config import Settings, without_password
from bot.delivery.mail import trial
from bot.delivery.mail.smtp import NotTaken
from bot.directory import orphaned_tickets
from bot.directory.mirror import channel_facts_of
from bot.kit import clock
from bot.kit.catalogue import Catalogue
from bot.kit.errors import Problem
from bot.manifest import purpose_of, required_scopes
from bot.slack import Slack, asked_to_wait, error_of, is_passing
from bot.startup import ForeignDatabase, NewerDatabase, as_it_is, refuse_unwritable
from handlers.ledger.model.interest import Rate
from handlers.ledger.rates import book, expiry
from storage import outbox_mails, schema
from storage.documents import register
from storage.invoices import rates

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    """One thing looked at; ``message`` says what was found, and what to do when it is
    not ``ok``.
    """

    name: str
    ok: bool
    message: str


def examine(settings: Settings) -> list[Check]:
    """Everything, in the order in which one would mend it."""
    return [
        *_settings(settings),
        _looked("catalogue", lambda: _catalogue(settings)),
        _looked("our accounts", lambda: _accounts(settings)),
        _database(settings),
        *_left_behind(settings),
        *rate_checks(settings),
        *_archive(settings),
        *_mail(settings),
        *_unsure_mails(settings),
        *_slack(settings),
    ]


def _settings(settings: Settings) -> Iterator[Check]:
    token = settings.slack_bot_token.get_secret_value()
    app_token, secret = (
        settings.slack_app_token.get_secret_value(),
        settings.slack_signing_secret.get_secret_value(),
    )
    yield Check(
        "bot token",
        token.startswith(("xoxb-", "xoxe.")),
        "SLACK_BOT_TOKEN is set"
        if token.startswith(("xoxb-", "xoxe."))
        else (
            "SLACK_BOT_TOKEN must hold the bot token (xoxb-…) from the app's page, under OAuth & "
            "Permissions"
        ),
    )
    if app_token and not app_token.startswith("xapp-"):
        told = (
            "SLACK_APP_TOKEN must hold the app-level token (xapp-…) from the app's page, under "
            "Basic Information"
        )
        yield Check("way in", False, told)
        return
    way = "Socket Mode" if app_token else "signed HTTP at /slack/events" if secret else ""
    yield Check(
        "way in",
        bool(way),
        f"Slack reaches the bot by {way}"
        if way
        else (
            "set SLACK_APP_TOKEN (xapp-…, scope connections:write) for Socket Mode, or "
            "SLACK_SIGNING_SECRET for HTTP"
        ),
    )


def _looked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except Problem as problem:
        return Check(name, False, str(problem))


def _catalogue(settings: Settings) -> str:
    result = loader.load_all(settings.config)
    where = settings.config or "the shipped default (ZAPLECZE_CONFIG is not set)"
    return (
        f"{where}: {sum(len(item.request_types) for item in result.values())} request types, no "
        "mistakes"
    )


def _accounts(settings: Settings) -> str:
    """Every account counts as ours where none is named: that is allowed, and told."""
    listed = [item.company.accounts for item in loader.load_all(settings.config).values()]
    count = sum(len(accounts) for named in listed for accounts in named.values())
    if all(listed):
        return f"statements count of the {count} in [company.accounts]"
    return (
        "[company.accounts] is empty, so the statements of every account count as ours; name "
        "yours there"
    )


def _database(settings: Settings) -> Check:
    """As it is: bringing it up to date is for `serve`, or for an administrator who has a backup."""

    def look() -> str:
        refuse_unwritable(settings)
        with as_it_is(settings) as engine:
            result = schema.shape(engine) if engine else "empty"
            if result == "foreign":
                raise ForeignDatabase()
            if result == "unknown":
                raise NewerDatabase(why="its shape is not known here")
            return f"{engine.dialect.name if engine else 'SQLite'} {_SHAPES[result]}"

    return _looked("database", look)


_MOST_NAMED = 10
_SHAPES = {
    "newest": "answers and has the newest shape",
    "older": (
        "answers and has an older shape; `zaplecze db upgrade` or the next start brings it up to "
        "date"
    ),
    "empty": "is empty; `zaplecze db upgrade` or the first start makes its tables",
}


def _left_behind(settings: Settings) -> list[Check]:
    """Tickets that nobody would see, as far as the database can be asked."""
    try:
        return [
            Check("tickets of nobody", False, each)
            for each in orphaned_tickets.told(settings, settings.config)
        ]
    except Problem:
        return []  # said above already


def rate_checks(settings: Settings, today: date | None = None) -> list[Check]:
    """Until when late interest can be worked out, where that is no longer than 30 days; of today,
    unless told.
    """
    with suppress(Problem):
        day = today or clock.from_setting(settings.clock)().date()
        known: Sequence[Rate] = book.shipped()
        with as_it_is(settings) as engine:
            if engine is not None and schema.is_current(engine):
                with engine.connect() as db:
                    known = book.with_entered(rates.entered_anywhere(db))
        countries = {each.company.country for each in loader.load_all(settings.config).values()}
        return [_rate_check(each) for each in expiry.endings(countries, known, day)]
    return []


def warn_of_rates(settings: Settings, today: date | None = None) -> None:
    """The same into the log of a start."""
    for check in rate_checks(settings, today):
        log.warning("%s", check.message)


def _rate_check(ending: expiry.Ending) -> Check:
    day = ending.last_day.isoformat() if ending.last_day else "–"
    text = ending.sentence.format(table=ending.name, day=day)
    return Check("rates", not ending.is_over, f"{text} `zaplecze rates import`, or on Home")


def _archive(settings: Settings) -> list[Check]:
    """Whether the folder has every file that the register knows. Their bytes are compared when
    they are read: an archive may be larger than anybody wants to wait for here.
    """
    with suppress(Problem), as_it_is(settings) as engine:
        if engine is None or not schema.is_current(engine):
            return []
        with engine.connect() as db:
            stored = register.stored_files(db)
        gone = [file.number for file in stored if not settings.archive.has(file.sha256, file.size)]
        return [_archive_check(len(stored), gone)] if stored else []
    return []


def _archive_check(count: int, gone: Sequence[str]) -> Check:
    if not gone:
        return Check("archive", True, f"each of {count} kept files is in its folder")
    text = (
        f"{len(gone)} of {count} kept files are missing or have another size in the folder "
        f"archive of ZAPLECZE_DATA_DIR: {_first_of(gone)}. Bring them back from a backup, or store "
        "the originals again with `zaplecze documents store`"
    )
    return Check("archive", False, text)


def _mail(settings: Settings) -> list[Check]:
    """Whether letters by e-mail can leave, where one of the two settings is there."""
    if not settings.smtp_url.get_secret_value() and not settings.mail_from:
        return []
    try:
        return [_looked("mail", lambda: trial.knock(settings))]
    except NotTaken as refused:
        text = f"the server of ZAPLECZE_SMTP_URL does not let us in: {refused.reason}"
        return [Check("mail", False, text)]


def _unsure_mails(settings: Settings) -> list[Check]:
    """Letters that may have arrived: nothing happens to them until a person says so."""
    with suppress(Problem), as_it_is(settings) as engine:
        if engine is None or not schema.is_current(engine):
            return []
        with engine.connect() as db:
            waiting = outbox_mails.unsure(db)
        text = (
            f"letters that may have arrived and wait for a person's word: {len(waiting)} "
            f"({_first_of(waiting)}). Ask the customer, then choose below the document in Slack: "
            "Send again, or Leave it"
        )
        return [Check("unsure letters", False, text)] if waiting else []
    return []


def _first_of(numbers: Sequence[str]) -> str:
    rest = ["…"] if len(numbers) > _MOST_NAMED else []
    return ", ".join([*numbers[:_MOST_NAMED], *rest])


def _slack(settings: Settings) -> list[Check]:
    if not settings.slack_bot_token.get_secret_value():
        return [Check("slack", False, "not asked: there is no bot token")]
    try:
        return asyncio.run(_ask_slack(settings))
    except SlackApiError as refused:
        return [Check("slack", False, _refusal(refused))]
    except (aiohttp.ClientError, TimeoutError, OSError) as lost:
        return [
            Check(
                "slack",
                False,
                f"{without_password(settings.slack_api_url)} cannot be reached "
                f"({type(lost).__name__})",
            )
        ]
    except Problem as problem:
        return [Check("channels", False, f"not compared with Slack: {problem}")]


def _refusal(refused: SlackApiError) -> str:
    if is_passing(refused):
        return _busy(refused)
    return f"Slack refuses: {error_of(refused)}. Copy the bot token once more"


def _busy(refused: SlackApiError) -> str:
    seconds = math.ceil(asked_to_wait(refused) or 60)
    return f"Slack answers {error_of(refused)} just now; ask again in {seconds} s"


async def _ask_slack(settings: Settings) -> list[Check]:
    slack = await Slack.connect(
        settings.slack_bot_token.get_secret_value(), settings.slack_api_url, settings.proxies
    )
    try:
        me = await slack.client.auth_test()
        channels: list[dict[str, Any]] = []
        async for page in await slack.client.conversations_list(
            types="public_channel,private_channel", limit=200
        ):
            channels += page["channels"]
        check = Check("slack", True, f"workspace {me['team']}, as {me['user']}")
        app_token = await _app_token(settings, slack)
        return [check, *app_token, *_by_catalogue(settings, me, channels)]
    finally:
        await slack.close()


async def _app_token(settings: Settings, slack: Slack) -> list[Check]:
    """Whether Slack opens a socket for it; none is opened."""
    token = settings.slack_app_token.get_secret_value()
    if not token.startswith("xapp-"):
        return []
    try:
        await slack.client.apps_connections_open(app_token=token)
    except SlackApiError as refused:
        if is_passing(refused):
            return [Check("app token", True, f"not proven: {_busy(refused)}")]
        text = (
            f"Slack refuses SLACK_APP_TOKEN: {error_of(refused)}. It is the app-level token "
            "(xapp-…) with the scope connections:write, from the app's page under Basic Information"
        )
        return [Check("app token", False, text)]
    return [Check("app token", True, "Slack opens a socket for SLACK_APP_TOKEN")]


def _by_catalogue(settings: Settings, me: Any, channels: list[dict[str, Any]]) -> list[Check]:
    """What the workspace's catalogue needs of Slack."""
    catalogues = loader.load_all(settings.config)
    ours = catalogues.get(me["team_id"]) or catalogues.get(loader.EVERYWHERE)
    if ours is None:
        return [Check("channels", False, f"not compared: {NoCatalogueFor(team=me['team_id'])}")]
    return [_scopes(me.headers, ours), *_channels(ours, channels)]


def _scopes(headers: Any, ours: Catalogue) -> Check:
    granted = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")} - {""}
    if not granted or "*" in granted:
        return Check("scopes", True, "Slack does not say which scopes are granted")
    missing = [scope for scope in required_scopes(ours) if scope not in granted]
    if not missing:
        return Check("scopes", True, "every scope that this catalogue needs is granted")
    named = ", ".join(f"{scope} ({purpose_of(scope)})" for scope in missing)
    text = f"missing: {named}. Update the app from `zaplecze manifest` and install it again"
    return Check("scopes", False, text)


def _channels(catalogue: Catalogue, channels: list[dict[str, Any]]) -> list[Check]:
    """The catalogue's channels are there, the bot is in them, and what is private is private."""
    names = {channel["name"]: channel for channel in channels} | {
        channel["id"]: channel for channel in channels
    }
    wanted = [each.channel for each in catalogue.departments.values()]
    wanted += [each.channel for each in catalogue.intake_channels.values()]
    checks = [_channel(name.removeprefix("#"), names) for name in dict.fromkeys(wanted)]
    problems = check_channels(
        catalogue, [ChannelFacts(**channel_facts_of(channel)) for channel in channels]
    )
    return checks + [
        Check(f"rights by #{each.facts['channel']}", False, str(each)) for each in problems
    ]


def _channel(name: str, channels: dict[str, dict[str, Any]]) -> Check:
    channel = channels.get(name)
    if channel is None:
        message = "not seen: create it, or invite the bot (/invite @Zaplecze) where it is private"
        return Check(f"channel #{name}", False, message)
    if channel.get("is_archived"):
        message = (
            "archived, nobody can write there: unarchive it in Slack and invite the bot (/invite "
            "@Zaplecze), "
        )
        return Check(
            f"channel #{name}", False, message + "or name another channel in the catalogue"
        )
    ok = bool(channel.get("is_member"))
    return Check(
        f"channel #{name}", ok, "the bot is in it" if ok else "invite the bot: /invite @Zaplecze"
    )
