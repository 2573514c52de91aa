"""Every kind of fault in what is open, and in tables and files, has a report of another program and
a test that holds it.
"""

import re
from collections import defaultdict

from tests.contract.house import ROOT, refuse

_ROW = re.compile(r"^\| ([AB][0-9]+) \|", re.MULTILINE)
_REPORT = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+/(?:issues|pull)/[0-9]+")
_TEST = re.compile(r"`test_\w+")
KINDS = [
    *(f"A{number}" for number in range(1, 23)),
    *(f"B{number}" for number in range(1, 28)),
]
LOSE_MONEY = [f"B{number}" for number in range(1, 9)]


def rows() -> list[str]:
    page = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")
    return [line for line in page.splitlines() if _ROW.match(line)]


def test_every_kind_of_fault_has_its_reports() -> None:
    reports: dict[str, set[str]] = defaultdict(set)
    for row in rows():
        reports[_ROW.findall(row)[0]].update(_REPORT.findall(row))
    refuse(
        f"docs/cases.md has {len(reports[kind])} reports of {kind}: {wanted} are asked for."
        for kind in KINDS
        if len(reports[kind]) < (wanted := 3 if kind in LOSE_MONEY else 1)
    )


def test_every_case_has_its_test() -> None:
    refuse(
        f"docs/cases.md names no test for {row[:60]}…" for row in rows() if not _TEST.search(row)
    )
    assert {_ROW.findall(row)[0] for row in rows()} == set(KINDS)
