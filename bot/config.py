"""Settings, all from the environment. Nothing is read when a module is imported."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.kit.errors import Problem
from bot.kit.files.content_store import ContentStore
from bot.kit.proxies import Proxies
from bot.mail_settings import MailFrom, MailServer, sender_of, server_of


class NoPort(Problem):
    """A port that is none."""

    sentence = "{setting} must be a whole number from 0 to 65535; it is “{given}”."


class NoAddress(Problem):
    """An address that is none."""

    sentence = (
        "{setting} must be an address that begins with https:// (or http:// on this machine); it "
        "is “{given}”."
    )


class NoTokenForm(Problem):
    """What stands for a token holds signs that none has, as an example does that was pasted."""

    sentence = (
        "{setting} must hold the whole token, {begins} followed by letters, digits and dashes "
        "alone; copy it from the app's page."
    )


class NotPublic(Problem):
    """An address at which Slack would not call."""

    sentence = (
        "ZAPLECZE_PUBLIC_URL must be the address at which Slack reaches Zaplecze from outside, as "
        "https://zaplecze.example.com (or http:// on this machine, for a stand-in of Slack); it is "
        "“{given}”."
    )


class Settings(BaseSettings):
    """Slack's own names for Slack's settings, ``DATABASE_URL``, and ``ZAPLECZE_*`` for the rest.
    A connector has settings of its own (``handlers/invoices/connectors``).
    """

    model_config = SettingsConfigDict(
        frozen=True, populate_by_name=True, extra="ignore", env_ignore_empty=True
    )

    slack_bot_token: SecretStr = Field(default=SecretStr(""), validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr = Field(default=SecretStr(""), validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr = Field(
        default=SecretStr(""), validation_alias="SLACK_SIGNING_SECRET"
    )
    slack_api_url: str = Field(default="https://slack.com/api/", validation_alias="SLACK_API_URL")
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    config: Path | None = Field(default=None, validation_alias="ZAPLECZE_CONFIG")
    data_dir: Path = Field(default=Path("var"), validation_alias="ZAPLECZE_DATA_DIR")
    schemas: Path | None = Field(default=None, validation_alias="ZAPLECZE_SCHEMAS")
    http_host: str = Field(default="127.0.0.1", validation_alias="ZAPLECZE_HTTP_HOST")
    http_port: int = Field(default=8080, ge=0, le=65535, validation_alias="ZAPLECZE_HTTP_PORT")
    public_url: str = Field(default="", validation_alias="ZAPLECZE_PUBLIC_URL")
    mcp: bool = Field(default=False, validation_alias="ZAPLECZE_MCP")
    https_proxy: SecretStr = Field(default=SecretStr(""), validation_alias="HTTPS_PROXY")
    http_proxy: SecretStr = Field(default=SecretStr(""), validation_alias="HTTP_PROXY")
    no_proxy: str = Field(default="", validation_alias="NO_PROXY")
    smtp_url: SecretStr = Field(default=SecretStr(""), validation_alias="ZAPLECZE_SMTP_URL")
    mail_from: str = Field(default="", validation_alias="ZAPLECZE_MAIL_FROM")
    clock: str = Field(default="", validation_alias="ZAPLECZE_CLOCK")

    @field_validator("http_port", mode="wrap")
    @classmethod
    def _is_port(cls, given: Any, read: ValidatorFunctionWrapHandler) -> int:
        try:
            return int(read(given))
        except ValidationError:
            raise NoPort(setting="ZAPLECZE_HTTP_PORT", given=given) from None

    @field_validator("slack_api_url")
    @classmethod
    def _is_address(cls, given: str) -> str:
        if not re.fullmatch(r"https?://[^/\s]+/\S*", given) or not _is_private(given):
            raise NoAddress(setting="SLACK_API_URL", given=without_password(given))
        return given

    @field_validator("slack_bot_token", "slack_app_token", "slack_signing_secret", mode="before")
    @classmethod
    def _is_one_word(cls, given: Any) -> Any:
        """A line's end that was copied along is no part of it."""
        return given.strip() if isinstance(given, str) else given

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _is_token(cls, given: SecretStr, info: ValidationInfo) -> SecretStr:
        """Dots too, as rotated tokens (xoxe.xoxb-1-…) have them. The token itself is not shown, and
        one in the other's place is for the doctor to tell.
        """
        is_whole = re.fullmatch(r"([A-Za-z0-9.]+(-[A-Za-z0-9.]+)+)?", given.get_secret_value())
        if not is_whole:
            begins = "xapp-" if info.field_name == "slack_app_token" else "xoxb-"
            raise NoTokenForm(setting=str(info.field_name).upper(), begins=begins)
        return given

    @field_validator("public_url")
    @classmethod
    def _is_public(cls, given: str) -> str:
        if given and not re.fullmatch(r"https?://[^/\s@]+(/\S*)?", given):
            raise NotPublic(given=without_password(given))
        if not _is_private(given or "https://"):
            raise NotPublic(given=given)
        return given.rstrip("/")

    @field_validator("smtp_url")
    @classmethod
    def _is_mail_server(cls, given: SecretStr) -> SecretStr:
        if given.get_secret_value():
            server_of(given.get_secret_value())
        return given

    @field_validator("mail_from")
    @classmethod
    def _is_sender(cls, given: str) -> str:
        if given:
            sender_of(given)
        return given

    @property
    def mail(self) -> tuple[MailServer, MailFrom] | None:
        """Where letters by e-mail are handed in, and from whom they come; None until both are
        set.
        """
        url = self.smtp_url.get_secret_value()
        return (server_of(url), sender_of(self.mail_from)) if url and self.mail_from else None

    @property
    def proxies(self) -> Proxies:
        """How what leaves by HTTP leaves."""
        proxy = self.https_proxy.get_secret_value() or self.http_proxy.get_secret_value()
        return Proxies(proxy, self.no_proxy)

    @property
    def archive(self) -> ContentStore:
        """Where the files of the archive lie: in the data folder."""
        return ContentStore(self.data_dir / "archive")

    @property
    def database(self) -> str:
        """Where everything is remembered: ``DATABASE_URL``, or SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'zaplecze.sqlite3'}"


def without_password(address: str) -> str:
    """An address as it may be shown, whatever signs its password is made of."""
    return re.sub(r"^(\w+://)?.*@", r"\1", address, flags=re.DOTALL)


def _is_private(address: str) -> bool:
    """Whether nobody on the way reads the token: encrypted, or not leaving this machine."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # a bracket that opens nothing
        return False
    return address.startswith("https://") or host in ("localhost", "::1") or _is_loopback(host)


def _is_loopback(host: str) -> bool:
    return bool(re.fullmatch(r"127(\.\d{1,3}){3}", host))
