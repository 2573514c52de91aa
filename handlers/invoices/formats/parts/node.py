"""An element of an invoice's XML: text, amounts and days below it, and what is written there as it
should not be.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from lxml import etree

from bot.kit.words import N_
from handlers.invoices.formats.document import Finding, Rule

AMOUNT_WRITTEN = Rule(
    "amount.written",
    "warning",
    N_(
        "The amount in {field} is written “{text}”; the format asks for digits with a decimal "
        "point."
    ),
    "XML Schema, xs:decimal",
)
AMOUNT_UNREADABLE = Rule(
    "amount.unreadable",
    "error",
    N_("The amount in {field} cannot be read: “{text}”."),
    "XML Schema, xs:decimal",
)
DATE_UNREADABLE = Rule(
    "date.unreadable",
    "error",
    N_("The date in {field} cannot be read: “{text}”."),
    "XML Schema, xs:date; UN/EDIFACT 2379 for CII",
)

# No invoice is over a quadrillion: more digits are a mistake, and would not fit where sums are
# kept.
_DECIMAL = re.compile(r"[+-]?0*(?:[0-9]{1,15}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})")
_LONGEST = 1_000
_LOOSE = re.compile(
    r"(-?)([0-9]{1,3}(?:[ ,.\u00a0\u202f'][0-9]{3}){1,4}|[0-9]{1,15})(?:[.,]([0-9]{1,6}))?"
)
_DAY = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[T ].{0,40}|Z|[+-][0-9]{2}:[0-9]{2})?", re.DOTALL
)
_MOMENT = re.compile(r"([0-9]{8})[0-9]{4}(?:[0-9]{2})?(?:[A-Z0-9+-]{0,5})")  # UN/EDIFACT 203 to 303


class Node:
    """One element, or the lack of one: what is asked of a missing element is missing too.

    Names are local names; the namespace does not matter, so that a file that lost it can still be
    read. What is noticed goes to ``noticed``, a list that all nodes of one document share.
    """

    __slots__ = ("element", "noticed")

    def __init__(self, element: etree._Element | None, noticed: list[Finding]) -> None:
        self.element = element
        self.noticed = noticed

    def __bool__(self) -> bool:
        return self.element is not None

    @property
    def name(self) -> str:
        return "" if self.element is None else etree.QName(self.element).localname

    def child(self, *path: str) -> "Node":
        """The first element along ``path``."""
        element = self.element
        for name in path:
            if element is None:
                break
            element = next(element.iterchildren("{*}" + name), None)
        return Node(element, self.noticed)

    def children(self, name: str = "*") -> Iterator["Node"]:
        if self.element is not None:
            for element in self.element.iterchildren("{*}" + name):
                yield Node(element, self.noticed)

    def text(self, *path: str) -> str | None:
        """Its text with single blanks, at most 1,000 signs; ``None`` where there is none."""
        element = self.child(*path).element
        if element is None or element.text is None:
            return None
        return " ".join(element.text[:_LONGEST].split()) or None

    def attribute(self, name: str) -> str | None:
        return None if self.element is None else self.element.get(name)

    def amount(self, *path: str) -> Decimal | None:
        text = self.text(*path)
        if text is None:
            return None
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        read = loose_amount(text)
        rule = AMOUNT_UNREADABLE if read is None else AMOUNT_WRITTEN
        self.notice(rule, field=path[-1] if path else self.name, text=text[:40])
        return read

    def is_true(self, *path: str) -> bool:
        """An xs:boolean, which may be written as a digit."""
        return self.text(*path) in ("true", "1")

    def day(self, *path: str) -> date | None:
        text = self.text(*path)
        if text is None:
            return None
        moment = _MOMENT.fullmatch(text)
        written = _DAY.fullmatch(moment[1] if moment else text)
        try:
            if written:
                return date(int(written[1]), int(written[2]), int(written[3]))
        except ValueError:
            pass
        self.notice(DATE_UNREADABLE, field=path[-1] if path else self.name, text=text[:40])
        return None

    def notice(self, rule: Rule, **facts: object) -> None:
        self.noticed.append(Finding(rule, facts))


def loose_amount(text: str) -> Decimal | None:
    """An amount as people write it: ``1 230,00``, ``1,000.00``, ``-12,5``; ``None`` where it is not
    clear.
    """
    written = _LOOSE.fullmatch(text)
    if not written:
        return None
    whole = re.sub(r"[^0-9]", "", written[2])
    return Decimal(f"{written[1]}{whole}.{written[3] or '0'}")


def amounts(nodes: Iterable[Node], *path: str) -> list[Decimal | None]:
    """What each of them tells there."""
    return [node.amount(*path) for node in nodes]


def whole(amounts: "list[Decimal | None]") -> Decimal | None:
    """The sum of the amounts that are there, or ``None`` where none is."""
    there = [amount for amount in amounts if amount is not None]
    return sum(there, Decimal(0)) if there else None
