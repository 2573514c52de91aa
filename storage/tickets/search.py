"""Search among tickets: one column of folded words and stems; full text on both engines, the gate
in the same query.

A ticket has one row of words (``all``) until an agent writes a note: from then on there is one for
everybody else (``shared``) and one with the notes for those who work on it (``inner``).
"""

from collections.abc import Sequence, Set
from typing import Any, Literal

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    column,
    delete,
    func,
    insert,
    or_,
    select,
    table,
)

from bot.kit.language.stems import search_terms, search_text
from storage import full_text
from storage.base import Id, Key, metadata
from storage.dialect import one_of, upsert
from storage.statements import Prepared
from storage.tickets.tickets import (
    OPEN,
    Ticket,
    concerning_ids,
    may_change,
    may_see,
    seen,
    ticket_of,
    tickets,
)
from storage.tickets.viewers import Viewer
from storage.turn import Turn

Audience = Literal["all", "shared", "inner"]
Conditions = Sequence[ColumnElement[bool]]
_FIRST_LOOK = 500  # matches

words = Table(
    "ticket_words",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("ticket", Id, ForeignKey("tickets.id"), nullable=False),
    Column("audience", String(8), nullable=False),
    Column("words", Text, nullable=False),
    UniqueConstraint("ticket", "audience"),
)

_vector = func.to_tsvector(full_text.SIMPLE, words.c.words)
Index("ix_ticket_words_fts", _vector, postgresql_using="gin").ddl_if(dialect="postgresql")
_fts = table(
    "ticket_fts", column("rowid"), column("ticket_fts")
)  # FTS5's index of ``words``, kept by triggers


_BEGUN = Prepared(insert(words).inline())


def begin(turn: Turn, ticket: Ticket, shared: Sequence[str]) -> None:
    """These texts are what a new ticket is found by."""
    row = {
        "workspace": turn.workspace,
        "ticket": ticket.id,
        "audience": "all",
        "words": search_text(*shared),
    }
    turn.writes.add(_BEGUN, row)


def index(turn: Turn, ticket: Ticket, shared: Sequence[str], notes: Sequence[str]) -> None:
    """These texts are what the ticket is found by; ``notes`` by those alone who work on it."""
    rows: dict[Audience, str] = {"all": search_text(*shared)}
    if notes:
        rows = {"shared": rows["all"], "inner": search_text(*shared, *notes)}
    conditions = (words.c.workspace == turn.workspace, words.c.ticket == ticket.id)
    turn.db.execute(delete(words).where(*conditions, words.c.audience.not_in(rows)))
    values = [
        {"workspace": turn.workspace, "ticket": ticket.id, "audience": audience, "words": text}
        for audience, text in rows.items()
    ]
    written = upsert(turn.db, words)
    changed = written.on_conflict_do_update(
        index_elements=["ticket", "audience"], set_={"words": written.excluded.words}
    )
    turn.db.execute(changed, values)


def find(turn: Turn, viewer: Viewer, query: str, *, most: int, skip: int = 0) -> list[Ticket]:
    """The newest tickets that have all words of the query, among those that the viewer may see."""
    return _found(turn, viewer, query, most, skip, ())


def joinable(turn: Turn, viewer: Viewer, query: str, *, but: int, most: int) -> list[Ticket]:
    """The same of the open ones in the departments that the viewer works in, without one."""
    theirs = tickets.c.department.in_(viewer.departments)
    return _found(
        turn, viewer, query, most, 0, (tickets.c.state.in_(OPEN), theirs, tickets.c.id != but)
    )


def _found(
    turn: Turn, viewer: Viewer, query: str, most: int, skip: int, only: Conditions
) -> list[Ticket]:
    """Where none has them all, those whose words begin alike: no stemmer knows that ``jelszavam``
    is a form of ``jelszó``.
    """
    terms = [[f"{term[0]}*", *term[1:]] for term in search_terms(query) if term]
    result = _find(turn, viewer, terms, most, skip, only)
    if result or (skip and _find(turn, viewer, terms, 1, 0, only)):
        return result
    return _find(
        turn,
        viewer,
        [[f"{full_text.beginning(term[0])}*"] for term in terms],
        most,
        skip,
        only,
    )


