"""Books: what several kinds read of the ledger. A kind's own source stands in its own file."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.kit.money import Money
from handlers.documents.kinds.parts.debts import Correction, PrintedItem
from handlers.documents.kinds.parts.parties import Company, Party, company_of
from handlers.documents.model.asked import Asked
from handlers.ledger.model.debtor_kinds import debtor_of
from handlers.ledger.model.open_items import OpenItem
from handlers.ledger.model.party_identity import fold_tax
from handlers.ledger.service import balances
from handlers.ledger.service.balances import Direction
from storage.invoices import customers, search
from storage.turn import Turn

Values = dict[str, object]


def creditor(turn: Turn, ids: Iterable[int]) -> Company:
    """We, under the tax number by which all these invoices were issued, or under our first."""
    company = turn.catalogue.company
    ours = {fold_tax(number, company.country): number for number in company.tax_numbers}
    if len(ours) < 2:
        return company_of(company)
    sellers = search.sellers(turn, ids)
    issued_by = ours.get(next(iter(sellers)), "") if len(sellers) == 1 else ""
    return company_of(company, issued_by)


def debtor(turn: Turn, request: Asked) -> Party:
    """A customer as a party; what the books do not know may have been given in the form."""
    customer = customers.get(turn, request.customer)
    address = request.given.get("debtor.address") or customer.address
    return Party(
        name=customer.name,
        address=tuple(line.strip() for line in address.splitlines() if line.strip()),
        tax_id=request.given.get("debtor.tax_id") or customer.tax_id,
        country=customer.country,
        email=customer.email,
        debtor=debtor_of(customer.debtor),
    )


def signed_by(request: Asked) -> Values:
    """Who signs, as it was given."""
    return {
        "signatory": request.given.get("signatory", ""),
        "signatory_role": request.given.get("signatory_role", ""),
    }


def given_day(request: Asked, name: str) -> date | None:
    """A day that was given, or None."""
    given = request.given.get(name)
    return date.fromisoformat(given) if given else None


def open_of(
    turn: Turn, customer: int, as_of: date, direction: Direction
) -> tuple[list[OpenItem], list[OpenItem]]:
    """What is to be paid in a direction, and what is to be given back."""
    items = balances.items(turn, direction=direction, day=as_of, customers=[customer])
    open_items = balances.with_changes(turn, items, as_of)
    owed: list[OpenItem] = []
    credits: list[OpenItem] = []
    for item in open_items:
        if item.outstanding > 0:
            owed.append(item)
        elif item.outstanding < 0:
            credits.append(item)
    return owed, credits


def printed_items(some: Sequence[OpenItem], as_of: date) -> tuple[PrintedItem, ...]:
    """Items of the ledger as documents print them."""
    return tuple(_item(item, as_of) for item in some)


def _item(item: OpenItem, as_of: date) -> PrintedItem:
    corrections: list[Correction] = []
    for change in item.changes:
        if change.amount:
            by = Money(change.amount, item.currency)
            corrections.append(
                Correction(number=change.number, issued_on=change.issued_on, amount=by)
            )
    return PrintedItem(
        number=item.number,
        instalment=item.instalment,
        issued_on=item.issued_on,
        due_on=item.due_on,
        effective_due_on=item.effective_due_on,
        overdue_days=item.overdue_days(as_of),
        amount=Money(item.amount, item.currency),
        paid=Money(item.paid, item.currency),
        outstanding=Money(item.outstanding, item.currency),
        corrections=tuple(corrections),
    )
