"""A mail as the page shows it, read as a careful mail program reads one: whatever it claims, it is
shown and never run.
"""

import email
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default

from bot.playground.slack.shapes import Json

_HEADERS = {"from": "From", "reply_to": "Reply-To", "subject": "Subject", "sent": "Date"}


@dataclass(frozen=True)
class Attachment:
    """A file of a mail."""

    name: str
    mimetype: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One mail: the bytes that came."""

    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=default)

    @property
    def html(self) -> str:
        return _body(self.message, "html")

    @property
    def attachments(self) -> list[Attachment]:
        return [
            Attachment(part.get_filename() or "attachment", part.get_content_type(), _content(part))
            for part in _attached(self.message)
        ]

    def shown(self) -> Json:
        """What the page needs to draw it."""
        message = self.message
        files = [
            {"n": n, "name": file.name, "mimetype": file.mimetype, "size": len(file.content)}
            for n, file in enumerate(self.attachments)
        ]
        return {
            **{key: str(message[name] or "") for key, name in _HEADERS.items()},
            "text": _body(message, "plain"),
            "has_html": bool(self.html),
            "files": files,
        }


def _attached(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        is_file = part.get_filename() or part.get_content_disposition() == "attachment"
        if is_file and not part.is_multipart():
            yield part


def _body(message: EmailMessage, kind: str) -> str:
    """The first text of this kind that is no file; bytes that are no text of its charset are
    marked.
    """
    attached = {id(part) for part in _attached(message)}
    for part in message.walk():
        if part.get_content_type() == f"text/{kind}" and id(part) not in attached:
            return _decoded(_content(part), part.get_content_charset())
    return ""


def _content(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(content: bytes, charset: str | None) -> str:
    try:
        return content.decode(charset or "utf-8", "replace")
    except LookupError:  # a charset that does not exist
        return content.decode("utf-8", "replace")
