"""The two settings of e-mail, each read into a value or refused with one sentence that shows no
password.
"""

from dataclasses import dataclass, field
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from bot.kit.errors import Problem
from bot.kit.mail_address import is_address

Security = Literal["tls", "starttls", "none"]
_SECURITY: dict[str, tuple[Security, int]] = {
    "smtps": ("tls", 465),
    "smtp+starttls": ("starttls", 587),
    "smtp": ("none", 25),
}


class NoMailServer(Problem):
    """A mail server's address that is none. What was given may hold a password: it is not shown."""

    sentence = (
        "ZAPLECZE_SMTP_URL must be smtps://user:password@host:465 or "
        "smtp+starttls://user:password@host:587, with special characters of the password "
        "percent-encoded; smtp:// is for a server on this machine alone."
    )


class NoSender(Problem):
    """Nobody from whom mails could come."""

    sentence = (
        "ZAPLECZE_MAIL_FROM must be one e-mail address, as invoices@example.com or "
        "Example Ltd <invoices@example.com>; it is “{given}”."
    )


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in, and as whom."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class MailFrom:
    """From whom letters come."""

    name: str
    address: str


def server_of(url: str) -> MailServer:
    """The server that ``ZAPLECZE_SMTP_URL`` names."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NoMailServer() from None
    host = parts.hostname or ""
    if parts.scheme not in _SECURITY or not host or _has_more(parts):
        raise NoMailServer()
    security, usual = _SECURITY[parts.scheme]
    if security == "none" and not _is_here(host):
        raise NoMailServer()
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise NoMailServer()
    return MailServer(host, port or usual, security, user, password)


def sender_of(given: str) -> MailFrom:
    """Who ``ZAPLECZE_MAIL_FROM`` is."""
    name, address = parseaddr(given)
    is_single = given.strip() == address or given.strip().endswith(f"<{address}>")
    if not is_address(address) or not is_single or not given.isprintable():
        raise NoSender(given=given)
    return MailFrom(name, address)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _has_more(parts: SplitResult) -> bool:
    """What belongs to no server's address: part of a password that was not escaped, most often."""
    return parts.path not in ("", "/") or bool(parts.query or parts.fragment)
