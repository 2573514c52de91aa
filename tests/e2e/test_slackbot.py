"""Slackbot's panel in the browser, in three languages: a question, an act that is asked about
first, and cards whose buttons call tools.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import Windows, browser, windows  # noqa: F401
from tests.e2e.demo import Demo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:  # noqa: F811
    running = Demo(tmp_path_factory.mktemp("slackbot"))
    yield running
    running.close()


@pytest.mark.parametrize(
    ("locale", "due", "state", "nudge"),
    [
        ("en-AU", "overdue", "New", "Ask how it stands"),
        ("pl-PL", "po terminie", "Nowe", "Zapytaj o postęp"),
        ("hu-HU", "lejárt", "Új", "Rákérdezek az állására"),
    ],
)
def test_slackbot_answers_and_acts_for_whoever_begins(
    demo: Demo,
    windows: Windows,  # noqa: F811
    locale: str,
    due: str,
    state: str,
    nudge: str,
) -> None:
    page = windows.open(demo.url, locale=locale)
    page.get_by_role("button", name="Slackbot", exact=True).click()
    panel = page.get_by_role("complementary", name="Slackbot")
    examples = panel.locator(".slackbot-examples button")
    expect(examples).to_have_count(4)
    examples.nth(0).click()
    answer = panel.locator(".slackbot-turn").last.locator(".slackbot-cards")
    expect(answer).to_contain_text("Kowalska Sp. z o.o.")
    examples.nth(1).click()
    last = panel.locator(".slackbot-turn").last
    expect(last.locator(".slackbot-cards")).to_contain_text(due)
    last.locator("summary").first.click()
    expect(last.locator("pre").first).to_contain_text("X-Slack-Signature: v0=")

    examples.nth(2).click()
    last = panel.locator(".slackbot-turn").last
    expect(last.locator(".slackbot-asking")).to_contain_text("subject")
    expect(last.locator(".slackbot-cards")).to_be_empty()
    last.locator(".slackbot-asking button").first.click()
    cards = last.locator(".slackbot-cards")
    expect(cards).to_contain_text("BO-")
    expect(cards).to_contain_text(state)
    cards.get_by_role("button", name=nudge).click()
    last.locator(".slackbot-asking button").first.click()
    expect(cards).to_contain_text("BO-")


@pytest.mark.parametrize(
    ("who", "asked", "answered"),
    [
        ("U0EMMA", "What does Hafenkontor Brandt owe us?", "Hafenkontor Brandt GmbH"),
        ("U0EMMA", "Which are the overdue invoices?", "Søndergaard Handel ApS"),
        ("U0PIOTR", "Ile zalega Kowalska?", "Kowalska Sp. z o.o."),
        ("U0KATA", "mennyivel tartozik a Szegedi Fűszer?", "Szegedi Fűszer Zrt."),
        ("U0KATA", "Mik a lejárt számlák?", "Balatoni Halász Bt."),
    ],
)
def test_slackbot_is_asked_in_ones_own_words(
    demo: Demo,
    windows: Windows,  # noqa: F811
    who: str,
    asked: str,
    answered: str,
) -> None:
    page = windows.open(f"{demo.url}/?as={who}")
    page.get_by_role("button", name="Slackbot", exact=True).click()
    panel = page.get_by_role("complementary", name="Slackbot")
    expect(panel.locator(".slackbot-examples button")).to_have_count(4)
    panel.get_by_role("textbox").fill(asked)
    page.keyboard.press("Enter")
    expect(panel.locator(".slackbot-cards").last).to_contain_text(answered)


def test_what_was_said_of_a_document_is_asked_for(demo: Demo, windows: Windows) -> None:  # noqa: F811
    page = windows.open(f"{demo.url}/?as=U0EMMA")
    page.get_by_role("button", name="Slackbot", exact=True).click()
    panel = page.get_by_role("complementary", name="Slackbot")
    expect(panel.locator(".slackbot-examples button")).to_have_count(4)
    panel.get_by_role("textbox").fill("statement for Hafenkontor")
    page.keyboard.press("Enter")
    asking = panel.locator(".slackbot-asking").last
    expect(asking).to_contain_text("account_statement")
    expect(asking).to_contain_text("Hafenkontor")
    asking.get_by_role("button").first.click()
    expect(panel.locator(".slackbot-cards").last).to_contain_text("Statement of account")


def test_a_tool_is_picked_filled_in_and_refused_in_one_sentence(
    demo: Demo,
    windows: Windows,  # noqa: F811
) -> None:
    page = windows.open(f"{demo.url}/?as=U0EMMA", width=390, height=844, color_scheme="dark")
    page.get_by_role("button", name="Slackbot", exact=True).click()
    panel = page.get_by_role("complementary", name="Slackbot")
    panel.get_by_role("button", name="Pick a tool").click()
    page.get_by_role("menuitem", name="Show a ticket").click()
    last = panel.locator(".slackbot-turn").last
    last.get_by_role("button", name="Call").click()
    expect(last.locator(".field-error")).to_contain_text("fill this in")
    last.get_by_role("textbox").fill("BO-9999")
    last.get_by_role("button", name="Call").click()
    expect(last.locator(".slackbot-refused")).to_contain_text("no such ticket")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
