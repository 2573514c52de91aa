"""What every format is read into: one invoice document as it stands on paper, and what was noticed
about it.

The document and its parties are tuples and not dataclasses: a table has a million of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from bot.kit.invoice_content import Tax
from bot.kit.money import Money

Kind = Literal[
    "invoice",
    "correction",
    "credit_note",
    "advance",
    "final",
    "cancellation",
    "proforma",
    "replacement",
]
Severity = Literal["note", "warning", "error"]

LOWERING: frozenset[Kind] = frozenset({"correction", "credit_note", "cancellation", "replacement"})
"""Kinds that change what an earlier document asks for: only theirs are the numbers in ``corrects``.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is held against a document. ``sentence`` is a key of the catalogues, ``source`` says who
    demands it.
    """

    id: str
    severity: Severity
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a document breaks, with the facts of its sentence."""

    rule: Rule
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The English sentence, amounts and days as machines write them."""
        facts = {
            n: f"{f.plain()} {f.currency}" if isinstance(f, Money) else f
            for n, f in self.facts.items()
        }
        return self.rule.sentence.format(**facts)


class Party(NamedTuple):
    """Seller or buyer: ``tax_id`` as written, without blanks (Hungary 8 digits, ``DE…`` with
    prefix); ISO 3166. ``others`` are its other numbers: of a register, of a network, of its own.
    """

    name: str | None = None
    tax_id: str | None = None
    country: str | None = None
    others: tuple[str, ...] = ()
    email: str | None = None
    """Where the party gets its letters, as the source writes it."""
    language: str | None = None
    """In which the party is written to, ISO 639-1, where the source tells it."""


class Instalment(NamedTuple):
    """One due date. ``amount`` where the document splits it; ``terms`` where it tells in words ("30
    days after …").
    """

    due_on: date | None
    amount: Decimal | None = None
    terms: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """An earlier document that this one changes. ``amount`` (signed) where the document tells each
    one's share.
    """

    number: str
    ksef_number: str | None = None
    amount: Decimal | None = None


class InvoiceDocument(NamedTuple):
    """An invoice as its file tells it, whatever the format. Absent facts are ``None`` or empty.

    Amounts are in ``currency``. Whatever the syntax writes, they are negative on credit notes and
    on corrections that lower. ``total`` is gross; ``to_pay`` is what is asked for after
    prepayments.
    """

    format: str
    kind: Kind
    number: str | None
    issued_on: date | None
    currency: str | None
    total: Decimal | None
    to_pay: Decimal | None
    seller: Party
    buyer: Party
    instalments: tuple[Instalment, ...] = ()
    prepaid: Decimal | None = None
    marked_paid: bool | None = None
    paid_on: date | None = None
    accounts: tuple[str, ...] = ()
    corrects: tuple[Corrected, ...] = ()
    preceding: tuple[str, ...] = ()
    ksef_number: str | None = None
    net: Decimal | None = None
    tax: Decimal | None = None
    rounding: Decimal | None = None
    taxes: tuple[Tax, ...] = ()
    lines: int = 0
    lines_net: Decimal | None = None
    noticed: tuple[Finding, ...] = ()

    @property
    def due_on(self) -> list[date]:
        """Every due date with a day, earliest first."""
        if len(self.instalments) == 1:
            day = self.instalments[0].due_on
            return [day] if day else []
        return sorted({i.due_on for i in self.instalments if i.due_on})

    @property
    def terms(self) -> list[str]:
        """What it tells of its due dates in words."""
        return [instalment.terms for instalment in self.instalments if instalment.terms]

    @property
    def corrected_numbers(self) -> list[str]:
        """The invoices that it changes, as it writes them."""
        return [corrected.number for corrected in self.corrects]

    @property
    def account(self) -> str | None:
        """The account to pay to, the first that the document names: an IBAN or a national number,
        without blanks.
        """
        return self.accounts[0] if self.accounts else None
