"""What the migrations make is what the tables say."""

import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from storage import schema


def is_told(_: object, name: str | None, *__: object) -> bool:
    """Full text is each database's own matter: no table of ours says it."""
    return "_fts" not in str(name)


def test_migrations_make_the_tables_as_they_are_told(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_told})
        assert compare_metadata(context, schema.metadata_of_all_rooms()) == []


def test_migrations_make_the_indexes_of_some_rows_as_they_are_told(engine: Engine) -> None:
    option = f"{engine.dialect.name}_where"
    told = {
        str(index.name)
        for table in schema.metadata_of_all_rooms().tables.values()
        for index in table.indexes
        if index.dialect_kwargs.get(option) is not None
    }
    inspector = sqlalchemy.inspect(engine)
    there = [
        index for table in inspector.get_table_names() for index in inspector.get_indexes(table)
    ]
    assert {
        str(index["name"]) for index in there if option in index.get("dialect_options", {})
    } == told
