"""Open tickets of departments that the catalogue has no more: nobody would find them, so an
administrator is told.
"""

from pathlib import Path

from bot.catalogue import loader
from bot.config import Settings
from bot.edge.turns import HOME
from bot.kit.errors import Problem
from bot.kit.words import Words
from bot.startup import looking
from storage.tickets import lists


def told(settings: Settings, path: Path | None) -> list[str]:
    """A sentence for each department that is left behind; nothing where there is no database to ask
    (yet).
    """
    try:
        return [_sentence(department, count) for department, count in _left_behind(settings, path)]
    except Problem:
        return []


def _left_behind(settings: Settings, path: Path | None) -> list[tuple[str, int]]:
    with looking(settings, loader.load_all(path)) as turns:
        if turns is None:
            return []
        with turns.turn(HOME, reads=True) as turn:
            return lists.left_behind(turn, turn.catalogue.departments)


def _sentence(department: str, count: int) -> str:
    return Words("en").count(
        "{n} open ticket of “{department}”, which the catalogue has no more, is seen by nobody who "
        "could work on it. "
        "Put [departments.{department}] back until somebody has resolved it or moved it elsewhere.",
        "{n} open tickets of “{department}”, which the catalogue has no more, are seen by nobody "
        "who could work on "
        "them. "
        "Put [departments.{department}] back until somebody has resolved them or moved them "
        "elsewhere.",
        count,
        department=department,
    )
