"""What cannot be answered is refused in one clear sentence, and nothing is changed."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from bot.kit.errors import Problem
from tests.invoices.test_commands import OURS, THEIRS, run, statement_of

__all__ = ["run"]


def refused(*words: object) -> str:
    """The sentence that the command line ends with; nothing on standard output."""
    told = CliRunner().invoke(cli, [str(word) for word in words])
    assert isinstance(told.exception, Problem)
    assert told.stdout == ""
    return str(told.exception)


@pytest.fixture
def two(run: Any, tmp_path: Path) -> Path:
    """Two customers of nearly one name; the folder of the catalogue."""
    listed = tmp_path / "customers.csv"
    listed.write_text("name\nŻubr Hotel\nŻubr Bar\n")
    run("customers", "import", listed)
    return tmp_path


@pytest.mark.usefixtures("two")
def test_an_unknown_or_ambiguous_customer_is_named() -> None:
    assert "nobody" in refused("customers", "balance", "nobody")
    several = refused("customers", "balance", "żubr")
    assert "Żubr Hotel" in several
    assert "Żubr Bar" in several


def test_of_very_many_customers_that_fit_a_few_are_named_and_the_others_counted(
    run: Any, tmp_path: Path
) -> None:
    listed = tmp_path / "customers.csv"
    listed.write_text("name\n" + "".join(f"Tokaji {n:02} Kft.\n" for n in range(27)))
    run("customers", "import", listed)
    told = refused("customers", "balance", "kft")
    assert "Tokaji 00 Kft." in told
    assert "Tokaji 04 Kft. and 22 more)" in told
    assert ".." not in told


@pytest.mark.usefixtures("two")
def test_a_day_to_come_is_refused() -> None:
    assert "still to come" in refused("customers", "balance", "żubr bar", "--as-of", "2126-01-01")


def test_an_account_that_is_none_or_not_ours_is_named(two: Path) -> None:
    catalogue = two / "zaplecze.toml"
    named = f'[company.accounts]\nPLN = "{OURS}"'
    catalogue.write_text(catalogue.read_text().replace("[company.accounts]", named))
    file = two / "old.sta"
    file.write_text(statement_of(THEIRS))
    for _ in range(2):  # the first time changed nothing
        told = CliRunner().invoke(cli, ["payments", "import", str(file)])
        assert told.exit_code == 1
        assert f"--account {THEIRS}" in told.stderr
    assert "mBank" in refused("payments", "import", file, "--account", "mBank")


def test_a_policy_that_is_not_there_is_named_with_its_row(run: Any, two: Path) -> None:
    listed = two / "policies.csv"
    listed.write_text("name,policy\nŻubr Hotel,gentle\n")
    status, (done,) = run("customers", "import", listed)
    assert (status, done["changed"], done["failed"]) == (1, 0, 1)
    (problem,) = done["problems"]
    assert problem["line"] == 2
    assert "gentle" in problem["message"]
