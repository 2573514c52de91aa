"""Spoiled files led by what they reach: atheris keeps those that run new lines of a reader, and
spoils them further.

``python -m tests.invoices.guided --seconds 600`` begins with the small samples of
:mod:`tests.invoices.fuzz` and with bank statements, gives each input to the readers of both, and
holds them to the same bounds. What fails is told once for each place that fails, and written into
``--keep``.

It needs ``pip install atheris``, which no lock names: there are wheels for Linux on x86-64 alone,
and a lock with it could not be installed anywhere else.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from io import BytesIO
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

READERS = [
    "handlers.invoices",
    "handlers.ledger.statements",
    "bot.kit",
    "pypdf",
    "openpyxl",
    "mt940",
]
MISSING = (
    "The guided fuzzer needs atheris, which is not installed: run `pip install atheris` (Linux on "
    "x86-64).\n"
)
LARGEST = (
    16_000  # of a seed and of an input: what small files do not reach, more of the same seldom does
)
MOST_UNFOLDED = 4_000_000
OWN_STATEMENTS = Path(__file__).parents[1] / "ledger/files"
_OWN_BOUNDS = [
    "-timeout=600",
    "-rss_limit_mb=0",
    "-verbosity=0",
]  # ours are tighter and end nothing
_NO_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
Mutating = Callable[[bytes, int, int], bytes]


class Guided:
    """One run: the readers, and what became of the inputs so far."""

    def __init__(self, seconds: float, keep: Path | None) -> None:
        from tests.invoices import fuzz

        self._fuzz, self._keep, self._seconds = fuzz, keep, seconds
        self._begun = perf_counter()
        self._places: set[str] = set()
        self.told = fuzz.Told()
        self.count = 0

    def one(self, data: bytes) -> None:
        """Give an input to every reader."""
        self.count += 1
        for kind, read in (("invoice", self._invoices), ("statement", statements)):
            fault = self._fuzz.attempt(self.told, self.count, lambda: read(data))  # noqa: B023 - called at once
            if fault:
                self._note(kind, data, fault)

    @property
    def is_over(self) -> bool:
        return perf_counter() - self._begun > self._seconds

    def tell(self) -> int:
        """Print what became of the inputs; the exit code."""
        seconds = perf_counter() - self._begun
        return self._fuzz.tell(self.told, f"{self.count:,} inputs, guided, in {seconds:,.0f} s")

    def _invoices(self, data: bytes) -> list[str]:
        return self._fuzz.outcomes(f"input{ending(data)}", data)

    def _note(self, kind: str, data: bytes, fault: str) -> None:
        place = [line for line in fault.splitlines() if line.lstrip().startswith("File ")][-1]
        if place in self._places:
            return
        self._places.add(place)
        self.told.failures.append(f"input {self.count} ({kind}):\n{fault}")
        if self._keep:
            (self._keep / f"{kind}-{self.count}{ending(data)}").write_bytes(data)


def statements(data: bytes) -> list[str]:
    """What the readers of bank statements make of a file."""
    from bot.kit.errors import Problem
    from handlers.ledger.statements import identity, reader

    try:
        read = reader.read(data)
        told = [reader.as_json(one) for one in read]
        list(identity.identities(read))
    except Problem as problem:
        return [f"statement: {type(problem).__name__}"]
    return ["statement: read"] * len(told)


def ending(data: bytes) -> str:
    """The ending of the name that somebody would give it."""
    if data.startswith(b"%PDF"):
        return ".pdf"
    if data.startswith(b"PK"):
        return ".xlsx"
    return ".xml" if b"<" in data[:200] else ".csv"


def seeds() -> Iterator[tuple[str, bytes]]:
    """The samples of invoices, and statements of both kinds."""
    from tests.invoices import fuzz
    from tests.invoices.corpus import FOLDER

    folders = [folder for folder in (OWN_STATEMENTS, FOLDER / "mt940") if folder.exists()]
    files = (file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file())
    known = chain(fuzz.samples(), ((file.name, file.read_bytes()) for file in files))
    return ((name, data) for name, data in known if len(data) <= LARGEST)


def mutating(atheris: Any, texts: list[bytes]) -> Mutating:
    """By libFuzzer's ways, or by ours that know what stands inside of archives and PDFs."""
    from tests.invoices.mutations import spoiled

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        by = random.Random(seed)
        if by.random() < 0.5 and is_small(data):
            try:
                return spoiled(by, data, texts)[:most]
            except _NO_ARCHIVE:
                pass
        return bytes(atheris.Mutate(data, most))

    return mutated


def is_small(data: bytes) -> bool:
    """Whether an archive, packed again, stays a file of the usual size."""
    if not data.startswith(b"PK"):
        return True
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return sum(part.file_size for part in archive.infolist()) < MOST_UNFOLDED
    except _NO_ARCHIVE:
        return False


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--seconds", type=float, default=600)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=Path, help="folder for the inputs that fail")
    asked.add_argument(
        "--corpus", type=Path, help="folder of what was found to lead on, kept for the next run"
    )
    given = asked.parse_args()
    try:
        atheris: Any = import_module("atheris")
    except ModuleNotFoundError:
        sys.exit(MISSING)
    with atheris.instrument_imports(include=READERS):
        import_module("tests.invoices.fuzz")
        import_module("handlers.ledger.statements.identity")
        import_module("handlers.ledger.statements.reader")
    with tempfile.TemporaryDirectory() as folder:
        begun_with = Path(folder) / "seeds"
        begun_with.mkdir()
        for number, (_, data) in enumerate(seeds()):
            (begun_with / str(number)).write_bytes(data)
        found = given.corpus or Path(folder) / "found"
        found.mkdir(parents=True, exist_ok=True)
        lead(atheris, Guided(given.seconds, given.keep), found, begun_with, given.seed)


def lead(atheris: Any, guided: Guided, found: Path, begun_with: Path, seed: int) -> None:
    """Spoil and read until the time is over. Ends the process, since libFuzzer never
    gives it back.
    """
    from tests.invoices import fuzz

    with ExitStack() as bounds:
        bounds.enter_context(fuzz.in_time())
        memory = bounds.enter_context(ExitStack())
        memory.enter_context(fuzz.in_memory(guided.told))

        def one(data: bytes) -> None:
            guided.one(data)
            if guided.is_over:
                memory.close()
                code = guided.tell()
                shutil.rmtree(begun_with.parent)
                os._exit(code)

        texts = [data for _, data in seeds() if ending(data) in (".xml", ".csv")]
        told = [
            f"-seed={seed}",
            f"-max_len={LARGEST}",
            f"-artifact_prefix={begun_with.parent}/",
            *_OWN_BOUNDS,
        ]
        atheris.Setup(
            [sys.argv[0], *told, str(found), str(begun_with)],
            one,
            custom_mutator=mutating(atheris, texts),
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
