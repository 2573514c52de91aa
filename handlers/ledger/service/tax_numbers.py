"""A customer's tax number as a person types it: by it the customer is known again, so it is kept in
one form, and nobody else has it.
"""

from bot.kit.errors import Problem
from bot.kit.words import N_
from handlers.ledger.model.party_identity import fold_tax, home_of
from storage.invoices import customers
from storage.invoices.customers import Customer, Numbered
from storage.turn import Turn


class TaxNumberTaken(Problem):
    """By its tax number a customer is known again. Whose it is is not said: not everybody may see
    them.
    """

    sentence = N_("Another customer has this tax number already.")

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


class NamesakeWithoutNumber(Problem):
    """Without a number a customer is known by name alone."""

    sentence = N_(
        "Another customer of the same name has no tax number either, and the two could not be told "
        "apart. Leave this one's number."
    )

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


def free(turn: Turn, customer: Customer, written: str, field: str = "tax_id") -> str:
    """The number as it is kept, '' for none; raises :class:`TaxNumberTaken` where another customer
    of the same country has it, and :class:`NamesakeWithoutNumber`. ``field`` is where it was typed.
    """
    number = fold_tax(written, customer.country)
    if number == customer.tax_id:
        return number
    others = [each for each in _others(turn, customer, number) if each.id != customer.id]
    if not number and others:
        raise NamesakeWithoutNumber(field)
    home = home_of(written, customer.country)
    if any(_is_same(customer, home, other) for other in others):
        raise TaxNumberTaken(field)
    return number


def _others(turn: Turn, customer: Customer, number: str) -> list[Numbered]:
    if number:
        return customers.with_tax_or_name(turn, [number], [])
    return customers.with_tax_or_name(turn, [], [customer.name])


def _is_same(customer: Customer, home: str, other: Numbered) -> bool:
    """Two countries may have given one number, but not to one name."""
    is_elsewhere = home and other.country and home != other.country
    return not is_elsewhere or other.name == customer.name
