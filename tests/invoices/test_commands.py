"""The commands of invoices, payments and customers: what they print is promised to
other programs.
"""

import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from tests.invoices.samples import workbook_with
from tests.ledger.workbooks import as_workbook, book, movements, written

FILES = Path(__file__).parent / "files"
BANKS = Path(__file__).parents[1] / "ledger" / "files"
CATALOGUE = Path(__file__).parents[2] / "bot" / "catalogue" / "zaplecze.toml"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``run("invoices", "import", path)``: the exit status and what was printed, line by line as
    JSON.
    """
    ours = CATALOGUE.read_text().replace("tax_numbers = []", 'tax_numbers = ["PL9999999999"]')
    (tmp_path / "zaplecze.toml").write_text(ours)
    monkeypatch.setenv("ZAPLECZE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ZAPLECZE_CONFIG", str(tmp_path / "zaplecze.toml"))
    monkeypatch.setenv("DATABASE_URL", "")

    def run_(*words: object) -> tuple[int, list[dict[str, Any]]]:
        told = CliRunner().invoke(cli, [str(word) for word in (*words, "--json")])
        return told.exit_code, [json.loads(line) for line in told.stdout.splitlines()]

    return run_


def test_import_show_and_import_again(run: Any) -> None:
    status, (done,) = run("invoices", "import", FILES / "fa3.xml")
    assert (status, done["imported"], done["files"][0]["numbers"]) == (0, 1, ["FV/2026/11/0042"])
    status, (again,) = run("invoices", "import", FILES / "fa3.xml")
    assert (status, again["imported"], again["unchanged"]) == (0, 0, 1)
    status, (shown,) = run("invoices", "show", "fv 2026/11/42")
    assert shown["direction"] == "receivable"
    assert (shown["to_pay"], shown["paid"], shown["outstanding"]) == ("1350.00", "0.00", "1350.00")
    assert [part["due_on"] for part in shown["instalments"]] == ["2026-11-16", "2026-12-16"]
    assert shown["payments_known_until"] is None


def test_invoice_between_others_is_said_to_be(run: Any, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Numer", "Brutto", "Waluta", "NIP sprzedawcy", "NIP nabywcy"],
        ["1", 10, "PLN", "7740001454", "5260001246"],
        ["2", 20, "PLN", "9999999999", "5260001246"],
        ["3", 30, "PLN", "7740001454", "5260001246"],
    ]
    (tmp_path / "obce.xlsx").write_bytes(workbook_with(rows))
    told = CliRunner().invoke(cli, ["invoices", "import", str(tmp_path / "obce.xlsx")])
    assert told.exit_code == 0
    assert "3 imported" in told.stdout
    assert "of those imported 2 between others" in told.stdout
    assert "Invoice 1 is kept, but neither its seller nor its buyer is us" in told.stderr
    status, (again,) = run("invoices", "import", tmp_path / "obce.xlsx")
    assert (status, again["unchanged"], again["files"][0]["message"]) == (0, 3, None)


def test_table_is_taken_by_the_command_of_what_its_headings_say(run: Any, tmp_path: Path) -> None:
    (tmp_path / "historia.xlsx").write_bytes(as_workbook((BANKS / "otp.csv").read_text()))
    (tmp_path / "historia.csv").write_bytes((BANKS / "otp.csv").read_bytes())
    for name in ("historia.xlsx", "historia.csv"):
        status, (done,) = run("invoices", "import", tmp_path / name)
        assert (status, done["imported"], done["failed"]) == (1, 0, 1)
        assert "zaplecze payments import" in done["files"][0]["message"]
    status, (booked,) = run("payments", "import", tmp_path / "historia.xlsx")
    assert (status, booked["booked"]) == (0, 2)
    status, (again,) = run("payments", "import", tmp_path / "historia.csv")
    assert (status, again["booked"], again["already_known"]) == (0, 0, 2)


def test_hidden_rows_are_said_by_every_command_that_reads_them(tmp_path: Path, run: Any) -> None:
    bills = [["Numer", "Brutto", "Waluta", "NIP nabywcy"], ["3-11", 100, "PLN", "5260001246"]]
    money = movements(("2026-01-05", "FV/1", "100.00"))
    people = [["Nazwa", "NIP"], ["Kowal", "5260001246"]]
    for command, rows in (
        ("invoices import", bills),
        ("payments import", money),
        ("payments read", money),
        ("customers import", people),
    ):
        made = book({"A": rows})
        made["A"].row_dimensions[2].hidden = True
        (tmp_path / "a.xlsx").write_bytes(written(made))
        told = CliRunner().invoke(cli, [*command.split(), str(tmp_path / "a.xlsx")])
        assert "Hidden rows were read too: 1, at line 2." in told.output, command
        assert told.exit_code == 0


def test_row_whose_number_a_spreadsheet_made_a_day_is_named_and_the_others_are_booked(
    run: Any, tmp_path: Path
) -> None:
    book = tmp_path / "faktury.xlsx"
    headings: list[object] = ["Numer", "Data wystawienia", "Brutto", "Waluta", "NIP nabywcy"]
    issued = date(2026, 11, 2)
    first: list[object] = ["3-11", issued, 100.0, "PLN", "5260001246"]
    second: list[object] = [date(2026, 12, 3), issued, 200.0, "PLN", "5260001246"]
    book.write_bytes(workbook_with([headings, first, second]))
    status, (done,) = run("invoices", "import", book)
    assert (status, done["imported"], done["failed"]) == (1, 1, 1)
    assert (
        "Line 3: the spreadsheet made the day 2026-12-03 of the number"
        in (done["files"][0]["message"])
    )


def test_other_content_under_the_same_identity_is_a_conflict(run: Any, tmp_path: Path) -> None:
    run("invoices", "import", FILES / "fa3.xml")
    changed = tmp_path / "changed.xml"
    changed.write_text(
        (FILES / "fa3.xml").read_text().replace("<DoZaplaty>1350", "<DoZaplaty>1349")
    )
    status, (done,) = run("invoices", "import", changed)
    assert (status, done["conflicts"], done["files"][0]["outcome"]) == (1, 1, "conflict")
    _, (shown,) = run("invoices", "show", "FV/2026/11/0042")
    assert shown["to_pay"] == "1350.00"


def test_statement_is_booked_once_and_pays_what_it_names(run: Any, tmp_path: Path) -> None:
    run("invoices", "import", FILES / "fa3.xml")
    statement = tmp_path / "wyciag.csv"
    statement.write_text(
        "Data księgowania;Kwota;Waluta;Tytuł;Kontrahent;Rachunek kontrahenta\n"
        "2026-11-20;1350,00;PLN;FV/2026/11/0042;Hotel pod Żubrem;PL61109010140000071219812874\n"
    )
    status, (done,) = run("payments", "import", statement)
    assert (status, done["entries"], done["booked"], done["matched"]) == (0, 1, 1, 1)
    _, (again,) = run("payments", "import", statement)
    assert (again["booked"], again["already_known"]) == (0, 1)
    _, (shown,) = run("invoices", "show", "FV/2026/11/0042")
    assert (shown["status"], shown["paid"]) == ("paid", "1350.00")
    assert shown["payments_known_until"]


def test_statement_is_read_without_being_stored(run: Any, tmp_path: Path) -> None:
    status, lines = run("payments", "read", FILES)
    assert status == 1
    assert all("error" in line for line in lines)


def test_balance_of_a_past_day_is_that_of_its_documents_and_payments(
    run: Any, tmp_path: Path
) -> None:
    run("invoices", "import", FILES / "fa3.xml")
    statement = tmp_path / "wyciag.csv"
    statement.write_text(
        "Data księgowania;Kwota;Waluta;Tytuł;Kontrahent\n"
        "2026-11-18;1350,00;PLN;FV/2026/11/0042;Hotel pod Żubrem\n"
    )
    run("payments", "import", statement)
    _, (shown,) = run("invoices", "show", "FV/2026/11/0042")
    name = shown["buyer"]["name"]
    status, (then,) = run("customers", "balance", name, "--as-of", "2026-11-17")
    assert (status, then["direction"], then["open"]) == (0, "receivable", "1350.00")
    assert [one["effective_due_on"] for one in then["items"]] == ["2026-11-16", "2026-12-16"]
    assert run("customers", "balance", name) == (0, [])
    assert run("customers", "balance", name, "--as-of", issued_before(shown)) == (0, [])
    assert run("customers", "balance", name, "--as-of", "2090-01-01") == (1, [])
    assert run("customers", "balance", name, "--direction", "payable") == (0, [])


def issued_before(shown: dict[str, Any]) -> str:
    return str(date.fromisoformat(shown["issued_on"]) - timedelta(days=1))


def test_balance_of_a_name_that_several_have_is_refused(run: Any, tmp_path: Path) -> None:
    listed = tmp_path / "customers.csv"
    listed.write_text("name\nŻubr Hotel\nŻubr Bar\n")
    run("customers", "import", listed)
    assert run("customers", "balance", "żubr") == (1, [])
    assert run("customers", "balance", "nobody") == (1, [])
    assert run("customers", "balance", "żubr bar") == (0, [])


def test_customers_come_by_list(run: Any, tmp_path: Path) -> None:
    listed = tmp_path / "customers.csv"
    listed.write_text("name,language\nŻubr,pl\nBison,xx\n")
    status, (done,) = run("customers", "import", listed)
    assert (status, done["added"], done["failed"]) == (1, 1, 1)
    assert done["problems"] == [
        {"line": 3, "message": "There is no language “xx” here. Use en, pl or hu."}
    ]


def test_rows_of_a_workbook_that_were_not_taken_are_named_with_their_sheet(
    run: Any, tmp_path: Path
) -> None:
    listed = tmp_path / "customers.xlsx"
    sheets = [["Klienci"], ["Nazwa", "Język"], ["Żubr", "pl"]], [["név", "nyelv"], ["Szél", "xx"]]
    listed.write_bytes(workbook_with(*sheets))
    status, (done,) = run("customers", "import", listed)
    assert (status, done["added"], done["failed"]) == (1, 1, 1)
    sentence = "There is no language “xx” here. Use en, pl or hu."
    assert done["problems"] == [{"sheet": "Sheet1", "line": 2, "message": sentence}]
    told = CliRunner().invoke(cli, ["customers", "import", str(listed)])
    assert f"{listed}:Sheet1 2: {sentence}" in told.stderr


OURS = "PL61109010140000071219812874"
THEIRS = "PL27114020040000300201355387"


def statement_of(account: str) -> str:
    """A statement of MT940 with one line, of 4 June 2010."""
    return (
        f":20:1\n:25:{account}\n:28C:1\n:60F:C100603PLN100,00\n"
        ":61:1006040604C50,00NTRFNONREF\n:86:wplata\n:62F:C100604PLN150,00\n-\n"
    )


def test_a_statement_of_an_account_that_is_not_ours_is_refused_until_it_is_named(
    run: Any, tmp_path: Path
) -> None:
    catalogue = tmp_path / "zaplecze.toml"
    named = catalogue.read_text().replace(
        "[company.accounts]", f'[company.accounts]\nPLN = "{OURS}"'
    )
    catalogue.write_text(named)
    old = tmp_path / "old.sta"
    old.write_text(statement_of(THEIRS))
    status, (done,) = run("payments", "import", old)
    assert (status, done["entries"], done["booked"]) == (1, 0, 0)
    told = CliRunner().invoke(cli, ["payments", "import", str(old)])
    assert f"--account {THEIRS}" in told.stderr
    status, (done,) = run("payments", "import", old, "--account", THEIRS)
    assert (status, done["booked"]) == (0, 1)
    status, _ = run("payments", "import", old, "--account", "mBank")
    assert status == 1
    ours = tmp_path / "ours.sta"
    ours.write_text(statement_of(OURS[2:]))  # the national number of the same account
    status, (done,) = run("payments", "import", ours)
    assert (status, done["entries"]) == (0, 1)


def test_a_statement_without_a_currency_is_refused_until_its_account_has_one(
    run: Any, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.sta"
    bare.write_text(f":20:1\n:25:{OURS}\n:61:1006040604C50,00NTRFNONREF\n:86:wplata\n-\n")
    status, (done,) = run("payments", "import", bare)
    assert (status, done["entries"], done["booked"]) == (1, 0, 0)
    told = CliRunner().invoke(cli, ["payments", "import", str(bare)])
    assert "The statement tells no currency" in told.stderr
    catalogue = tmp_path / "zaplecze.toml"
    named = catalogue.read_text().replace(
        "[company.accounts]", f'[company.accounts]\nEUR = "{OURS}"'
    )
    catalogue.write_text(named)
    status, (done,) = run("payments", "import", bare)
    assert (status, done["booked"]) == (0, 1)
    with closing(sqlite3.connect(tmp_path / "zaplecze.sqlite3")) as db:
        assert db.execute("SELECT currency FROM statement_entries").fetchall() == [("EUR",)]
