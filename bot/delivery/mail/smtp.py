"""Handing a message in by SMTP, and what became of it.

The standard library's smtplib, in a thread: it shows each step of the dialogue, so that what was
lost before the message's end is told from what was lost after it, and it brings no dependency.
aiosmtplib was the other choice; it sends the message and waits for its answer in one step.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.mail_settings import MailServer

STEP_TIMEOUT = 20.0  # seconds for each answer
END_TIMEOUT = 120.0  # for the one after the message's end: servers look for viruses meanwhile


class NotTaken(Exception):
    """The server certainly has not taken the message."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class TryLater(NotTaken):
    """It may take the message another time."""


class NoService(TryLater):
    """There is no server, or it does not let us in: no message goes."""


class Refused(NotTaken):
    """It will never take this message."""


class InDoubt(Exception):
    """The connection was lost after the message's end: the message may have arrived."""


def hand_in(
    server: MailServer, sender: str, to: str, content: bytes, begin: Callable[[], None] | None
) -> None:
    """Give a message to the server: it returns once the server has taken it.

    ``begin`` is called when nothing but the message itself is left to be sent.
    """
    with connection(server) as smtp:
        _step(lambda: smtp.mail(sender), NoService)
        _step(lambda: smtp.rcpt(to), Refused)
        if begin:
            begin()
        _data(smtp, content)


@contextmanager
def connection(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A server that has let us in."""
    try:
        smtp = _connected(server)
    except (OSError, smtplib.SMTPException) as lost:
        raise NoService(_reason(lost)) from lost
    try:
        yield smtp
    finally:
        smtp.close()  # without QUIT: nobody waits for its answer


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=STEP_TIMEOUT, context=context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=STEP_TIMEOUT)
    try:
        _enter(smtp, server, context)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _enter(smtp: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    if server.security == "starttls":
        smtp.starttls(context=context)
    smtp.ehlo_or_helo_if_needed()
    if server.user:
        smtp.login(server.user, server.password)


def _data(smtp: smtplib.SMTP, content: bytes) -> None:
    """The message; up to its last dot a loss is a loss, and from there on a doubt."""
    _step(lambda: smtp.docmd("DATA"), Refused, wanted=354)
    if smtp.sock:
        smtp.sock.settimeout(END_TIMEOUT)
    try:
        smtp.send(re.sub(rb"(?m)^\.", b"..", content).rstrip(b"\r\n") + b"\r\n.\r\n")
    except (OSError, smtplib.SMTPException) as lost:
        raise TryLater(_reason(lost)) from lost  # its end did not leave this machine
    try:
        code, said = smtp.getreply()
    except (OSError, smtplib.SMTPException) as lost:
        raise InDoubt(_reason(lost)) from lost
    if not 200 <= code < 600:
        raise InDoubt(f"{code}")
    _judge(code, said, 250, Refused)


def _step(ask: Callable[[], tuple[int, bytes]], never: type[NotTaken], wanted: int = 250) -> None:
    try:
        code, said = ask()
    except (OSError, smtplib.SMTPException) as lost:
        raise TryLater(_reason(lost)) from lost
    _judge(code, said, wanted, never)


def _judge(code: int, said: bytes, wanted: int, never: type[NotTaken]) -> None:
    """An answer: what was wanted, a refusal for good, or for now."""
    if code == wanted or (wanted == 250 and 200 <= code < 300):
        return
    reason = f"{code} {said.decode('utf-8', 'replace')}"[:200]
    raise never(reason) if 500 <= code < 600 else TryLater(reason)


def _reason(lost: BaseException) -> str:
    """Why, without what a server may repeat of a login."""
    if isinstance(lost, smtplib.SMTPAuthenticationError):
        return f"{lost.smtp_code} the login is refused"
    if isinstance(lost, smtplib.SMTPResponseException):
        return f"{lost.smtp_code} {type(lost).__name__}"
    if isinstance(lost, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {lost.verify_message}"
    if isinstance(lost, ssl.SSLError):
        return f"no encrypted connection: {lost.reason or 'it speaks no TLS at this port'}"
    if isinstance(lost, smtplib.SMTPNotSupportedError):
        return "it offers no STARTTLS, or no login"
    return type(lost).__name__
