"""Customers and suppliers: who owns them, in which language and where they are spoken to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.kit.folding import fold
from storage.base import Id, Key, metadata
from storage.dialect import among, as_check, upsert
from storage.turn import Turn

customers = Table(
    "customers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("tax_id", String(32), nullable=False),  # folded; '' when there is none
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),  # name and aliases, for search
    Column("country", String(2), nullable=False),
    Column("language", String(2), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("owner", Key, nullable=False),  # the salesperson's id; '' when there is none
    Column("channel", Key, nullable=False),  # the shared channel with them; ''
    Column(
        "accounts", Text, nullable=False
    ),  # that they are paid to, or were listed with, one a line
    Column(
        "paid_from", Text, nullable=False, server_default=""
    ),  # accounts that money came from, one a line
    Column("aliases", Text, nullable=False),  # one a line
    Column("address", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("policy", Key, nullable=False, server_default=""),  # of reminders; '' for the usual one
    Column("debtor", String(16), nullable=False, server_default=""),  # '' for a business
    UniqueConstraint("workspace", "tax_id", "name"),
    Index(None, "workspace", "folded"),
    Index(None, "workspace", "owner"),
)

LONGEST = 500  # of what is searched for; SQLite takes no pattern without end
FIELDS = (
    "name",
    "tax_id",
    "country",
    "language",
    "timezone",
    "owner",
    "channel",
    "accounts",
    "paid_from",
    "aliases",
    "address",
    "email",
    "policy",
    "debtor",
)


@dataclass(frozen=True)
class Customer:
    """Somebody we invoice, or who invoices us."""

    id: int
    name: str
    tax_id: str = ""
    country: str = ""
    language: str = ""
    timezone: str = ""
    owner: str = ""
    channel: str = ""
    accounts: str = ""
    paid_from: str = ""
    aliases: str = ""
    address: str = ""
    email: str = ""
    policy: str = ""
    debtor: str = ""


def get(turn: Turn, customer_id: int) -> Customer:
    """One customer; whoever asks has passed the gate of an invoice of theirs, or of the list."""
    result = _columns().where(
        customers.c.workspace == turn.workspace, customers.c.id == customer_id
    )
    return Customer(**turn.db.execute(result).one()._mapping)


def known(turn: Turn, customer_id: int) -> Customer | None:
    """One customer, or None for an id that is nobody's here."""
    result = _columns().where(
        customers.c.workspace == turn.workspace, customers.c.id == customer_id
    )
    row = turn.db.execute(result).one_or_none()
    return Customer(**row._mapping) if row else None


def some(turn: Turn, ids: Iterable[int]) -> dict[int, Customer]:
    """Customers by their ids."""
    result = _columns().where(
        as_check(customers.c.workspace) == turn.workspace, among(customers.c.id, set(ids))
    )
    return {row.id: Customer(**row._mapping) for row in turn.db.execute(result)}


def alike(turn: Turn, words: Iterable[str], digits: Iterable[str]) -> list[Customer]:
    """Those with one of the words in a name, or with one of the digits in an account, however it is
    written.
    """
    accounts = func.replace(
        func.replace(customers.c.accounts + customers.c.paid_from, " ", ""), "-", ""
    )
    either = [customers.c.folded.contains(word, autoescape=True) for word in sorted(set(words))]
    either += [accounts.contains(some, autoescape=True) for some in sorted(set(digits))]
    result = _columns().where(customers.c.workspace == turn.workspace, or_(false(), *either))
    return [Customer(**row._mapping) for row in turn.db.execute(result)]


def everybody(turn: Turn) -> list[Customer]:
    """Every customer and supplier."""
    result = _columns().where(customers.c.workspace == turn.workspace)
    return [Customer(*row) for row in turn.db.execute(result)]


def is_channel_of_one(turn: Turn, name: str) -> bool:
    """Whether a customer's channel is told by this name."""
    conditions = (customers.c.workspace == turn.workspace, customers.c.channel == name)
    query = select(customers.c.id).where(*conditions).limit(1)
    return turn.db.execute(query).first() is not None


def learn_account(turn: Turn, customer: Customer, account: str) -> Customer:
    """Note one more account to pay them to: somebody has made sure of it."""
    if account in customer.accounts.split("\n"):
        return customer
    accounts = "\n".join(filter(None, (customer.accounts, account)))
    change(turn, customer.id, accounts=accounts)
    return replace(customer, accounts=accounts)


def learn_payer(turn: Turn, customer: Customer, account: str) -> None:
    """Note one more account that they pay from. That alone makes it none to pay them to."""
    existing = (*customer.accounts.split("\n"), *customer.paid_from.split("\n"))
    if account not in existing:
        change(turn, customer.id, paid_from="\n".join(filter(None, (customer.paid_from, account))))


