"""Fixtures: a terminal in a folder of its own, the same on PostgreSQL, and one whose ledger has
invoices in it.
"""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.catalogue import loader
from bot.edge.turns import Turns
from bot.slack import HOME
from storage.base import open_engine
from storage.people import people
from tests import databases
from tests.forms.terminal import ROOT, Terminal

FILES = ROOT / "tests" / "invoices" / "files"
COMPANY = {
    "name": "Kwiaciarnia Fiołek sp. z o.o.",
    "address": ["ul. Różana 1", "90-001 Łódź"],
    "place": "Łódź",
    "tax_numbers": ["PL9999999999"],
}
CUSTOMERS = (
    "name,tax id,country,address\nHotel pod Żubrem,1111111111,PL,ul. Leśna 2; 17-230 Białowieża\n"
)


@pytest.fixture
def terminal(tmp_path: Path, sqlite_template: Path) -> Terminal:
    """On SQLite, in an empty folder; the company is the seller of the invoices in the
    test files.
    """
    (tmp_path / "data").mkdir()
    shutil.copyfile(sqlite_template, tmp_path / "data" / "zaplecze.sqlite3")
    loader.write_default(tmp_path / "company.toml", COMPANY)
    return Terminal(tmp_path, {"ZAPLECZE_CONFIG": str(tmp_path / "company.toml")})


@pytest.fixture
def on_postgres(terminal: Terminal, postgres_engine: Engine) -> Terminal:
    databases.emptied(postgres_engine)
    url = postgres_engine.url.render_as_string(hide_password=False)
    return Terminal(terminal.folder, {**terminal.settings, "DATABASE_URL": url})


@pytest.fixture
def booked(terminal: Terminal) -> Terminal:
    """One invoice of ours is in the ledger: FV/2026/11/0042 to Hotel pod Żubrem; every channel is
    known.
    """
    (terminal.folder / "customers.csv").write_text(CUSTOMERS)
    assert terminal("invoices", "import", FILES / "fa3.xml").status == 0
    assert terminal("customers", "import", "customers.csv").status == 0
    _meet_channels(terminal)
    return terminal


def _meet_channels(terminal: Terminal) -> None:
    engine = open_engine(f"sqlite:///{terminal.folder / 'data' / 'zaplecze.sqlite3'}")
    turns = Turns(engine, lambda: datetime(2026, 11, 23, tzinfo=UTC), {"*": loader.load(None)})
    with turns.turn(HOME) as turn:
        for i, department in enumerate(turn.catalogue.departments.values()):
            name = re.sub("^#", "", department.channel)
            facts = {"id": f"C{i}", "name": name, "is_private": True, "is_shared": False}
            people.save_channel(turn, facts)
    engine.dispose()
