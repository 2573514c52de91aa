"""A channel is found by its key, however many there are."""

import logging

import pytest
from sqlalchemy import Engine, text

from bot.edge.turns import Turns
from bot.slack import HOME
from storage.people import people, roles

WAYS = ("name", "id", "known_as")
MANY = """
    INSERT INTO channels (workspace, id, name, is_private, is_shared, known_as)
    SELECT :workspace, 'C' || n, 'channel-' || n, true, false, 'once-' || n
    FROM generate_series(1, 3000) AS n
"""


def test_channel_is_looked_up_by_an_index_whichever_way_it_is_named(
    turns: Turns, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with turns.turn(HOME) as turn, caplog.at_level(logging.DEBUG, "storage.statements"):
        roles.channels_named(turn, ["bo-it"])
    (asked,) = [each.getMessage() for each in caplog.records if "channels" in each.getMessage()]
    plan = plan_of(engine, asked)
    for way in WAYS:
        assert any(looks_up(line, way) for line in plan), "\n".join(plan)


def plan_of(engine: Engine, asked: str) -> list[str]:
    """The lines of its plan; on PostgreSQL among so many channels that it matters, which nobody
    has afterwards.
    """
    with engine.connect() as db:
        if engine.dialect.name == "sqlite":
            nothing = (None,) * asked.count("?")
            return [row[3] for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", nothing)]
        db.execute(text(MANY), {"workspace": HOME})
        db.execute(text("ANALYZE channels"))
        facts = {"workspace": HOME, "wanted": ["bo-it"]}
        return list(db.exec_driver_sql(f"EXPLAIN {asked}", facts).scalars())


def looks_up(line: str, way: str) -> bool:
    """Whether an index is entered by the workspace and this column."""
    is_sqlite = line.startswith("SEARCH channels") and f"(workspace=? AND {way}=?)" in line
    bare = line.replace("::text", "").replace("(", "").replace(")", "")
    is_postgresql = "Index Cond: workspace = " in bare and f"AND {way} = ANY" in bare
    return is_sqlite or is_postgresql


def test_channel_is_found_once_by_name_by_id_and_by_what_it_was_called(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        for id, name in (("C0ONE", "one"), ("C0TWO", "two"), ("C0SAME", "C0SAME")):
            facts = {"id": id, "name": name, "is_private": True, "is_shared": False}
            people.save_channel(turn, facts)
        people.keep_channels_name(turn, "C0TWO", "second")
        wanted = ["#one", "C0TWO", "second", "two", "C0SAME", "none"]
        found = roles.channels_named(turn, wanted)
    two = dict.fromkeys(("C0TWO", "second", "two"), "C0TWO")
    assert found == {"#one": "C0ONE", **two, "C0SAME": "C0SAME"}
