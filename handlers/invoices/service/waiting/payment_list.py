"""All payments that wait: by account and import, a page at a time, and acts for many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.kit.block_kit import View, cut
from bot.kit.words import Words
from handlers.invoices.blocks import payment_list as looks
from handlers.invoices.blocks.payment_list import ALL, Listing
from handlers.invoices.service.waiting import payment_board
from handlers.ledger.service.bank import reconciliation
from storage.bank import waiting_lines
from storage.bank.waiting_lines import Filter
from storage.turn import Turn

PER_PAGE = 10
_MOST_NAME = 45  # of the 75 signs of an option, beside day, time and count


@dataclass(frozen=True)
class Chosen:
    """What somebody looks at; ``imported`` is the moment of an import as text."""

    account: str = ALL
    imported: str = ALL
    page: int = 0

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Chosen":
        """As a window carries it."""
        account, imported = str(facts.get("account", ALL)), str(facts.get("import", ALL))
        return cls(account, imported, int(facts.get("page", 0)))

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"account": self.account, "import": self.imported, "page": self.page}

    @property
    def filter(self) -> Filter:
        moment = None if self.imported == ALL else datetime.fromisoformat(self.imported)
        return Filter(None if self.account == ALL else self.account.removeprefix("="), moment)


def view(turn: Turn, chosen: Chosen, notice: str = "") -> View:
    """The page that was chosen, or the last one where so many no longer wait."""
    words = turn.words
    count, newest = waiting_lines.count(turn, chosen.filter)
    pages = max(1, -(-count // PER_PAGE))
    page = min(max(chosen.page, 0), pages - 1)
    lines = waiting_lines.page(turn, chosen.filter, page * PER_PAGE, PER_PAGE)
    listing = Listing(
        payment_board.sights(turn, lines, words),
        count,
        page,
        pages,
        newest,
        {**chosen.facts, "page": page},
        _accounts(turn, words),
        _imports(turn, words),
        notice,
    )
    return looks.view(listing, words)


def set_aside(turn: Turn, chosen: Chosen, newest: int) -> None:
    """All that was counted when somebody looked; what came since goes on waiting."""
    which = Filter(chosen.filter.account, chosen.filter.imported_at, newest)
    for line in waiting_lines.set_aside(turn, which):
        turn.record("line.set_aside", f"line:{line}")


def book(turn: Turn, choices: Sequence[str]) -> str:
    """Each line on what was proposed for it; what was not booked is said."""
    behind = 0
    for choice in choices:
        line, amounts = payment_board.read(choice)
        try:
            reconciliation.allot(turn, line, amounts)
        except reconciliation.BEHIND:
            behind += 1
    return _behind(behind, turn.words) if behind else ""


def _behind(count: int, words: Words) -> str:
    return words.count(
        "{n} payment was not booked: what it was proposed for is no longer open by so much.",
        "{n} payments were not booked: what they were proposed for is no longer open by so much.",
        count,
    )


def _accounts(turn: Turn, words: Words) -> list[tuple[str, str]]:
    nameless = words.say("No account named")
    return [(f"={account}", account or nameless) for account in waiting_lines.accounts(turn)]


def _imports(turn: Turn, words: Words) -> list[tuple[str, str]]:
    zone = ZoneInfo(turn.catalogue.timezone)
    return [
        (item.at.isoformat(), _import(item, zone, words)) for item in waiting_lines.imports(turn)
    ]


def _import(item: waiting_lines.Import, zone: ZoneInfo, words: Words) -> str:
    at = item.at.astimezone(zone)
    day, time = words.date(at.date()), f"{at:%H:%M}"
    if not item.name:
        return words.say("Import of {day}, {time} ({n})", day=day, time=time, n=item.waiting)
    name = cut(item.name, _MOST_NAME)
    return words.say("{name}, {day}, {time} ({n})", name=name, day=day, time=time, n=item.waiting)
