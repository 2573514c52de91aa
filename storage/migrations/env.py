"""Alembic's entry: runs the migrations on the connection that ``storage.schema`` hands over."""

from typing import Any, Literal

from alembic import context

from storage.base import Id, Json, Key, Moment
from storage.schema import metadata_of_all_rooms

_OUR_TYPES = {id(Id): "Id", id(Json): "Json", id(Key): "Key"}


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our own column types by their names, so that a migration reads like the table."""
    if kind != "type":
        return False
    return "Moment" if isinstance(item, Moment) else _OUR_TYPES.get(id(item), False)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata_of_all_rooms(),
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
