"""Other web pages, other names for this machine and hostile files, in the real browser."""

import contextlib
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from bot.playground.server import Playground
from bot.playground.slack.company import company
from tests.browser import FLAGS, PROGRAM
from tests.driver import Office
from tests.playground.tiny_bot import MANIFEST

pytestmark = pytest.mark.browser
HOSTILE = b"""<?xml version="1.0"?>
<html xmlns="http://www.w3.org/1999/xhtml"><script>
fetch('/page/workspace').then(() => { document.title = 'it ran'; });
document.title = 'it ran';
</script></html>"""
TRIES = """async (url) => {
  const tried = {};
  const body = JSON.stringify({ as: 'U0ISTVAN', do: 'clock', seconds: 86400 });
  for (const type of ['text/plain', 'application/json']) {
    tried[type] = await fetch(`${url}/page/act`, { method: 'POST', headers: { 'content-type': type }, body })
      .then((answer) => answer.text(), () => 'no answer');
  }
  await fetch(`${url}/page/act`, { method: 'POST', mode: 'no-cors', body }).catch(() => null);
  tried.read = await fetch(`${url}/page/workspace`).then((answer) => answer.text(), () => 'no answer');
  tried.live = await new Promise((done) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/page/live?as=U0ISTVAN`);
    socket.onopen = () => setTimeout(() => done('open'), 200);
    socket.onclose = () => done('closed');
    socket.onmessage = () => done('heard');
  });
  const frame = document.createElement('iframe');
  frame.src = url;
  document.body.append(frame);
  await new Promise((done) => { frame.onload = done; setTimeout(done, 2000); });
  tried.frames = frame.contentDocument === null ? 'closed' : frame.contentDocument.body.innerText;
  return tried;
}"""


class Elsewhere(BaseHTTPRequestHandler):
    """A web page of somebody else."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><body>somebody else's page</body>")

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://other.example:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture
def workspace() -> Iterator[Playground]:
    with Playground(company(MANIFEST, seed=3)) as running:
        yield running


@pytest.fixture
def wide() -> Iterator[Browser]:
    """A browser to which two names of the internet lead to this machine."""
    rules = "--host-resolver-rules=MAP *.example 127.0.0.1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=PROGRAM, args=[*FLAGS, rules])
        yield running
        running.close()


def test_page_of_another_origin_does_and_reads_nothing(
    wide: Browser, elsewhere: str, workspace: Playground
) -> None:
    page = wide.new_page()
    page.goto(elsewhere)
    tried = page.evaluate(TRIES, workspace.url)
    assert tried["live"] == "closed"
    assert "István" not in str(tried)
    assert workspace.world.clock.offset == 0
    assert tried["read"] == "no answer"


def test_rebound_name_reads_nothing(wide: Browser, workspace: Playground) -> None:
    """A name of somebody else's that leads here: for the browser it is one origin with them."""
    page = wide.new_page()
    port = workspace.url.rpartition(":")[2]
    page.goto(f"http://rebound.example:{port}/page/workspace?as=U0ISTVAN")
    assert page.inner_text("body") == "This workspace is for its own page alone."
    tried = page.evaluate(TRIES, f"http://rebound.example:{port}")
    assert "István" not in str(tried)
    assert tried["live"] == "closed"
    assert workspace.world.clock.offset == 0


@pytest.mark.parametrize("name", ["evil.xml", "evil.xhtml", "evil.svg", "evil.html", "evil.xsl"])
def test_hostile_file_runs_no_script(wide: Browser, workspace: Playground, name: str) -> None:
    Office(workspace).anna.uploads("#general", name, HOSTILE)
    (file,) = workspace.world.files.values()
    page = wide.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_response(re.compile("/page/files/")) as answer, contextlib.suppress(Error):
        # A file that is only saved opens no page.
        page.goto(f"{workspace.url}/page/files/{file['id']}/{name}?as=U0ANNA")
    assert answer.value.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.title() != "it ran"
    assert [url for url in asked if "/page/workspace" in url] == []


def test_own_page_does_what_its_person_does(wide: Browser, workspace: Playground) -> None:
    page = wide.new_page()
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Policy" in line.text else None)
    page.goto(f"{workspace.url.replace('127.0.0.1', 'localhost')}/?as=U0ANNA")
    page.wait_for_selector("text=front-desk")
    assert refused == []
