"""Shape: short files, short functions, a line at the head of each module, nothing left
for later.
"""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from tests.contract.house import ROOMS, ROOT, Function, Source, refuse, sources

LONGEST_FILE = 400
LONGEST_TEST_FILE = 600
LONGEST_FUNCTION = 50
# Lines of 100 columns made these longer than the bounds; they may become shorter, and none is added.
GROWN_FILES = {
    "handlers/tickets/service/conversation/notifications.py": 409,
    "storage/invoices/invoices.py": 434,
    "storage/tickets/tickets.py": 472,
    "tests/ledger/test_long_run.py": 692,
}
GROWN_FUNCTIONS = {"channel_shape": 59, "_row": 54, "everything": 51}
# Left for later is left out. The words are put together here so that this file does not name
# itself.
_LATER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME")) + r")\b")


def test_files_are_short() -> None:
    scripts = [file for room in ROOMS for file in (ROOT / room).rglob("*.js")]
    lines = {
        file.relative_to(ROOT).as_posix(): len(file.read_text().splitlines()) for file in scripts
    }
    lines |= {source.path: len(source.text.splitlines()) for source in sources(*ROOMS, "tests")}
    refuse(
        f"{path} has {count} lines; {_longest(path)} is the most: give one of its ideas a file of "
        "its own."
        for path, count in lines.items()
        if count > _longest(path) and "/migrations/versions/" not in path
    )


def _longest(path: str) -> int:
    bound = LONGEST_TEST_FILE if path.startswith("tests/") else LONGEST_FILE
    return max(bound, GROWN_FILES.get(path, 0))


def test_functions_are_short() -> None:
    refuse(told for source in sources(*ROOMS, "tests") for told in long_functions(source))


def long_functions(source: Source) -> Iterator[str]:
    if "/migrations/versions/" in source.path:
        return
    for function in source.functions:
        count = (function.end_lineno or function.lineno) - function.lineno + 1
        if count > max(LONGEST_FUNCTION, GROWN_FUNCTIONS.get(function.name, 0)):
            yield (
                f"{source.place(function)} {function.name} has {count} lines; at most "
                f"{LONGEST_FUNCTION}: divide it."
            )


def test_every_module_says_what_lives_there() -> None:
    refuse(
        f"{source.path} does not say what lives there: give it a docstring of a line or two."
        for source in sources(*ROOMS, "tests")
        if source.text.strip() and not ast.get_docstring(source.tree)
    )


def test_nothing_is_left_for_later() -> None:
    refuse(
        f"{source.path}:{number} leaves something for later: do it now, or take it out."
        for source in sources(*ROOMS, "tests")
        for number, line in enumerate(source.text.splitlines(), 1)
        if _LATER.search(line)
    )


# Other processes are looked at again and again, and killed at random moments: only real time will
# do.
_REAL_PROCESSES = (
    "tests/chaos/",
    "tests/house/test_serve.py",
    "tests/e2e/",
    "tests/tryton/",
    "tests/forms/",
    "tests/bench/",
)


def test_tests_do_not_sleep() -> None:
    refuse(
        f"{source.place(call)} sleeps; wait for what shall happen, or give the moment as an "
        "argument."
        for source in sources("tests")
        if not str(source.path).startswith(_REAL_PROCESSES)
        for call in source.calls
        if source.meaning(call.func) == "time.sleep"
    )


def test_tests_are_functions() -> None:
    refuse(
        f"{source.place(declared)} {declared.name}: write tests as functions whose names are "
        "sentences."
        for source in sources("tests")
        for declared in source.classes
        if declared.name.startswith("Test")
    )


def test_long_function_is_seen() -> None:
    long = "def f():\n" + "    pass\n" * LONGEST_FUNCTION
    assert list(long_functions(Source("bot/x.py", long)))


def test_nothing_is_compared_with_itself() -> None:
    """A name that a comprehension takes for its own hides the one that was meant."""
    refuse(
        f"{source.place(node)} compares a thing with itself: which other one was meant?"
        for source in sources(*ROOMS, "tests")
        for node in source.nodes
        if isinstance(node, ast.Compare) and _is_of_itself(node)
    )


def _is_of_itself(comparison: ast.Compare) -> bool:
    sides = [ast.dump(side) for side in (comparison.left, *comparison.comparators)]
    is_a_name = isinstance(comparison.left, ast.Name | ast.Attribute)
    return is_a_name and any(one == other for one, other in pairwise(sides))


def test_what_nobody_uses_is_not_kept() -> None:
    """What a decorator registers, a library calls or a migration runs is named by nobody of ours."""
    ours = [source for source in sources() if not source.path.startswith(_NAMED_ELSEWHERE)]
    used = {name for source in sources() for node in source.nodes for name in _names_of(node)}
    refuse(
        f"{source.place(definition)} {definition.name}: nobody but the tests uses it; take it out."
        for source in ours
        for definition in _definitions(source.tree)
        if definition.name not in used | _REGISTERED
    )


_NAMED_ELSEWHERE = ("bot/playground/", "storage/migrations/")
_REGISTERED = {"Immediate"}  # SQLAlchemy's registry has it by its name


def _names_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.ImportFrom):
        yield from (alias.name for alias in node.names if alias.asname)


def _definitions(owner: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    """Functions, classes and methods; not what a base class of somebody else's asks for."""
    for node in owner.body:
        if not isinstance(node, Function | ast.ClassDef):
            continue
        if not node.decorator_list and not node.name.startswith("__"):
            yield node
        if isinstance(node, ast.ClassDef) and not node.bases:
            yield from _definitions(node)
