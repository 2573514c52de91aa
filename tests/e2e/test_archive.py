# ruff: noqa: F811  (fixtures are parameters of their own name)
"""A paper's way through the archive, in three languages: kept, found, received, sent to its customer
by e-mail, asked of a colleague who brings it, withdrawn.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect

from bot.kit.words import Words
from tests.browser import Windows, browser, windows  # noqa: F401
from tests.documents.test_archive_commands import pdf
from tests.e2e.demo import At, Demo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    running = Demo(tmp_path_factory.mktemp("archive"))
    yield running
    running.close()


@dataclass
class Clerk:
    """Somebody at the page who reads the product's sentences in their language."""

    at: At
    words: Words

    def presses(self, sentence: str, where: Locator) -> None:
        self.at.presses(self.words.say(sentence), where)

    def field(self, label: str) -> Locator:
        return self.at.form.get_by_label(re.compile(f"^{self.words.say(label)}"))

    def chooses(self, label: str, option: str) -> None:
        """In a menu that is searched by typing."""
        self.field(label).click()
        self.at.page.keyboard.type(option)
        self.at.page.get_by_role("option", name=option).first.click()

    def messages(self) -> None:
        self.at.goes("Zaplecze")
        self.at.tab(1)

    def finds(self, words: str) -> Locator:
        self.at.goes("sales")
        self.at.writes(f"/document find {words}")
        return self.at.page.locator(".conversation li.message").last

    def given(self, name: str) -> Locator:
        """What stands below a file that came in the direct message."""
        self.messages()
        self.at.opens_thread(name)
        return self.at.page.locator(".thread li.message").last


@pytest.mark.parametrize(
    ("who", "language", "customer", "address", "holder", "contract"),
    [
        ("U0EMMA", "en", "Hafenkontor", "hafenkontor", "U0DANIEL", "Contract or annex"),
        ("U0PIOTR", "pl", "Kowalska", "kowalska", "U0MAREK", "Umowa lub aneks"),
        ("U0KATA", "hu", "Tokaji", "tokaji", "U0ISTVAN", "Szerződés vagy módosítása"),
    ],
)
def test_paper_is_kept_found_received_mailed_brought_and_withdrawn(
    demo: Demo,
    windows: Windows,
    who: str,
    language: str,
    customer: str,
    address: str,
    holder: str,
    contract: str,
) -> None:
    clerk = Clerk(At(windows, demo, who, "Zaplecze"), Words(language))
    page, name = clerk.at.page, f"lease-{language}.pdf"
    page.set_default_timeout(40_000)
    clerk.at.tab(1)
    clerk.at.gives(name, "application/pdf", pdf("Lease of a yard", f"deposit{language}"))
    clerk.presses("Keep in the archive", clerk.at.message(name))
    clerk.at.chooses(clerk.words.say("Kind"), contract)
    clerk.chooses("Customer", customer)
    clerk.at.sends()
    expect(clerk.at.message("ZD-0")).to_contain_text(name)

    hit = clerk.finds(f"deposit{language}")
    expect(hit).to_contain_text(name)
    clerk.presses("Get it", hit)
    below = clerk.given(name)
    clerk.presses("Received", below)
    expect(below.get_by_role("button", name=clerk.words.say("Received"))).to_have_count(0)

    clerk.presses("Send by e-mail", below)
    page.get_by_role("dialog").last.locator(".button-primary").last.click()
    letter_holds(clerk, demo, address, name)

    brought = f"plan-{language}.pdf"
    is_brought_by(clerk, windows, demo, holder, contract, brought)
    expect(clerk.given(brought)).to_be_visible()

    below = clerk.given(name)
    clerk.presses("Withdraw", below)
    clerk.presses("Withdraw", clerk.at.form)
    expect(below.get_by_role("button", name=clerk.words.say("Withdraw"))).to_have_count(0)
    expect(clerk.finds(f"deposit{language}")).not_to_contain_text(name)


def letter_holds(clerk: Clerk, demo: Demo, address: str, name: str) -> None:
    """The customer's mailbox shows a letter, and the PDF attached to it opens."""
    page = clerk.at.page
    page.locator(".mail-button").click()
    letter = page.locator(".letter", has_text=address)
    expect(letter).to_be_visible()
    letter.locator(".letter-head").click()
    letter.get_by_role("button", name=re.compile(re.escape(name))).click()
    shown = str(page.locator("iframe.viewer-frame").get_attribute("src"))
    assert page.request.get(demo.url + shown).body().startswith(b"%PDF-")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def is_brought_by(
    clerk: Clerk, windows: Windows, demo: Demo, holder: str, contract: str, name: str
) -> None:
    """The clerk asks a colleague for a file, and the colleague hands it in."""
    colleague = At(windows, demo, holder, "Zaplecze")
    colleague.tab(1)
    who = str(colleague.page.locator(".who-words strong").inner_text())
    clerk.at.goes("sales")
    clerk.at.writes(f"/document bring {name}")
    clerk.chooses("From", who)
    clerk.at.chooses(clerk.words.say("Kind"), contract)
    clerk.at.sends()
    asked = colleague.message(name)
    asked.locator(".button-primary").click()
    file = {"name": name, "mimeType": "application/pdf", "buffer": pdf("Plan", name)}
    colleague.form.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(colleague.form.locator(".file-drop-list")).to_contain_text(name)
    colleague.sends()
    expect(colleague.message("ZD-0")).to_be_visible()
