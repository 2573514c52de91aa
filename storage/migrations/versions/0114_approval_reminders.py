"""When those who have not decided yet were asked, and when they are reminded; who waits by now
hears of it a day after they were asked.
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from storage.base import Moment

revision = "0114"
down_revision = "0113"

_approvals = sa.table(
    "approvals",
    *(sa.column("id"), sa.column("state"), sa.column("step"), sa.column("created_at", Moment)),
)
_votes = sa.table(
    "approval_votes",
    *(sa.column("id"), sa.column("approval"), sa.column("step"), sa.column("verdict")),
    *(sa.column("at", Moment), sa.column("asked_at", Moment), sa.column("remind_at", Moment)),
)


def upgrade() -> None:
    op.add_column("approval_votes", sa.Column("asked_at", Moment, nullable=True))
    op.add_column("approval_votes", sa.Column("remind_at", Moment, nullable=True))
    op.create_index("ix_approval_votes_remind_at", "approval_votes", ["remind_at"])
    _fill_asked_at()
    with op.batch_alter_table("approval_votes") as votes:
        votes.alter_column("asked_at", existing_type=Moment, nullable=False)
    _fill_remind_at()


def _fill_asked_at() -> None:
    """A step was asked when the last one before it had ended, and the first with its chain."""
    earlier = _votes.alias("earlier")
    is_before = (earlier.c.approval == _votes.c.approval, earlier.c.step < _votes.c.step)
    ended = sa.select(sa.func.max(earlier.c.at)).where(*is_before).scalar_subquery()
    begun = sa.select(_approvals.c.created_at).where(_approvals.c.id == _votes.c.approval)
    asked_at = sa.func.coalesce(ended, begun.scalar_subquery())
    op.get_bind().execute(sa.update(_votes).values(asked_at=asked_at))


def _fill_remind_at() -> None:
    db = op.get_bind()
    waiting = (
        sa.select(_votes.c.id, _votes.c.asked_at)
        .join(_approvals, _approvals.c.id == _votes.c.approval)
        .where(
            *(_approvals.c.state == "open", _approvals.c.step == _votes.c.step),
            _votes.c.verdict.is_(None),
        )
    )
    rows = [
        {"of": row.id, "moment": row.asked_at + timedelta(days=1)} for row in db.execute(waiting)
    ]
    if rows:
        change = sa.update(_votes).where(_votes.c.id == sa.bindparam("of"))
        db.execute(change.values(remind_at=sa.bindparam("moment", type_=Moment)), rows)
