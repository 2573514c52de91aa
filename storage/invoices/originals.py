"""The files that invoices came in, compressed; several invoices may have come in one."""

import zlib
from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import Column, ForeignKey, String, Table, delete, select

from storage.base import Id, metadata
from storage.dialect import among, upsert
from storage.documents import files
from storage.turn import Turn

originals = Table(
    "invoice_originals",
    metadata,
    Column("invoice", Id, ForeignKey("invoices.id"), primary_key=True),
    Column("sha256", String(64), nullable=False),
)


def keep(turn: Turn, contents: Mapping[int, bytes]) -> None:
    """Keep each invoice's file; the one that it has already stays."""
    has_one = select(originals.c.invoice).where(among(originals.c.invoice, contents))
    lacking = set(contents).difference(turn.db.execute(has_one).scalars() if contents else ())
    if not lacking:
        return
    digests = {invoice: sha256(contents[invoice]).hexdigest() for invoice in sorted(lacking)}
    by_digest = {digest: contents[invoice] for invoice, digest in digests.items()}
    files.keep_new(
        turn, {_key(digest): zlib.compress(content) for digest, content in by_digest.items()}
    )
    rows = [{"invoice": invoice, "sha256": digest} for invoice, digest in digests.items()]
    turn.db.execute(upsert(turn.db, originals).on_conflict_do_nothing(), rows)


def forget(turn: Turn, invoice: int) -> None:
    """The invoice says something else by now than the file that it came in."""
    turn.db.execute(delete(originals).where(originals.c.invoice == invoice))


def of(turn: Turn, invoice: int) -> bytes | None:
    """The file that an invoice came in, if it was kept."""
    digest = turn.db.execute(
        select(originals.c.sha256).where(originals.c.invoice == invoice)
    ).scalar()
    return zlib.decompress(files.content(turn, _key(digest))) if digest else None


def _key(digest: str) -> str:
    return f"invoice:{digest}"
