"""What the columns of tables mean: guessed, told as JSON, given back by the command line,
remembered.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.errors import Problem
from bot.kit.tables.layout import Layout, key_of
from handlers.invoices.columns import preview
from handlers.invoices.columns.layout import missing
from handlers.invoices.formats.source import Source
from tests.invoices import test_commands

FILES = Path(__file__).parent / "files"
BANKS = Path(__file__).parents[1] / "ledger" / "files"
run = test_commands.run
ENDINGS = (".csv", ".txt", ".xlsx")
TABLE = "Wer;Was;Wieviel\nKowalska;{number};1.234,50\n"


def given_mapping(folder: Path, **facts: object) -> Path:
    """A mapping of that table, and where it was written."""
    said = {
        "holds": "invoices",
        "headings": ["Wer", "Was", "Wieviel"],
        "columns": {"number": "Was", "total": "Wieviel", "buyer_name": "Wer"},
        "decimal": ",",
        "days": "dmy",
        "constants": {"currency": "EUR", "seller_tax_id": "9999999999"},
    }
    path = folder / "mapping.json"
    path.write_text(json.dumps({**said, **facts}))
    return path


@pytest.mark.parametrize("name", ["faktury.csv", "invoices.tsv", "szamlak.csv"])
def test_tables_of_invoices_are_known_from_banks(name: str) -> None:
    assert preview.guesses(Source.file(FILES / name))[0].kind == "invoices"


@pytest.mark.parametrize(
    "name", ["mbank", "ing", "kh", "millennium", "otp", "pekao", "pko", "wise"]
)
def test_banks_are_known_from_tables_of_invoices(name: str) -> None:
    best, *_ = preview.guesses(Source.file(BANKS / f"{name}.csv"))
    assert (best.kind, missing(best)) == ("payments", ())
    assert 1 <= len(best.sample) <= 3


@pytest.mark.parametrize(
    "content", [b"", b"one line", b"Dear all,\nplease find, attached\n", b"\x00\x01\x02", b"<x/>"]
)
def test_what_is_no_table_is_not_asked_about(content: bytes) -> None:
    source = Source.of(content, "x.txt")
    assert not preview.is_table(source) or preview.guesses(source) == []


def test_headings_are_known_again_whatever_capitals_accents_and_blanks() -> None:
    assert key_of(["Numer  Faktury", "Kwota brutto", ""]) == key_of(
        ["numer faktury", "KWOTA BRUTTO"]
    )
    assert key_of(["Płatność"]) == key_of(["platnosc"])
    assert key_of(["a", "b"]) != key_of(["a b"]) != key_of(["b", "a"])


_TEXTS = st.text(max_size=12)


@given(
    st.lists(_TEXTS, min_size=1, max_size=6).map(tuple),
    st.lists(st.lists(_TEXTS, max_size=6).map(tuple)).map(tuple),
)
def test_layout_is_kept_as_it_was(
    headings: tuple[str, ...], sample: tuple[tuple[str, ...], ...]
) -> None:
    layout = Layout(
        "payments",
        headings,
        {"title": (0,), "amount": (0, 1)},
        ".",
        "mdy",
        {"currency": "PLN"},
        sample,
    )
    assert Layout.from_json(json.loads(json.dumps(layout.as_json()))) == layout
    assert Layout.from_json(layout.remembered()).sample == ()


@given(
    st.binary(max_size=300),
    st.sampled_from(["mbank", "wise"]),
    st.integers(0, 300),
    st.sampled_from(ENDINGS),
)
def test_spoiled_table_is_opened_or_refused_in_a_sentence(
    noise: bytes, bank: str, place: int, ending: str
) -> None:
    content = (BANKS / f"{bank}.csv").read_bytes()
    source = Source.of(content[:place] + noise + content[place:], f"x{ending}")
    with suppress(Problem):
        assert not preview.is_table(source) or all(one.key for one in preview.guesses(source))
        assert isinstance(preview.headed(source), dict)


def test_mapping_is_given_once_and_used_from_then_on(run: Any, tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text(TABLE.format(number="A1"))
    status, (refused,) = run("invoices", "import", table)
    assert (status, refused["failed"]) == (1, 1)
    status, (done,) = run("invoices", "import", table, "--mapping", given_mapping(tmp_path))
    assert (status, done["imported"]) == (0, 1)
    table.write_text(TABLE.format(number="A2"))
    status, (again,) = run("invoices", "import", table)
    assert (status, again["imported"]) == (0, 1)
    _, (shown,) = run("invoices", "show", "A2")
    assert (shown["total"], shown["currency"], shown["direction"]) == (
        "1234.50",
        "EUR",
        "receivable",
    )


def test_columns_are_told_guessed_and_then_confirmed(run: Any, tmp_path: Path) -> None:
    status, (told,) = run("invoices", "columns", FILES / "faktury.csv")
    assert (status, told["confirmed"], told["holds"]) == (0, False, "invoices")
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps(told))
    assert run("invoices", "import", FILES / "faktury.csv", "--mapping", mapping)[0] == 0
    _, (again,) = run("invoices", "columns", FILES / "faktury.csv")
    assert again == {**told, "confirmed": True}


def test_banks_mapping_is_remembered_too(run: Any, tmp_path: Path) -> None:
    statement = tmp_path / "bank.csv"
    statement.write_text("Wann;Wieviel;Warum;Dazu\n20.11.2026;10,00;FV;1\n")
    columns = {"booked_on": "Wann", "amount": "Wieviel", "title": ["Warum", "Dazu"]}
    headings = ["Wann", "Wieviel", "Warum", "Dazu"]
    facts = {"headings": headings, "columns": columns, "constants": {"currency": "PLN"}}
    mapping = given_mapping(tmp_path, holds="payments", **facts)
    status, (done,) = run("payments", "import", statement, "--mapping", mapping)
    assert (status, done["booked"]) == (0, 1)
    statement.write_text("Wann;Wieviel;Warum;Dazu\n21.11.2026;20,00;FV;2\n")
    status, (again,) = run("payments", "import", statement)
    assert (status, again["booked"]) == (0, 1)


@pytest.mark.parametrize(
    "facts",
    [
        {"holds": "cats"},
        {"columns": {"number": "Nie ma"}},
        {"columns": {"number": "Was"}},
        {"columns": {"nonsense": "Was", "number": "Was", "total": "Wieviel"}},
        {"columns": "Was"},
        {"headings": 7},
        {"decimal": "x"},
        {"days": "ydm"},
        {"constants": [1]},
    ],
)
def test_wrong_mapping_is_one_sentence(run: Any, tmp_path: Path, facts: dict[str, object]) -> None:
    table = tmp_path / "odd.csv"
    table.write_text(TABLE.format(number="A1"))
    assert run("invoices", "import", table, "--mapping", given_mapping(tmp_path, **facts)) == (
        1,
        [],
    )


def test_mapping_that_is_no_json_is_one_sentence(run: Any, tmp_path: Path) -> None:
    (tmp_path / "mapping.json").write_text("number = Was")
    assert run(
        "invoices", "import", FILES / "faktury.csv", "--mapping", tmp_path / "mapping.json"
    ) == (1, [])


def test_file_without_columns_is_told(run: Any) -> None:
    assert run("invoices", "columns", FILES / "fa3.xml") == (1, [])
