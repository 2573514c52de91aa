"""The settings of e-mail, the doctor's look at them, and the test mail."""

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from bot.config import Settings
from bot.doctor import examine
from bot.kit.errors import Problem
from bot.mail_settings import MailFrom, MailServer, sender_of, server_of
from tests.mail.server import Mailbox, Server

FROM = "Bałtyk & Balaton <faktury@firma.example>"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (
            "smtps://anna%40firma.example:p%2Fw%40@mail.example",
            MailServer("mail.example", 465, "tls", "anna@firma.example", "p/w@"),
        ),
        ("smtp+starttls://u:p@mail.example:2525", MailServer("mail.example", 2525, "starttls")),
        ("smtp://127.0.0.1:1025", MailServer("127.0.0.1", 1025, "none")),
    ],
)
def test_the_servers_address_is_read(url: str, server: MailServer) -> None:
    found = server_of(url)
    assert (found.host, found.port, found.security) == (server.host, server.port, server.security)
    assert not server.user or found == server
    assert "p/w" not in repr(found)


@pytest.mark.parametrize(
    "url",
    [
        "smtp://u:secret@mail.example",
        "smtp://127.evil.example:25",
        "https://u:secret@mail.example",
        "smtps://u:sec/ret@mail.example",
        "smtps://u:secret@mail.example:70000",
        "smtps://u:secret@[mail",
        "smtps://:secret@mail.example",
        "smtps://",
        "secret",
    ],
)
def test_no_password_is_shown_of_an_address_that_is_none(url: str) -> None:
    with pytest.raises(Problem) as refused:
        Settings(ZAPLECZE_SMTP_URL=url)
    assert "ZAPLECZE_SMTP_URL must be" in str(refused.value)
    assert "sec" not in str(refused.value)


def test_the_sender_is_one_address() -> None:
    assert sender_of(FROM) == MailFrom("Bałtyk & Balaton", "faktury@firma.example")
    for given in (
        "a@b.example, c@d.example",
        "Anna",
        "a@b",
        "a@b.example\nBcc: c@d.example",
        "a@b.c x",
    ):
        with pytest.raises(Problem, match="ZAPLECZE_MAIL_FROM must be one"):
            Settings(ZAPLECZE_MAIL_FROM=given)


def test_the_doctor_tries_the_login() -> None:
    with Server(Mailbox(), login=("bot", "right")) as server:
        checks = [
            next(check for check in examine(_settings(url)) if check.name == "mail")
            for url in (server.url, server.url.replace("right", "wrong"))
        ]
    good, bad = checks
    assert good.ok
    assert "lets us in, letters come from faktury@firma.example" in good.message
    assert not bad.ok
    assert "535" in bad.message
    assert "wrong" not in bad.message
    gone = next(check for check in examine(_settings(server.url)) if check.name == "mail")
    assert "does not let us in" in gone.message


def test_one_setting_alone_is_said_and_none_is_no_mistake() -> None:
    (alone,) = (c for c in examine(Settings(ZAPLECZE_MAIL_FROM=FROM)) if c.name == "mail")
    assert alone.message == "E-mail is off: set ZAPLECZE_SMTP_URL."
    assert all(check.name != "mail" for check in examine(Settings()))


def test_a_test_mail_goes_and_says_what_the_server_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZAPLECZE_MAIL_FROM", FROM)
    box = Mailbox(ways=["", "reply:550", "drop:end"])
    with Server(box) as server:
        monkeypatch.setenv("ZAPLECZE_SMTP_URL", server.url)
        words = ["mail", "test", "--to", "anna@klient.example", "--json"]
        ended = [CliRunner().invoke(cli, words) for _ in range(3)]
    assert [one.exit_code for one in ended] == [0, 1, 1]
    assert '"ok": true' in ended[0].stdout
    assert "550 as told" in ended[1].stdout
    assert "look whether anna@klient.example got it" in ended[2].stderr
    assert box.taken[0].rcpt_tos == ["anna@klient.example"]


def _settings(url: str) -> Settings:
    return Settings(ZAPLECZE_SMTP_URL=url, ZAPLECZE_MAIL_FROM=FROM)
