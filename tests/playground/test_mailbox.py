"""The customers' mailbox: what came by SMTP is shown, and nothing that a stranger wrote runs."""

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from bot.playground.mail.letters import Letter
from bot.playground.mail.postbox import Postbox
from bot.playground.server import Playground
from bot.playground.slack.company import company
from tests.browser import Windows, browser, windows  # noqa: F401
from tests.playground.tiny_bot import MANIFEST

pytestmark = pytest.mark.browser
SCRIPT = "<script>parent.document.title='run'; top.hostile = 1</script>"
HOSTILE = f"""<html><body onload="top.hostile = 2">{SCRIPT}
<img src="x" onerror="top.hostile = 3"><a href="javascript:top.hostile = 4">here</a>
<form action="/page/act"><button>Press</button></form>
<meta http-equiv="refresh" content="0; url=javascript:top.hostile = 5">Dear customer</body></html>"""


@pytest.fixture
def playground() -> Iterator[Playground]:
    world = company(MANIFEST, seed=5)
    with Playground(world, postbox=Postbox(world)) as running:
        yield running


def mail(subject: str, text: str = "", html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Baltyk <finance@baltyk.example>", "anna@customer.example"
    message["Subject"] = subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def deliver(playground: Playground, message: EmailMessage) -> None:
    assert playground.postbox
    address = urlsplit(playground.postbox.url)
    with smtplib.SMTP(str(address.hostname), address.port or 0) as server:
        server.send_message(message, to_addrs=["anna@customer.example", "copy@customer.example"])


def test_a_mail_is_seen_and_its_files_opened(playground: Playground, windows: Windows) -> None:  # noqa: F811
    page = windows.open(f"{playground.url}/?as=U0EMMA")
    message = mail("Zestawienie należności", "Szanowni Państwo,\n\nw załączniku …")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    deliver(playground, message)
    expect(page.locator(".mail-button .pill")).to_have_text("1")
    page.get_by_role("button", name="The customers’ mail").click()
    box = page.get_by_role("complementary", name="The customers’ mail")
    box.get_by_text("Zestawienie należności").click()
    expect(box).to_contain_text("copy@customer.example")
    expect(box.locator(".letter-text")).to_contain_text("w załączniku")
    box.get_by_role("button", name="a.pdf").click()
    frame = page.locator("iframe.viewer-frame")
    answer = page.request.get(playground.url + str(frame.get_attribute("src")))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body() == b"%PDF-1.4"


def test_nothing_in_a_hostile_mail_runs(playground: Playground, windows: Windows) -> None:  # noqa: F811
    page = windows.open(f"{playground.url}/?as=U0EMMA")
    message = mail(f"<img src=x onerror='hostile=6'>{SCRIPT}", SCRIPT, HOSTILE)
    for name, kind in (("x.html", "text/html"), ("x.svg", "image/svg+xml"), ("x.pdf", "text/html")):
        main, _, sub = kind.partition("/")
        message.add_attachment(HOSTILE.encode(), maintype=main, subtype=sub, filename=name)
    deliver(playground, message)
    page.get_by_role("button", name="The customers’ mail").click()
    page.locator(".letter-head").click()
    frame = page.frame_locator(".letter-frame")
    expect(frame.get_by_text("Dear customer")).to_be_visible()
    assert page.locator(".letter-frame").get_attribute("sandbox") == ""
    frame.get_by_text("here").click()
    assert page.evaluate("window.hostile") is None
    assert page.title() != "run"
    source = str(page.locator(".letter-frame").get_attribute("src"))
    policy = page.request.get(playground.url + source).headers["content-security-policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    alone = windows.open(playground.url + source)  # in a tab of its own it runs as little
    expect(alone.get_by_text("Dear customer")).to_be_visible()
    assert alone.evaluate("window.hostile") is None
    for file in page.locator(".letter .file-card a").all():
        answer = page.request.get(playground.url + str(file.get_attribute("href")))
        assert answer.headers["content-type"].partition(";")[0] in (
            "text/plain",
            "application/octet-stream",
        )
        assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no headers at all",
        b"Content-Type: text/plain; charset=nothing-real\r\n\r\n\xff\xfe",
        b"Content-Type: multipart/mixed\r\n\r\n--x",
        b"Subject: =?utf-8?B?////?=\r\nContent-Type: text/html; charset=\xff\r\n\r\n<p>",
        b'Content-Disposition: attachment; filename="../../x"\r\n\r\nx',
    ],
)
def test_a_broken_mail_is_shown_all_the_same(raw: bytes) -> None:
    assert set(Letter(raw).shown()) >= {"from", "subject", "text", "files"}
