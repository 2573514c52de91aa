"""The company's money at a glance, for finance: what is open by age, what is expected by week; each
as a file whose rows add up to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.kit.money import Money
from bot.kit.tables.spreadsheet import as_csv
from handlers.home.service import money
from handlers.ledger.model import open_by_age
from handlers.ledger.model.open_by_age import Ageing, Week
from handlers.ledger.model.open_items import OpenItem
from handlers.ledger.service import balances
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import DIRECTIONS, Direction
from handlers.people.service import daytime
from storage.documents import files
from storage.invoices import customers
from storage.turn import Turn


@dataclass(frozen=True)
class Side:
    """One direction: by age, and by week."""

    direction: Direction
    ages: Sequence[Ageing]
    weeks: Sequence[Week]


def sides(turn: Turn) -> list[Side]:
    """Both directions today; refused to everybody but finance."""
    day = balances.company_day(turn)
    result = []
    for direction in DIRECTIONS:
        items = _items(turn, direction)
        ages, weeks = open_by_age.ageing(items, day), open_by_age.expected(items, day)
        result.append(Side(direction, ages, weeks))
    return result


def send_ages(turn: Turn, labels: dict[str, str], directions: Mapping[Direction, str]) -> None:
    """Every open item with its age, as CSV in the direct message."""
    words, day = turn.words, balances.company_day(turn)
    head = (
        *(words.say("Direction"), words.say("Number"), words.say("Instalment")),
        *(words.say("Customer"), words.say("Due")),
        *(words.say("Days late"), words.say("Age"), words.say("Currency")),
        words.say("Still open"),
    )
    rows: list[tuple[object, ...]] = []
    for direction in DIRECTIONS:
        items = _items(turn, direction)
        names = customers.some(turn, {item.customer for item in items if item.customer})
        for item in items:
            name = names[item.customer].name if item.customer in names else ""
            due = item.effective_due_on.isoformat() if item.effective_due_on else ""
            age = labels[open_by_age.bucket_of(item, day)]
            late = item.overdue_days(day)
            amount = Money(item.outstanding, item.currency).amount
            which = item.instalment.said(words) if item.instalment else ""
            about = (directions[direction], item.number, which, name)
            rows.append((*about, due, late, age, item.currency, amount))
    _send(turn, "ageing", as_csv(head, rows))


def send_weeks(turn: Turn, directions: Mapping[Direction, str]) -> None:
    """What is expected by week, as CSV in the direct message."""
    words = turn.words
    head = (
        *(words.say("Direction"), words.say("Week from"), words.say("Currency")),
        words.say("Expected"),
    )
    rows: list[tuple[object, ...]] = []
    for side in sides(turn):
        for week in side.weeks:
            amount = Money(week.amount, week.currency).amount
            monday = week.monday.isoformat()
            rows.append((directions[side.direction], monday, week.currency, amount))
    _send(turn, "expected-cash", as_csv(head, rows))


def _items(turn: Turn, direction: Direction) -> list[OpenItem]:
    if not money.gate(turn).everything:
        raise ledger.NotYours()
    day = balances.company_day(turn)
    return balances.items(turn, direction=direction, day=day, customers=None)


def _send(turn: Turn, name: str, content: bytes) -> None:
    key = f"overview:{name}:{turn.actor.id}:{turn.now.isoformat()}"
    files.keep(turn, key, content)
    text = turn.words.say("As of today, from the ledger.")
    turn.send_file(
        turn.actor.id, f"{name}-{daytime.stamp(turn, turn.actor)}.csv", key, text, once=key
    )
    turn.record("overview.exported", f"person:{turn.actor.id}", what=name)
