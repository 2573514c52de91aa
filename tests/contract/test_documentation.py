"""Documentation: every command and setting is named in it, and every link leads somewhere."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from typer.core import TyperGroup
from typer.main import get_command

from bot.cli import cli
from bot.config import Settings
from bot.connectors import packages
from tests.contract.house import ROOT, refuse, sources

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_TEST = re.compile(r"`(test_\w+)[`\[]")
_TARGET = re.compile(r"`make ([a-z-]+)")


@cache
def pages() -> tuple[Path, ...]:
    return (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))


@cache
def written() -> str:
    return "\n".join(page.read_text() for page in pages())


def test_every_command_is_in_the_documentation() -> None:
    refuse(
        f"No page names `{command}`: say in docs/ what it does."
        for command in commands(get_command(cli), "zaplecze")
        if not re.search(rf"\b{re.escape(command)}\b", written())
    )


def commands(command: object, path: str) -> Iterator[str]:
    """Every command that a person can type, those of groups with the group's name before them."""
    if not isinstance(command, TyperGroup):
        yield path
        return
    for name, inner in command.commands.items():
        if not inner.hidden:
            yield from commands(inner, f"{path} {name}")


def test_every_setting_is_in_the_documentation() -> None:
    refuse(
        f"No page names the setting {field.validation_alias}: say in docs/ what it is for and what "
        "it is by default."
        for settings in (Settings, *(package.Settings for package in packages()))
        for field in settings.model_fields.values()
        if not re.search(rf"\b{field.validation_alias}\b", written())
    )


def test_every_link_between_pages_leads_somewhere() -> None:
    refuse(
        f"{page.relative_to(ROOT)} links to {target}, which is not there."
        for page in pages()
        for target in _LINK.findall(page.read_text())
        if not re.match(r"[a-z]+:|#", target) and not (page.parent / target.split("#")[0]).exists()
    )


def test_every_test_that_a_page_names_exists() -> None:
    tests = {function.name for source in sources("tests") for function in source.functions}
    refuse(
        f"{page.relative_to(ROOT)} names {name}, which is no test: name the one that holds it now."
        for page in pages()
        for name in sorted(set(_TEST.findall(page.read_text())) - tests)
    )


def test_every_make_target_that_is_told_of_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    refuse(
        f"The documentation speaks of make {target}, which the Makefile does not have."
        for target in sorted(set(_TARGET.findall(written())) - targets)
    )
