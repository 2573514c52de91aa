"""What the checks find over the real files, counted by rule.

``python -m tests.invoices.findings`` writes the counts into ``docs/findings.md``, beside the
judgement of each rule; ``--all`` prints each finding with its file instead.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator

from handlers.invoices.formats.document import Finding
from handlers.invoices.service.document_reader import read_path
from tests.invoices.corpus import FOLDER, ROOT

PAGE = ROOT / "docs" / "findings.md"
_NO_INVOICES = ("camt053", "mt940", "schemas")
_ROW = re.compile(r"^\| `([a-z0-9_.]+)` \| ([0-9]+) \|", re.MULTILINE)


def found() -> Iterator[tuple[str, Finding]]:
    """Every finding with the file it is held against."""
    folders = (one for one in sorted(FOLDER.iterdir()) if one.is_dir())
    for folder in folders:
        if folder.name not in _NO_INVOICES:
            for read in read_path(folder):
                for finding in read.findings:
                    yield read.path.removeprefix(f"{FOLDER}/"), finding


def counted() -> Counter[str]:
    return Counter(finding.rule.id for _, finding in found())


def judged() -> dict[str, int]:
    """The rules that the page judges, with the counts it gives."""
    return {rule: int(count) for rule, count in _ROW.findall(PAGE.read_text(encoding="utf-8"))}


def main(write: Callable[[str], int] = sys.stdout.write) -> None:
    if not FOLDER.exists():
        sys.exit(f"The real files are not here: {FOLDER} is missing.")
    if "--all" in sys.argv:
        for path, finding in found():
            write(f"{finding.rule.id}\t{path}\t{finding.message}\n")
        return
    counts, page = counted(), PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        _ROW.sub(lambda row: f"| `{row[1]}` | {counts[row[1]]} |", page), encoding="utf-8"
    )
    for rule in sorted(set(counts) - set(judged())):
        write(f"{rule} is found {counts[rule]} times and not judged yet\n")


if __name__ == "__main__":
    main()
