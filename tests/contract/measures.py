"""How the code reads, in figures: ``python -m tests.contract.measures`` (``make measures``).

Bindings that say nothing of what they hold, files named after an act, folders that hold too much,
subjects of commits, and how dense the code is. The bounds stand in ``test_measures.py``.
"""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tests.contract.house import ROOT, Source, sources

ROOMS = ("bot", "handlers", "storage")
VAGUE = {"found", "told", "one", "mine", "known", "said", "own", "asked", "came"}
# Words that end like an act and are things.
NOUNS = {
    "folding",
    "booking",
    "document_booking",
    "netting",
    "replacement_netting",
    "training",
    "account_warning",
    "reopening",
    "printing",
}
_DECISIONS = (
    ast.If,
    ast.For,
    ast.While,
    ast.IfExp,
    ast.comprehension,
    ast.ExceptHandler,
    ast.match_case,
    ast.BoolOp,
)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Density:
    """Of one room: lines of code for each decision, and what packs lines, for each 1,000 lines."""

    lines: int
    lines_per_decision: float
    comprehensions: float
    conditional_expressions: float


def bindings(source: Source) -> Iterator[str]:
    """Every name that is given to something: parameters, targets, loop variables."""
    for node in source.nodes:
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.MatchAs) and node.name:
            yield node.name


def vague_share(room: str) -> float:
    """The share of the room's bindings that are named by one of the vague words."""
    names = Counter(name for source in sources(room) for name in bindings(source))
    vague = sum(names[name] for name in VAGUE)
    return vague / max(1, names.total())


def gerunds() -> list[str]:
    """Files named after an act although they hold a thing."""
    paths = [PurePosixPath(source.path) for source in sources(*ROOMS)]
    return [str(p) for p in paths if p.stem.endswith("ing") and p.stem not in NOUNS]


def folders() -> Counter[str]:
    """How many modules stand in each folder; migrations are a history and do not count."""
    paths = [PurePosixPath(source.path) for source in sources(*ROOMS)]
    return Counter(str(p.parent) for p in paths if "migrations" not in p.parts)


def density(room: str) -> Density:
    lines = decisions = comprehensions = conditionals = 0
    for source in sources(room):
        lines += sum(1 for line in source.text.splitlines() if line.strip())
        for node in source.nodes:
            decisions += isinstance(node, _DECISIONS)
            comprehensions += isinstance(node, _COMPREHENSIONS)
            conditionals += isinstance(node, ast.IfExp)
    return Density(
        lines=lines,
        lines_per_decision=lines / decisions,
        comprehensions=1000 * comprehensions / lines,
        conditional_expressions=1000 * conditionals / lines,
    )


def packed_statements(source: Source) -> Iterator[str]:
    """Statements that want to be read twice: more than one comprehension or conditional expression
    in one expression. A named argument and the value of a key are expressions of their own.
    """
    for node in source.nodes:
        if isinstance(node, ast.stmt) and any(count > 1 for count in _packed(node)):
            yield source.place(node)


def _packed(statement: ast.stmt) -> Iterator[int]:
    expressions: list[ast.AST] = [
        node
        for node in ast.iter_child_nodes(statement)
        if isinstance(node, ast.expr | ast.withitem)
    ]
    while expressions:
        count, nodes = 0, [expressions.pop()]
        while nodes:
            node = nodes.pop()
            count += isinstance(node, (*_COMPREHENSIONS, ast.IfExp))
            named = _named_parts(node)
            expressions += named
            nodes += [part for part in ast.iter_child_nodes(node) if part not in named]
        yield count


def _named_parts(node: ast.AST) -> Sequence[ast.AST]:
    if isinstance(node, ast.keyword) and node.arg:
        return [node.value]
    return node.values if isinstance(node, ast.Dict) else []


def long_subjects(repository: Path, newest: int) -> list[str]:
    """Subjects of the newest commits that are longer than 72 characters."""
    told = _git(repository, "log", f"-{newest}", "--no-merges", "--format=%s")
    return [subject for subject in told.splitlines() if len(subject) > 72]


def is_whole_history(folder: Path) -> bool:
    """Whether git knows all commits of the repository whose root this is."""
    if not (folder / ".git").exists():
        return False
    try:
        return _git(folder, "rev-parse", "--is-shallow-repository").strip() == "false"
    except (OSError, subprocess.CalledProcessError):
        return False


def _git(repository: Path, *words: str) -> str:
    command = ["git", "-C", str(repository), *words]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout


def report() -> list[str]:
    lines = []
    for room in ROOMS:
        figures = density(room)
        lines.append(
            f"{room:10} {figures.lines:6} lines, {figures.lines_per_decision:.2f} a decision, "
            f"{figures.comprehensions:.1f} comprehensions and "
            f"{figures.conditional_expressions:.1f} conditional expressions in 1,000; "
            f"vague names {vague_share(room):.1%}"
        )
    packed = sum(1 for source in sources("handlers") for _ in packed_statements(source))
    lines.append(f"statements that want to be read twice in handlers: {packed}")
    fullest = ", ".join(f"{folder} {count}" for folder, count in folders().most_common(5))
    lines.append(f"fullest folders: {fullest}")
    lines.append(f"named after an act: {', '.join(gerunds()) or 'none'}")
    lines.append(f"long subjects among the newest 50: {len(long_subjects(ROOT, 50))}")
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
