"""Rates that finance enters with their source."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from bot.edge.turns import HOME, Turns
from bot.kit.errors import Problem
from handlers.ledger.model.interest import ExchangeRate, Rate
from handlers.ledger.rates.book import exchange_rates, import_list, interest_rates
from tests.invoices.samples import workbook_with

LIST = """table,from,to,rate,source
PL-business,2027-01-01,2027-06-30,"13,25",M.P. 2026 poz. 1300
EU-business,2026-07-01,2026-12-31,10.15,ECB 2.15 plus 8
NBP-EUR,2026-10-30,,4.2531,211/A/NBP/2026
"""


def test_a_list_of_rates_is_entered_once(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        first = import_list(turn, LIST.encode())
        again = import_list(turn, LIST.encode())
        other = import_list(turn, LIST.replace("13,25", "13.5").encode())
        rates = interest_rates(turn)
        euro = exchange_rates(turn)
    assert (first.added, again.unchanged, other.changed) == (3, 3, 1)
    entered = Rate(
        "PL-business",
        date(2027, 1, 1),
        date(2027, 6, 30),
        Decimal("13.5"),
        "entered",
        "M.P. 2026 poz. 1300",
    )
    assert entered in rates
    assert euro == [ExchangeRate("NBP", date(2026, 10, 30), Decimal("4.2531"), "211/A/NBP/2026")]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("XX-business,2027-01-01,2027-06-30,13,s", "There is no table of rates “XX-business”"),
        (
            "PL-business,2027-13-01,2027-06-30,13,s",
            "“2027-13-01” in the column “from” cannot be read",
        ),
        ("PL-business,2027-01-01,,13,s", "“” in the column “to” cannot be read"),
        ("PL-business,2027-01-01,2026-06-30,13,s", "before it begins"),
        (
            "PL-business,2027-01-01,2027-06-30,a lot,s",
            "“a lot” in the column “rate” cannot be read. Write it as 13.75.",
        ),
        ("PL-business,2027-01-01,2027-06-30,NaN,s", "“NaN” in the column “rate” cannot be read"),
        (
            "PL-business,2027-01-01,2027-06-30,0.1375,s",
            "“0.1375” may be a part of one, as spreadsheets keep percents. Write 13.75 % or 0.1375 "
            "%, whichever is meant.",
        ),
        ('PL-business,2027-01-01,2027-06-30,"1,375.00",s', "“1,375.00” in the column “rate”"),
        ("PL-business,2027-01-01,2027-06-30,13,", "has no source"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_are_taken(
    turns: Turns, row: str, sentence: str
) -> None:
    with turns.turn(HOME) as turn:
        done = import_list(turn, (LIST + row + "\n").encode())
    assert (done.added, done.failed) == (3, 1)
    (refused,) = done.problems
    assert refused.line == 5
    assert sentence in str(refused.problem)


@pytest.mark.parametrize(
    ("written", "percent"), [("0.60%", "0.6"), ("0,90 %", "0.9"), ("0", "0"), ("0.05%", "0.05")]
)
def test_rate_below_one_is_entered_with_its_sign(turns: Turns, written: str, percent: str) -> None:
    """Hungary's base rate was 0.60 to 0.90, and the central bank's of the euro 0 to 0.05."""
    row = f'HU-consumer,2027-01-01,2027-06-30,"{written}",MNB\n'
    with turns.turn(HOME) as turn:
        done = import_list(turn, ("table,from,to,rate,source\n" + row).encode())
        (entered,) = [rate for rate in interest_rates(turn) if rate.status == "entered"]
    assert (done.added, entered.percent) == (1, Decimal(percent))


def test_a_list_without_its_headings_is_refused_in_one_sentence(turns: Turns) -> None:
    with turns.turn(HOME) as turn, pytest.raises(Problem, match="one of: “table”"):
        import_list(turn, b"a,b\n1,2\n")


def test_list_of_rates_is_read_from_a_workbook_below_its_title(turns: Turns) -> None:
    book = workbook_with(
        [
            ["Stopy odsetek, stan na 30.11.2026"],
            ["Tabela", "Od", "Do", "Stopa", "Źródło"],
            ["PL-business", date(2027, 1, 1), date(2027, 6, 30), 13.25, "M.P. 2026 poz. 1300"],
            ["NBP-EUR", date(2026, 10, 30), None, 4.253, "211/A/NBP/2026"],
            ["PL-medical", date(2027, 1, 1), date(2027, 6, 30), 0.1125, "M.P. 2026 poz. 1300"],
        ]
    )
    with turns.turn(HOME) as turn:
        done = import_list(turn, book)
        euro, rates = exchange_rates(turn), interest_rates(turn)
    assert (done.added, done.failed) == (2, 1)
    assert (done.problems[0].line, str(done.problems[0].problem)) == (
        5,
        "“0.1125” may be a part of one, as spreadsheets keep percents. Write 11.25 % or 0.1125 %, "
        "whichever is meant.",
    )
    assert [(rate.on, rate.value) for rate in euro] == [(date(2026, 10, 30), Decimal("4.253"))]
    assert Decimal("13.25") in [rate.percent for rate in rates if rate.first_day.year == 2027]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``run("rates", "list")``: the exit status, what was printed as JSON, and the refusal."""
    monkeypatch.setenv("ZAPLECZE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", "")

    def run_(*words: object) -> tuple[int, list[dict[str, Any]], str]:
        told = CliRunner().invoke(cli, [str(word) for word in (*words, "--json")])
        facts = [json.loads(line) for line in told.stdout.splitlines()]
        return told.exit_code, facts, str(told.exception or "")

    return run_


LATE = ("interest", "--country", "PL", "--amount", "1000.00", "--due", "2026-11-10")


def test_the_commands_go_by_what_was_entered_once_there_is_a_database(
    run: Any, tmp_path: Path
) -> None:
    status, shown, refused = run(*LATE, "--paid", "2027-01-10")
    assert (status, shown) == (1, [])
    assert "2027 I (Poland, businesses: PL-business)" in refused
    assert not (tmp_path / "data").exists()

    listed = tmp_path / "rates.csv"
    listed.write_text(LIST)
    assert run("rates", "import", listed)[0] == 0
    status, (shown,), _ = run(*LATE, "--paid", "2027-01-10")
    assert (status, shown["working"][-1]["rate"]) == (0, "13.25")
    assert shown["compensation"]["pln"] == "170.12"  # 40 × 4.2531 of 30 October
    _, known, _ = run("rates", "list")
    entered = [(rate["table"], rate["counts"]) for rate in known if rate["status"] == "entered"]
    assert entered == [("EU-business", True), ("PL-business", True)]
    listed.write_text(LIST.replace("13,25", "13,125"))
    run("rates", "import", listed)
    _, (shown,), _ = run(*LATE, "--paid", "2027-01-10")
    assert shown["working"][-1]["rate"] == "13.125"


def test_the_euro_counts_in_money_only_with_the_rate_of_its_day(run: Any, tmp_path: Path) -> None:
    listed = tmp_path / "rates.csv"
    listed.write_text(LIST.replace("2026-10-30", "2026-10-29"))
    assert run("rates", "import", listed)[0] == 0
    _, (shown,), _ = run(*LATE, "--paid", "2026-12-10")
    assert shown["compensation"]["pln"] is None
