"""Titles as people type them, over two hundred in three languages: what is found, and that nothing
is found wrongly.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.values import Direction, Level, MatchingItem
from handlers.ledger.model.matching.verdict import match
from handlers.ledger.statements.values import Entry

HERE = Path(__file__).parent
Row = dict[str, str]


def rows(file: Path) -> list[Row]:
    with file.open(newline="") as text:
        return list(csv.DictReader(text))


def items() -> Iterator[MatchingItem]:
    for place, row in enumerate(rows(HERE / "files" / "open_items.csv")):
        yield MatchingItem(
            number=row["number"],
            invoice_id=str(place),
            customer_id=row["customer"],
            customer_names=(row["name"],),
            accounts=(row["account"],),
            currency=row["currency"],
            outstanding=Decimal(row["outstanding"]),
            due_on=date.fromisoformat(row["due_on"]),
            direction=Direction(row["direction"]),
            tax_id=row["tax_id"] or None,
            references=tuple(row["reference"].split()),
        )


def entry(row: Row) -> Entry:
    payer, account = row["counterparty"] or None, row["account"] or None
    return Entry(
        date(2026, 11, 22), Decimal(row["amount"]), row["currency"], row["title"], payer, account
    )


TITLES = rows(HERE / "titles.csv")


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(items())


@pytest.mark.parametrize(
    "row", TITLES, ids=[f"{row['language']} {n}" for n, row in enumerate(TITLES)]
)
def test_nothing_is_wrong_on_the_sure_level(index: Index, row: Row) -> None:
    verdict = match(entry(row), index)
    if verdict.level is Level.SURE:
        assert sorted(verdict.numbers) == sorted(row["invoices"].split(";"))


def test_precision_and_recall(index: Index, capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[tuple[Level, bool, bool]] = Counter()
    for row in TITLES:
        verdict = match(entry(row), index)
        meant = sorted(filter(None, row["invoices"].split(";")))
        counts[verdict.level, bool(meant), sorted(verdict.numbers) == meant] += 1
    meant_somewhere = sum(n for (_, meant, _), n in counts.items() if meant)
    sure, sure_wrong = (
        counts[Level.SURE, True, True],
        sum(n for (v, _, right), n in counts.items() if v is Level.SURE and not right),
    )
    likely = counts[Level.LIKELY, True, True]
    likely_wrong = sum(n for (v, _, right), n in counts.items() if v is Level.LIKELY and not right)
    with capsys.disabled():
        print(  # noqa: T201 - the figures that docs/payments.md tells
            f"\n{len(TITLES)} titles, {meant_somewhere} of them for invoices: sure {sure} right, "
            f"{sure_wrong} wrong "
            f"(recall {sure / meant_somewhere:.1%}); likely {likely} right, {likely_wrong} wrong "
            f"(recall of both {(sure + likely) / meant_somewhere:.1%})"
        )
    assert len(TITLES) >= 200
    assert sure_wrong == 0
    assert sure / meant_somewhere > 0.8
    assert (sure + likely) / meant_somewhere > 0.95
    assert (sure + likely) / (sure + likely + likely_wrong) > 0.95
