"""A terminal: the command line run as a process, in a folder and with settings of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Standard output, a JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def facts(self) -> dict[str, Any]:
        """The one object on standard output."""
        (facts,) = self.lines
        return facts


@dataclass(frozen=True)
class Terminal:
    """``terminal("invoices", "check", path)`` runs a command to its end; ``begin`` leaves it
    running.
    """

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *words: object, **settings: str) -> Ended:
        begun = self.begin(*words, **settings)
        out, err = begun.communicate(timeout=60)
        return Ended(begun.returncode, out.decode(), err.decode())

    def begin(
        self, *words: object, stdout: Any = subprocess.PIPE, **settings: str
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "bot",
                *(os.fspath(w) if isinstance(w, Path) else str(w) for w in words),
            ],
            cwd=self.folder,
            env=self.environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
        )

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        ours = {
            "PYTHONPATH": str(ROOT),
            "ZAPLECZE_DATA_DIR": str(self.folder / "data"),
            "TERM": "dumb",
        }
        return {**kept, **ours, **self.settings, **settings}
