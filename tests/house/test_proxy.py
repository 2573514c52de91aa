"""A company whose only way out is a proxy: everything that leaves goes through it."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from bot.config import Settings
from bot.connectors import connectors_of
from bot.kit.catalogue import Catalogue
from handlers.invoices.connectors.problems import SourceProblem
from tests.driver import Office
from tests.tickets.catalogues import with_department
from tests.tickets.desk import draft, taken

SENT_ON = ("authorization", "content-type")


class Proxy(ThreadingHTTPServer):
    """Carries plain requests on and notes what for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Carrier)
        self.carried: list[str] = []
        self.accounts: set[str | None] = set()

    @property
    def url(self) -> str:
        return f"http://anna:hush@127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """Who hangs up is not minded."""


class Carrier(BaseHTTPRequestHandler):
    """One connection to the proxy."""

    def do_POST(self) -> None:
        assert isinstance(self.server, Proxy)
        self.server.carried.append(urlsplit(self.path).path)
        self.server.accounts.add(self.headers.get("Proxy-Authorization"))
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name in SENT_ON if (value := self.headers.get(name))}
        request = Request(self.path, body or None, headers, method=self.command)
        with urlopen(request, timeout=30) as answer:
            content = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def transport() -> str:
    """The test's proxy carries plain HTTP and no WebSocket."""
    return "process"


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    return with_department(shipped, "it", assignment="manual")


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """In the environment, before the bot begins."""
    with Proxy() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("HTTPS_PROXY", server.url)
        yield server
        server.shutdown()


def test_calls_downloads_and_uploads_leave_by_the_proxy(proxy: Proxy, office: Office) -> None:
    card = taken(office)
    thread = office.piotr.dm[0]
    files = [draft(office, "screen.png")]
    office.piotr.says(thread.channel, "Tak to wygląda", thread=thread, files=files)
    assert "screen.png" in str([reply.files for reply in card.again().thread])
    for part in ("/api/chat.postMessage", "/files-pri/", "/upload/v1/"):
        assert any(path.startswith(part) for path in proxy.carried), part
    assert proxy.accounts == {"Basic YW5uYTpodXNo"}


@pytest.mark.parametrize("exempt", [False, True])
def test_accounting_system_is_asked_through_it_unless_it_is_in_the_house(
    proxy: Proxy, exempt: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken_port:
        port = taken_port.getsockname()[1]
    monkeypatch.setenv("ZAPLECZE_TRYTON_URL", f"http://127.0.0.1:{port}/books")
    monkeypatch.setenv("ZAPLECZE_TRYTON_KEY", "key")
    settings = Settings(NO_PROXY="127.0.0.0/8" if exempt else "")
    with pytest.raises(SourceProblem):
        connectors_of(settings.proxies)["tryton"].changed(None)
    assert bool(proxy.carried) is not exempt


@pytest.fixture
def in_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspace is on this machine."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


def test_workspace_in_the_house_is_asked_directly(
    proxy: Proxy, in_the_house: None, office: Office
) -> None:
    office.anna.types("/ticket help")
    assert proxy.carried == []
