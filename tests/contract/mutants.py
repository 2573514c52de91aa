"""Mutants: each small change of the pure modules that decide about money, rights and time is tried
against the narrow tests (``make mutants``).

``pyproject.toml`` names the modules and the tests under ``[tool.mutmut]``. What was tried stays in
``mutants/``: a run that was interrupted goes on where it stopped. ``docs/mutants.md`` is written
from it; ``survivors.toml`` beside this file says of each change that no test notices why.
"""

import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

from tests.contract.house import ROOT

PAGE = ROOT / "docs" / "mutants.md"
REASONS = Path(__file__).with_name("survivors.toml")
LEAST = 85
"""Per cent of the mutants that the tests notice, at least."""
CAUGHT = {"killed", "timeout", "segfault", "caught by type check"}
UNTRIED = {"not checked", "no tests", "check was interrupted by user"}
LETTERS = (
    "The letters of a sentence: the sentence is its key in the catalogues, and "
    "`tests/contract/test_words.py` refuses one that no catalogue has."
)


@dataclass(frozen=True)
class Mutant:
    """One change: its name, and what became of it."""

    name: str
    status: str

    @property
    def function(self) -> str:
        """The dotted name of the function that was changed."""
        module, _, mangled = self.name.partition("__mutmut_")[0].rpartition(".")
        return f"{module}.{mangled.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}"

    @property
    def module(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def is_tried(self) -> bool:
        return self.status not in UNTRIED

    @property
    def is_caught(self) -> bool:
        return self.status in CAUGHT


@dataclass(frozen=True)
class Reason:
    """Why a change of a function is not noticed; ``change`` stands in the line as it was changed."""

    function: str
    change: str
    because: str

    def fits(self, mutant: Mutant, after: str) -> bool:
        return mutant.function.startswith(self.function) and self.change in after


def tried() -> list[Mutant]:
    """Every mutant with what became of it."""
    lines = _mutmut("results", "--all", "true").splitlines()
    named = (line.strip().rpartition(": ") for line in lines if "__mutmut_" in line)
    return [Mutant(name, status) for name, _, status in named]


def changed_lines(mutant: Mutant) -> tuple[str, str]:
    """The lines that were there, and those that came instead."""
    shown = _mutmut("show", mutant.name).splitlines()
    before = (line[1:].strip() for line in shown if line[:1] == "-" and line[:3] != "---")
    after = (line[1:].strip() for line in shown if line[:1] == "+" and line[:3] != "+++")
    return " ".join(before), " ".join(after)


@cache
def reasons() -> tuple[Reason, ...]:
    entries = tomllib.loads(REASONS.read_text())["survivor"]
    return tuple(Reason(e["function"], e.get("change", ""), e["because"]) for e in entries)


def because(mutant: Mutant, before: str, after: str) -> str:
    """Why nobody notices this change; empty where nobody has said it."""
    for reason in reasons():
        if reason.fits(mutant, after):
            return reason.because
    return LETTERS if _is_of_letters(before, after) else ""


def _is_of_letters(before: str, after: str) -> bool:
    """Whether only the letters of a sentence are others."""
    plain = after.replace('"XX', '"').replace('XX"', '"')
    return before.casefold() == plain.casefold() and '"' in before


def page(mutants: list[Mutant]) -> str:
    tried_ones = [mutant for mutant in mutants if mutant.is_tried]
    return "\n".join([*_head(tried_ones), *_figures(mutants), *_survivors(tried_ones), ""])


def percent(mutants: Iterable[Mutant]) -> float:
    counted = Counter(mutant.is_caught for mutant in mutants)
    return 100 * counted[True] / max(1, counted.total())


def _head(mutants: list[Mutant]) -> Iterator[str]:
    yield "# Mutants"
    yield ""
    yield "`make mutants` changes the modules that decide about money, rights and time."
    yield "It makes one small change after the other: a `<` becomes `<=`, a 7 an 8, an argument goes."
    yield "The narrow tests have to notice each."
    yield "Modules and tests stand under `[tool.mutmut]` in `pyproject.toml`."
    yield (
        "The tool is mutmut 3, which forks a process that has collected the tests: a change takes a "
        "fraction of a second; cosmic-ray 8 starts pytest anew for each, which takes seconds."
    )
    yield (
        "It changes the bodies of functions alone: constants and methods with a decorator are held "
        "by the tables of boundaries in the same tests."
    )
    yield ""
    yield f"{len(mutants)} changes were tried, {percent(mutants):.1f} % noticed: at least {LEAST} %."
    yield ""


def _figures(mutants: list[Mutant]) -> Iterator[str]:
    by_module = defaultdict(list)
    for mutant in mutants:
        by_module[mutant.module].append(mutant)
    yield "| module | changes | tried | noticed | % of these |"
    yield "|---|---:|---:|---:|---:|"
    for module, of_it in sorted(by_module.items()):
        tried_ones = [mutant for mutant in of_it if mutant.is_tried]
        caught = sum(mutant.is_caught for mutant in tried_ones)
        share = f"{percent(tried_ones):.0f}" if tried_ones else "–"
        yield f"| `{module}` | {len(of_it)} | {len(tried_ones)} | {caught} | {share} |"
    yield ""
    yield "What is not tried yet is tried by the next `make mutants`, which goes on from here."
    yield ""


def _survivors(mutants: list[Mutant]) -> Iterator[str]:
    by_reason: dict[str, list[str]] = defaultdict(list)
    for mutant in mutants:
        if mutant.is_caught:
            continue
        before, after = changed_lines(mutant)
        reason = because(mutant, before, after)
        by_reason[reason].append(f"`{mutant.function}`" + ("" if reason else f": `{after[:90]}`"))
    yield "## What nobody notices, and why"
    yield ""
    for reason, names in sorted(by_reason.items(), key=lambda pair: (not pair[0], -len(pair[1]))):
        yield f"**{reason or 'Not explained yet.'}** {len(names)}:"
        yield ""
        for name, count in sorted(Counter(names).items()):
            yield f"- {name}" + (f" ({count})" if count > 1 else "")
        yield ""


def _mutmut(*arguments: str) -> str:
    """What mutmut says to a command, without a process for each of thousands."""
    from mutmut.__main__ import cli

    with redirect_stdout(StringIO()) as answer:
        cli.main(list(arguments), standalone_mode=False)
    return answer.getvalue()


def main(arguments: list[str]) -> int:
    """With ``write`` the page alone is written anew, from what was tried."""
    if "write" not in arguments:
        command = [sys.executable, "-m", "mutmut", "run", "--max-children", "2", *arguments]
        subprocess.run(command, cwd=ROOT, check=True)
    mutants = tried()
    PAGE.write_text(page(mutants))
    share = percent(mutant for mutant in mutants if mutant.is_tried)
    sys.stdout.write(f"{share:.1f} % noticed: {PAGE}\n")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
