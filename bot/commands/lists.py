"""What an import of a list prints: counts, and each row that was not taken with the reason."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.commands.output import print_lines, print_text

if TYPE_CHECKING:
    from bot.kit.tables.lists import Outcome, Refused


def tell(file: Path, done: "Outcome", as_json: bool) -> None:
    """Print what became of a list; leaves with status 1 where a row was not taken."""
    counts = {what: getattr(done, what) for what in ("added", "changed", "unchanged", "failed")}
    summary = ", ".join(f"{count} {what}" for what, count in counts.items())
    problems = list(map(_as_json, done.problems))
    print_lines([{**counts, "problems": problems} if as_json else summary], as_json)
    for refused in done.problems:
        place = f"{refused.sheet} {refused.line}".strip()
        print_text(f"{file}:{place}: {refused.problem}", err=True)
    for remark in done.remarks:
        print_text(f"{file}: {remark}", err=True)
    raise typer.Exit(1 if done.failed else 0)


def _as_json(refused: "Refused") -> dict[str, Any]:
    sheet = {"sheet": refused.sheet} if refused.sheet else {}
    return {**sheet, "line": refused.line, "message": str(refused.problem)}
