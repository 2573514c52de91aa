"""What the searching fields of a form offer: customers and invoices that the person may see, or
what they typed.
"""

from collections.abc import Mapping
from typing import Any

from bot.kit.folding import fold_number
from handlers.ledger.service import lookup as ledger
from storage.invoices import customers, invoices, search
from storage.invoices.customers import Customer
from storage.turn import Turn

_TYPED = "typed"
_MOST = 140  # characters that fit into an option's value


def customers_like(turn: Turn, text: str) -> list[tuple[str, str]]:
    """Value and label of each customer that fits, of their own for who does not see all; what was
    typed comes last.
    """
    owner = None if ledger.gate(turn).everything else turn.actor.id
    match_ = customers.search(turn, text, owner=owner)
    return [*((f"customer:{item.id}", item.name) for item in match_), *_as_typed(text)]


def invoices_like(turn: Turn, text: str) -> list[tuple[str, str]]:
    """Value and label of each invoice that fits and that the person may see; what was typed comes
    last.
    """
    folded = fold_number(text)
    result = search.by_part(turn, ledger.gate(turn), folded) if folded else []
    return [
        *((f"invoice:{item.id}", f"{item.number} · {item.customer_name}") for item in result),
        *_as_typed(text),
    ]


def named(turn: Turn, _kind: str, value: str) -> Mapping[str, Any] | None:
    """What was picked, with its name; None for what is not there (any more)."""
    what, _, id = value.partition(":")
    if what == _TYPED:
        return {"id": None, "name": id}
    if not id.isascii() or not id.isdigit():
        return None
    if (
        what == "customer"
        and (customer := customers.known(turn, int(id)))
        and _may_see(turn, customer)
    ):
        return {"id": customer.id, "name": customer.name}
    if what == "invoice" and (invoice := invoices.get(turn, ledger.gate(turn), int(id))):
        return {"id": invoice.id, "name": invoice.number}
    return None


def _may_see(turn: Turn, customer: Customer) -> bool:
    return ledger.gate(turn).everything or customer.owner == turn.actor.id


def _as_typed(text: str) -> list[tuple[str, str]]:
    bare = " ".join(text.split())[:_MOST]
    return [(f"{_TYPED}:{bare}", f"“{bare}”")] if bare else []