def learn_accounts(turn: Turn, accounts: Mapping[int, str]) -> None:
    """Note the first account to pay each of these suppliers to."""
    if accounts:
        query = update(customers).where(
            customers.c.workspace == turn.workspace, customers.c.id == bindparam("of")
        )
        rows = [{"of": customer, "learnt": account} for customer, account in accounts.items()]
        turn.db.execute(query.values(accounts=bindparam("learnt")), rows)


def learn(turn: Turn, field: str, facts: Mapping[int, str]) -> list[int]:
    """Note a fact of each of these customers of whom it was not known; returns those."""
    query = select(customers.c.id).where(
        customers.c.workspace == turn.workspace,
        among(customers.c.id, facts),
        customers.c[field] == "",
    )
    unknown = list(turn.db.execute(query).scalars()) if facts else []
    if unknown:
        noted = update(customers).where(customers.c.id == bindparam("of"))
        rows = [{"of": customer, "learnt": facts[customer]} for customer in unknown]
        turn.db.execute(noted.values({field: bindparam("learnt")}), rows)
    return unknown


def search(turn: Turn, text: str, *, owner: str | None, most: int | None = 20) -> list[Customer]:
    """By any words of the name or aliases, in any order, or the tax number. ``owner`` limits to
    that person's own.
    """
    if len(text) > LONGEST:
        return []
    words = fold(text).split()
    column_elements: list[ColumnElement[bool]] = [customers.c.workspace == turn.workspace]
    column_elements += [customers.c.owner == owner] if owner is not None else []
    each = [
        or_(customers.c.folded.contains(word, autoescape=True), customers.c.tax_id == word)
        for word in words
    ]
    result = _columns().where(*column_elements, *each).order_by(customers.c.name).limit(most)
    return [Customer(**row._mapping) for row in turn.db.execute(result)]


class Numbered(NamedTuple):
    """By what a customer is known again."""

    id: int
    tax_id: str
    name: str
    country: str


def with_tax_or_name(turn: Turn, taxes: Collection[str], names: Collection[str]) -> list[Numbered]:
    """Customers with one of these tax numbers, and those without any who have one of these names;
    the oldest first.
    """
    if not taxes and not names:
        return []
    matching: list[ColumnElement[bool]] = [
        customers.c.tax_id.in_(bindparam("taxes", [*taxes], expanding=True))
    ]
    matching += [customers.c.name.in_(names) & (customers.c.tax_id == "")] if names else []
    query = select(*(customers.c[name] for name in Numbered._fields)).where(
        customers.c.workspace == turn.workspace, or_(*matching)
    )
    return [Numbered(*row) for row in turn.db.execute(query.order_by(customers.c.id))]


def add(turn: Turn, facts: Iterable[Mapping[str, Any]]) -> None:
    """New customers, with what is known of each; one that is there stays as it is."""
    rows = [row_of(turn, fact) for fact in facts]
    if rows:
        unique = ["workspace", "tax_id", "name"]
        turn.db.execute(
            upsert(turn.db, customers).on_conflict_do_nothing(index_elements=unique), rows
        )


def change(turn: Turn, customer_id: int, **facts: Any) -> None:
    """Set what was edited; the search column follows."""
    conditions = (customers.c.workspace == turn.workspace, customers.c.id == customer_id)
    turn.db.execute(update(customers).where(*conditions).values(**facts))
    existing = get(turn, customer_id)
    turn.db.execute(
        update(customers).where(*conditions).values(folded=_folded(existing.name, existing.aliases))
    )


def save(turn: Turn, facts: Mapping[str, Any]) -> int:
    """A customer as a list or connector tells it, new or known by tax number or name; returns the
    id.
    """
    tax_id = facts.get("tax_id") or ""
    for numbered in with_tax_or_name(
        turn, [tax_id] if tax_id else [], [] if tax_id else [facts["name"]]
    ):
        change(turn, numbered.id, **facts)
        return numbered.id
    return enter(turn, facts)


def enter(turn: Turn, facts: Mapping[str, Any]) -> int:
    """A new customer; returns the id."""
    row = insert(customers).values(row_of(turn, facts)).returning(customers.c.id)
    customer_id = turn.db.execute(row).scalar_one()
    return int(customer_id)


def row_of(turn: Turn, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A whole row from what is known."""
    existing = {field: facts.get(field) or "" for field in FIELDS}
    return {
        **existing,
        "workspace": turn.workspace,
        "folded": _folded(existing["name"], existing["aliases"]),
    }


def _folded(name: str, aliases: str) -> str:
    return fold(f"{name} {aliases}")


def _columns() -> Any:
    return select(customers.c.id, *(customers.c[field] for field in FIELDS))
