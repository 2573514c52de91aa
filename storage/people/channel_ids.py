"""A channel's id wherever it is kept: Slack gives a private channel another one, for good, when it
is to be shared with another company.

Source: docs.slack.dev/reference/events/channel_id_changed.
"""

from sqlalchemy import Table, case, func, or_, update

from storage.invoices.column_mappings import sent_tables
from storage.invoices.customers import customers
from storage.outbox import outbox_messages
from storage.people import people
from storage.reminders.messages import message_rows
from storage.tickets.messages import messages, threads
from storage.tickets.tickets import tickets
from storage.turn import Turn

PLACES = (
    outbox_messages.c.addressee,
    outbox_messages.c.channel,
    outbox_messages.c.under_channel,
    tickets.c.channel,
    threads.c.channel,
    customers.c.channel,
    sent_tables.c.channel,
    message_rows.c.addressee,
)
"""Where a channel is kept by its id alone."""
ORIGINS = (tickets.c.origin, messages.c.origin)
"""Where its id stands in the place of a message: ``C1:1.2``."""


def change(turn: Turn, old: str, new: str) -> None:
    """What is kept of a channel goes on under its new id; also where the directory met that before
    it was told.
    """
    people.move_channel(turn, old, new)
    for table in {place.table: None for place in PLACES}:
        _move_in(turn, table, old, new)
    for origin in ORIGINS:
        begun_there = (
            origin.table.c.workspace == turn.workspace,
            origin.contains(f"{old}:", autoescape=True),
        )
        moved = func.replace(origin, f"{old}:", f"{new}:")
        turn.db.execute(update(origin.table).where(*begun_there).values({origin.name: moved}))
    turn.has_changed = True


def _move_in(turn: Turn, table: Table, old: str, new: str) -> None:
    """All places of a table at once: no index finds them, and one look at each row is enough."""
    places = [place for place in PLACES if place.table is table]
    there = or_(*(place == old for place in places))
    moved = {place.name: case((place == old, new), else_=place) for place in places}
    turn.db.execute(update(table).where(table.c.workspace == turn.workspace, there).values(moved))
