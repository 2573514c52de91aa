"""A Tryton of the test's own: a copy of the seeded database, a server on loopback, a clerk who
keeps the books.
"""

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import urllib3

from handlers.invoices.connectors.tryton.connector import Tryton
from tests.tryton.installing import CLERK, CannotInstall, configured, installed, seeded, this_year

STARTING = 120.0  # seconds, on a busy machine
PAGE = 4  # invoices, so that a few make several pages


@dataclass
class Office:
    """A running Tryton and its clerk: a :class:`~tests.connectors.bench.Bench`, and more that only
    Tryton can do.
    """

    url: str
    key: str
    user: str
    password: str
    connector: Tryton
    _clerk: "subprocess.Popen[str]"
    _log: Path

    def posts(self, amount: str, days: Sequence[int], **facts: object) -> str:
        return str(self.does("invoice", amount, list(days), "posted", *facts.values()))

    def drafts(self, amount: str) -> None:
        self.does("invoice", amount, [14], "draft")

    def books(self, number: str, amount: str) -> None:
        self.does("pay", number, amount)

    def takes_back(self, number: str) -> None:
        self.does("unpay", number)

    def does(self, deed: str, *facts: object) -> Any:
        """One deed of the clerk's; what came of it."""
        assert self._clerk.stdin
        assert self._clerk.stdout
        self._clerk.stdin.write(json.dumps([deed, *facts]) + "\n")
        self._clerk.stdin.flush()
        answer = self._clerk.stdout.readline()
        assert answer, f"the clerk could not {deed} {facts}: {self._log.read_text()[-500:]}"
        return json.loads(answer)


@contextmanager
def office(folder: Path, series: str) -> Iterator[Office]:
    """For as long as the block lasts. Raises CannotInstall."""
    home = installed(series)
    database, facts = seeded(home, this_year())
    shutil.copyfile(database, folder / "books.sqlite")
    port = _free_port()
    config = configured(folder, port)
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [home / "bin/trytond", "-c", config, "-d", "books"], stdout=log, stderr=log
        )
        pipes: dict[str, Any] = {
            "stdin": subprocess.PIPE,
            "stdout": subprocess.PIPE,
            "stderr": log,
            "text": True,
        }
        clerk = subprocess.Popen([home / "bin/python", CLERK, config, "books"], **pipes)
        try:
            url = f"http://127.0.0.1:{port}/books"
            _await_ready(server, port, folder)
            key, user, password = facts["key"], facts["user"], facts["password"]
            by = (
                Tryton.by_key(url, key, PAGE)
                if key
                else Tryton.by_password(url, user, password, PAGE)
            )
            yield Office(url, key, user, password, by, clerk, folder / "server.log")
        finally:
            for process in (clerk, server):
                process.terminate()
                process.communicate()


def _await_ready(server: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    with urllib3.PoolManager(retries=False, timeout=5) as pool:
        for _ in range(int(STARTING / 0.1)):
            if server.poll() is not None:
                break
            try:
                pool.request("GET", f"http://127.0.0.1:{port}")
            except urllib3.exceptions.HTTPError:
                Event().wait(0.1)
            else:
                return
    raise CannotInstall(f"trytond does not start: {(folder / 'server.log').read_text()[-300:]}")


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
