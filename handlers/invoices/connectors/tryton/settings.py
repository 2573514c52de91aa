"""What the environment says about Tryton: the server, and as whom we read there."""

from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.kit.words import N_
from handlers.invoices.connectors.problems import Incomplete, SourceProblem


class BadAddress(SourceProblem):
    """An address that no database of Tryton can have."""

    sentence = N_(
        "ZAPLECZE_TRYTON_URL must be the server's address and the database's name, "
        "such as https://books.example.com/company, without user or password."
    )


class Settings(BaseSettings):
    """The address, and a key or a user with a password; without an address there is no Tryton."""

    model_config = SettingsConfigDict(
        frozen=True, populate_by_name=True, extra="ignore", env_ignore_empty=True
    )

    url: str = Field(default="", validation_alias="ZAPLECZE_TRYTON_URL")
    key: SecretStr = Field(default=SecretStr(""), validation_alias="ZAPLECZE_TRYTON_KEY")
    user: str = Field(default="", validation_alias="ZAPLECZE_TRYTON_USER")
    password: SecretStr = Field(default=SecretStr(""), validation_alias="ZAPLECZE_TRYTON_PASSWORD")

    def check(self) -> None:
        """Raises Incomplete and BadAddress."""
        if not _is_address(self.url):
            raise BadAddress()
        if self.key.get_secret_value() or (self.user and self.password.get_secret_value()):
            return
        missing = "ZAPLECZE_TRYTON_PASSWORD" if self.user else "ZAPLECZE_TRYTON_KEY"
        raise Incomplete(given="ZAPLECZE_TRYTON_URL", missing=missing)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_server = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    database = parts.path.strip("/")
    is_database = bool(database) and "/" not in database
    return is_server and is_database and not ("@" in parts.netloc or parts.query or parts.fragment)
