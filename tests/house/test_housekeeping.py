"""Housekeeping: what is settled is forgotten in time, in bites, and the audit keeps
what it led to.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from bot.delivery import retention
from bot.edge.turns import Turns
from bot.slack import HOME
from storage.audit import events
from storage.background_tasks import forget, tasks


def recorded(turns: Turns, settled: dict[str, tuple[str, timedelta]]) -> datetime:
    """Background tasks by key, each in a state since so long; the moment of their recording."""
    with turns.turn(HOME) as turn:
        turn.record("errand.recorded", "errand:1")
        for key, (state, ago) in settled.items():
            turn.task("test.work", key)
            mine = update(tasks).where(tasks.c.key == key)
            turn.db.execute(mine.values(state=state, next_at=turn.now - ago))
        return turn.now


def left(turns: Turns) -> set[str]:
    with turns.turn(HOME) as turn:
        return set(turn.db.execute(select(tasks.c.key)).scalars())


def test_settled_tasks_are_forgotten_done_ones_sooner_than_failed_ones(turns: Turns) -> None:
    settled = {
        "done lately": ("done", timedelta(days=29)),
        "done long ago": ("done", timedelta(days=31)),
        "failed a month ago": ("failed", timedelta(days=89)),
        "failed long ago": ("failed", timedelta(days=91)),
        "still due": ("due", timedelta(days=400)),
        "in hand": ("claimed", timedelta(days=400)),
    }
    recorded(turns, settled)
    with turns.turn(HOME) as turn:
        retention.forget_tasks(turn)
    assert left(turns) == {"done lately", "failed a month ago", "still due", "in hand"}
    with turns.turn(HOME) as turn:
        assert turn.db.execute(select(func.count()).select_from(events)).scalar_one() == 1


def test_tasks_are_forgotten_in_bites_the_oldest_first(turns: Turns) -> None:
    now = recorded(turns, {str(days): ("done", timedelta(days=days)) for days in (40, 60, 50)})
    with turns.turn(HOME) as turn:
        assert forget(turn.db, HOME, "done", now - timedelta(days=30), most=2) == 2
    assert left(turns) == {"40"}
    with turns.turn(HOME) as turn:
        assert forget(turn.db, "elsewhere", "done", now, most=2) == 0
