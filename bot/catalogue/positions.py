"""Where each key of a TOML text stands: a scan that also gets through text that is not
quite TOML.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<long>\"{3}(?:\\[\s\S]|[^\\])*?\"{3,5}|'{3}[\s\S]*?'{3,5})
      | (?P<basic>"(?:\\.|[^"\\\n])*")
      | (?P<literal>'[^'\n]*')
      | (?P<newline>\n)
      | (?P<blank>[^\S\n]+)
      | (?P<sign>[\[\]{}=,.])
      | (?P<bare>[^\s\[\]{}=,.\#"']+|["'])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Statement:
    """A heading or a ``key = value``: what it defines, its first and last line, and where its
    section ends.
    """

    path: Path
    first: int
    last: int
    is_heading: bool


@dataclass
class Places:
    """The line of each path, the first time it is named, and the statements in their order."""

    lines: dict[Path, int] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of a path, or of the nearest table around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def names(self, table: str) -> set[str]:
        """The keys directly below a table of the first level."""
        return {str(path[1]) for path in self.lines if len(path) == 2 and path[0] == table}

    def statement_at(self, line: int) -> Statement | None:
        """The last statement that has begun by that line."""
        begun = [s for s in self.statements if s.first <= line]
        return begun[-1] if begun else None

    def first_of(self, statement: Statement) -> Statement | None:
        """An earlier statement for the same path."""
        return next(
            (s for s in self.statements if s.path == statement.path and s.first < statement.first),
            None,
        )

    def lines_of(self, statement: Statement) -> range:
        """All lines that go when the statement goes: with a heading, its whole section."""
        if not statement.is_heading:
            return range(statement.first, statement.last + 1)
        later = (s.first for s in self.statements if s.is_heading and s.first > statement.first)
        return range(statement.first, next(later, statement.first + 1_000_000))


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int


def places(text: str) -> Places:
    """Where everything in a TOML text stands."""
    return _Scan(list(_tokens(text))).run()


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for result in _TOKEN.finditer(text):
        kind = result.lastgroup or ""
        if kind not in ("comment", "blank"):
            yield _Token(kind, result.group(), line)
        line += result.group().count("\n")
    yield _Token("end", "", line)


class _Scan:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.found = Places()
        self.rows: Counter[Path] = Counter()

    def run(self) -> Places:
        base: Path = ()
        while self.next.kind != "end":
            if self.next.kind == "newline":
                self.at += 1
            elif self.next.text == "[":
                base = self.heading()
            else:
                self.pair(base)
        return self.found

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def heading(self) -> Path:
        first = self.next.line
        opened = self.skip("[") + self.skip("[")
        path = self.in_rows(self.keys())
        if opened == 2:
            self.rows[path] += 1
            path = (*path, self.rows[path] - 1)
        self.rest_of_line()
        self.note(path, first)
        self.found.statements.append(Statement(path, first, first, True))
        return path

    def in_rows(self, keys: Path) -> Path:
        """Where a heading leads when tables around it are lists: into the last of each."""
        path: Path = ()
        for n, key in enumerate(keys):
            path = (*path, key)
            if path in self.rows and n < len(keys) - 1:
                path = (*path, self.rows[path] - 1)
        return path

    def pair(self, base: Path) -> None:
        first = self.next.line
        path = (*base, *self.keys())
        self.note(path, first)
        if self.skip("="):
            self.value(path)
        last = self.tokens[self.at - 1]
        self.rest_of_line()
        self.found.statements.append(
            Statement(path, first, last.line + last.text.rstrip("\n").count("\n"), False)
        )

    def keys(self) -> Path:
        keys: list[str | int] = []
        while self.next.kind in ("bare", "basic", "literal"):
            keys.append(self.next.text.strip("\"'"))
            self.at += 1
            if not self.skip("."):
                break
        return tuple(keys)

    def value(self, path: Path) -> None:
        if self.skip("{"):
            self.inline_table(path)
        elif self.skip("["):
            self.array(path)
        else:
            while self.next.kind not in ("newline", "end") and self.next.text not in (
                ",",
                "]",
                "}",
            ):
                self.at += 1

    def inline_table(self, path: Path) -> None:
        while self.next.kind not in ("newline", "end") and not self.skip("}"):
            before = self.at
            inner = (*path, *self.keys())
            self.note(inner, self.next.line)
            if self.skip("="):
                self.value(inner)
            self.at += self.at == before
            self.skip(",")

    def array(self, path: Path) -> None:
        row = 0
        while self.next.kind != "end" and not self.skip("]"):
            if self.next.kind == "newline" or self.next.text == ",":
                self.at += 1
                continue
            before = self.at
            self.note((*path, row), self.next.line)
            self.value((*path, row))
            self.at += self.at == before
            row += 1

    def note(self, path: Path, line: int) -> None:
        for length in range(1, len(path) + 1):
            self.found.lines.setdefault(path[:length], line)

    def skip(self, text: str) -> bool:
        is_next = self.next.text == text and self.next.kind == "sign"
        self.at += is_next
        return is_next

    def rest_of_line(self) -> None:
        while self.next.kind not in ("newline", "end"):
            self.at += 1
