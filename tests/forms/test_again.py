"""Again: what is imported twice, or killed in the middle, is in the ledger once."""

import signal
from pathlib import Path
from typing import Any

import pytest

from tests.forms.conftest import FILES
from tests.forms.terminal import Terminal

ROWS = 5_000
HEADING = (
    "Numer;Data wystawienia;Termin płatności;Waluta;Kwota brutto;Nabywca;NIP "
    "nabywcy;Sprzedawca;NIP sprzedawcy\n"
)
ROW = (
    "FV/{n}/2026;2026-10-01;2026-10-15;PLN;100,00;Firma {n} sp. z o.o.;{tax};Kwiaciarnia "
    "Fiołek;9999999999\n"
)


def table(path: Path, rows: int = ROWS) -> Path:
    path.write_text(HEADING + "".join(ROW.format(n=n, tax=1_000_000_000 + n) for n in range(rows)))
    return path


def sums(facts: dict[str, Any]) -> tuple[int, int, int, int]:
    return facts["imported"], facts["unchanged"], facts["conflicts"], facts["failed"]


def test_the_same_files_again_change_nothing(terminal: Terminal) -> None:
    assert sums(terminal("invoices", "import", FILES, "--json").facts) == (15, 0, 0, 0)
    again = terminal("invoices", "import", FILES, "--json")
    assert (again.status, sums(again.facts)) == (0, (0, 15, 0, 0))
    assert {file["outcome"] for file in again.facts["files"]} == {"unchanged"}


def test_other_content_under_a_number_is_a_conflict_and_told(booked: Terminal) -> None:
    changed = (FILES / "fa3.xml").read_text().replace("<DoZaplaty>1350", "<DoZaplaty>1349")
    (booked.folder / "changed.xml").write_text(changed)
    ended = booked("invoices", "import", "changed.xml", "--json")
    assert (ended.status, sums(ended.facts)) == (1, (0, 0, 1, 0))
    (file,) = ended.facts["files"]
    assert (file["outcome"], file["numbers"]) == ("conflict", ["FV/2026/11/0042"])
    assert "FV/2026/11/0042" in file["message"]
    assert booked("invoices", "show", "FV/2026/11/0042", "--json").facts["to_pay"] == "1350.00"


@pytest.mark.parametrize("database", ["terminal", "on_postgres"])
def test_an_import_that_was_killed_is_finished_by_the_next(
    request: pytest.FixtureRequest, database: str
) -> None:
    office: Terminal = request.getfixturevalue(database)
    path = table(office.folder / "faktury.csv")
    begun = office.begin("invoices", "import", path, "--json", PYTHONUNBUFFERED="1")
    while not _booked(office):  # until the first part is there, and more is to come
        assert begun.poll() is None
    begun.send_signal(signal.SIGKILL)
    begun.communicate(timeout=60)
    there = _booked(office)
    again = office("invoices", "import", path, "--json")
    assert again.status == 0, again.err
    assert sums(again.facts) == (ROWS - there, there, 0, 0)
    assert _booked(office) == ROWS


def _booked(office: Terminal) -> int:
    """How many invoices are in the ledger, as another process sees it."""
    from sqlalchemy import text

    from storage.base import open_engine

    url = (
        office.settings.get("DATABASE_URL")
        or f"sqlite:///{office.folder / 'data' / 'zaplecze.sqlite3'}"
    )
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM invoices")).scalar_one())
    finally:
        engine.dispose()


def test_a_statement_again_books_nothing(booked: Terminal) -> None:
    (booked.folder / "wyciag.csv").write_text(
        "Data księgowania;Kwota;Waluta;Tytuł;Kontrahent;Rachunek kontrahenta\n"
        "2026-11-20;1350,00;PLN;FV/2026/11/0042;Hotel pod Żubrem;PL61109010140000071219812874\n"
    )
    first = booked("payments", "import", "wyciag.csv", "--json").facts
    again = booked("payments", "import", "wyciag.csv", "--json").facts
    assert (first["booked"], first["matched"], first["already_known"]) == (1, 1, 0)
    assert (again["booked"], again["already_known"]) == (0, 1)
    assert booked("invoices", "show", "FV/2026/11/0042", "--json").facts["paid"] == "1350.00"


def test_a_list_of_customers_again_changes_nothing(booked: Terminal) -> None:
    again = booked("customers", "import", "customers.csv", "--json").facts
    assert (again["added"], again["changed"], again["unchanged"], again["failed"]) == (0, 0, 1, 0)
