"""Facts: the keys that scripts rely on, with the forms that were promised."""

from pathlib import Path

import pytest

from tests.forms import promises
from tests.forms.conftest import FILES
from tests.forms.promises import broken
from tests.forms.terminal import Terminal

CSV = (
    "Data księgowania;Kwota;Waluta;Tytuł;Kontrahent;Rachunek kontrahenta\n"
    "2026-11-20;350,50;PLN;FV/2026/11/0042 część;Hotel pod Żubrem;PL61109010140000071219812874\n"
    "2026-11-21;-7,00;PLN;Opłata za prowadzenie rachunku;;\n"
)


def test_check_tells_every_document(terminal: Terminal) -> None:
    ended = terminal("invoices", "check", FILES, "--json")
    assert ended.status == 0, ended.err
    assert len(ended.lines) >= 13
    assert [
        broken(line, promises.CHECKED) for line in ended.lines if broken(line, promises.CHECKED)
    ] == []
    assert not any((terminal.folder / "data").glob("*wal"))  # nothing was opened


def test_check_reads_all_that_it_can_and_tells_what_it_cannot(terminal: Terminal) -> None:
    (terminal.folder / "README.md").write_text("# Faktury\n\nTu leżą faktury.\n")
    (terminal.folder / "noise.pdf").write_bytes(bytes(range(256)) * 20)
    (terminal.folder / "empty.xml").touch()
    named = [
        terminal.folder / name for name in ("README.md", "missing.xml", "noise.pdf", "empty.xml")
    ]
    ended = terminal("invoices", "check", *named, FILES / "fa3.xml", "--json")
    assert ended.status == 1
    *unread, read = ended.lines
    assert [line["path"] for line in unread] == [str(path) for path in named]
    assert [broken(line, promises.UNREAD) for line in unread] == [{}] * 4
    assert read["number"] == "FV/2026/11/0042"
    assert ended.err == ""


def test_import_and_show(terminal: Terminal) -> None:
    ended = terminal("invoices", "import", FILES, "--json")
    assert (ended.status, broken(ended.facts, promises.IMPORTED)) == (0, {})
    assert ended.facts["imported"] == 15
    for text in ("FV/2026/11/0042", "fv 2026 11 42", "Hotel pod Żubrem"):
        shown = terminal("invoices", "show", text, "--json")
        assert shown.status == 0
        assert shown.lines
        assert [broken(line, promises.SHOWN) for line in shown.lines] == [{}] * len(shown.lines)


def test_show_tells_of_several_customers_whom_the_words_fit(terminal: Terminal) -> None:
    terminal("invoices", "import", FILES)
    numbers = {line["number"] for line in terminal("invoices", "show", "Hotel", "--json").lines}
    assert numbers >= {"FV/2026/11/0042"}


def test_payments_are_read_and_booked(booked: Terminal) -> None:
    (booked.folder / "wyciag.csv").write_text(CSV)
    read = booked("payments", "read", "wyciag.csv", "--json")
    assert (read.status, broken(read.facts, promises.STATEMENT)) == (0, {})
    assert [entry["amount"] for entry in read.facts["entries"]] == ["350.50", "-7.00"]
    told = booked("payments", "import", "wyciag.csv", "--json")
    assert (told.status, broken(told.facts, promises.PAYMENTS)) == (0, {})
    (shown,) = booked("invoices", "show", "FV/2026/11/0042", "--json").lines
    assert broken(shown, promises.SHOWN) == {}
    assert (shown["paid"], shown["outstanding"]) == ("350.50", "999.50")
    assert shown["payments_known_until"]


def test_real_statements_have_the_form(terminal: Terminal, data: Path) -> None:
    for folder in ("mt940", "camt053"):
        ended = terminal("payments", "read", data / "invoices" / folder, "--json")
        wrong = [
            broken(line, promises.STATEMENT if "format" in line else promises.UNREAD)
            for line in ended.lines
        ]
        assert ended.lines
        assert [one for one in wrong if one] == []


