"""Installing Tryton from PyPI and seeding a database, once: both stay in a cache beside the tests'
other caches.
"""

import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.kit import clock

SERIES = "8.2"
MODULES = ("account_invoice",)
CLERK = Path(__file__).with_name("clerk")
PRINTER = Path(__file__).with_name("printer")
INSTALLING, SEEDING = 300, 240  # seconds


class CannotInstall(Exception):
    """The packages cannot be had here."""


def cache() -> Path:
    """Where everything stays: ``ZAPLECZE_TEST_CACHE``, or the user's cache."""
    home = (
        os.environ.get("ZAPLECZE_TEST_CACHE")
        or os.environ.get("XDG_CACHE_HOME")
        or str(Path.home() / ".cache")
    )
    return Path(home) / "zaplecze-tests"


def installed(series: str = SERIES) -> Path:
    """Tryton in a virtual environment of its own; its folder. Raises CannotInstall with pip's last
    word.
    """
    folder = cache() / f"tryton-{series}-py{sys.version_info[0]}.{sys.version_info[1]}"
    if (folder / "ready").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    wanted = ("trytond", "proteus", *(f"trytond_{name}" for name in MODULES))
    _run(sys.executable, "-m", "venv", folder)
    _run(
        folder / "bin/python",
        "-m",
        "pip",
        "install",
        "-q",
        *(f"{name}~={series}.0" for name in wanted),
    )
    (folder / "ready").touch()
    return folder


def seeded(folder: Path, year: int) -> tuple[Path, dict[str, Any]]:
    """A database with a company of this year's books, to be copied, and how its reader gets in."""
    key = hashlib.sha256(CLERK.read_bytes()).hexdigest()[:12]
    place = folder / f"seed-{year}-{key}"
    database, facts = place / "books.sqlite", place / "facts.json"
    if not facts.exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        database.touch()
        config = configured(place, 1)
        (place / "pass").write_text("admin-Secret-1234\n")
        admin = (
            folder / "bin/trytond-admin",
            "-c",
            config,
            "-d",
            "books",
            "--email",
            "admin@example.com",
        )
        told = {**os.environ, "TRYTONPASSFILE": str(place / "pass")}
        _run(*admin, "-u", *MODULES, "--activate-dependencies", env=told)
        seed = _run(folder / "bin/python", CLERK, config, "books", "setup")
        facts.write_text(seed.strip().splitlines()[-1])
    return database, json.loads(facts.read_text())


def configured(place: Path, port: int) -> Path:
    """Tryton's configuration: SQLite in this folder, this port of loopback, a printer instead of
    LibreOffice.
    """
    config = place / "trytond.conf"
    printing = shlex.join([sys.executable, str(PRINTER)]) + ' "%(input_path)s" "%(output_path)s"'
    config.write_text(
        f"[database]\nuri = sqlite://\npath = {place}\n[web]\nlisten = 127.0.0.1:{port}\n"
        f"[report]\nconvert_command = {printing}\n"
    )
    return config


def this_year() -> int:
    """The year by the machine's clock, which Tryton goes by."""
    return clock.real().year


def _run(*command: object, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        timeout=INSTALLING,
        env=env,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["no word"]
        raise CannotInstall(f"{Path(str(command[0])).name} {command[1]}: {said[-1][:300]}")
    return done.stdout
