"""Trying the mail server: whether it lets us in, and a mail that says so."""

from bot.config import Settings
from bot.delivery.mail import smtp
from bot.delivery.mail.message import Mail, compose
from bot.kit import clock
from bot.kit.errors import Problem
from bot.kit.mail_address import is_address
from bot.mail_settings import MailFrom, MailServer


class MailIsOff(Problem):
    """The settings are not there."""

    sentence = "E-mail is off: set {missing}."


class NotOneAddress(Problem):
    """A recipient that is none."""

    sentence = "“{given}” is not one e-mail address, such as anna@example.com."


def setting_of(settings: Settings) -> tuple[MailServer, MailFrom]:
    """Both settings, or a Problem that names the one that is missing."""
    mail = settings.mail
    if mail:
        return mail
    given = {
        "ZAPLECZE_SMTP_URL": settings.smtp_url.get_secret_value(),
        "ZAPLECZE_MAIL_FROM": settings.mail_from,
    }
    raise MailIsOff(missing=tuple(name for name, value in given.items() if not value))


def knock(settings: Settings) -> str:
    """Whether the server lets us in, in a sentence; a Problem or NotTaken otherwise."""
    server, sender = setting_of(settings)
    with smtp.connection(server):
        return f"{server.host}:{server.port} lets us in, letters come from {sender.address}"


def send(settings: Settings, to: str) -> tuple[bool, str]:
    """A mail that says that mail works; whether the server took it, and a sentence."""
    server, sender = setting_of(settings)
    if not is_address(to):
        raise NotOneAddress(given=to)
    mail = Mail(
        key=f"test:{clock.real().isoformat()}",
        to=to,
        subject="Zaplecze: a test",
        text="This mail was sent by `zaplecze mail test`. Letters leave from here.\n",
        at=clock.real(),
    )
    where = f"{server.host}:{server.port}"
    try:
        smtp.hand_in(server, sender.address, to, compose(mail, sender), begin=None)
    except smtp.NotTaken as refused:
        return False, f"{where} did not take the mail: {refused.reason}"
    except smtp.InDoubt:
        return False, f"{where} was lost after the mail's end: look whether {to} got it"
    return True, f"{where} took a mail to {to}; whether it arrives is seen in the mailbox alone"
