"""Tickets of the time when what made one told whether its type was guessed."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import select, text

from storage import schema
from storage.base import open_engine
from storage.tickets.tickets import tickets

TICKET = """
INSERT INTO tickets (workspace, number, origin, request_type, department, subject, description,
    fields, priority, state, is_private, requester, author, triage_card_no, requester_card_no,
    resolve_count, created_at, touched_at)
VALUES ('main', :number, :origin, 'it_help', 'it', '', '', '{}', 1, 'new', 0, 'U1', 'U1', 0, 0, 0,
    '2026-11-23 09:00:00', '2026-11-23 09:00:00')
"""
ORIGINS = {"C1:1.2": True, "D1:1.2": True, "click:U1:1.2": False, "view:V1": False}


def test_types_of_what_messages_made_stay_guessed(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0116")
        for number, origin in enumerate(ORIGINS):
            connection.execute(text(TICKET), {"number": number, "origin": origin})
    schema.upgrade(engine)
    with engine.begin() as connection:
        rows = connection.execute(select(tickets.c.origin, tickets.c.is_type_guessed)).all()
    assert {row.origin: row.is_type_guessed for row in rows} == ORIGINS
