"""``make pictures``: the pictures of docs/pictures, taken from a fresh demo that people of three
languages use.
"""

import contextlib
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import FLAGS, PROGRAM, Windows
from tests.documents.test_archive_commands import pdf
from tests.e2e.demo import ROOT, At, Demo

PICTURES = ROOT / "docs" / "pictures"
_WIDE, _TALL = 1280, 860
_TELEPHONE: dict[str, Any] = {"width": 390, "height": 844, "device_scale_factor": 2}


class Album:
    """Takes pictures of a demo's page."""

    def __init__(self, windows: Windows, demo: Demo) -> None:
        self.windows, self.demo = windows, demo

    def at(self, who: str, place: str, **options: Any) -> At:
        size = {"width": _WIDE, "height": _TALL}
        person = At(self.windows, self.demo, who, place, **{**size, **options})
        person.page.locator(".tour").evaluate("tour => tour.remove()")
        return person

    def take(self, page: Page, name: str) -> None:
        """When everything on the page has come to rest."""
        page.mouse.move(0, 0)
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(700)
        page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")


def first(album: Album) -> None:
    """What a stranger sees, in three languages: English, Polish in the dark, Hungarian on a
    telephone.
    """
    for name, options in (
        ("first", {"locale": "en-GB", "width": _WIDE, "height": 720}),
        ("first-dark", {"locale": "pl-PL", "width": _WIDE, "height": 720, "color_scheme": "dark"}),
        ("first-narrow", {"locale": "hu-HU", **_TELEPHONE}),
    ):
        page = album.windows.open(album.demo.url, **options)
        expect(page.locator(".tour-step")).to_have_count(3)
        album.take(page, name)
        page.close()


def steps(album: Album) -> None:
    """The second and third step of a stranger: the form, and the card while the agent takes it."""
    page = album.windows.open(album.demo.url, width=_WIDE, height=_TALL, locale="en-GB")
    buttons = page.locator(".tour-step").get_by_role("button")
    with page.context.expect_page() as opened:
        buttons.nth(0).click()
    beside = opened.value
    buttons.nth(1).click()
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog").last
    expect(form.locator("footer .button-primary")).to_be_visible()
    album.take(page, "step-2")
    form.locator("footer .button-primary").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    buttons.nth(2).click()
    theirs = beside.locator(".conversation li.message", has_text="log in to the wifi").last
    theirs.get_by_role("button", name="Take", exact=True).click()
    card = page.locator(".conversation li.message", has_text="log in to the wifi").last
    expect(card).to_contain_text("Tomasz Lewandowski")
    album.take(page, "step-3")
    beside.close()
    page.close()


def slackbot(album: Album) -> None:
    """Slackbot's panel with an invoice and a ticket: English, Polish in the dark, Hungarian on a
    telephone.
    """
    for name, who, options in (
        ("slackbot", "U0EMMA", {"width": _WIDE, "height": 1000}),
        ("slackbot-dark", "U0PIOTR", {"width": _WIDE, "height": 1000, "color_scheme": "dark"}),
        ("slackbot-narrow", "U0KATA", _TELEPHONE),
    ):
        page = album.windows.open(f"{album.demo.url}/?as={who}", **options)
        page.locator(".tour").evaluate("tour => tour.remove()")
        page.get_by_role("button", name="Slackbot", exact=True).click()
        examples = page.locator(".slackbot-examples button")
        examples.nth(0).click()
        expect(page.locator(".slackbot-cards").last).to_contain_text("FV/2026/11/0042")
        examples.nth(2).click()
        page.locator(".slackbot-asking button").first.click()
        expect(page.locator(".slackbot-cards").last).to_contain_text("BO-")
        album.take(page, name)
        page.close()


def prepare(album: Album) -> None:
    """A few more requests for IT, so that its channel is as busy as on a Monday."""
    kata = album.at("U0KATA", "front-desk")
    kata.writes("/ticket Nem tudok belépni a bérprogramba")
    kata.chooses("Mire van szükséged?", "Informatikai segítség")
    kata.form.get_by_label("Mi történik, és mióta").fill(
        "Péntek óta azt írja, hogy a jelszavam lejárt."
    )
    kata.sends()
    expect(kata.page.get_by_role("dialog")).to_have_count(0)
    daniel = album.at("U0DANIEL", "bo-it")
    card = daniel.message("Nem tudok belépni")
    daniel.presses("Take", card)
    expect(card).to_contain_text("In progress")
    kata.page.close()
    daniel.page.close()


def triage(album: Album) -> None:
    """IT's channel as Daniel sees it, with a thread open."""
    daniel = album.at("U0DANIEL", "bo-it", height=1000)
    daniel.opens_thread("Drukarka na recepcji")
    album.take(daniel.page, "triage")


def form(album: Album) -> None:
    """A form that lacks something, in Polish."""
    anna = album.at("U0ANNA", "front-desk", height=1000)
    anna.writes("/ticket Słuchawki z mikrofonem")
    anna.chooses("Czego potrzebujesz?", "Zakup sprzętu")
    expect(anna.form.get_by_label("Co kupić")).to_be_visible()
    anna.form.get_by_label("Cena orientacyjna").fill("około 300")
    anna.sends()
    expect(anna.page.locator(".field-wrong").first).to_be_visible()
    album.take(anna.page, "form")
    anna.page.keyboard.press("Escape")
    anna.page.close()


