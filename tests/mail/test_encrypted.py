"""Letters go to the mail server encrypted, and only to one whose certificate is trusted."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from bot.config import Settings
from bot.delivery.mail import smtp, trial
from bot.mail_settings import Security
from tests.mail.server import Mailbox, Server

LOGIN = ("anna", "secret")
FROM = "faktury@firma.example"


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that this machine trusts while the test runs."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return made


def context_for(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture(params=["tls", "starttls"])
def security(request: pytest.FixtureRequest) -> Security:
    return "tls" if request.param == "tls" else "starttls"


@pytest.fixture
def server(authority: trustme.CA, security: Security) -> Iterator[Server]:
    with Server(Mailbox(), LOGIN, security, context_for(authority, "127.0.0.1")) as running:
        yield running


def settings(url: str) -> Settings:
    return Settings(ZAPLECZE_SMTP_URL=url, ZAPLECZE_MAIL_FROM=FROM)


def test_a_trusted_server_gets_the_letter(server: Server) -> None:
    assert "lets us in" in trial.knock(settings(server.url))
    taken, sentence = trial.send(settings(server.url), "anna@example.com")
    assert taken, sentence
    assert [envelope.rcpt_tos for envelope in server.box.taken] == [["anna@example.com"]]


def test_a_wrong_password_is_said_and_not_repeated(server: Server) -> None:
    with pytest.raises(smtp.NoService) as refused:
        trial.knock(settings(server.url.replace("secret", "wrong")))
    assert "the login is refused" in refused.value.reason
    assert "wrong" not in refused.value.reason


@pytest.mark.parametrize("why", ["stranger", "another name"])
def test_a_certificate_that_is_not_trusted_gets_no_password(
    authority: trustme.CA, security: Security, why: str
) -> None:
    strange = why == "stranger"
    issuer, name = (trustme.CA(), "127.0.0.1") if strange else (authority, "other.example")
    with Server(Mailbox(), LOGIN, security, context_for(issuer, name)) as server:
        with pytest.raises(smtp.NoService) as refused:
            trial.knock(settings(server.url))
        assert "its certificate is not trusted" in refused.value.reason


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_server_without_encryption_is_not_spoken_to_openly(scheme: str) -> None:
    with Server(Mailbox()) as server:
        url = server.url.replace("smtp://", f"{scheme}://anna:secret@")
        with pytest.raises(smtp.NoService) as refused:
            trial.knock(settings(url))
        assert (
            "no encrypted connection" in refused.value.reason or "STARTTLS" in refused.value.reason
        )
