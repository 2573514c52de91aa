"""What is done in one place only: commits, clock reads, broad excepts; and SQL that is never
spliced.
"""

import ast
from collections.abc import Callable, Collection, Iterator
from pathlib import PurePosixPath

import pytest

from tests.contract.house import PLAYGROUND, Source, refuse, sources

COMMITS = {"bot/edge/turns.py"}
CLOCK = {"bot/kit/clock.py"}
EDGES = {
    "bot/__main__.py",
    "bot/edge/agents.py",
    "bot/edge/edge.py",
    "bot/delivery/background_tasks.py",
    "bot/delivery/rounds.py",
    "bot/delivery/sender.py",
    "bot/scheduler.py",
}

_CLOCK_READS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.ctime",
    "sqlalchemy.func.now",
    "sqlalchemy.func.current_timestamp",
    "sqlalchemy.func.current_date",
}
OWED = {"storage/invoices/balances.py"}
_KEPT = {"invoices.c.outstanding", "table.c.outstanding", "state.outstanding"}
_ARITHMETIC = "handlers.ledger.model.amounts"
_BROAD = {"Exception", "BaseException"}
_RAW_SQL = {"sqlalchemy.text", "sqlalchemy.sql.text", "alembic.op.execute"}


def commits(source: Source) -> Iterator[str]:
    for call in source.calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit":
            yield (
                f"{source.place(call)} commits; only bot/edge/turns.py does: let the turn around "
                "it end "
                "instead."
            )


def clock_reads(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Attribute | ast.Name) and source.meaning(node) in _CLOCK_READS:
            yield (
                f"{source.place(node)} reads the clock; take the moment as an argument (turn.now)."
            )


def broad_excepts(source: Source) -> Iterator[str]:
    """Handlers that swallow everything; one that cleans up and raises again is none."""
    advice = (
        "catches everything; catch what can be answered for here, and leave the rest to the edge."
    )
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _raises_again(node):
            yield f"{source.place(node)} {advice}"
        if (
            isinstance(node, ast.Call)
            and source.meaning(node.func) == "contextlib.suppress"
            and _names(node.args) & _BROAD
        ):
            yield f"{source.place(node)} {advice}"


def _is_broad(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or bool(_names([handler.type]) & _BROAD)


def _names(expressions: list[ast.expr]) -> set[str]:
    return {
        node.id
        for expression in expressions
        for node in ast.walk(expression)
        if isinstance(node, ast.Name)
    }


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def spliced_sql(source: Source) -> Iterator[str]:
    for call in source.calls:
        raw = source.meaning(call.func) in _RAW_SQL or (
            isinstance(call.func, ast.Attribute) and call.func.attr == "exec_driver_sql"
        )
        if raw and call.args and _is_put_together(call.args[0]):
            yield (
                f"{source.place(call)} puts SQL together from pieces; write it out and bind the "
                "values."
            )


def _is_put_together(sql: ast.expr) -> bool:
    """An f-string, ``+``, ``%`` or ``.format()``; several literals side by side are one literal."""
    return any(
        isinstance(node, ast.JoinedStr | ast.BinOp)
        or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"format", "join"}
        )
        for node in ast.walk(sql)
    )


def owed_sums(source: Source) -> Iterator[str]:
    """Sums over what is kept outstanding, and the arithmetic of it outside the ledger."""
    advice = (
        "adds up what is owed; ask handlers/ledger/service/balances.py, which answers for a day."
    )
    for call in source.calls:
        is_sum = isinstance(call.func, ast.Attribute | ast.Name) and (
            source.meaning(call.func) in {"sqlalchemy.func.sum", "sum"}
        )
        columns = {
            ast.unparse(node) for arg in call.args for node in ast.walk(arg) if is_sum
        } & _KEPT
        if columns:
            yield f"{source.place(call)} {advice}"
    for node in source.nodes:
        is_outside = not source.path.startswith("handlers/ledger/")
        if isinstance(node, ast.ImportFrom) and node.module == _ARITHMETIC and is_outside:
            yield f"{source.place(node)} {advice}"


def unprepared(source: Source) -> Iterator[str]:
    """Statements of a module, or kept by a cache, that are executed like those made anew."""
    kept = {function.name for function in source.functions if _is_cached(function)}
    for call in source.calls:
        if not (call.args and isinstance(call.func, ast.Attribute) and call.func.attr == "execute"):
            continue
        said = call.args[0].func if isinstance(call.args[0], ast.Call) else call.args[0]
        if isinstance(said, ast.Name) and (said.id.strip("_").isupper() or said.id in kept):
            yield (
                f"{source.place(call)} executes what is made once; make it a "
                "storage.statements.Prepared and ask that."
            )


