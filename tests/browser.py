"""Debian's chromium for tests of the page; where a machine has none, they are skipped and one line
says so.

A module uses it by importing what it needs: ``from tests.browser import browser, windows  # noqa:
F401``.
"""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), None)

if PROGRAM is None:  # the whole module that imports this one is skipped: one line for all of them
    pytest.skip(
        "no chromium on this machine (Debian: apt-get install chromium)", allow_module_level=True
    )


# Playwright's loop runs in the thread of the tests, where asyncio.run() of other modules would meet
# it: it therefore ends with the module that uses it.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=PROGRAM, args=list(FLAGS))
        yield running
        running.close()


class Windows:
    """Windows of the page; what goes wrong in any of their scripts is remembered."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def open(self, url: str, *, width: int = 1280, height: int = 800, **options: Any) -> Page:
        """A new window at `url`. `options` are Playwright's (color_scheme, locale…)."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)
        self.contexts.append(context)
        context.route(lambda address: not address.startswith("http://127.0.0.1"), _nowhere)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(url)
        return page

    def lab(self, url: str) -> Page:
        """A bare document of the playground's own origin: to import the page's modules and look at
        what they draw.
        """
        page = self.open(f"{url}/static/logo.svg")
        page.route(f"{url}/lab", _bare)
        page.goto(f"{url}/lab")
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def _nowhere(route: Route) -> None:
    route.abort()


def _bare(route: Route) -> None:
    route.fulfill(
        content_type="text/html", body='<!doctype html><html lang="en"><body></body></html>'
    )


@pytest.fixture
def windows(browser: Browser) -> Iterator[Windows]:
    """Opens windows; the test fails if a script of the page failed."""
    opened = Windows(browser)
    yield opened
    opened.close()
    assert opened.errors == []
