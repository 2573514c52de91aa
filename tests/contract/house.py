"""The house as it is written: every file parsed once, and names followed to what they mean."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "storage")
PLAYGROUND = "bot/playground/"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One module: where it stands and what it says."""

    path: str
    text: str

    @property
    def module(self) -> str:
        """Its dotted name."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.tree))

    @cached_property
    def imports(self) -> dict[str, str]:
        """What each imported name means: ``dt`` is ``datetime``, ``Engine`` is
        ``sqlalchemy.Engine``.
        """
        return {name: meaning for node in self.nodes for name, meaning in _imported(node)}

    @property
    def calls(self) -> Iterator[ast.Call]:
        return (node for node in self.nodes if isinstance(node, ast.Call))

    @property
    def functions(self) -> Iterator[Function]:
        return (node for node in self.nodes if isinstance(node, Function))

    @property
    def classes(self) -> Iterator[ast.ClassDef]:
        return (node for node in self.nodes if isinstance(node, ast.ClassDef))

    def meaning(self, expression: ast.expr) -> str:
        """The dotted name that an expression stands for, imports followed; empty when it is no
        name.
        """
        if isinstance(expression, ast.Attribute):
            owner = self.meaning(expression.value)
            return f"{owner}.{expression.attr}" if owner else ""
        if isinstance(expression, ast.Name):
            return self.imports.get(expression.id, expression.id)
        return ""

    def assigned(self, name: str) -> list[ast.expr]:
        """Every value that this module gives to a name, in whatever scope."""
        return [
            node.value
            for node in self.nodes
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr)
            and node.value
            and name in _targets(node)
        ]

    def place(self, node: ast.stmt | ast.expr | ast.excepthandler) -> str:
        return f"{self.path}:{node.lineno}"


def _targets(node: ast.Assign | ast.AnnAssign | ast.NamedExpr) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield (alias.asname, alias.name) if alias.asname else (alias.name.split(".")[0],) * 2
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


@cache
def sources(*rooms: str) -> tuple[Source, ...]:
    """Every module of these rooms (of the whole product, when none is named)."""
    files = sorted(file for room in rooms or ROOMS for file in (ROOT / room).rglob("*.py"))
    return tuple(Source(file.relative_to(ROOT).as_posix(), file.read_text()) for file in files)


def refuse(offences: Iterable[str]) -> None:
    """Fail with these sentences, if there are any: each says where and what to do."""
    told = list(dict.fromkeys(offences))
    if told:
        pytest.fail("\n".join(told), pytrace=False)
