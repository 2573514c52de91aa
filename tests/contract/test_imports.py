"""Who may import whom: the contracts in pyproject.toml, and what they cannot say."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.house import PLAYGROUND, ROOMS, ROOT, Source, refuse, sources

SECOND_FLOOR = ("tickets", "invoices", "documents", "reminders")
VERBS_OF_SIBLINGS = {
    "handlers.tickets.service.submit",
    "handlers.tickets.service.transcript.transcript",
    "handlers.tickets.service.transcript.id_of",
    "handlers.documents.service.requests.request",
}
LOOKS = ("blocks", "pdf", "formats")
DOORS = ("listeners", "jobs")
_PLAYGROUNDS_SLACK = ("slack_sdk.models", "slack_sdk.errors", "slack_sdk.signature")

LEDGERS_VALUES = ("handlers.ledger.model.open_items.", "handlers.ledger.model.instalments.")
"""What is open, and which instalment it is, is shown by every feature and added up by none."""


def test_nobody_imports_against_the_table() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [linter, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if told.returncode:
        pytest.fail(told.stdout + told.stderr, pytrace=False)


def test_every_feature_has_its_floor() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    floors = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    known = {name.strip().strip("()") for floor in floors for name in floor.split(":")}
    features = {file.parent.name for file in (ROOT / "handlers").glob("*/__init__.py")}
    refuse(
        f"handlers/{feature} stands on no floor: name it in the contract “floors” in "
        "pyproject.toml."
        for feature in sorted(features - known)
    )
    refuse(
        f"The contract “floors” in pyproject.toml names {feature}, and there is no such feature."
        for feature in sorted(known - features)
    )


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {
        (ROOT / source.path).parent
        for source in sources()
        if "/migrations/versions/" not in source.path
    }
    refuse(
        f"{folder.relative_to(ROOT)} has no __init__.py: import-linter and mypy would not see it."
        for folder in sorted(folders)
        if not (folder / "__init__.py").exists()
    )


def test_siblings_call_public_verbs_only() -> None:
    refuse(told for source in sources("handlers") for told in sibling_calls(source))


def test_looks_know_their_own_feature_only() -> None:
    refuse(told for source in sources("handlers") for told in foreign_looks(source))


def test_doors_ask_services_and_know_storage_by_its_types() -> None:
    refuse(told for source in sources("handlers") for told in storage_calls(source))


def test_playground_takes_only_models_and_signatures_from_the_sdk() -> None:
    refuse(
        f"{source.path} imports {meaning}; of Slack's SDK the playground knows the models and the "
        "signature."
        for source in sources("bot")
        if source.path.startswith(PLAYGROUND)
        for meaning in source.imports.values()
        if meaning.startswith("slack_sdk") and not meaning.startswith(_PLAYGROUNDS_SLACK)
    )


def sibling_calls(source: Source) -> Iterator[str]:
    """Names of another feature of the second floor that are not its listed verbs."""
    own = _feature(source.module)
    if own not in SECOND_FLOOR:
        return
    for name in _foreign_names(source, own):
        if _feature(name) in SECOND_FLOOR and name not in VERBS_OF_SIBLINGS:
            yield (
                f"{source.path} uses {name}; of its siblings a feature calls "
                f"{' and '.join(sorted(VERBS_OF_SIBLINGS))} "
                "alone. What both need to know lives on the first floor or in storage."
            )


def foreign_looks(source: Source) -> Iterator[str]:
    parts = source.module.split(".")
    if len(parts) < 3 or parts[2] not in LOOKS:
        return
    for name in _foreign_imports(source, parts[1]):
        if name.startswith(LEDGERS_VALUES):
            continue
        yield (
            f"{source.path} imports {name}; looks take values of their own feature, of what is "
            "open, of storage and of the kit."
        )


def storage_calls(source: Source) -> Iterator[str]:
    """What a listener or a job imports of storage that is neither a type nor a constant: these
    alone begin with a capital.
    """
    parts = source.module.split(".")
    if len(parts) < 3 or parts[2] not in DOORS:
        return
    for name in source.imports.values():
        if name.startswith("storage.") and not name.rpartition(".")[2][0].isupper():
            yield f"{source.path} imports {name}; listeners and jobs ask a service for it."


def _foreign_names(source: Source, own: str) -> list[str]:
    """The full names that a module uses of other features: ``tickets.submit`` through ``import … as
    tickets`` too.
    """
    modules = {other.module for other in sources(*ROOMS)}
    imported = _foreign_imports(source, own)
    used = {source.meaning(node) for node in source.nodes if isinstance(node, ast.Attribute)}
    return sorted(
        {name for name in imported if name not in modules}
        | {name for name in used if name.rpartition(".")[0] in imported & modules}
    )


def _foreign_imports(source: Source, own: str) -> set[str]:
    return {meaning for meaning in source.imports.values() if _feature(meaning) not in {"", own}}


def _feature(name: str) -> str:
    parts = name.split(".")
    return parts[1] if parts[0] == "handlers" and len(parts) > 1 else ""


def test_rules_see_what_they_forbid() -> None:
    inside = Source("handlers/reminders/service.py", "from handlers.tickets.board import cards")
    assert list(sibling_calls(inside))
    verb = Source("handlers/reminders/service.py", "from handlers.tickets.service import submit")
    assert not list(sibling_calls(verb))
    query = Source("handlers/home/listeners/home.py", "from storage.people import people")
    assert list(storage_calls(query))
    row = Source("handlers/home/listeners/home.py", "from storage.turn import Turn")
    assert not list(storage_calls(row))
    foreign = Source("handlers/home/blocks/home.py", "from handlers.tickets.blocks import card")
    assert list(foreign_looks(foreign))
