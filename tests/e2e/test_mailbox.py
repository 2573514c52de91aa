"""A letter to a customer, in three languages: made, sent by e-mail, and opened in the customers'
mailbox with its PDF.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import Windows, browser, windows  # noqa: F401
from tests.e2e.demo import At, Demo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:  # noqa: F811
    running = Demo(tmp_path_factory.mktemp("mailbox"))
    yield running
    running.close()


@pytest.mark.parametrize(
    ("who", "customer", "send", "address", "words"),
    [
        ("U0EMMA", "Hafenkontor", "Send by e-mail", "accounts@hafenkontor-brandt", "Statement"),
        ("U0PIOTR", "Kowalska", "Wyślij e-mailem", "ksiegowosc@kowalska-sp", "Zestawienie"),
        ("U0KATA", "Tokaji", "Küldés e-mailben", "konyveles@tokaji-borpince", "kivonat"),
    ],
)
def test_a_statement_reaches_the_customers_mailbox(
    demo: Demo,
    windows: Windows,  # noqa: F811
    who: str,
    customer: str,
    send: str,
    address: str,
    words: str,
) -> None:
    person = At(windows, demo, who, "sales")
    page = person.page
    page.set_default_timeout(40_000)
    person.writes(f"/document statement {customer}")
    person.sends()
    expect(person.form).to_contain_text("ZD-0")
    page.keyboard.press("Escape")
    person.goes("Zaplecze")
    person.tab(1)
    pdf = page.get_by_role("button", name=re.compile(r"\.pdf"))  # a table comes beside it
    message = page.locator(".conversation li.message", has_text=customer).filter(has=pdf).last
    message.locator(".thread-line").click()
    page.locator(".thread").get_by_role("button", name=send).last.click()
    page.get_by_role("dialog").last.locator(".button-primary").last.click()
    letter = page.locator(".letter", has_text=address)
    page.locator(".mail-button").click()
    expect(letter).to_be_visible()
    letter.locator(".letter-head").click()
    expect(letter.locator(".letter-head")).to_contain_text(re.compile(words, re.IGNORECASE))
    letter.get_by_role("button", name=re.compile(r"\.pdf")).click()
    shown = str(page.locator("iframe.viewer-frame").get_attribute("src"))
    assert page.request.get(demo.url + shown).body().startswith(b"%PDF-")
