"""Search in the register: one column of folded words and stems for each document, full text on both
engines, the gate in the same query.
"""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    Table,
    Text,
    UniqueConstraint,
    column,
    func,
    select,
    table,
)

from bot.kit.language.stems import search_terms
from storage import full_text
from storage.base import Id, Key, metadata
from storage.dialect import upsert
from storage.documents.readers import Reader, may_read
from storage.documents.register import COLUMNS, STANDING, Document, documents
from storage.turn import Turn

_FIRST_LOOK = 500  # matches

words = Table(
    "document_words",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("document", Id, ForeignKey("documents.id"), nullable=False),
    Column("words", Text, nullable=False),
    UniqueConstraint("document"),
)
_vector = func.to_tsvector(full_text.SIMPLE, words.c.words)
Index("ix_document_words_fts", _vector, postgresql_using="gin").ddl_if(dialect="postgresql")
_fts = table(
    "document_fts", column("rowid"), column("document_fts")
)  # FTS5's index of ``words``, kept by triggers


def index(turn: Turn, document_id: int, text: str) -> None:
    """These folded words and stems (``bot.kit.language.stems``) are what the document
    is found by.
    """
    row = {"workspace": turn.workspace, "document": document_id, "words": text}
    written = upsert(turn.db, words).values(row)
    changed = written.on_conflict_do_update(index_elements=["document"], set_={"words": text})
    turn.db.execute(changed)


def find(turn: Turn, reader: Reader, query: str, *, most: int, skip: int = 0) -> list[Document]:
    """The newest documents that have all words of the query, among those that somebody may read;
    where none has, those whose words begin alike. Without a word, the newest of all.
    """
    typed = [term for term in search_terms(query) if term]
    if not typed:
        return _newest(turn, reader, most, skip) if not query.strip() else []
    terms = [[f"{term[0]}*", *term[1:]] for term in typed]
    hits = _find(turn, reader, terms, most, skip)
    if hits or (skip and _find(turn, reader, terms, 1, 0)):
        return hits
    beginnings = [[f"{full_text.beginning(term[0])}*"] for term in terms]
    return _find(turn, reader, beginnings, most, skip)


def _newest(turn: Turn, reader: Reader, most: int, skip: int) -> list[Document]:
    newest = select(*COLUMNS).order_by(documents.c.id.desc())
    return _readable(turn, reader, newest, most, skip)


def _find(
    turn: Turn, reader: Reader, terms: list[list[str]], most: int, skip: int
) -> list[Document]:
    """On PostgreSQL among the newest matches first: mostly enough of them may be read to fill a
    page.
    """
    if turn.db.dialect.name == "sqlite":
        return _readable(turn, reader, _by_fts(terms), most, skip)
    turn.db.execute(_by_index("off"))
    hits = _readable(turn, reader, _by_gin(terms, _FIRST_LOOK + skip), most, skip)
    if len(hits) < most:
        hits = _readable(turn, reader, _by_gin(terms, None), most, skip)
    turn.db.execute(_by_index("on"))
    return hits


def _by_index(seqscan: str) -> Select[Any]:
    """PostgreSQL thinks it cheap to make the vector of a long text anew, and would do so for each
    of a few hundred documents; for this question alone the index is preferred.
    """
    return select(func.set_config("enable_seqscan", seqscan, True))


def _readable(
    turn: Turn, reader: Reader, matching: Select[Any], most: int, skip: int
) -> list[Document]:
    gated = matching.where(
        documents.c.workspace == turn.workspace,
        documents.c.state.in_(STANDING),
        may_read(reader),
    )
    return [Document(**row._mapping) for row in turn.db.execute(gated.limit(most).offset(skip))]


def _by_fts(terms: list[list[str]]) -> Select[Any]:
    """On SQLite, which reads the matches from the newest back and stops when there are enough."""
    matching = (
        select(*COLUMNS)
        .join(words, words.c.document == documents.c.id)
        .join(_fts, _fts.c.rowid == words.c.id)
    )
    return matching.where(_fts.c.document_fts.bool_op("MATCH")(full_text.match(terms))).order_by(
        _fts.c.rowid.desc()
    )


def _by_gin(terms: list[list[str]], most: int | None) -> Select[Any]:
    """On PostgreSQL: the newest ``most`` matches by the index alone, apart from the gate; left to
    itself the planner would read all words from the newest back.
    """
    fitting = select(words.c.id).where(_fits(terms)).cte("fitting").prefix_with("MATERIALIZED")
    newest = select(fitting.c.id).order_by(fitting.c.id.desc()).limit(most).subquery()
    matching = (
        select(*COLUMNS)
        .join(words, words.c.document == documents.c.id)
        .join(newest, newest.c.id == words.c.id)
    )
    return matching.order_by(words.c.id.desc())


def _fits(terms: list[list[str]]) -> ColumnElement[bool]:
    return _vector.bool_op("@@")(func.to_tsquery(full_text.SIMPLE, full_text.tsquery(terms)))
