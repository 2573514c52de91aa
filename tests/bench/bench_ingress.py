"""From a signed request to its ack: ours beside bare Bolt, Bolt as one would write it first, and
raw Starlette.

``python -m tests.bench.bench_ingress FOLDER`` measures a ticket beside that of another worktree.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from operator import truediv
from pathlib import Path
from statistics import median

from tests import databases
from tests.bench.load import fire
from tests.bench.office import PEOPLE, SECRET, TEAM
from tests.bench.requests import closing, submission, wire

ROUNDS = 5
Made = Callable[[int, str, str], dict[str, object]]
_numbers = count(1)


@dataclass
class Variant:
    """One line of the table, and what its rounds measured."""

    name: str
    server: str
    make: Made
    database: str = "none"
    folder: Path | None = None
    """The worktree that it is served from; this one, unless told."""
    each: int = 200
    """Requests in a round."""
    rates: dict[int, list[float]] = field(default_factory=dict)
    tails: dict[int, list[float]] = field(default_factory=dict)
    costs: dict[int, list[float]] = field(default_factory=dict)
    """Seconds of its core that the server used for a request: what a busy neighbour changes least.
    """


VARIANTS = (
    Variant("raw Starlette, nothing checked", "raw", submission, each=2000),
    Variant("bare Bolt, ack only: a form sent", "bolt", submission, each=1500),
    Variant("bare Bolt, ack only: a form closed", "bolt", closing, each=1500),
    Variant("ours with all routes, ack only: a form closed", "ours", closing, "sqlite", each=1500),
    Variant(
        "Bolt as one would write it first, ORM on SQLite", "first", submission, "sqlite", each=60
    ),
    Variant("ours, a ticket on SQLite", "ours", submission, "sqlite"),
    Variant("ours, a ticket on PostgreSQL", "ours", submission, "postgresql"),
)


def main() -> None:
    if len(sys.argv) > 1:
        beside = _beside(Path(sys.argv[1]))
        _measure(beside)
        _tell_beside(beside)
    else:
        _measure(VARIANTS)
        _tell()


def _beside(folder: Path) -> list[Variant]:
    """A ticket on either database, before and now."""
    return [
        Variant(f"{name} on {database}", "ours", submission, database, place)
        for database in ("sqlite", "postgresql")
        for name, place in (("before", folder), ("now", None))
    ]


def _measure(variants: Sequence[Variant]) -> None:
    """Rounds of each in turn, so that what else the machine does meets all of them."""
    with ExitStack() as life:
        core = _cores(life)
        folder = Path(
            life.enter_context(
                tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True)
            )
        )
        servers = {each.name: life.enter_context(_server(each, core, folder)) for each in variants}
        for at_once in (1, 32):
            for _ in range(ROUNDS):
                for variant in variants:
                    _round(variant, *servers[variant.name], at_once)


def _cores(life: ExitStack) -> list[str]:
    """The load keeps this process's first core, the server gets the second; where there is one
    only, both share it.
    """
    mine = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {mine[0]})
    life.callback(os.sched_setaffinity, 0, set(mine))
    return ["taskset", "-c", str(mine[-1])]


@contextmanager
def _server(variant: Variant, core: list[str], folder: Path) -> Iterator[tuple[int, int]]:
    """Port and process."""
    with ExitStack() as life:
        name = variant.name.replace(" ", "-").replace(",", "").replace(":", "")
        url = f"sqlite:///{folder / name}.sqlite3"
        if variant.database == "postgresql":
            url = life.enter_context(databases.postgres(durable=True))
        command = [*core, sys.executable, "-m", "tests.bench.servers", variant.server, "0", url]
        server = life.enter_context(
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=variant.folder)
        )
        life.callback(server.kill)
        assert server.stdout is not None
        yield int(json.loads(server.stdout.readline())["port"]), server.pid


def _used(process: int) -> float:
    """Seconds of processor time that a process has had."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _round(variant: Variant, port: int, process: int, at_once: int) -> None:
    each = variant.each if at_once > 1 else max(30, variant.each // 4)
    made = (
        variant.make(n, PEOPLE[n % len(PEOPLE)], TEAM)
        for n in (next(_numbers) for _ in range(each))
    )
    requests = [wire(payload, SECRET) for payload in made]
    before = _used(process)
    seconds, took = asyncio.run(fire(port, requests, at_once))
    variant.costs.setdefault(at_once, []).append((_used(process) - before) / each)
    variant.rates.setdefault(at_once, []).append(each / seconds)
    variant.tails.setdefault(at_once, []).append(sorted(took)[int(len(took) * 0.99)])


def _tell() -> None:
    bare, first = VARIANTS[1], VARIANTS[4]
    heads = (
        "What",
        "One at a time, /s",
        "32 at once, /s",
        "of bare Bolt",
        "p99 at 32, ms",
        "core, ms each",
        "of bare Bolt",
    )
    sys.stdout.write(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n")
    for each in VARIANTS:
        base = VARIANTS[2] if each.make is closing else bare
        one, many, tail = (
            median(each.rates[1]),
            median(each.rates[32]),
            median(each.tails[32]) * 1000,
        )
        cost = median(each.costs[32])
        figures = (
            f"{one:,.0f}",
            f"{many:,.0f}",
            f"{many / median(base.rates[32]):.3f}",
            f"{tail:.1f}",
        )
        by_core = (f"{cost * 1000:.2f}", f"{median(base.costs[32]) / cost:.3f}")
        sys.stdout.write(f"| {' | '.join((each.name, *figures, *by_core))} |\n")
    times = median(VARIANTS[5].rates[1]) / median(first.rates[1])
    sys.stdout.write(
        f"\nOne at a time a ticket of ours on SQLite is {times:.1f} times as fast as the first "
        "attempt.\n"
    )


def _tell_beside(variants: Sequence[Variant]) -> None:
    """Medians, and of the processor time now and before the ratio of each pair of rounds."""
    sys.stdout.write(
        "| A ticket | 32 at once, /s | p99 at 32, ms | core, ms each |\n|---|---|---|---|\n"
    )
    for each in variants:
        rate, tail, cost = (median(figures[32]) for figures in (each.rates, each.tails, each.costs))
        sys.stdout.write(f"| {each.name} | {rate:,.0f} | {tail * 1000:.0f} | {cost * 1000:.2f} |\n")
    for before, now in zip(variants[::2], variants[1::2], strict=True):
        ratios = {
            at_once: median(map(truediv, now.costs[at_once], before.costs[at_once]))
            for at_once in (1, 32)
        }
        sys.stdout.write(
            f"\n{now.name}, processor time of before: {ratios[1]:.2f} one at a time, "
            f"{ratios[32]:.2f} of 32 at once.\n"
        )


if __name__ == "__main__":
    main()
