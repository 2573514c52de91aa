"""The ledger's invoices as matching sees them: an item for each instalment that is open, and those settled lately."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from bot.kit.money import Money
from handlers.ledger import service as ledger
from handlers.ledger.matching.values import Direction, OpenItem
from storage import invoices, open_items
from storage.open_items import Item
from storage.turn import Turn

REMEMBERED = timedelta(days=400)  # so long a settled invoice's number is known when it is paid again
_EVERYTHING = invoices.Gate(True, "")
_ASKED_AT_ONCE = 10_000
_Part = tuple[int, date | None]


def every(turn: Turn) -> list[OpenItem]:
    """What is open, and what was settled lately."""
    found = [*open_items.unsettled(turn), *open_items.settled_since(turn, turn.now.date() - REMEMBERED)]
    return _in_parts(turn, found, open_items.in_instalments(turn))


def some(turn: Turn, ids: Iterable[int]) -> list[OpenItem]:
    """These invoices, settled or not."""
    wanted = sorted(set(ids))
    return _in_parts(turn, open_items.some(turn, wanted), open_items.in_instalments(turn, wanted))


def _in_parts(turn: Turn, found: Sequence[Item], in_instalments: Sequence[int]) -> list[OpenItem]:
    split = dict(_split(turn, in_instalments))
    return [_item(one, *part) for one in found for part in split.get(one.id) or [(one.outstanding, one.first_due_on)]]


def _split(turn: Turn, ids: Sequence[int]) -> Iterator[tuple[int, list[_Part]]]:
    """What is left of each instalment of these invoices."""
    left, day = iter(ids), ledger.today(turn)
    while asked := list(islice(left, _ASKED_AT_ONCE)):
        for invoice in invoices.by_ids(turn, _EVERYTHING, asked, most=len(asked)):
            parts = ledger.entry_of(turn, invoice, day).state.parts
            yield invoice.id, [(part.outstanding, part.due_on) for part in parts if part.outstanding]


def _item(one: Item, outstanding: int, due_on: date | None) -> OpenItem:
    return OpenItem(
        number=one.number,
        invoice_id=str(one.id),
        customer_id=str(one.customer or ""),
        customer_names=tuple(filter(None, (one.name, *(one.aliases or "").split("\n")))),
        accounts=tuple(filter(None, f"{one.accounts or ''}\n{one.paid_from or ''}".split("\n"))),
        currency=one.currency,
        outstanding=Money(outstanding, one.currency).amount if outstanding else Decimal(0),
        due_on=due_on,
        direction=Direction(one.direction),
        tax_id=one.tax_id or None,
        references=(one.ksef_number,) if one.ksef_number else (),
    )
