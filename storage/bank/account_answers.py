"""Which accounts people said to be ours, and of which account a file is that names none."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, String, Table, delete, select

from storage.base import Key, Moment, metadata
from storage.dialect import among, upsert
from storage.turn import Turn

account_answers = Table(
    "account_answers",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("subject", String(80), primary_key=True),  # an account, or files that name none
    Column("account", String(64), nullable=False),  # of ours; '' where it is none of ours
    Column("by_person", Key, nullable=False),
    Column("at", Moment, nullable=False),
)


@dataclass(frozen=True)
class Answer:
    """What somebody said; ``account`` is empty where it is none of ours."""

    subject: str
    account: str
    by_person: str
    at: datetime


def keep(turn: Turn, subject: str, account: str) -> None:
    """Remember an answer in place of an earlier one."""
    turn.known.pop("own_accounts", None)
    row = {
        "workspace": turn.workspace,
        "subject": subject,
        "account": account,
        "by_person": turn.actor.id,
        "at": turn.now,
    }
    kept = upsert(turn.db, account_answers).values(row)
    turn.db.execute(kept.on_conflict_do_update(index_elements=["workspace", "subject"], set_=row))


def known(turn: Turn, subjects: Iterable[str]) -> dict[str, Answer]:
    """What was said of these."""
    conditions = (
        account_answers.c.workspace == turn.workspace,
        account_answers.c.subject.in_(set(subjects)),
    )
    rows = turn.db.execute(select(*_COLUMNS).where(*conditions))
    return {row.subject: Answer(**row._mapping) for row in rows}


def forget(turn: Turn, accounts: Collection[str], *, left: Collection[str]) -> int:
    """Of these accounts is asked again which files are theirs, and, but for those on which
    something is ``left``, whether they are ours; how many answers that were.
    """
    turn.known.pop("own_accounts", None)
    is_its_own = account_answers.c.subject == account_answers.c.account
    conditions = (
        account_answers.c.workspace == turn.workspace,
        among(account_answers.c.account, accounts),
        ~(is_its_own & among(account_answers.c.account, left)),
    )
    return turn.db.execute(delete(account_answers).where(*conditions)).rowcount


def ours(turn: Turn) -> set[str]:
    """The accounts that somebody said to be ours."""
    existing: set[str] | None = turn.known.get("own_accounts")
    if existing is None:
        named = (account_answers.c.workspace == turn.workspace, account_answers.c.account != "")
        query = select(account_answers.c.account).where(*named)
        existing = turn.known["own_accounts"] = set(turn.db.execute(query).scalars())
    return existing


_COLUMNS = tuple(account_answers.c[name] for name in Answer.__dataclass_fields__)