def invoice(album: Album) -> None:
    """The answer to /invoice, in English."""
    emma = album.at("U0EMMA", "sales")
    emma.writes("/invoice FV/2026/11/0042")
    expect(emma.message("Kowalska Sp. z o.o.").locator("button").first).to_be_visible()
    album.take(emma.page, "invoice")


def document(album: Album) -> None:
    """A statement of account, in Hungarian, read in the page."""
    kata = album.at("U0KATA", "sales", height=1000)
    kata.writes("/document folyószámla-kivonat Tokaji")
    kata.sends()
    expect(kata.form).to_contain_text("ZD-0")
    kata.page.keyboard.press("Escape")
    kata.goes("Zaplecze")
    kata.tab(1)
    kata.page.context.unroute_all()  # chromium's reader of PDFs does not work behind it
    kata.page.get_by_role("button", name=re.compile(r"\.pdf megnyitása")).first.click()
    kata.page.wait_for_timeout(3000)
    album.take(kata.page, "document")


def archive(album: Album) -> None:
    """A kept contract as it is given out, and its letter in the customers' mailbox."""
    emma = album.at("U0EMMA", "sales")
    emma.writes("/document keep")
    file: Any = {"name": "lease.pdf", "mimeType": "application/pdf", "buffer": pdf("Lease")}
    emma.form.locator("input[type=file]").set_input_files(file)
    emma.chooses("Kind", "Contract or annex")
    emma.form.get_by_label(re.compile("^Customer")).click()
    emma.page.keyboard.type("Hafenkontor")
    emma.page.get_by_role("option", name="Hafenkontor").first.click()
    emma.sends()
    emma.goes("Zaplecze")
    emma.tab(1)
    emma.presses("Get it", emma.message("is kept"))
    given = emma.page.locator(".conversation li.message", has_text="lease.pdf")
    given.locator(".thread-line").click()
    below = emma.page.locator(".thread li.message").last
    expect(below.get_by_role("button", name="Send by e-mail")).to_be_visible()
    album.take(emma.page, "archive")
    emma.presses("Send by e-mail", below)
    emma.page.get_by_role("dialog").last.locator(".button-primary").last.click()
    expect(emma.message("The mail server took it")).to_be_visible()
    emma.page.locator(".mail-button").click()
    letter = emma.page.locator(".letter").first
    letter.locator(".letter-head").click()
    expect(letter.get_by_role("button", name=re.compile("lease"))).to_be_visible()
    album.take(emma.page, "mail")


def home(album: Album) -> None:
    """Home of an account manager, in Hungarian, and of finance, in Polish and in the dark."""
    kata = album.at("U0KATA", "Zaplecze", height=1000)
    kata.tab(0)
    expect(kata.page.locator(".home-page")).to_be_visible()
    album.take(kata.page, "home")
    beata = album.at("U0BEATA", "Zaplecze", height=1000, color_scheme="dark")
    beata.tab(0)
    expect(beata.page.locator(".home-page")).to_be_visible()
    album.take(beata.page, "dark")


def reminders(album: Album) -> None:
    """What finance sees before it switches reminders on, and reminders in its channel a
    day later.
    """
    beata = album.at("U0BEATA", "Zaplecze")
    beata.tab(0)
    beata.presses("Przypomnienia o płatności", beata.page.locator(".home"))
    beata.form.get_by_role("button", name="Włącz…").first.click()
    expect(beata.form.get_by_role("button", name="Włącz", exact=True)).to_be_visible()
    album.take(beata.page, "switch-on")
    beata.sends()
    expect(beata.form).to_contain_text("Wyłącz")
    beata.page.keyboard.press("Escape")
    beata.page.locator("button.clock").click()
    beata.page.get_by_role("button", name="Dzień później", exact=True).click()
    beata.page.set_viewport_size({"width": _WIDE, "height": 1000})
    beata.goes("bo-collections")
    expect(beata.message("Dlaczego?")).to_be_visible(timeout=60_000)
    beata.page.wait_for_timeout(4000)  # more of them come
    album.take(beata.page, "reminders")


def narrow(album: Album) -> None:
    """A ticket with its requester, on a telephone."""
    anna = album.windows.open(f"{album.demo.url}/?as=U0ANNA", **_TELEPHONE)
    anna.locator(".tour").evaluate("tour => tour.remove()")
    anna.locator(".head button").first.click()
    anna.locator(".side-row", has_text="Zaplecze").click()
    anna.locator(".head [role=tab]").nth(1).click()
    expect(anna.locator("li.message").first).to_be_visible()
    album.take(anna, "narrow")


STEPS: tuple[Callable[[Album], None], ...] = (
    first,
    steps,
    slackbot,
    prepare,
    triage,
    form,
    invoice,
    document,
    archive,
    home,
    narrow,
    reminders,
)


def main(wanted: list[str]) -> None:
    """All pictures, or those of the steps that are named."""
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.closing(Demo(Path(folder))) as demo,
        sync_playwright() as playwright,
    ):
        album = Album(
            Windows(playwright.chromium.launch(executable_path=PROGRAM, args=list(FLAGS))), demo
        )
        for step in STEPS:
            if not wanted or step.__name__ in (*wanted, "prepare"):
                step(album)
        album.windows.browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
