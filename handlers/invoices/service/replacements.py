"""What a person has to decide about invoices that take each other's places: several at once, or
another currency.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.kit.words import N_
from handlers.invoices.formats.document import Finding, Rule
from handlers.ledger.model.replacement_chain import age_of, rivals, succession
from storage.invoices import replacements
from storage.invoices.invoices import Invoice
from storage.invoices.replacements import Naming
from storage.turn import Turn

RIVALS = Rule(
    "corrects.rivals",
    "warning",
    N_(
        "{numbers} each tell the same claim as a whole. Only {last}, the latest, is asked for. "
        "Compare them."
    ),
    "EN 16931 BG-3: any number of documents may name the same one before them; which of them "
    "holds is not laid down",
)
OTHER_CURRENCY = Rule(
    "corrects.other_currency",
    "warning",
    N_(
        "{number} in {currency} corrects {original} in {other_currency} as a whole. Two currencies "
        "are not netted, "
        "so both are asked for. Decide which one holds."
    ),
    "EN 16931 BG-3, BT-5: one before may be in another currency; at which rate it is replaced is "
    "not laid down",
)


def findings_of(turn: Turn, invoice: Invoice) -> list[Finding]:
    """What follows from others that stand in its place, or would."""
    lines = replacements.around(turn, [invoice.id])
    if not lines:
        return []
    ids: set[int] = set()
    for line in lines:
        ids.update(filter(None, (line.by, line.original)))
    existing = replacements.known(turn, ids)
    return [*_rivals(invoice.id, lines, existing), *_in_two_currencies(lines, existing)]


def _rivals(
    item: int, lines: Iterable[Naming], existing: Mapping[int, Invoice]
) -> Iterator[Finding]:
    of = succession(lines, {id_: age_of(each) for id_, each in existing.items()})
    numbers = [existing[id_].number for id_ in rivals(lines, of, item)]
    if numbers:
        yield Finding(RIVALS, {"numbers": ", ".join(numbers), "last": numbers[-1]})


def _in_two_currencies(
    lines: Iterable[Naming], existing: Mapping[int, Invoice]
) -> Iterator[Finding]:
    pairs = dict.fromkeys((line.by, line.original) for line in lines if line.original)
    for by, before in pairs:
        new, original = existing[by], existing[before]
        if new.currency != original.currency:
            yield Finding(OTHER_CURRENCY, _facts(new, original))


def _facts(new: Invoice, original: Invoice) -> dict[str, Any]:
    return {
        "number": new.number,
        "currency": new.currency,
        "original": original.number,
        "other_currency": original.currency,
    }
