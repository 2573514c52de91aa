"""Money on Home: account owners see their customers', finance the company's."""

from collections.abc import Callable, Collection, Sequence

from bot.kit.money import Money
from handlers.home.blocks.home import MONEY, Purse
from handlers.invoices.blocks.card import MOST, Page, page_within
from handlers.ledger.model.open_items import Balance
from handlers.ledger.service import balances
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import DIRECTIONS, Direction
from handlers.ledger.service.lookup import Entry
from handlers.people.service import roles
from storage.invoices import customers
from storage.invoices.invoices import Gate
from storage.turn import Turn


def gate(turn: Turn) -> Gate:
    """Finance looks at everything; everybody else, readers of all invoices too, at their own
    customers.
    """
    return Gate(roles.may(turn, "overview", "see money of all"), turn.actor.id)


def owns_customers(turn: Turn) -> bool:
    return bool(customers.search(turn, "", owner=turn.actor.id, most=1))


def purses(turn: Turn) -> list[Purse]:
    """A purse for each direction in which something is open; an owner's customers only receive
    invoices. Whoever may see nothing is not asked about.
    """
    whose = _whose(turn)
    if whose is not None and not whose:
        return []
    directions = DIRECTIONS if whose is None else DIRECTIONS[:1]
    result: list[Purse] = []
    for direction in directions:
        some = _balances(turn, direction, whose)
        if some:
            result.append(_purse(turn, direction, some))
    return result


def open_entries(
    turn: Turn, direction: Direction, number: int, *, late: bool = False
) -> tuple[list[Entry], Page, Purse]:
    """A page of what is open in a direction, or of what of it is ``late``, the earliest due first,
    and the sums of all pages.
    """
    whose = _whose(turn)
    existing = _balances(turn, direction, whose)
    in_all = sum(item.overdue_count if late else item.count for item in existing)
    again = f"{direction}|{{}}|late" if late else f"{direction}|{{}}"
    page = Page(page_within(number, in_all), in_all, MONEY, again.format)
    ids = balances.page(
        turn,
        direction=direction,
        day=balances.company_day(turn),
        customers=whose,
        most=min(MOST, in_all - page.first),
        after=page.first,
    )
    return ledger.entries_of(turn, ids), page, _purse(turn, direction, existing)


def _whose(turn: Turn) -> Collection[int] | None:
    """Everybody's for finance; the customers of whoever owns some."""
    seen = gate(turn)
    if seen.everything:
        return None
    return {item.id for item in customers.search(turn, "", owner=seen.owner, most=None)}


def _balances(turn: Turn, direction: Direction, whose: Collection[int] | None) -> list[Balance]:
    day = balances.company_day(turn)
    return balances.balance(turn, direction=direction, day=day, customers=whose)


def _purse(turn: Turn, direction: str, some: Sequence[Balance]) -> Purse:
    def said(amount_of: Callable[[Balance], int]) -> str:
        amounts: list[str] = []
        for balance in some:
            minor = amount_of(balance)
            if minor:
                amounts.append(turn.words.money(Money(minor, balance.currency)))
        return turn.words.list(amounts)

    return Purse(
        direction=direction,
        overdue=said(lambda item: item.overdue),
        overdue_count=sum(item.overdue_count for item in some),
        due_soon=said(lambda item: item.due_today + item.due_soon),
        held=said(lambda item: item.held),
        held_count=sum(item.held_count for item in some),
        open=said(lambda item: item.open),
        credit=said(lambda item: item.credit),
    )
