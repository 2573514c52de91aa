"""``python -m tests.bench.bench_readers [ROWS] [FOLDER] [sqlite|postgresql]``: a table of invoices,
and of a tenth of its rows documents of XML and a bank statement in each format, read and booked on
either database or both; beside the code in the worktree FOLDER, turn by turn.

What counts is processor time, each import in a process of its own on an empty database; with
PostgreSQL that of the server's process as well.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from operator import truediv
from pathlib import Path
from statistics import median

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.bench.invoice_tables import documents, sales
from tests.bench.statement_files import ACCOUNT, files
from tests.databases import postgres

ROUNDS = 5
_HERE = Path(__file__).resolve().parents[2]
Fresh = Callable[[str], str]
"""The URL of a new database of the newest shape that the code of a name knows."""


@dataclass
class Figures:
    """What the rounds of one import by one code measured: seconds and megabytes."""

    read: list[float] = field(default_factory=list)
    booked: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def main() -> None:
    words = [word.replace("_", "") for word in sys.argv[1:]]
    rows = next((int(word) for word in words if word.isdigit()), 60_000)
    folder = next((Path(word) for word in sys.argv[1:] if Path(word).is_dir()), None)
    codes = {"before": folder, "now": _HERE} if folder else {"now": _HERE}
    databases = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
    with ExitStack() as life:
        place = Path(life.enter_context(tempfile.TemporaryDirectory()))
        inputs = _inputs(place, rows)
        _say("", "read, s", "booked, s", "most memory, MB")
        for database in [name for name in databases if name in words] or databases:
            fresh = life.enter_context(databases[database](place, codes))
            for what, (path, many) in inputs.items():
                _compare(f"{what}, {database}", codes, fresh, path, many)


def _inputs(place: Path, rows: int) -> dict[str, tuple[Path, int]]:
    """The files by what they are, and how many invoices or lines each has."""
    table, papers, lines = place / "invoices.csv", place / "documents", rows // 10
    inputs = {
        f"{rows:,} rows of invoices, CSV": (sales(table, rows), rows),
        f"{lines:,} invoices, XML": (documents(papers, lines), lines),
    }
    for ending, content in files(lines).items():
        file = place / f"statement.{ending}"
        file.write_bytes(content)
        inputs[f"{lines:,} lines of a bank, {ending}"] = (file, lines)
    return inputs


@contextmanager
def _on_sqlite(place: Path, codes: Mapping[str, Path]) -> Iterator[Fresh]:
    for name, code in codes.items():
        _work(code, "upgrade", f"sqlite:///{place / name}.sqlite3", place)

    def fresh(name: str) -> str:
        shutil.copyfile(place / f"{name}.sqlite3", place / "fresh.sqlite3")
        return f"sqlite:///{place / 'fresh.sqlite3'}"

    yield fresh


@contextmanager
def _on_postgresql(place: Path, codes: Mapping[str, Path]) -> Iterator[Fresh]:
    with postgres(durable=True) as url:
        server = make_url(url)
        engine = create_engine(
            server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )

        def made(name: str, template: str) -> str:
            with engine.connect() as db:
                db.execute(text(f"DROP DATABASE IF EXISTS {name}"))
                db.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
                db.execute(text("CHECKPOINT"))
            return server.set(database=name).render_as_string(hide_password=False)

        for name, code in codes.items():
            _work(code, "upgrade", made(f"template_{name}", "template1"), place)
        yield lambda name: made("fresh", f"template_{name}")
        engine.dispose()


def _compare(what: str, codes: Mapping[str, Path], fresh: Fresh, path: Path, many: int) -> None:
    """Rounds of each in turn, the first one first in every other round."""
    figures = {name: Figures() for name in codes}
    for turn in range(ROUNDS):
        for name in sorted(figures, reverse=bool(turn % 2)):
            try:
                _measure(figures[name], codes[name], fresh(name), path, many)
            except subprocess.CalledProcessError as failed:
                if name == "now":
                    sys.stderr.write(failed.stderr)
                    raise
                del figures[name]  # could not read such a file
    for name, each in figures.items():
        cells = (f"{median(each.read):.2f}", f"{median(each.booked):.2f}")
        _say(f"{what}, {name}", *cells, f"{median(each.megabytes):.0f}")
    if len(figures) > 1:
        now, before = figures["now"], figures["before"]
        _say("… ratio", _ratio(now.read, before.read), _ratio(now.booked, before.booked), "")


def _measure(figures: Figures, code: Path, url: str, path: Path, many: int) -> None:
    kind = "statement" if path.stem == "statement" else "invoices"
    told = json.loads(_work(code, kind, url, path))
    if [told["read"][1], told["booked"][1]] != [many, many]:
        raise AssertionError(f"{path.name}: {told} and not {many}")
    figures.read.append(told["read"][0])
    figures.booked.append(told["booked"][0])
    figures.megabytes.append(told["megabytes"])


def _work(code: Path, what: str, url: str, path: Path) -> str:
    """What the script said that ran by the code of a worktree."""
    script = _HERE / "tests" / "bench" / "importing.py"
    command = [sys.executable, str(script), what, url, str(path), ACCOUNT]
    places = {**os.environ, "PYTHONPATH": str(code)}
    return subprocess.run(
        command, cwd=code, env=places, capture_output=True, text=True, check=True
    ).stdout


def _ratio(now: list[float], before: list[float]) -> str:
    """Of the rounds' ratios the middle one, and between which they were."""
    ratios = sorted(map(truediv, now, before))
    return f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"


def _say(*cells: str) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
