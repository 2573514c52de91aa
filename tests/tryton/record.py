"""Records what a real Tryton answers, for the tests that have none: ``python -m
tests.tryton.record``.
"""

import json
import tempfile
from base64 import b64encode
from pathlib import Path
from typing import Any

from handlers.invoices.connectors.http import Server
from handlers.invoices.connectors.tryton.fields import FIELDS, INVOICE
from handlers.invoices.connectors.tryton.wire import Rest
from tests.tryton.installing import SERIES
from tests.tryton.server import Office, office

RECORDED = Path(__file__).parents[1] / "connectors/recorded"


def record(tryton: Office) -> None:
    """Some invoices of every sort, as REST and as JSON-RPC tell them."""
    part_paid, credited, cancelled = (tryton.posts("100", [14, 30]) for _ in range(3))
    tryton.books(part_paid, "40")
    tryton.does("credit", credited)
    tryton.does("cancel", cancelled)
    tryton.drafts("10")
    server = Server("Tryton", tryton.url, "")
    taken: dict[str, Any] = {}

    class Listening(Rest):
        def _get(self, path: str) -> Any:
            answer = super()._get(path)
            taken["rest"] = json.loads(answer.body)
            return answer

    Listening(server, tryton.key).rows(INVOICE, [], FIELDS, 100)
    login = {
        "id": 1,
        "method": "common.db.login",
        "params": [tryton.user, {"password": tryton.password}, "en"],
    }
    taken["login"] = json.loads(server.ask("POST", "/rpc/", {}, login).body)
    session = taken["login"]["result"]
    told = b64encode(f"{tryton.user}:{session[0]}:{session[1]}".encode()).decode()
    asked = [[], 0, 100, [["id", "ASC"]], list(FIELDS), {}]
    search = {"id": 1, "method": f"model.{INVOICE}.search_read", "params": asked}
    taken["rpc"] = json.loads(
        server.ask("POST", "/rpc/", {"Authorization": f"Session {told}"}, search).body
    )
    taken["login"]["result"][1] = "a-session"
    RECORDED.mkdir(exist_ok=True)
    for name, answer in taken.items():
        (RECORDED / f"{name}.json").write_text(
            json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n"
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, office(Path(folder), SERIES) as running:
        record(running)
