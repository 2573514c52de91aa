"""``zaplecze demo`` as a process of its own, and people at its page."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import Windows

ROOT = Path(__file__).parents[2]
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_PATIENCE = 60.0  # seconds until the page stands, on a busy machine


class Demo:
    """A running demo with its data in ``folder``."""

    def __init__(self, folder: Path, **environment: str) -> None:
        known = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SLACK_", "ZAPLECZE_"))
        }
        self.folder = folder / "demo"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "demo"],
            cwd=ROOT,
            env={**known, "PORT": "0", "ZAPLECZE_DATA_DIR": str(folder), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        self.url = self._address()

    def _address(self) -> str:
        """Read what it says until it has named its address; go on reading behind, so that it never
        waits for us.
        """
        lines: queue.Queue[str] = queue.Queue()
        assert self.process.stdout
        threading.Thread(target=_read, args=(self.process.stdout, lines), daemon=True).start()
        while (line := lines.get(timeout=_PATIENCE)) != "":
            self.said += line
            if found := _ADDRESS.search(line):
                self._lines = lines
                return found[0]
        raise AssertionError(f"the demo ended at once:\n{self.said}")

    def interrupt(self) -> int:
        """Ctrl-C; the exit status."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(20)
        while (line := self._lines.get(timeout=5)) != "":
            self.said += line
        return status

    def close(self) -> None:
        """End it, if it has not ended."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def _read(output: IO[str], lines: "queue.Queue[str]") -> None:
    for line in output:
        lines.put(line)
    output.close()
    lines.put("")


class At:
    """Somebody at the page, as the page is in their language."""

    def __init__(
        self, windows: Windows, demo: Demo, who: str, channel: str, **options: Any
    ) -> None:
        self.page: Page = windows.open(f"{demo.url}/?as={who}", **options)
        self.page.set_default_timeout(20_000)
        self.goes(channel)

    def goes(self, place: str) -> None:
        """To a channel, or to ``Zaplecze``, by its name on the left."""
        row = self.page.locator(".side-row", has_text=place)
        row.first.click()
        expect(row.first).to_have_attribute("aria-current", "page")

    def tab(self, number: int) -> None:
        """The app's tabs: 0 is Home, 1 are the messages."""
        self.page.locator(".head [role=tab]").nth(number).click()

    def writes(self, text: str, where: str = ".conversation") -> None:
        composer = self.page.locator(f"{where} .composer-input")
        composer.fill(text)
        composer.press("Enter")

    def message(self, text: str, where: str = ".conversation") -> Locator:
        """The newest message that holds a text."""
        return self.page.locator(f"{where} li.message", has_text=text).last

    def drops(self, name: str, kind: str, content: bytes) -> Locator:
        """A file for the bot; what it answers in the thread."""
        self.gives(name, kind, content)
        self.opens_thread(name)
        return self.page.locator(".thread li.message").last

    def gives(self, name: str, kind: str, content: bytes) -> None:
        """A file for the bot."""
        here = self.page.locator(".conversation")
        file: Any = {"name": name, "mimeType": kind, "buffer": content}
        here.locator(".composer input[type=file]").set_input_files(file)
        expect(here.locator(".composer-files")).to_contain_text(name)
        here.locator(".composer-input").press("Enter")

    def opens_thread(self, text: str) -> None:
        self.message(text).locator(".thread-line").click()
        expect(self.page.locator(".thread li.message").first).to_be_visible()

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("dialog").last

    def chooses(self, label: str, option: str) -> None:
        """In a menu of the form."""
        self.form.get_by_label(label, exact=True).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def presses(self, name: str, where: Locator | None = None) -> None:
        (where or self.form).get_by_role("button", name=name, exact=True).click()

    def sends(self) -> None:
        """The form's own button, whatever it says."""
        self.form.locator("footer .button-primary").click()
