"""``python -m tests.bench.bench_delivery [MESSAGES] [FOLDER]``: messages carried a second, by one
sender and by four, each a process of its own, to a Slack that answers at once; beside the code in the
worktree FOLDER, and beside jobs of procrastinate that do nothing, on PostgreSQL.

procrastinate is none of the project's dependencies: without it, that is said.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib import import_module
from itertools import count
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import Engine, func, select

from bot.catalogue import loader
from bot.delivery.sender import Sender
from bot.edge.turns import Turns
from bot.kit import clock
from bot.slack import HOME, Client, Slack
from storage import outbox, schema
from storage.base import open_engine
from storage.outbox import Body, outbox_messages
from storage.statements import Writes
from tests.databases import postgres

PLACES = 200
SENDERS = (1, 4)
ROUNDS = 3
_HERE = Path(__file__).resolve()


def main() -> None:
    most = next((int(word) for word in sys.argv[1:] if word.isdigit()), 3_000)
    folder = next((Path(word) for word in sys.argv[1:] if not word.isdigit()), None)
    folders = {"before": folder, "now": None} if folder else {"now": None}
    sys.stdout.write("| | senders | a second | core, ms each |\n|---|---|---|---|\n")
    for database in ("sqlite", "postgresql"):
        for senders in SENDERS:
            best: dict[str, tuple[float, float]] = {}
            for _ in range(ROUNDS):
                for name, place in folders.items():
                    carried = _carried(database, senders, most, place)
                    best[name] = max(best.get(name, carried), carried)
            for name, (rate, cost) in best.items():
                _say(f"{name}, {database}", senders, rate, cost)
    try:
        import_module("procrastinate")
    except ImportError as missing:
        sys.stdout.write(f"procrastinate is left out: {missing}\n")
        return
    for workers in SENDERS:
        _say("procrastinate, postgresql", workers, *_worked(workers, most))


def _say(what: str, senders: int, rate: float, cost: float) -> None:
    sys.stdout.write(f"| {what} | {senders} | {rate:,.0f} | {cost * 1000:.2f} |\n")
    sys.stdout.flush()


def _carried(database: str, senders: int, most: int, folder: Path | None) -> tuple[float, float]:
    """Messages a second, and seconds of the senders' processors for each."""
    with _database(database) as url:
        engine = open_engine(url)
        schema.upgrade(engine)
        with engine.begin() as db:
            writes = Writes(db)
            for n in range(most):
                body = Body(text=f"Message {n} " + 20 * "of some words ")
                outbox.plan(
                    *(writes, HOME, clock.real(), f"message:{n}", f"C{n % PLACES}", body),
                    under=None,
                    subject=None,
                )
            writes.flushed()
        result = _race(senders, most, "carry", url, folder)
        with engine.begin() as db:
            sent = select(func.count()).where(outbox_messages.c.state == "sent")
            if db.execute(sent).scalar_one() != most:
                raise AssertionError("every message has to be sent")
        engine.dispose()
        return result


@contextmanager
def _database(name: str) -> Iterator[str]:
    with ExitStack() as life:
        if name == "postgresql":
            yield life.enter_context(postgres(durable=True))
        else:
            folder = life.enter_context(tempfile.TemporaryDirectory())
            yield f"sqlite:///{Path(folder) / 'zaplecze.sqlite3'}"


def _race(
    several: int, most: int, what: str, url: str, folder: Path | None = None
) -> tuple[float, float]:
    """Processes that begin together when all of them are ready."""
    places = os.pathsep.join(str(place) for place in (folder, _HERE.parents[2]) if place)
    command = [sys.executable, str(_HERE), f"--{what}", url]
    with ExitStack() as life:
        workers: list[subprocess.Popen[str]] = []
        for _ in range(several):
            worker = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=folder or _HERE.parents[2],
                env={**os.environ, "PYTHONPATH": places},
            )
            workers.append(life.enter_context(worker))
        for worker in workers:
            _line(worker)
        begun = perf_counter()
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()
        used = sum(float(_line(worker)) for worker in workers)
        return most / (perf_counter() - begun), used / most


def _line(worker: "subprocess.Popen[str]") -> str:
    assert worker.stdout is not None
    return worker.stdout.readline()


class Prompt(Client):
    """A Slack that takes every message at once."""

    numbers = count(1)

    async def chat_postMessage(self, **request: Any) -> Any:
        """As in the SDK."""
        return {"channel": request["channel"], "ts": f"1.{next(self.numbers)}"}


def _carry(url: str) -> None:
    """In a process of its own: carry until nothing is due or in anybody's hands."""
    engine = open_engine(url)
    turns = Turns(engine, clock.real, {"*": loader.load(None)})

    async def carry() -> None:
        slack = Slack(
            Prompt("xoxb-none", base_url="http://127.0.0.1:9/"),
            "T0BENCH",
            "U0BOT",
            asyncio.get_running_loop(),
        )
        with ThreadPoolExecutor(1 if engine.dialect.name == "sqlite" else 8) as threads:
            sender = Sender(turns, slack, threads)
            while await sender.carry() or _is_any_left(engine):
                pass

    _when_told(carry)


def _is_any_left(engine: Engine) -> bool:
    with engine.begin() as db:
        query = select(outbox_messages.c.id).where(outbox_messages.c.state != "sent").limit(1)
        return db.execute(query).scalar() is not None


def _when_told(work: Any) -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    used = process_time()
    asyncio.run(work())
    sys.stdout.write(f"{process_time() - used}\n")
    sys.stdout.flush()


def _worked(workers: int, most: int) -> tuple[float, float]:
    """The same of jobs that do nothing, as many at once in each worker as a sender has in hand."""
    with postgres(durable=True) as url:
        app = _jobs(url)

        async def fill() -> None:
            async with app.open_async():
                await app.schema_manager.apply_schema_async()
                jobs = [{"n": n} for n in range(most)]
                await app.tasks["post"].batch_defer_async(*jobs)

        asyncio.run(fill())
        return _race(workers, most, "work", url)


def _jobs(url: str) -> Any:
    procrastinate = import_module("procrastinate")
    address = open_engine(url).url.render_as_string(hide_password=False)
    plain = address.replace("postgresql+psycopg://", "postgresql://")
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=plain))

    @app.task(name="post")  # type: ignore[untyped-decorator]
    async def post(n: int) -> None:
        del n

    return app


def _work(url: str) -> None:
    app = _jobs(url)

    async def work() -> None:
        async with app.open_async():
            await app.run_worker_async(
                wait=False, concurrency=50, install_signal_handlers=False, listen_notify=False
            )

    _when_told(work)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--carry"]:
        _carry(sys.argv[2])
    elif sys.argv[1:2] == ["--work"]:
        _work(sys.argv[2])
    else:
        main()
