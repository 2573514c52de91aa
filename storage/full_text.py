"""Full text on both engines: what was typed as a question to FTS5 and to a tsvector."""

from sqlalchemy import ColumnElement, literal_column

SIMPLE: ColumnElement[str] = literal_column("'simple'")


def beginning(form: str) -> str:
    """What stays the same when a word changes its end: without the last letter, of long ones
    without two.
    """
    bare = form.rstrip("*")
    return bare if bare.isdigit() or len(bare) < 5 else bare[: -1 if len(bare) < 8 else -2]


def tsquery(terms: list[list[str]]) -> str:
    """For PostgreSQL: ``(faktur:* | faktura) & (lodz:*)``; terms are letters and digits alone."""
    return " & ".join(
        "(" + " | ".join(form.replace("*", ":*") for form in term) + ")" for term in terms
    )


def match(terms: list[list[str]]) -> str:
    """For SQLite: ``("faktur"* OR "faktura") AND ("lodz"*)``."""
    quoted = [
        [f'"{form.rstrip("*")}"' + ("*" if form.endswith("*") else "") for form in term]
        for term in terms
    ]
    return " AND ".join("(" + " OR ".join(term) + ")" for term in quoted)
