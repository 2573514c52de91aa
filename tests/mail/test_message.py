"""What people wrote stays text: it becomes no header, no other file and no further recipient."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.mail.message import Attachment, Mail, compose
from bot.mail_settings import MailFrom

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [
                "\r\nBcc: thief@evil.example",
                "\nTo: thief@evil.example",
                "=?utf-8?q?=0D=0ABcc:_thief@evil.example?=",
                "=?utf-8?b?w7M=?=",
                '"',
                ",",
                "<thief@evil.example>",
                ", thief@evil.example,",
                "\u2028",
                "\x00",
                "\\",
                ";",
                "'",
                "%0a",
                "../",
                "ż" * 90,
                "x" * 300,
                "ł, " * 40,
            ]
        ),
    ),
    max_size=6,
).map("".join)
HEADERS = [
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
]


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_text_of_people_stays_text(us: str, subject: str, text: str, who: str, file: str) -> None:
    mail = Mail(
        key=text,
        to="anna@klient.example",
        subject=subject,
        text=text,
        at=AT,
        reply_name=who,
        reply_to="ewa@firma.example",
        attachment=Attachment(file, b"%PDF-1.4 \r\n.\r\n"),
    )
    content = compose(mail, MailFrom(us, "faktury@firma.example"))
    for policy in (SMTP, default):
        read = message_from_bytes(content, policy=policy)
        assert isinstance(read, EmailMessage)
        assert sorted(read.keys()) == sorted(HEADERS)
        for header, address in (
            ("From", "faktury@firma.example"),
            ("To", "anna@klient.example"),
            ("Reply-To", "ewa@firma.example"),
        ):
            assert [one.addr_spec for one in read[header].addresses] == [address]
        body, pdf = read.iter_parts()
        assert body.get_content_type() == "text/plain"
        assert pdf.get_content() == b"%PDF-1.4 \r\n.\r\n"
        name = pdf.get_filename() or ""
        assert name
        assert not set(name) & set('/\\"\r\n;')
    head = content.split(b"\r\n\r\n")[0].split(b"\r\n")
    assert all(len(line) <= 998 and b"\n" not in line and b"\r" not in line for line in head)
    assert content.isascii()


def test_a_letter_has_one_form_and_one_id() -> None:
    mail = Mail("document:1:a", "anna@klient.example", "Wezwanie ✉", "Dzień dobry,\n.\n", AT)
    us = MailFrom("Bałtyk", "faktury@firma.example")
    assert compose(mail, us) == compose(mail, us)
    read = message_from_bytes(compose(mail, us), policy=default)
    assert read["Subject"] == "Wezwanie ✉"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read.get_content() == "Dzień dobry,\r\n.\r\n"


@pytest.mark.parametrize(
    "to", ["", "a", "a@b", "a@b.example,c@d.example", "A <a@b.example>", "a@b.example\n", "ą@b.pl"]
)
def test_nothing_is_sent_to_what_is_not_one_address(to: str) -> None:
    with pytest.raises(ValueError, match="not one address"):
        compose(Mail("k", to, "s", "t", AT), MailFrom("", "faktury@firma.example"))
