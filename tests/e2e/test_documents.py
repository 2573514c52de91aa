# ruff: noqa: F811  (fixtures are parameters of their own name)
"""Every kind of document that the bot makes is ordered as somebody orders it, and comes as a PDF."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from bot.catalogue import loader
from handlers.documents.kinds import Kind, kinds
from tests.browser import Windows, browser, windows  # noqa: F401
from tests.documents.test_sources import FILE
from tests.e2e.demo import ROOT, At, Demo

pytestmark = pytest.mark.browser
NAMED = {"invoice": "FV/2026/11/0042", "customer": "Kowalska", "ticket": "BO-4", "person": ""}
"""What an order names, by what its kind is about."""
APPROVERS = ("U0BEATA", "U0DANIEL", "U0EWA")


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    running = Demo(tmp_path_factory.mktemp("documents"))
    hires(running, "U0PIOTR")
    yield running
    running.close()


def hires(demo: Demo, person: str) -> None:
    """HR's administrator brings somebody's personnel file."""
    file = demo.folder / "people.csv"
    file.write_text(FILE.replace("U0TOMASZ", person))
    database = f"sqlite:///{demo.folder / 'zaplecze.sqlite3'}"
    known = {"DATABASE_URL": database, "ZAPLECZE_DATA_DIR": str(demo.folder)}
    command = [sys.executable, "-m", "bot", "people", "import", str(file)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **known}, check=True)


def order(kind: Kind[object]) -> str:
    """As the catalogue calls the kind in Polish, with what it is about."""
    label = loader.load(None).document_kinds[kind.key].label.in_("pl")
    return f"{label} {NAMED[kind.about]}".strip()


def orders(person: At, text: str) -> None:
    """What the form proposes is taken, however often it is shown; then a number is said."""
    form = person.page.get_by_role("dialog")
    person.writes(f"/document {text}")
    expect(form.locator("footer .button-primary")).to_be_visible()
    while form.locator("footer .button-primary").count():
        fields = form.last.locator("label").count()
        person.sends()
        expect(form.last.locator("label")).not_to_have_count(fields)
    expect(form.last).to_contain_text("ZD-")
    person.page.keyboard.press("Escape")
    expect(form).to_have_count(0)


def approves(person: At) -> None:
    """Everything that waits for somebody's word."""
    waiting = person.page.locator(".conversation").get_by_role(
        "button", name=re.compile("^(Akceptuję|Approve)$")
    )
    expect(waiting.first).to_be_visible()
    while count := waiting.count():
        waiting.last.click()
        expect(waiting).to_have_count(count - 1)


def test_every_kind_is_ordered_at_the_page_and_comes_as_a_pdf(demo: Demo, windows: Windows) -> None:
    piotr = At(windows, demo, "U0PIOTR", "sales")
    for kind in kinds().values():
        if kind.about == "invoice":  # all is known of it, so no form is shown
            piotr.writes(f"/document {order(kind)}")
            expect(piotr.message("ZD-0")).to_be_visible()
    for kind in kinds().values():
        if kind.about != "invoice":
            orders(piotr, order(kind))
    for who in APPROVERS:
        approver = At(windows, demo, who, "Zaplecze")
        approver.tab(1)
        approves(approver)
    piotr.goes("Zaplecze")
    piotr.tab(1)
    papers = piotr.page.locator(".conversation").get_by_role("button", name=re.compile(r"\.pdf"))
    expect(papers).to_have_count(len(kinds()))
    for paper in papers.all():
        paper.click()
        shown = str(piotr.page.locator("iframe.viewer-frame").get_attribute("src"))
        assert piotr.page.request.get(demo.url + shown).body().startswith(b"%PDF-")
        piotr.page.keyboard.press("Escape")
