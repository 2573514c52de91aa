"""Starting: a command loads what it needs and nothing else, so that small ones answer at once."""

import stat
import subprocess
import sys

import pytest
from alembic.script import ScriptDirectory

from storage import schema
from tests.forms.conftest import FILES
from tests.forms.terminal import Terminal

SLACKS = ("slack_bolt", "slack_sdk", "aiohttp")
HEAVY = (
    *SLACKS,
    "sqlalchemy",
    "alembic",
    "starlette",
    "reportlab",
    "apscheduler",
    "rich",
    "openpyxl",
    "pypdf",
)


def loaded(terminal: Terminal, *words: object) -> set[str]:
    """The packages that a command loads."""
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", *map(str, words)],
        cwd=terminal.folder,
        env=terminal.environment({}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = [line for line in ended.stderr.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip() for line in lines}


@pytest.mark.parametrize(
    ("words", "unneeded"),
    [
        (
            ("invoices", "check", FILES / "fa3.xml", "--json"),
            (*HEAVY, "handlers.invoices.listeners"),
        ),
        (
            ("payments", "read", FILES / "fa3.xml", "--json"),
            (*HEAVY, "handlers.invoices", "lxml.objectify"),
        ),
        (("--help",), tuple(set(HEAVY) - {"rich"})),
        (
            ("invoices", "show", "x"),
            ("slack_bolt", "aiohttp", "starlette", "reportlab", "apscheduler", "openpyxl", "pypdf"),
        ),
        (
            ("invoices", "pull"),
            (
                *SLACKS,
                "handlers.invoices.connectors.http",
                "handlers.invoices.connectors.tryton.wire",
            ),
        ),
        (("reminders", "plan"), (*SLACKS, "alembic", "starlette", "apscheduler")),
        (("catalogue", "check"), (*SLACKS, "alembic", "starlette", "apscheduler")),
    ],
)
def test_a_command_loads_only_what_it_needs(
    terminal: Terminal, words: tuple[object, ...], unneeded: tuple[str, ...]
) -> None:
    modules = loaded(terminal, *words)
    assert "bot.cli" in modules
    assert sorted(modules & set(unneeded)) == []


def test_the_newest_shape_is_that_of_the_last_migration() -> None:
    assert ScriptDirectory(str(schema.MIGRATIONS)).get_heads() == [schema.newest()]


def test_a_new_database_is_nobody_elses_to_read(terminal: Terminal) -> None:
    folder = terminal.folder / "new"
    assert terminal("db", "upgrade", ZAPLECZE_DATA_DIR=str(folder)).status == 0
    assert stat.filemode(folder.stat().st_mode) == "drwx------"
    assert {stat.filemode(file.stat().st_mode) for file in folder.iterdir()} == {"-rw-------"}


def test_a_database_elsewhere_needs_no_folder_here(on_postgres: Terminal) -> None:
    (on_postgres.folder / "file").touch()
    nowhere = str(on_postgres.folder / "file" / "data")
    assert on_postgres("db", "upgrade", ZAPLECZE_DATA_DIR=nowhere).status == 0
