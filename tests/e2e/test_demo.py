"""The demo as a person meets it: one command, a page, and all four jobs clicked through; it ends
and begins again.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import Windows, browser, windows  # noqa: F401
from tests.e2e.demo import At, Demo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:  # noqa: F811
    running = Demo(tmp_path_factory.mktemp("demo"))
    yield running
    running.close()


def test_a_ticket_goes_there_and_back(demo: Demo, windows: Windows) -> None:  # noqa: F811
    anna = At(windows, demo, "U0ANNA", "front-desk")
    anna.writes("/ticket the printer on the 2nd floor is broken")
    anna.chooses("Czego potrzebujesz?", "Pomoc informatyczna")
    anna.form.get_by_label("Co się dzieje i od kiedy").fill("It prints every second page only.")
    anna.sends()
    expect(anna.page.get_by_role("dialog")).to_have_count(0)

    tomasz = At(windows, demo, "U0TOMASZ", "bo-it")
    card = tomasz.message("the printer on the 2nd floor")
    tomasz.presses("Take", card)
    expect(card).to_contain_text("Tomasz Lewandowski")
    expect(card.get_by_role("button", name="Take")).to_have_count(0)
    card.hover()
    tomasz.page.get_by_role("toolbar").get_by_role("button", name="Odpowiedz w wątku").click()
    tomasz.writes("Już idę!", ".thread")

    anna.goes("Zaplecze")
    anna.tab(1)
    anna.opens_thread("the printer on the 2nd floor")
    expect(anna.message("Już idę!", ".thread")).to_contain_text("Tomasz Lewandowski")
    anna.writes("Dziękuję, czekam", ".thread")
    expect(tomasz.message("Dziękuję, czekam", ".thread")).to_contain_text("Anna Zielińska")

    tomasz.presses("Resolve", card)
    expect(card).to_contain_text("Resolved")
    own = anna.message("the printer on the 2nd floor")
    expect(own.get_by_role("button", name="Wszystko w porządku")).to_be_visible()


def test_an_invoice_is_asked_for_and_its_statement_is_read(demo: Demo, windows: Windows) -> None:  # noqa: F811
    piotr = At(windows, demo, "U0PIOTR", "sales")
    piotr.writes("/invoice FV/2026/11/0042")
    card = piotr.message("FV/2026/11/0042")
    expect(card).to_contain_text(
        re.compile(r"1\d dni po terminie")
    )  # the clock may stand a day later
    expect(card).to_contain_text("Kowalska Sp. z o.o.")

    piotr.writes("/document statement Kowalska")
    piotr.sends()
    expect(piotr.form).to_contain_text("ZD-0")
    piotr.presses("Zamknij", piotr.form.locator("footer"))
    piotr.goes("Zaplecze")
    piotr.tab(1)
    piotr.page.get_by_role("button", name=re.compile(r"Otwórz .*\.pdf")).last.click()
    shown = str(piotr.page.locator("iframe").get_attribute("src"))
    pdf = piotr.page.request.get(demo.url + shown).body()
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) > 10_000


def test_a_reminder_comes_a_day_later_and_is_put_off(demo: Demo, windows: Windows) -> None:  # noqa: F811
    beata = At(windows, demo, "U0BEATA", "Zaplecze")
    beata.tab(0)
    beata.presses("Przypomnienia o płatności", beata.page.locator(".home"))
    beata.form.get_by_role("button", name="Włącz…").first.click()
    beata.sends()
    expect(beata.form).to_contain_text("Wyłącz")
    beata.page.keyboard.press("Escape")
    beata.page.locator("button.clock").click()
    beata.page.get_by_role("button", name="Dzień później", exact=True).click()
    beata.goes("bo-collections")
    letter = beata.page.locator("li.message", has_text="Dlaczego?").first
    expect(letter).to_be_visible(timeout=30_000)
    letter.get_by_role("combobox").click()
    beata.page.get_by_role("option", name="na 3 dni").click()
    expect(beata.message("nie wysyłamy przypomnień")).to_be_visible()


def test_ctrl_c_ends_it_and_what_was_said_is_still_there(windows: Windows, tmp_path: Path) -> None:  # noqa: F811
    before = tmp_path / "demo" / "of an earlier run"
    before.parent.mkdir()
    before.touch()
    with closing(Demo(tmp_path, FRESH="1")) as first:
        assert not before.exists()
        emma = At(windows, first, "U0EMMA", "front-desk")
        emma.writes("Remember me")
        expect(emma.message("Remember me")).to_be_visible()
        emma.page.close()
        assert first.interrupt() == 0
        assert "Traceback" not in first.said
        assert first.said.lstrip().startswith("Zaplecze is running"), "no line of a log before it"

    with closing(Demo(tmp_path)) as again:
        expect(At(windows, again, "U0EMMA", "front-desk").message("Remember me")).to_be_visible()
        assert again.interrupt() == 0
