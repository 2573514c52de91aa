"""Packaging: a reason beside each dependency, none undeclared, locks that are whole and name no
address.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.contract import components
from tests.contract.house import ROOMS, ROOT, refuse, sources

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
COMES_WITH = {"pydantic_core": "pydantic"}
"""Packages that are one with another and released with it."""
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")

each_lock = pytest.mark.parametrize("lock", LOCKS)


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def declared(*groups: str) -> dict[str, Requirement]:
    """What pyproject.toml asks for: of the product, or of these groups."""
    asked: list[Any] = [] if groups else pyproject()["project"]["dependencies"]
    for group in groups:
        asked += [line for line in pyproject()["dependency-groups"][group] if isinstance(line, str)]
    found = map(Requirement, asked)
    return {canonicalize_name(requirement.name): requirement for requirement in found}


@cache
def pins(lock: str) -> dict[str, str]:
    return dict(_PIN.findall((ROOT / lock).read_text()))


def test_every_dependency_has_its_reason_beside_it() -> None:
    refuse(
        f"pyproject.toml:{number} {line.strip()} has no reason: write after it, in a few words, "
        "what it is for."
        for number, line in _dependency_lines()
        if not re.search(r"#\s*\S", line)
    )


def _dependency_lines() -> Iterator[tuple[int, str]]:
    inside = False
    for number, line in enumerate((ROOT / "pyproject.toml").read_text().splitlines(), 1):
        if re.match(r"(dependencies|build|dev) = \[$", line):
            inside = True
        elif line == "]":
            inside = False
        elif inside and line.strip().startswith('"'):
            yield number, line


def test_product_imports_only_what_it_declares() -> None:
    refuse(undeclared(ROOMS, declared()))


def test_tests_import_only_what_is_declared() -> None:
    refuse(undeclared(("tests",), {**declared(), **declared("dev", "build")}))


def undeclared(rooms: tuple[str, ...], known: Mapping[str, object]) -> Iterator[str]:
    brought = packages_distributions()
    for source in sources(*rooms):
        for package in sorted({meaning.split(".")[0] for meaning in source.imports.values()}):
            ours = package in sys.stdlib_module_names or package in {*ROOMS, "tests"}
            brought_by = brought.get(COMES_WITH.get(package, package), ())
            if not ours and not {canonicalize_name(name) for name in brought_by} & set(known):
                yield (
                    f"{source.path} imports {package}, which pyproject.toml does not ask for: add "
                    "it with its reason."
                )


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("requirements.lock", declared()),
        ("requirements-dev.lock", {**declared(), **declared("dev", "build")}),
        ("requirements-build.lock", declared("build")),
    ],
)
def test_lock_holds_what_is_asked_for(lock: str, asked: Mapping[str, Requirement]) -> None:
    refuse(
        f"{lock} does not hold {requirement} as pyproject.toml asks: run make lock."
        for name, requirement in asked.items()
        if not requirement.specifier.contains(pins(lock).get(name, "0"), prereleases=True)
    )


@each_lock
def test_locks_agree_in_their_versions(lock: str) -> None:
    everything = pins("requirements-dev.lock")
    refuse(
        f"{lock} has {name} {version}, requirements-dev.lock has {everything.get(name, 'none')}: "
        "run make lock."
        for name, version in pins(lock).items()
        if everything.get(name) != version
    )


@each_lock
def test_lock_has_a_hash_for_everything_and_no_address(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    refuse(
        f"{lock}:{number} names an address: write the locks with make lock."
        for number, line in enumerate(lines, 1)
        if "://" in line or line.startswith("--")
    )
    refuse(
        f"{lock}:{number} {line.split()[0]} has no hash: write the locks with make lock."
        for number, line in enumerate(lines, 1)
        if _PIN.match(line) and not (number < len(lines) and _HASH.match(lines[number]))
    )


def test_licences_of_all_that_is_installed_are_named() -> None:
    notice = components.NOTICE.read_text().splitlines()
    named = {line.partition(": ")[0] for line in notice if ": " in line}
    assert set(components.shipped()) <= named, "run make sbom"


def test_bill_of_materials_names_what_is_installed_and_nothing_that_only_tests() -> None:
    names = components.shipped()
    listed = components.bill(names)["components"]
    assert {canonicalize_name(each["name"]) for each in listed} == set(names)
    assert "pytest" not in names
    assert all(each.get("purl") for each in listed)
