"""Holding several tickets: in one order, so that no two turns wait for each other; or only those
that are free.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select

from storage.dialect import skipping_locked
from storage.tickets.tickets import tickets
from storage.turn import Turn


def hold(turn: Turn, ids: Iterable[int]) -> list[int]:
    """These tickets, held until the turn ends: whoever needs several takes them in this
    one order.
    """
    return list(turn.db.execute(_in_order(turn, ids).with_for_update(key_share=True)).scalars())


def hold_free(turn: Turn, ids: Iterable[int]) -> list[int]:
    """Those of the tickets that nobody else holds now, held until the turn ends."""
    return list(skipping_locked(turn.db, _in_order(turn, ids)).scalars())


def _in_order(turn: Turn, ids: Iterable[int]) -> Select[Any]:
    conditions = (tickets.c.workspace == turn.workspace, tickets.c.id.in_(set(ids)))
    return select(tickets.c.id).where(*conditions).order_by(tickets.c.id)
