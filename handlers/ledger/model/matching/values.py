"""What is matched with what: matching items on one side, the verdict on an entry on the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.kit.money import Money
from bot.kit.words import N_


class Level(StrEnum):
    """How certain a match is. ``sure`` may be booked at once, ``likely`` waits for one click."""

    SURE = "sure"
    LIKELY = "likely"
    NONE = "none"


class Reason(StrEnum):
    """Why an item is proposed, or what keeps it from being certain; :data:`REASONS` has the
    sentences.
    """

    NUMBER = "number"
    PART_OF_NUMBER = "part_of_number"
    REFERENCE = "reference"
    ACCOUNT = "account"
    NAME = "name"
    TAX_ID = "tax_id"
    AMOUNT = "amount"
    SUM = "sum"
    UNDERPAID = "underpaid"
    OVERPAID = "overpaid"
    AMBIGUOUS = "ambiguous"
    CURRENCY = "currency"
    DIRECTION = "direction"
    OTHER_PAYER = "other_payer"
    UNKNOWN_PAYER = "unknown_payer"
    OTHER_NUMBERS = "other_numbers"
    ALREADY_PAID = "already_paid"
    WRITTEN_OFF = "written_off"
    AMOUNT_OF_ANOTHER = "amount_of_another"
    VAT_PART = "vat_part"
    OTHER_PURPOSE = "other_purpose"
    OTHER_WORDS = "other_words"
    ENTERED_ALREADY = "entered_already"
    TOLD_OTHERWISE = "told_otherwise"


REASONS = {
    Reason.NUMBER: N_("the number is in the title"),
    Reason.PART_OF_NUMBER: N_("a part of the number is in the title"),
    Reason.REFERENCE: N_("the reference of a letter is in the title"),
    Reason.ACCOUNT: N_("paid from the customer's account"),
    Reason.NAME: N_("the payer has the customer's name"),
    Reason.TAX_ID: N_("the customer's tax number is in the title"),
    Reason.AMOUNT: N_("the amount is just what is open"),
    Reason.SUM: N_("together they make the amount"),
    Reason.UNDERPAID: N_("less was paid than is open"),
    Reason.OVERPAID: N_("more was paid than is open"),
    Reason.AMBIGUOUS: N_("several open invoices fit"),
    Reason.CURRENCY: N_("paid in another currency"),
    Reason.DIRECTION: N_("the money went the other way"),
    Reason.OTHER_PAYER: N_("the payer is another customer"),
    Reason.UNKNOWN_PAYER: N_("the payer is not known as this customer"),
    Reason.OTHER_NUMBERS: N_("the title names other invoices too"),
    Reason.ALREADY_PAID: N_("the invoice is paid already"),
    Reason.WRITTEN_OFF: N_("it names an invoice that was written off"),
    Reason.AMOUNT_OF_ANOTHER: N_("the amount is just what is open on another invoice"),
    Reason.VAT_PART: N_("the amount is the VAT of a split payment"),
    Reason.OTHER_PURPOSE: N_(
        "the title is about something else: interest, costs, a refund, a correction"
    ),
    Reason.OTHER_WORDS: N_("the title says something else beside the number"),
    Reason.ENTERED_ALREADY: N_("this money may have been entered already"),
    Reason.TOLD_OTHERWISE: N_("the same money may be here already, as one sum or one by one"),
}
REASONS_OUT = {
    **REASONS,
    Reason.ACCOUNT: N_("the payee's account fits"),
    Reason.NAME: N_("the payee's name fits"),
    Reason.TAX_ID: N_("the tax number in the title fits"),
    Reason.OTHER_PAYER: N_("the payee is somebody else"),
    Reason.UNKNOWN_PAYER: N_("the payee is not known as the one on the invoice"),
}
"""The same of money that went out: to a supplier, or back to a customer."""


class Direction(StrEnum):
    RECEIVABLE = "receivable"
    PAYABLE = "payable"


@dataclass(frozen=True, slots=True)
class MatchingItem:
    """An invoice, or one instalment of it (several items of one ``invoice_id``), that a payment may
    be for.

    ``outstanding`` is what is left of it in whole units of ``currency``, negative for a credit note
    that is not used up. Invoices with nothing left are listed too, those of the last year at least:
    then a second payment is recognised, and their numbers are not taken for others'.
    ``accounts`` are the customer's bank accounts, the virtual ones given to them among these;
    ``references`` whatever else may stand in a title for it: reminder letters, the KSeF number, an
    order.
    """

    number: str
    invoice_id: str
    customer_id: str
    customer_names: tuple[str, ...]
    accounts: tuple[str, ...]
    currency: str
    outstanding: Decimal
    due_on: date | None
    direction: Direction
    tax_id: str | None = None
    references: tuple[str, ...] = ()
    is_overpaid: bool = False
    """What is outstanding is no credit note: more was paid than was asked for."""
    is_written_off: bool = False
    """Nobody expects anything on it any more: nothing is outstanding."""

    @property
    def expected(self) -> Decimal:
        """The signed amount of an entry that settles it: money in for what is owed to us."""
        return self.outstanding if self.direction is Direction.RECEIVABLE else -self.outstanding

    @property
    def settled_by(self) -> Reason:
        """Why nothing is open on it, where nothing is."""
        return Reason.WRITTEN_OFF if self.is_written_off else Reason.ALREADY_PAID

    @property
    def tax_digits(self) -> str:
        return "".join(filter(str.isdigit, self.tax_id or ""))


@dataclass(frozen=True, slots=True)
class Allocation:
    """So much of the entry, signed like it, goes to this item."""

    item: MatchingItem
    amount: Decimal

    @property
    def minor(self) -> int:
        return Money.of(self.amount, self.item.currency).minor


def by_invoice(allocations: Iterable[Allocation]) -> dict[int, int]:
    """Several instalments of one invoice are one payment on it."""
    amounts: dict[int, int] = {}
    for allocation in allocations:
        id_ = int(allocation.item.invoice_id)
        amounts[id_] = amounts.get(id_, 0) + allocation.minor
    return amounts


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a person may choose with one click, and why; without allocations where only they can say
    how much.
    """

    items: tuple[MatchingItem, ...]
    allocations: tuple[Allocation, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on one entry.

    ``allocations`` say where the money goes (empty at level ``none``), ``left`` what of it no item
    takes,
    ``reasons`` why; ``proposals`` are what a person may choose: this match first, others instead or
    for the rest.
    """

    level: Level
    allocations: tuple[Allocation, ...] = ()
    left: Decimal = Decimal(0)
    reasons: tuple[Reason, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    @property
    def items(self) -> tuple[MatchingItem, ...]:
        return tuple(allocation.item for allocation in self.allocations)

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(item.number for item in self.items)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A payment that is booked on nothing yet, with what of it is left."""

    line: int
    booked_on: date
    amount: Money
