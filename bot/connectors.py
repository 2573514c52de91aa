"""The connectors that the settings name."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.config import Settings
from handlers.invoices.connectors.problems import BadAddress, Incomplete
from handlers.invoices.connectors.protocol import Connector


def connectors_of(settings: Settings) -> Mapping[str, Connector]:
    """Every source that is configured, by its name; none where nothing is. Raises Incomplete and
    BadAddress.
    """
    result = [tryton(settings)] if settings.tryton_url else []
    return {item.name: item for item in result}


def tryton(settings: Settings) -> Connector:
    """By key where there is one, else by user and password."""
    from handlers.invoices.connectors.tryton.connector import Tryton

    _check_address(settings.tryton_url)
    key, password = (
        settings.tryton_key.get_secret_value(),
        settings.tryton_password.get_secret_value(),
    )
    if key:
        return Tryton.by_key(settings.tryton_url, key, proxies=settings.proxies)
    if settings.tryton_user and password:
        return Tryton.by_password(
            settings.tryton_url, settings.tryton_user, password, proxies=settings.proxies
        )
    missing = "ZAPLECZE_TRYTON_PASSWORD" if settings.tryton_user else "ZAPLECZE_TRYTON_KEY"
    raise Incomplete(given="ZAPLECZE_TRYTON_URL", missing=missing)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise BadAddress() from None
    database = parts.path.strip("/")
    if (
        not is_one
        or not database
        or "/" in database
        or "@" in parts.netloc
        or parts.query
        or parts.fragment
    ):
        raise BadAddress()
