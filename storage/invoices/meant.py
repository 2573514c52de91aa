"""Which invoice a correction means: the one written as it says, else the only one alike."""

from sqlalchemy import ColumnElement, FromClause, and_, exists, or_

from storage.invoices.invoices import corrections, invoices


def is_meant(original: FromClause) -> ColumnElement[bool]:
    """Whether this is the invoice that a correction names: as it is written, or, where nobody's is
    written so, the only one that is alike but for signs and zeros.
    """
    other = invoices.alias("other")
    others = exists().where(_is_alike(other), other.c.id != original.c.id).correlate_except(other)
    return and_(_is_alike(original), or_(original.c.number == corrections.c.number, ~others))


def _is_alike(original: FromClause) -> ColumnElement[bool]:
    return and_(
        original.c.workspace == corrections.c.workspace,
        original.c.seller_tax == corrections.c.seller_tax,
        original.c.folded == corrections.c.folded,
        original.c.id != corrections.c.by_invoice,
    )
