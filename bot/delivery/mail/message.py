"""A message as RFC 5322 has it: what people wrote stays text, and becomes no header, no name of a
file beside its own, and no further recipient.
"""

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.kit.mail_address import is_address
from bot.mail_settings import MailFrom

LONGEST_HEADER = 200  # of what people wrote
_TROUBLE_IN_NAMES = re.compile(r'[",;:<>()\[\]@\\]')
_TROUBLE_IN_FILES = re.compile(r'["/\\:*?<>|;%\']')
_POLICY = SMTP.clone(max_line_length=78, cte_type="7bit")


@dataclass(frozen=True)
class Attachment:
    """A file that goes along."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """What is said to whom; ``key`` is the message's own, and the same for each copy of it."""

    key: str
    to: str
    subject: str
    text: str
    at: datetime
    reply_name: str = ""
    reply_to: str = ""
    attachment: Attachment | None = None


def compose(mail: Mail, sender: MailFrom) -> bytes:
    """The bytes to hand in: the same for the same message. ValueError for no single recipient."""
    if not is_address(mail.to):
        raise ValueError("that is not one address")
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(_name(sender.name), addr_spec=sender.address)
    message["To"] = Address(addr_spec=mail.to)
    if is_address(mail.reply_to):
        message["Reply-To"] = Address(_name(mail.reply_name), addr_spec=mail.reply_to)
    message["Subject"] = _line(mail.subject)
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = message_id(mail.key, sender)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_paragraphs(mail.text), cte="quoted-printable")
    if mail.attachment:
        _attach(message, mail.attachment, mail.key)
    return message.as_bytes()


def message_id(key: str, sender: MailFrom) -> str:
    """By which a second copy is recognised."""
    domain = sender.address.rpartition("@")[2]
    return f"<{_digest(key)}@{domain}>"


def _attach(message: EmailMessage, attachment: Attachment, key: str) -> None:
    name = _TROUBLE_IN_FILES.sub("-", _line(attachment.name)) or "document.pdf"
    maintype, _, subtype = _media_type(name).partition("/")
    message.add_attachment(attachment.content, maintype=maintype, subtype=subtype, filename=name)
    message.set_boundary(f"zaplecze-{_digest(key)}")


def _media_type(name: str) -> str:
    """Of a file by its name; what a mail program would show by itself goes as plain bytes."""
    guess, encoding = mimetypes.guess_type(name)
    is_attached = guess is not None and guess.startswith(("application/", "image/"))
    return guess if guess and is_attached and not encoding else "application/octet-stream"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]


def _name(name: str) -> str:
    """A name before an address: what could end it, or begin another, is left out."""
    return " ".join(_TROUBLE_IN_NAMES.sub(" ", _line(name)).split())


def _line(text: str) -> str:
    """One line of a header: no control characters, no halves of characters, and no encoded word
    that a reader would decode.
    """
    visible = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(visible.replace("=?", "= ?").split())[:LONGEST_HEADER]


def _paragraphs(text: str) -> str:
    """The text's lines, without what no reader could show."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(
        "".join(letter if letter.isprintable() else " " for letter in line) for line in lines
    )
