"""The page of commands: each has its section with every option, an example, and facts in the
promised form.
"""

import json
import re
import shlex
from collections.abc import Mapping
from functools import cache

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from bot.cli import cli
from tests.forms import promises
from tests.forms.promises import Form, broken
from tests.forms.terminal import ROOT

PAGE = ROOT / "docs" / "commands.md"
FACTS: Mapping[str, Mapping[str, Form]] = {
    "zaplecze invoices check": promises.CHECKED,
    "zaplecze invoices import": promises.IMPORTED,
    "zaplecze invoices show": promises.SHOWN,
    "zaplecze payments read": promises.STATEMENT,
    "zaplecze payments import": promises.PAYMENTS,
    "zaplecze customers import": promises.LISTED,
    "zaplecze reminders plan": promises.PLANNED,
    "zaplecze reminders why": promises.DECIDED,
    "zaplecze documents render": promises.RENDERED,
    "zaplecze documents verify": promises.VERIFIED,
    "zaplecze doctor": promises.EXAMINED,
}


@cache
def sections() -> Mapping[str, str]:
    """The page's sections by their headings."""
    parts = re.split(r"^## (.+)\n", PAGE.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@cache
def commands() -> Mapping[str, TyperCommand]:
    """Every command that can be typed."""
    return dict(_below(get_command(cli), "zaplecze"))


def _below(command: object, path: str) -> list[tuple[str, TyperCommand]]:
    if isinstance(command, TyperGroup):
        return [
            found
            for name, inner in command.commands.items()
            for found in _below(inner, f"{path} {name}")
        ]
    assert isinstance(command, TyperCommand)
    return [(path, command)]


def test_every_command_has_its_section_and_no_other_has_one() -> None:
    assert set(sections()) == set(commands()), (
        "docs/commands.md has a section `## zaplecze …` for each command"
    )


def test_the_administrators_table_names_every_command_and_no_other() -> None:
    page = (ROOT / "docs" / "administrator.md").read_text()
    named = re.findall(r"^\| `(zaplecze [^`]+)` \|", page, re.MULTILINE)
    assert sorted(named) == sorted(commands())


@pytest.mark.parametrize("command", sorted(commands()))
def test_options_and_an_example_stand_in_its_section(command: str) -> None:
    section = sections()[command]
    example = re.search(rf"^```\n({re.escape(command)}\b.*)\n```$", section, re.MULTILINE)
    assert example, f"docs/commands.md shows no example of {command}"
    known = {
        option
        for parameter in commands()[command].params
        for option in parameter.opts
        if option[:2] == "--"
    }
    assert {word for word in shlex.split(example[1]) if word[:2] == "--"} <= known
    missing = [option for option in known - {"--json"} if option not in section]
    assert not missing, f"docs/commands.md does not tell of {missing} with {command}"


@pytest.mark.parametrize("command", sorted(FACTS))
def test_facts_in_the_page_have_the_promised_form(command: str) -> None:
    shown = re.search(r"^```json\n(.+?)\n```$", sections()[command], re.MULTILINE | re.DOTALL)
    assert shown, f"docs/commands.md shows no facts of {command}"
    facts = json.loads(shown[1])
    assert broken(facts, FACTS[command]) == {}
    assert set(facts) == set(FACTS[command])
