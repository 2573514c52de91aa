"""The bots of a chaos run: real processes that are killed without warning and begun anew."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bot.playground.server import Playground

ROOT = Path(__file__).parents[2]


@dataclass
class Instance:
    """One bot and its log."""

    number: int
    settings: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0
    _log: IO[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        self._log = self._log or self.log.open("ab")
        command = [sys.executable, "-m", "tests.chaos.hurried"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.settings, stderr=self._log)

    def kill(self) -> None:
        """SIGKILL: nothing of it gets to finish anything."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.kills += 1

    def stop(self) -> int:
        """SIGTERM: it ends in order."""
        assert self.process is not None
        self.process.terminate()
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()
            if self._log:
                self._log.close()

    @property
    def is_ready(self) -> bool:
        if self.process is None or self.process.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.settings['ZAPLECZE_HTTP_PORT']}/health/ready"
            ) as page:
                return bool(page.status == 200)
        except OSError:
            return False


def instance(
    number: int, port: str, playground: Playground, database: str, folder: Path
) -> Instance:
    """One that is not started yet."""
    installed = playground.world.app
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
    settings = {
        "SLACK_BOT_TOKEN": installed.bot_token,
        "SLACK_APP_TOKEN": installed.app_token,
        "SLACK_API_URL": playground.api_url,
        "DATABASE_URL": database,
        "ZAPLECZE_DATA_DIR": str(folder),
        "ZAPLECZE_CLOCK": f"file:{folder / 'clock'}",
        "ZAPLECZE_HTTP_PORT": port,
    }
    return Instance(number, kept | settings, folder / f"bot-{number}.log")


def wait(is_so: Callable[[], bool], seconds: float) -> bool:
    """Whether it came about in time."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
