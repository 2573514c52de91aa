"""What is said to the database: statements that are made once, and writes that wait.

SQLAlchemy compiles a statement that is made once and knows what becomes of its parameters and
columns; what it would otherwise find out at each execution is found out at the first, and the
driver's cursor is given the rest. Writes whose answer nobody needs wait, and go to the database
together: on PostgreSQL in one packet, so that a ticket's rows do not wait for the network one by
one.
"""

import logging
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.exc import MultipleResultsFound

from storage.dialect import in_one_go, translated

log = logging.getLogger(__name__)

Values = Mapping[str, Any]
Change = Callable[[Any], Any]


class Prepared:
    """A statement, or what makes it for a dialect (``sqlite``, ``postgresql``). Lists are one
    parameter (``storage.dialect.among_given``): none is spelt out anew.

    Its rows are named tuples. It fails as SQLAlchemy's own executions do.
    """

    def __init__(self, statement: Executable | Callable[[str], Executable]) -> None:
        self._statement = statement
        self._forms: dict[tuple[str, ...], _Form] = {}

    def rows(self, db: Connection, values: Values) -> list[Any]:
        """What the database answers."""
        form = self._form(db, values)
        return form.read(_answered(db, form, form.bound(values)))

    def row(self, db: Connection, values: Values) -> Any:
        """The one row of the answer, or None. Raises MultipleResultsFound where there are more."""
        rows = self.rows(db, values)
        if len(rows) > 1:
            raise MultipleResultsFound("more than one row where one at most was asked for")
        return rows[0] if rows else None

    def value(self, db: Connection, values: Values) -> Any:
        """The first column of the one row of the answer, or None."""
        row = self.row(db, values)
        return None if row is None else row[0]

    def write(self, db: Connection, rows: Sequence[Values]) -> None:
        """Execute it for each of the rows, which have the same names, and ask for no answer."""
        form = self._form(db, rows[0])
        _answered(db, form, *map(form.bound, rows))

    def _form(self, db: Connection, values: Values) -> "_Form":
        """How it is said in the database's own way, with these names for parameters."""
        key = (db.dialect.name, *values)
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = _compiled(self._statement, db, values)
        return form


@dataclass
class Writes:
    """The writes of one transaction. Whoever asks the database something asks ``flushed``, which
    knows of them.
    """

    db: Connection
    _waiting: list[tuple[Prepared, list[Mapping[str, Any]]]] = field(default_factory=list)

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.db.dialect.name

    def add(self, statement: Prepared, *rows: Mapping[str, Any]) -> None:
        """Write rows, which have the same names, after all that was written before. An insert is
        ``inline()``: it does not ask for the row's id.
        """
        if not (self._waiting and self._waiting[-1][0] is statement):
            self._waiting.append((statement, []))
        self._waiting[-1][1].extend(rows)

    def flushed(self) -> Connection:
        """The transaction with nothing left to write."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            with in_one_go(self.db):
                for statement, rows in waiting:
                    statement.write(self.db, rows)
        return self.db

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What is written inside is undone where an error leaves it; what was written before
        stays.
        """
        with self.flushed().begin_nested():
            try:
                yield
                self.flushed()
            except BaseException:
                self._waiting.clear()
                raise


@dataclass(frozen=True)
class _Form:
    """What the driver gets, and what its answer is turned into."""

    text: str
    constants: Values
    """Parameters that the statement brings along."""
    order: Sequence[str] | None
    """Of parameters that have places and no names."""
    changes: Sequence[tuple[str, Change]]
    """What is done to parameters before the driver gets them."""
    columns: Sequence[str]
    readings: Sequence[tuple[int, Change]]
    """What is done to columns of the answer."""

    @cached_property
    def _row(self) -> Any:
        make: Any = namedtuple
        return make("Row", self.columns)._make

    def bound(self, values: Values) -> Any:
        given = {**self.constants, **values}
        for name, change in self.changes:
            given[name] = change(given[name])
        return given if self.order is None else [given[name] for name in self.order]

    def read(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        if not self.readings:
            return list(map(self._row, rows))
        return list(map(self._read, rows))

    def _read(self, row: Sequence[Any]) -> Any:
        values = list(row)
        for place, change in self.readings:
            values[place] = change(values[place])
        return self._row(values)


def _compiled(
    statement: Executable | Callable[[str], Executable], db: Connection, values: Values
) -> _Form:
    dialect = db.dialect
    made: Any = statement(dialect.name) if callable(statement) else statement
    compiled = made.compile(dialect=dialect, column_keys=list(values))
    bound = compiled.construct_params(dict.fromkeys(values))
    changes: dict[str, Change] = {}  # by name: a parameter may stand in a statement twice
    for bind, name in compiled.bind_names.items():
        if change := bind.type.dialect_impl(dialect).bind_processor(dialect):
            changes[name] = change
    columns = made.exported_columns
    readings: list[tuple[int, Change]] = []
    for place, column in enumerate(columns):
        if reading := column.type.dialect_impl(dialect).result_processor(dialect, None):
            readings.append((place, reading))
    return _Form(
        text=compiled.string,
        constants={name: value for name, value in bound.items() if name not in values},
        order=compiled.positiontup if dialect.positional else None,
        changes=list(changes.items()),
        columns=columns.keys(),
        readings=readings,
    )


def _answered(db: Connection, form: _Form, *bound: Any) -> list[Any]:
    if not db.in_transaction():
        db.begin()
    log.debug("%s", form.text)
    cursor: Any = db.connection.cursor()
    try:
        if len(bound) > 1:
            cursor.executemany(form.text, bound)
        else:
            cursor.execute(form.text, bound[0])
        return cursor.fetchall() if form.columns else []
    except db.dialect.loaded_dbapi.Error as fault:
        raise translated(db, fault, form.text) from fault
    finally:
        cursor.close()
