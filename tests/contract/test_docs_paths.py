"""A path that a page names is there."""

import re

from tests.contract.house import ROOT, refuse

PAGES = [
    *ROOT.glob("*.md"),
    *(page for page in (ROOT / "docs").glob("*.md") if page.name != "cases.md"),
]
_PATH = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|toml|md|js|po))`")
# What a reader makes, or has elsewhere.
_NOT_HERE = {"zaplecze.toml", "T0123ABCD.toml"}


def test_every_path_that_a_page_names_is_there() -> None:
    files = [
        f"/{path.relative_to(ROOT).as_posix()}"
        for room in ("bot", "handlers", "storage", "tests", "docs")
        for path in (ROOT / room).rglob("*")
        if path.is_file()
    ]
    files += [f"/{path.name}" for path in ROOT.iterdir()]
    refuse(
        f"{page.relative_to(ROOT)} names {path}, which is not there."
        for page in PAGES
        for path in _PATH.findall(page.read_text())
        if path not in _NOT_HERE and not any(file.endswith(f"/{path}") for file in files)
    )