def test_customers_come_by_list(terminal: Terminal) -> None:
    (terminal.folder / "customers.csv").write_text(
        "name,language,tax id\nŻubr,pl,PL5260250274\nBison,xx,\n"
    )
    ended = terminal("customers", "import", "customers.csv", "--json")
    assert (ended.status, broken(ended.facts, promises.LISTED)) == (1, {})
    assert ended.facts["problems"][0]["line"] == 3


def test_reminders_are_planned_and_explained(booked: Terminal) -> None:
    plan = booked(
        "reminders", "plan", "--as-of", "2026-11-23", "--days", "60", "--as-if-on", "--json"
    )
    assert plan.status == 0
    assert plan.lines
    assert [broken(line, promises.PLANNED) for line in plan.lines] == [{}] * len(plan.lines)
    why = booked("reminders", "why", "FV/2026/11/0042", "--json")
    assert (why.status, broken(why.facts, promises.DECIDED)) == (0, {})
    run = booked("reminders", "run", "--json")
    assert run.status == 0
    assert isinstance(run.facts, dict)


def test_a_plan_says_when_nobody_is_known_who_could_be_told(terminal: Terminal) -> None:
    plan = terminal("reminders", "plan", "--as-if-on")
    assert (plan.status, plan.out) == (0, "")
    assert (
        "Nobody is known yet who could be told: connect to Slack once, with `zaplecze serve`."
        in plan.err
    )


def test_a_document_is_rendered_and_verified(booked: Terminal) -> None:
    made = booked(
        *("documents", "render", "account_statement", "--for", "Hotel pod Żubrem", "--lang", "pl"),
        *("--as-of", "2026-11-23", "--out", "statement.pdf", "--json"),
    )
    assert (made.status, broken(made.facts, promises.RENDERED)) == (0, {}), made.err
    genuine = booked("documents", "verify", "statement.pdf", "--json")
    assert (genuine.status, broken(genuine.facts, promises.VERIFIED)) == (0, {})
    assert (genuine.facts["verdict"], genuine.facts["number"]) == ("genuine", made.facts["number"])
    (booked.folder / "letter.pdf").write_bytes(b"%PDF-1.4 and then nothing")
    unknown = booked("documents", "verify", "letter.pdf", "--json")
    assert (unknown.status, broken(unknown.facts, promises.VERIFIED), unknown.err) == (1, {}, "")
    assert unknown.facts == {
        "verdict": "unknown",
        "number": None,
        "made_at": None,
        "superseded_by": None,
    }


def test_the_doctor_tells_what_is_wrong(terminal: Terminal) -> None:
    ended = terminal("doctor", "--json")
    assert (ended.status, broken(ended.facts, promises.EXAMINED)) == (1, {})
    told = {check["name"]: check["ok"] for check in ended.facts["checks"]}
    told.pop("rates", None)  # in the last month of the shipped ones, and after it
    assert told == {
        "bot token": False,
        "way in": False,
        "catalogue": True,
        "our accounts": True,
        "database": True,
        "slack": False,
    }


def test_the_manifest_is_one_object(terminal: Terminal) -> None:
    ended = terminal("manifest", "--json")
    assert (ended.status, ended.err) == (0, "")
    assert ended.facts["_metadata"]["major_version"] == 2


def test_init_writes_a_catalogue_that_check_accepts(terminal: Terminal) -> None:
    assert terminal("init", "new.toml").status == 0
    checked = terminal("catalogue", "check", "new.toml")
    assert "new.toml: 10 departments, 25 request types, no mistakes" in checked.err
    assert (checked.status, checked.out) == (0, "")
    again = terminal("init", "new.toml")
    assert (again.status, again.err) == (
        1,
        "new.toml exists already and is left as it is. Move it away, or name another place.\n",
    )


@pytest.mark.parametrize("command", [("db", "upgrade"), ("demo", "--help"), ("--help",)])
def test_what_prints_no_facts_says_what_it_does(
    terminal: Terminal, command: tuple[str, ...]
) -> None:
    ended = terminal(*command)
    assert ended.status == 0
    assert ended.out or ended.err
