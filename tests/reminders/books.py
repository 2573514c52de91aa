"""Books for tests of reminders: customers and open invoices, made in a line each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.edge.turns import Turns
from bot.kit.folding import fold_number
from bot.slack import HOME
from handlers.ledger.service import outstanding_amounts
from handlers.ledger.service import payments as ledger
from handlers.ledger.service.booking import book
from handlers.ledger.service.payments import Payment
from storage.invoices import customers, invoices, payments
from storage.invoices.booking import NewInvoice
from storage.reminders import reminders
from storage.turn import Turn

OUR_TAX = "5261040828"


@dataclass
class Books:
    """What the ledger holds; each act is a turn of its own."""

    turns: Turns

    def customer(
        self, name: str = "Kowalska Sp. z o.o.", owner: str = "U0PIOTR", **facts: str
    ) -> int:
        known = {
            "country": "PL",
            "language": "pl",
            "timezone": "Europe/Warsaw",
            "owner": owner,
            **facts,
        }
        with self.turns.turn(HOME) as turn:
            return customers.save(turn, {"name": name, **known})

    def invoice(self, number: str, due: date | None, amount: int = 120_000, **facts: Any) -> int:
        """An invoice of minor units; ``facts`` are those of :class:`NewInvoice`."""
        with self.turns.turn(HOME) as turn:
            return _book(turn, [new_invoice(number, due, amount, facts)])[0]

    def invoices(self, numbers: Sequence[str], due: date, amount: int, **facts: Any) -> list[int]:
        """Several of the same, in one turn."""
        new = [new_invoice(number, due, amount, facts) for number in numbers]
        with self.turns.turn(HOME) as turn:
            return _book(turn, new)

    def pay(self, invoice: int, amount: int, reference: str = "1") -> None:
        with self.turns.turn(HOME) as turn:
            ledger.book(turn, Payment(invoice, amount, turn.now.date(), "hand", reference))

    def take_back(self, invoice: int) -> None:
        with self.turns.turn(HOME) as turn:
            for booked in payments.on_invoice(turn, invoice):
                payments.take_back(turn, [booked.id])
            outstanding_amounts.refresh(turn, [invoice])

    def says(self, invoice: int, **facts: Any) -> None:
        """Dispute, promise: facts of the invoice."""
        with self.turns.turn(HOME) as turn:
            invoices.set_facts(turn, invoice, **facts)
            reminders.look_again(turn, [invoice])

    def payments_known(self, until: datetime | None = None) -> None:
        with self.turns.turn(HOME) as turn:
            payments.note_known_until(turn, "bank", until or turn.now)


def new_invoice(number: str, due: date | None, amount: int, facts: Mapping[str, Any]) -> NewInvoice:
    told = {
        "kind": "invoice",
        "seller_tax": OUR_TAX,
        "direction": "receivable",
        "customer": None,
        "currency": "PLN",
        "marked_paid": False,
        "account": None,
        "ksef_number": None,
        "document": "{}",
        "issued_on": None,
        "instalments": ((due.isoformat() if due else None, amount),),
        **facts,
    }
    return NewInvoice(
        number=number,
        folded=fold_number(number),
        digest=number,
        total=amount,
        to_pay=amount,
        **told,
    )


def _book(turn: Turn, new: list[NewInvoice]) -> list[int]:
    return [booked.invoice for booked in book(turn, new)]


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def days(n: int) -> timedelta:
    return timedelta(days=n)
