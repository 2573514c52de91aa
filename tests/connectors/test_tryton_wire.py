"""Tryton's answers as a real server gave them, and every way in which a server can fail us."""

import gzip
import json
import threading
from base64 import encodebytes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.connectors import connectors_of
from bot.kit.proxies import DIRECT
from handlers.invoices.connectors.http import Server
from handlers.invoices.connectors.problems import (
    Ailing,
    Incomplete,
    KeyRefused,
    MayNotRead,
    NotThere,
    Overloaded,
    SourceProblem,
    TooMuch,
    Unintelligible,
    Unreachable,
)
from handlers.invoices.connectors.tryton import Settings, connect
from handlers.invoices.connectors.tryton.connector import Tryton
from handlers.invoices.connectors.tryton.settings import BadAddress
from handlers.invoices.connectors.tryton.wire import JsonRpc, Rest

RECORDED = Path(__file__).with_name("recorded")
DATE = "Mon, 23 Nov 2026 07:00:00 GMT"
ASKS_FOR_CUSTOMERS = "f=party.contact_mechanisms.value"
Answering = Callable[[str, Any], tuple[int, bytes, dict[str, str]]]


@dataclass
class Stub:
    """A server on loopback that answers what it is told to; ``asked`` are paths and bodies,
    ``keys`` who asked.
    """

    url: str = ""
    answer: Answering = lambda path, body: (404, b"", {})
    asked: list[tuple[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


class Loopback(ThreadingHTTPServer):
    """One that does not mind who hangs up."""

    def handle_error(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def stub() -> Iterator[Stub]:
    told = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            told.asked.append((self.path, body))
            told.keys.append(self.headers.get("Authorization") or "")
            status, content, headers = told.answer(self.path, body)
            self.send_response_only(status)
            for name, value in {
                "Date": DATE,
                "Content-Length": str(len(content)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Quietly."""

    with Loopback(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        told.url = f"http://127.0.0.1:{server.server_port}/books"
        yield told
        server.shutdown()
        thread.join()


def recorded(name: str) -> bytes:
    return (RECORDED / f"{name}.json").read_bytes()


def by_rpc(path: str, body: Any) -> tuple[int, bytes, dict[str, str]]:
    """As Tryton 8: under ``/rpc/``, packed when it is long."""
    if path != "/books/rpc/":
        return 404, b"", {}
    match body["method"]:
        case "common.db.login":
            return (
                200,
                recorded("login") if body["params"][0] else b'{"error":["LoginException"]}',
                {},
            )
        case "model.res.user.get_preferences":
            return 200, b'{"id":1,"result":{"company":1}}', {}
        case _:
            return 200, gzip.compress(recorded("rpc")), {"Content-Encoding": "gzip"}


def by_old_rpc(path: str, body: Any) -> tuple[int, bytes, dict[str, str]]:
    """As Tryton 7: directly under the database's name."""
    return by_rpc("/books/rpc/", body) if path == "/books/" else (405, b"", {})


def always(status: int, content: bytes = b"", **headers: str) -> Answering:
    return lambda path, body: (status, content, headers)


def test_rest_tells_the_recorded_invoices(stub: Stub) -> None:
    stub.answer = always(200, recorded("rest"))
    page = Tryton.by_key(stub.url, "the-key").changed(datetime(2026, 11, 1, tzinfo=UTC))
    assert (page.as_of, page.after) == (datetime(2026, 11, 23, 7, tzinfo=UTC), None)
    told = {one.reference: one for one in page.invoices}
    kinds = [(one.document.kind, one.is_draft, str(one.document.total)) for one in page.invoices]
    assert kinds == [
        ("invoice", False, "100.00"),
        ("invoice", False, "100.00"),
        ("invoice", False, "100.00"),
        ("cancellation", False, "-100.00"),
        ("cancellation", False, "-100.00"),
        ("invoice", True, "10.00"),
    ]
    assert [str(one.amount) for one in told["1"].payments] == ["40"]
    assert [str(one.amount) for one in told["1"].document.instalments] == ["50.00", "50.00"]
    assert set(stub.keys) == {"Bearer the-key"}


def telling(customer: Any, status: int = 200) -> Answering:
    """The recorded invoices, and this of the customers whom they name."""

    def answer(path: str, body: Any) -> tuple[int, bytes, dict[str, str]]:
        if ASKS_FOR_CUSTOMERS in path:
            return status, json.dumps(customer).encode(), {}
        return 200, recorded("rest"), {}

    return answer


def customers_of(stub: Stub, *mechanisms: Any, lang: Any = None) -> set[tuple[Any, Any]]:
    """Where the customer of every recorded invoice is written to, and in which language."""
    stub.answer = telling(
        [{"id": 1, "party": {"id": 2, "contact_mechanisms": mechanisms, "lang": lang}}]
    )
    invoices = Tryton.by_key(stub.url, "k").changed(None).invoices
    return {(one.document.buyer.email, one.document.buyer.language) for one in invoices}


def mail(address: str | None, *, is_for_invoices: bool = False, type_: str = "email") -> Any:
    return {"type": type_, "value": address, "invoice": is_for_invoices}


def test_customers_address_and_language_are_told(stub: Stub) -> None:
    telephone = mail("+49 30 1", type_="phone")
    first, second = mail("office@globex.example"), mail("anna@globex.example")
    told = customers_of(stub, telephone, first, second, lang={"code": "hu"})
    assert told == {("office@globex.example", "hu")}


def test_address_that_is_meant_for_invoices_comes_first(stub: Stub) -> None:
    meant = mail("invoices@globex.example", is_for_invoices=True)
    assert customers_of(stub, mail("office@globex.example"), meant, lang={"code": "pt_BR"}) == {
        ("invoices@globex.example", "pt")
    }


def test_customer_of_whom_tryton_knows_neither_has_none(stub: Stub) -> None:
    assert customers_of(stub, mail(None), mail("")) == {(None, None)}


def test_all_customers_of_a_page_are_one_question(stub: Stub) -> None:
    rows = json.loads(recorded("rest"))
    many = [{**rows[0], "id": n, "party": {"id": n % 7, "name": f"P{n % 7}"}} for n in range(1, 90)]
    stub.answer = lambda path, _: (
        200,
        b"[]" if ASKS_FOR_CUSTOMERS in path else json.dumps(many).encode(),
        {},
    )
    assert len(Tryton.by_key(stub.url, "k").changed(None).invoices) == len(many)
    assert len(stub.asked) == 2


def test_of_suppliers_nobody_is_asked(stub: Stub) -> None:
    rows = [{**row, "type": "in"} for row in json.loads(recorded("rest"))]
    stub.answer = always(200, json.dumps(rows).encode())
    assert Tryton.by_key(stub.url, "k").changed(None).invoices
    assert not [path for path, _ in stub.asked if ASKS_FOR_CUSTOMERS in path]


@pytest.mark.parametrize("closed", [telling({"message": "no"}, 403), telling([{"id": 1}])])
def test_invoices_are_told_where_addresses_are_closed_to_us(stub: Stub, closed: Answering) -> None:
    stub.answer = closed
    invoices = Tryton.by_key(stub.url, "k").changed(None).invoices
    assert {one.document.buyer.email for one in invoices} == {None}
    assert len(invoices) == 6


@pytest.mark.parametrize("way", [by_rpc, by_old_rpc])
def test_json_rpc_tells_the_same_as_rest(stub: Stub, way: Answering) -> None:
    stub.answer = always(200, recorded("rest"))
    by_rest = Tryton.by_key(stub.url, "k").changed(None)
    stub.answer = way
    assert Tryton.by_password(stub.url, "anna", "secret").changed(None) == by_rest


def test_session_that_ended_is_begun_anew(stub: Stub) -> None:
    stub.answer = by_rpc
    source = Tryton.by_password(stub.url, "anna", "secret")
    source.changed(None)
    answers = iter([(401, b"", {})])  # type: ignore[var-annotated]
    stub.answer = lambda path, body: next(answers, None) or by_rpc(path, body)
    assert source.changed(None).invoices
    assert [body["method"] for _, body in stub.asked].count(
        "common.db.login"
    ) == 3  # with the search for the path


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (always(401), KeyRefused),
        (always(404), NotThere),
        (always(302, Location="http://127.0.0.1:1/"), NotThere),
        (always(429), Overloaded),
        (always(500), Ailing),
        (always(400, b'{"message":"You are not allowed"}'), MayNotRead),
        (always(418), Unintelligible),
        (always(200, b"<html>"), Unintelligible),
        (always(200, b"[" * 100_000), Unintelligible),
        (always(200, b'{"a": 1}'), Unintelligible),
        (always(200, b"[1]"), Unintelligible),
        (always(200, b"no gzip", **{"Content-Encoding": "gzip"}), Unintelligible),
        (always(200, b'[{"id": 1}]'), MayNotRead),
    ],
)
def test_failure_is_a_sentence(stub: Stub, answer: Answering, problem: type[SourceProblem]) -> None:
    stub.answer = answer
    with pytest.raises(problem) as told:
        Tryton.by_key(stub.url, "the-key").changed(None)
    assert "the-key" not in str(told.value)
    assert str(told.value).endswith(".")


def test_row_without_its_lines_is_refused(stub: Stub) -> None:
    rows = json.loads(recorded("rest"))
    for row in rows:
        row["lines_to_pay"] = [{"id": 1, "__name__": "account.move.line"}]
    stub.answer = always(200, json.dumps(rows).encode())
    with pytest.raises(MayNotRead, match=r"account\.move\.line"):
        Tryton.by_key(stub.url, "k").changed(None)


def test_row_of_strange_values_is_refused(stub: Stub) -> None:
    rows = json.loads(recorded("rest"))
    rows[0]["total_amount"] = {"__class__": "Decimal", "decimal": "much"}
    stub.answer = always(200, json.dumps(rows).encode())
    with pytest.raises(Unintelligible):
        Tryton.by_key(stub.url, "k").changed(None)


def test_nobody_there_is_a_sentence() -> None:
    with pytest.raises(Unreachable, match="nothing listens there"):
        Tryton.by_key("http://127.0.0.1:1/books", "k").changed(None)


def test_bomb_is_not_unpacked(stub: Stub) -> None:
    stub.answer = always(200, gzip.compress(b" " * 3_000_000), **{"Content-Encoding": "gzip"})
    with pytest.raises(TooMuch):
        Tryton(Rest(Server("Tryton", stub.url, "", most_bytes=2_000_000), "k")).changed(None)


def test_silence_is_not_waited_out(stub: Stub) -> None:
    released = threading.Event()
    stub.answer = lambda path, body: (200, b"[]" if released.wait(20) else b"", {})
    try:
        with pytest.raises(Unreachable, match="no answer in time"):
            Tryton(Rest(Server("Tryton", stub.url, "", silence=0.1), "k")).changed(None)
    finally:
        released.set()


def test_picture_that_is_no_pdf_is_none(stub: Stub) -> None:
    source = Tryton.by_key(stub.url, "k")
    stub.answer = always(200, kept(b"PK\x03\x04 an odt"))
    assert source.pdf("7") is None
    stub.answer = always(200, kept(b"%PDF-1.7 ..."))
    assert source.pdf("7") == b"%PDF-1.7 ..."
    for nothing in (b"[]", b'[{"id": 7, "invoice_report_cache": null}]'):
        stub.answer = always(200, nothing)
        assert source.pdf("7") is None


def test_entry_that_took_an_invoice_back_has_no_picture(stub: Stub) -> None:
    stub.answer = always(200, kept(b"%PDF-1.7 ..."))
    assert Tryton.by_key(stub.url, "k").pdf("7:cancelled") is None
    assert stub.asked == []


def test_picture_that_may_not_be_read_is_a_sentence(stub: Stub) -> None:
    stub.answer = always(200, b'[{"id": 7}]')
    with pytest.raises(MayNotRead, match="invoice_report_cache"):
        Tryton.by_key(stub.url, "k").pdf("7")


def kept(picture: bytes) -> bytes:
    told = {"__class__": "bytes", "base64": encodebytes(picture).decode()}
    return json.dumps([{"id": 7, "invoice_report_cache": told}]).encode()


def test_secrets_are_not_shown() -> None:
    assert "hush" not in repr(Rest(Server("Tryton", "http://a/b", ""), "hush"))
    assert "hush" not in repr(JsonRpc(Server("Tryton", "http://a/b", ""), "anna", "hush"))


def test_settings_name_the_connector(monkeypatch: pytest.MonkeyPatch) -> None:
    assert connectors_of(DIRECT) == {}
    monkeypatch.setenv("ZAPLECZE_TRYTON_URL", "https://a/b")
    monkeypatch.setenv("ZAPLECZE_TRYTON_KEY", "k")
    assert [*connectors_of(DIRECT)] == ["tryton"]
    monkeypatch.setenv("ZAPLECZE_TRYTON_KEY", "")
    with pytest.raises(Incomplete, match="ZAPLECZE_TRYTON_KEY"):
        connectors_of(DIRECT)
    monkeypatch.setenv("ZAPLECZE_TRYTON_USER", "anna")
    with pytest.raises(Incomplete, match="ZAPLECZE_TRYTON_PASSWORD"):
        connectors_of(DIRECT)
    monkeypatch.setenv("ZAPLECZE_TRYTON_PASSWORD", "hush")
    assert [*connectors_of(DIRECT)] == ["tryton"]


@pytest.mark.parametrize(
    "url", ["books", "ftp://a/b", "https://a", "https://anna:secret@a/b", "https://a/b?c=d"]
)
def test_address_that_can_be_none_is_refused(url: str) -> None:
    with pytest.raises(BadAddress) as told:
        connect(Settings(url=url, key=SecretStr("k")), DIRECT)
    assert "anna" not in str(told.value)
