"""A stranger's first two minutes: in few acts to the moment at which the requester's card changes
while the agent takes it, in the browser's language.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import Windows, browser, windows  # noqa: F401
from tests.e2e.demo import Demo

pytestmark = pytest.mark.browser
MOST_ACTS = 8


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:  # noqa: F811
    running = Demo(tmp_path_factory.mktemp("first"))
    yield running
    running.close()


class Stranger:
    """Somebody who knows nothing and does what the card says; every act is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts = 0

    def presses(self, button: Locator) -> None:
        self.acts += 1
        button.click()

    def presses_enter(self) -> None:
        self.acts += 1
        self.page.keyboard.press("Enter")

    def opens_beside(self, button: Locator) -> Page:
        with self.page.context.expect_page() as opened:
            self.presses(button)
        return opened.value


@pytest.mark.parametrize(
    ("locale", "name", "subject"),
    [
        ("en-AU", "Emma Clarke", "log in to the wifi"),
        ("pl-PL", "Piotr Nowak", "zalogować do wifi"),
        ("hu-HU", "Kata Szabó", "belépni a wifire"),
    ],
)
def test_the_requesters_card_changes_while_the_agent_takes_it(
    demo: Demo,
    windows: Windows,  # noqa: F811
    locale: str,
    name: str,
    subject: str,
) -> None:
    page = windows.open(demo.url, locale=locale)
    expect(page.locator(".who-words strong")).to_have_text(name)
    steps = page.locator(".tour-step")
    expect(steps).to_have_count(3)
    stranger = Stranger(page)
    beside = stranger.opens_beside(steps.nth(0).get_by_role("button"))
    expect(beside.locator(".who-words strong")).to_have_text("Tomasz Lewandowski")
    expect(beside.locator(".tour")).to_be_hidden()

    again = page.context.new_page()
    again.goto(demo.url)  # who opened the page is remembered, not who stood beside them
    expect(again.locator(".who-words strong")).to_have_text(name)
    again.close()

    stranger.presses(steps.nth(1).get_by_role("button"))
    stranger.presses_enter()
    form = page.get_by_role("dialog").last
    stranger.presses(form.locator("footer .button-primary"))
    expect(page.get_by_role("dialog")).to_have_count(0)

    stranger.presses(steps.nth(2).get_by_role("button"))
    card = page.locator(".conversation li.message", has_text=subject).last
    expect(card).to_be_visible()
    expect(card.get_by_role("button").first).to_be_in_viewport()
    expect(card).not_to_contain_text("Tomasz Lewandowski")
    agents = beside.locator(".conversation li.message", has_text=subject).last
    stranger.presses(agents.get_by_role("button", name="Take", exact=True))
    expect(card).to_contain_text("Tomasz Lewandowski")
    assert stranger.acts <= MOST_ACTS


def test_a_step_that_was_done_by_hand_is_done(demo: Demo, windows: Windows) -> None:  # noqa: F811
    page = windows.open(demo.url, locale="en-AU")
    steps = page.locator(".tour-step")
    page.get_by_role("textbox", name="Write to").fill("/ticket mine")
    page.keyboard.press("Enter")
    expect(steps.nth(1)).to_have_class(re.compile("tour-done"))
    expect(steps.nth(0)).to_have_class(re.compile("tour-next"))


def test_the_card_is_put_away_for_good(demo: Demo, windows: Windows) -> None:  # noqa: F811
    german = windows.open(demo.url, locale="de-DE")
    expect(german.locator(".who-words strong")).to_have_text("Emma Clarke")
    page = windows.open(demo.url, locale="pl-PL")
    tour = page.get_by_role("complementary", name="Wypróbuj")
    tour.get_by_role("button", name="Zamknij").click()
    expect(tour).to_be_hidden()
    page.reload()
    expect(page.locator(".side-row").first).to_be_visible()
    expect(page.locator(".tour")).to_be_hidden()
