"""Columns for the command line: what a table's headings mean, as JSON that can be edited and given
back.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast

from bot.kit.errors import Problem
from bot.kit.tables.layout import Layout
from handlers.invoices.columns import memory, preview
from handlers.invoices.columns.layout import CONSTANTS, KINDS, days_of, missing
from handlers.invoices.columns.memory import Turning
from handlers.invoices.formats.source import Source
from storage.turn import Turn


class NoTable(Problem):
    sentence = "{name} is no table: its columns need no explanation."


class MappingWrong(Problem):
    sentence = (
        "The mapping {name} cannot be used: {why}. Begin with what `zaplecze invoices columns FILE "
        "--json` prints."
    )


def describe(turning: Turning, path: Path) -> dict[str, object]:
    """What the columns of a file mean: as somebody confirmed it, else as it seems.
    Raises NoTable.
    """
    source = Source.file(path)
    recalled = memory.recall_for(turning, source)
    guessed = preview.guesses(source) if recalled is None and preview.is_table(source) else []
    if not recalled and not guessed:
        raise NoTable(name=path.name)
    layout = recalled.layout if recalled else guessed[0]
    return {"path": str(path), "confirmed": recalled is not None, **as_json(layout)}


def as_json(layout: Layout) -> dict[str, object]:
    """Fields by the headings of their columns; those of several columns as a list. What the table
    leaves open is null, and must be filled in.
    """
    columns: dict[str, str | list[str]] = {}
    for name, places in layout.columns.items():
        headings = [layout.headings[place] for place in places]
        columns[name] = headings[0] if len(headings) == 1 else headings
    return {
        "holds": layout.kind,
        "headings": list(layout.headings),
        "columns": columns,
        "decimal": None if "decimal" in layout.asks else layout.decimal,
        "days": None if "days" in layout.asks else layout.days,
        "constants": dict(layout.constants),
    }


def remember(turn: Turn, content: bytes, name: str) -> Layout:
    """Tables with the headings of this mapping are read by it from now on. Raises MappingWrong."""
    try:
        layout = _read(json.loads(content))
    except (ValueError, TypeError, AttributeError) as wrong:  # JSON's own errors are ValueErrors
        raise MappingWrong(name=name, why=str(wrong).rstrip(".")) from None
    except KeyError as missing:
        raise MappingWrong(name=name, why=f"it has no “{missing.args[0]}”") from None
    memory.remember(turn, layout)
    return layout


def _read(said: Mapping[str, Any]) -> Layout:
    """Raises ValueError, TypeError, AttributeError or KeyError, each with what is wrong."""
    kind, headings = said["holds"], [str(heading) for heading in said["headings"]]
    if kind not in KINDS:
        raise ValueError(f"it holds {kind!r}, which must be one of {', '.join(KINDS)}")
    columns = {name: _places(headings, named) for name, named in said["columns"].items()}
    constants = {str(name): str(each) for name, each in dict(said.get("constants", {})).items()}
    fields = KINDS[kind].fields
    if unknown := sorted((set(columns) - set(fields)) | (set(constants) - set(CONSTANTS[kind]))):
        raise ValueError(f"there is no field {', '.join(unknown)}; there are {', '.join(fields)}")
    decimal, days = said.get("decimal", "."), said.get("days", "ymd")
    if decimal not in (".", ",") or days != days_of(days):
        raise ValueError(
            f"decimal {decimal!r} must be . or , and days {days!r} one of ymd, dmy, mdy"
        )
    sign = cast(Literal[".", ","], decimal)
    layout = Layout(kind, tuple(headings), columns, sign, days_of(days), constants)
    if lacking := missing(layout):
        raise ValueError(f"one of {', '.join(lacking)} is needed")
    return layout


def _places(headings: list[str], named: object) -> tuple[int, ...]:
    places: list[int] = []
    for heading in map(str, named if isinstance(named, list) else [named]):
        if heading not in headings:
            raise ValueError(f"there is no heading “{heading}”")
        places.append(headings.index(heading))
    return tuple(places)