def _find(
    turn: Turn, viewer: Viewer, terms: list[list[str]], most: int, skip: int, only: Conditions
) -> list[Ticket]:
    """On PostgreSQL among the newest matches first: mostly enough of them may be seen to fill a
    page.

    Else an agent's are sought among all matches, anybody else's among the few tickets that concern
    them.
    """
    if not terms:
        return []
    if turn.db.dialect.name == "sqlite":
        return _seen(turn, viewer, _by_fts(terms), most, skip, only)
    result = _seen(turn, viewer, _by_gin(terms, _FIRST_LOOK + skip), most, skip, only)
    if len(result) == most:
        return result
    rest = _by_gin(terms, None) if viewer.departments else _among_own(turn, viewer, terms)
    return _seen(turn, viewer, rest, most, skip, only)


def _seen(
    turn: Turn, viewer: Viewer, matching: Select[Any], most: int, skip: int, only: Conditions
) -> list[Ticket]:
    """Those of the matching tickets that the viewer may see, by words that they may read."""
    audience = or_(
        words.c.audience == "all",
        and_(words.c.audience == "inner", may_change(viewer)),
        and_(words.c.audience == "shared", ~may_change(viewer)),
    )
    here = (tickets.c.workspace == turn.workspace, may_see(turn, viewer), audience)
    result = matching.where(*here, *only)
    return [ticket_of(row) for row in turn.db.execute(result.limit(most).offset(skip))]


def resembling(turn: Turn, person: str, said: Set[frozenset[str]], *, most: int) -> list[Ticket]:
    """A requester's own open tickets that say two fifths of these words and two at least, in any of
    their forms: the most alike first.
    """
    viewer = Viewer(person, sees=frozenset({"requester"}))
    rows = _OWN_WORDS.rows(turn.db, {"workspace": turn.workspace, "person": person})
    alike = {row.id: _shared(said, row.words) for row in rows}
    ranked = sorted(
        (id for id, shared in alike.items() if shared >= max(min(2, len(said)), 0.4 * len(said))),
        key=lambda id: (-alike[id], -id),
    )
    return [result for id in ranked[:most] if (result := seen(turn, viewer, id))]


def _shared(said: Set[frozenset[str]], words: str) -> int:
    there = set(words.split())
    return sum(not there.isdisjoint(forms) for forms in said)


_OWN_WORDS = Prepared(
    select(tickets.c.id, words.c.words)
    .join(words, words.c.ticket == tickets.c.id)
    .where(
        tickets.c.workspace == bindparam("workspace"),
        tickets.c.requester == bindparam("person"),
        one_of(tickets.c.state, OPEN),
        one_of(words.c.audience, ("all", "shared")),
    )
    .order_by(tickets.c.id.desc())
    .limit(200)
)


def _by_fts(terms: list[list[str]]) -> Select[Any]:
    """On SQLite, which reads the matches from the newest back and stops when there are enough."""
    query = (
        select(*tickets.c)
        .join(words, words.c.ticket == tickets.c.id)
        .join(_fts, _fts.c.rowid == words.c.id)
    )
    return query.where(_fts.c.ticket_fts.bool_op("MATCH")(full_text.match(terms))).order_by(
        _fts.c.rowid.desc()
    )


def _by_gin(terms: list[list[str]], most: int | None) -> Select[Any]:
    """On PostgreSQL: the newest ``most`` matches by the index alone, apart from the rest of the
    question.

    Left to itself the planner would walk all words from the newest back and read each.
    """
    fitting = select(words.c.id).where(_fits(terms)).cte("fitting").prefix_with("MATERIALIZED")
    newest = select(fitting.c.id).order_by(fitting.c.id.desc()).limit(most).subquery()
    query = (
        select(*tickets.c)
        .join(words, words.c.ticket == tickets.c.id)
        .join(newest, newest.c.id == words.c.id)
    )
    return query.order_by(words.c.id.desc())


def _among_own(turn: Turn, viewer: Viewer, terms: list[list[str]]) -> Select[Any]:
    """On PostgreSQL: the tickets that concern somebody, each read whether it fits."""
    own = concerning_ids(turn, viewer).cte("own").prefix_with("MATERIALIZED")
    query = (
        select(*tickets.c)
        .join(words, words.c.ticket == tickets.c.id)
        .join(own, own.c.id == tickets.c.id)
    )
    return query.where(_fits(terms)).order_by(words.c.id.desc())


def _fits(terms: list[list[str]]) -> ColumnElement[bool]:
    return _vector.bool_op("@@")(func.to_tsquery(full_text.SIMPLE, full_text.tsquery(terms)))