def _is_cached(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(_names(function.decorator_list) & {"cache", "lru_cache"})


Rule = Callable[[Source], Iterator[str]]


def offences(rule: Rule, but: Collection[str] = ()) -> Iterator[str]:
    return (told for source in sources() if source.path not in but for told in rule(source))


def test_transactions_end_in_one_place() -> None:
    refuse(offences(commits, COMMITS))


def test_the_clock_is_read_in_one_place() -> None:
    playgrounds_own = {
        s.path for s in sources() if s.path.startswith(PLAYGROUND) and any(clock_reads(s))
    }
    if len(playgrounds_own) > 1:
        refuse(
            [
                "The playground reads its clock in one file, not in "
                f"{', '.join(sorted(playgrounds_own))}."
            ]
        )
    refuse(offences(clock_reads, CLOCK | playgrounds_own))


def test_only_the_edges_catch_everything() -> None:
    refuse(offences(broad_excepts, EDGES))


def test_what_is_owed_is_added_up_in_one_place() -> None:
    refuse(offences(owed_sums, OWED))


def test_csv_for_people_is_written_in_one_place() -> None:
    """A file that people open runs no formula: the demo's bank files are read by machines alone."""
    writers = {"csv.writer", "csv.DictWriter"}
    refuse(
        f"{source.place(call)} writes CSV; bot/kit/tables/spreadsheet.py does, and no cell of it "
        "begins a formula."
        for source in sources()
        if source.path not in ("bot/kit/tables/spreadsheet.py", "bot/demo/books.py")
        for call in source.calls
        if source.meaning(call.func) in writers
    )


def test_what_is_made_once_is_prepared() -> None:
    refuse(offences(unprepared))


def test_sql_is_never_put_together_from_pieces() -> None:
    refuse(offences(spliced_sql))


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (commits, "def f(session):\n    session.commit()"),
        (clock_reads, "import datetime as dt\nnow = dt.datetime.now(dt.UTC)"),
        (clock_reads, "from datetime import date\nday = date.today()"),
        (clock_reads, "from time import time\nread = time"),
        (clock_reads, "from sqlalchemy import func\ncolumn(server_default=func.now())"),
        (broad_excepts, "try:\n    f()\nexcept:\n    pass"),
        (broad_excepts, "try:\n    f()\nexcept (ValueError, Exception) as e:\n    log(e)"),
        (broad_excepts, "from contextlib import suppress\nwith suppress(Exception):\n    f()"),
        (spliced_sql, "import sqlalchemy as sa\nsa.text(f'select {x}')"),
        (spliced_sql, "from sqlalchemy import text\ntext('select %s' % x)"),
        (spliced_sql, "connection.exec_driver_sql('select ' + x)"),
        (unprepared, "turn.db.execute(_ANSWER, {})"),
        (unprepared, "@cache\ndef _kept(d):\n    ...\ndb.execute(_kept(d), {})"),
        (owed_sums, "from sqlalchemy import func\nfunc.sum(invoices.c.outstanding)"),
        (owed_sums, "sum(state.outstanding for state in states)"),
        (owed_sums, "from handlers.ledger.model.amounts import outstanding"),
    ],
)
def test_rule_sees_what_it_forbids(rule: Rule, code: str) -> None:
    assert len(list(rule(Source("handlers/tickets/service.py", code)))) == 1


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (clock_reads, "import time\ntime.monotonic()\nturn.now"),
        (broad_excepts, "try:\n    f()\nexcept BaseException:\n    close()\n    raise"),
        (broad_excepts, "try:\n    f()\nexcept (OSError, ValueError):\n    pass"),
        (spliced_sql, "from sqlalchemy import text\ntext('select a '\n     'from b where c = :c')"),
        (unprepared, "turn.db.execute(query)\nturn.db.execute(changed(row))"),
        (spliced_sql, "node.text(f'{name}TypeCode')"),
    ],
)
def test_rule_leaves_the_rest_alone(rule: Rule, code: str) -> None:
    assert not list(rule(Source("handlers/tickets/service.py", code)))


def test_the_clock_knocks_at_jobs_alone() -> None:
    """Whoever asks what runs by itself finds it in each feature's ``jobs.py``."""
    refuse(
        f"{source.place(node)} hangs a job in here; put it into the feature's jobs.py."
        for source in sources("handlers")
        for node in source.nodes
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "job"
        and PurePosixPath(source.path).name != "jobs.py"
    )
