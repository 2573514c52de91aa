"""Real statements of a dozen banks: each is read, or refused in one sentence, and nothing is booked
twice.
"""

import json
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit.errors import Problem
from handlers.ledger.statements.identity import identities
from handlers.ledger.statements.reader import read, read_paths

CONTRACT = {"path", "format", "account", "currency", "opening", "closing", "balanced", "entries"}
ENTRY = {
    "booked_on",
    "amount",
    "currency",
    "title",
    "counterparty",
    "counterparty_account",
    "reference",
}
BALANCED = 52
NOT_BALANCED = 19
FRAGMENTS = {
    "README.md",
    "betterplace__empty_86.sta",
    "cmxl__account_balance_credit.sta",
    "cmxl__account_balance_debit.sta",
    "cmxl__account_identification_iban.sta",
    "cmxl__account_identification_legacy.sta",
    "cmxl__statement_details.sta",
    "cmxl__statement_line.sta",
    "cmxl__statement_number.sta",
    "self-provided__empty_non_swift.sta",
    "self-provided__invalid_statement.sta",
    "self-provided__sparkassen.sta",
    "camt053.v2.wrong.xml",
}
SEEDS = sorted((Path(__file__).parent / "files").glob("*.csv"))


@pytest.fixture
def folders(data: Path) -> list[Path]:
    return [data / "invoices" / "mt940", data / "invoices" / "camt053"]


def test_every_file_is_read_but_fragments_without_a_statement(folders: list[Path]) -> None:
    lines = list(read_paths(folders))
    refused = {Path(str(line["path"])).name for line in lines if "error" in line}
    assert refused == FRAGMENTS
    for line in lines:
        assert json.loads(json.dumps(line)) == line
        assert line.keys() == {"path", "error"} or line.keys() >= CONTRACT


def test_balances_are_recognised_as_they_are(folders: list[Path]) -> None:
    found = Counter(line["balanced"] for line in read_paths(folders) if "error" not in line)
    assert (found[True], found[False]) == (BALANCED, NOT_BALANCED)


def test_what_is_not_balanced_really_is_not(folders: list[Path]) -> None:
    for line in read_paths(folders):
        if line.get("balanced") is not None:
            entries = line["entries"]
            assert isinstance(entries, list)
            total = Decimal(str(line["opening"])) + sum(
                Decimal(entry["amount"]) for entry in entries
            )
            assert (total == Decimal(str(line["closing"]))) is line["balanced"]
            assert all(entry.keys() >= ENTRY for entry in entries)


def test_every_line_of_a_file_has_an_identity_of_its_own(folders: list[Path]) -> None:
    for path in (file for folder in folders for file in folder.rglob("*") if file.is_file()):
        try:
            statements = read(path)
        except Problem:
            continue
        keys = [identity.key for _, _, identity in identities(statements)]
        assert len(set(keys)) == len(keys), path.name
        assert keys == [identity.key for _, _, identity in identities(read(path))]


def test_missing_file_is_one_line(tmp_path: Path) -> None:
    [line] = read_paths([tmp_path / "nothing.sta"])
    assert line["error"] == "The file cannot be opened: No such file or directory."


def mutated(data: bytes, random: Random) -> bytes:
    """The bytes with a few of them changed, cut out, doubled or replaced by what
    readers trip over.
    """
    for _ in range(random.randint(1, 6)):
        at, end = sorted((random.randrange(len(data) + 1), random.randrange(len(data) + 1)))
        piece = random.choice(
            [
                b"",
                data[at:end] * 2,
                bytes([random.randrange(256)]),
                b":61:",
                b"?20",
                b"\x00",
                b"9" * 40,
            ]
        )
        data = data[:at] + piece + data[min(end, at + 20) :]
    return data[:200_000]


def survives(data: bytes) -> None:
    try:
        for statement in read(data):
            assert isinstance(statement.entries, tuple)
    except Problem as problem:
        assert "\n" not in str(problem)  # noqa: PT017 - both outcomes are right


@settings(max_examples=300)
@given(st.integers())
def test_changed_bytes_are_read_or_refused(seed: int) -> None:
    random = Random(seed)
    survives(mutated(random.choice(SEEDS).read_bytes(), random))


@settings(max_examples=500)
@given(st.integers())
def test_changed_real_statements_are_read_or_refused(seed: int) -> None:
    random = Random(seed)
    survives(mutated(random.choice(real()), random))


@cache
def real() -> list[bytes]:
    folder = Path(__file__).parents[3] / "shared" / "data" / "invoices"
    if not folder.is_dir():
        pytest.skip("the folder of real files (shared/data beside the project) is not here")
    return [
        file.read_bytes()
        for kind in ("mt940", "camt053")
        for file in sorted((folder / kind).rglob("*.*"))
    ]
