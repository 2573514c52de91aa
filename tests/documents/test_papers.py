"""Every paper comes to what the ledger says, and nothing that people wrote becomes markup."""

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.kit.money import Money, totals
from bot.kit.pdf import GlyphMissing
from bot.kit.words import Words
from bot.slack import HOME
from handlers.documents.kinds import kind
from handlers.documents.model.asked import Asked
from handlers.ledger.rates import book
from handlers.ledger.service import balances
from handlers.ledger.service.late_interest import Claim, claims
from storage.invoices import customers
from storage.turn import Turn
from tests.books import books, rules
from tests.documents.samples import MARK, THEM, sample
from tests.documents.test_kinds import KEYS, text_of

__all__ = ["books", "rules"]

TODAY = date(2026, 11, 23)
GIVEN = {"signatory": "Beata Kamińska", "pay_by": "2026-12-07"}


def facts_of(turn: Turn, key: str, customer: int, day: date) -> dict[str, Any]:
    return dict(kind(key).source(turn, Asked(key, customer, day, "en", GIVEN)))


def owed(turn: Turn, customer: int, day: date) -> dict[str, Any]:
    """What the ledger says of a customer, by currency."""
    existing = balances.balance(turn, direction="receivable", day=day, customers=[customer])
    return {balance.currency: balance for balance in existing}


def sums(items: Any) -> dict[str, int]:
    return {money.currency: money.minor for money in totals(item.outstanding for item in items)}


def _enter_hungarian_rates(turn: Turn) -> None:
    """Those of which none is shipped, so that every invoice earns something."""
    for table in ("HU-business", "HU-business-EUR"):
        row = {"table": table, "from": "2024-01-01", "to": "2026-12-31", "rate": "14"}
        book.enter(turn, book.read_rate({**row, "source": "a test"}))


def fixed(late: Iterable[Claim]) -> Any:
    """The compensation of claims, in the country's money where it is converted."""
    sums_ = [each.compensation for each in late if each.compensation]
    return totals(each.converted or Money(each.euro * 100, "EUR") for each in sums_)


@pytest.fixture
def rated(books: Turns) -> Turns:
    with books.turn(HOME) as turn:
        _enter_hungarian_rates(turn)
    return books


@given(days=st.integers(0, 200), place=st.integers(0))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(days=0, place=0)
@example(days=45, place=1)
def test_sums_of_each_paper_are_those_of_the_ledger(rated: Turns, days: int, place: int) -> None:
    day = TODAY - timedelta(days=days)
    with rated.turn(HOME) as turn:
        receivable = balances.balance_by_customer(
            turn, direction="receivable", day=day, customers=None
        )
        some = sorted(customer for customer in receivable if customer)
        customer = some[place % len(some)]
        told = owed(turn, customer, day)
        _statement_and_confirmation_agree(turn, customer, day, told)
        _letters_agree(turn, customer, day, told)


def _statement_and_confirmation_agree(
    turn: Turn, customer: int, day: date, told: dict[str, Any]
) -> None:
    statement = facts_of(turn, "account_statement", customer, day)
    assert sums(statement["items"]) == {c: b.open for c, b in told.items() if b.open}
    assert sums(statement["credits"]) == {c: -b.credit for c, b in told.items() if b.credit}
    paper = kind("account_statement")
    text = text_of(paper.render(paper.gather(statement), MARK, Words("en")))
    for currency, balance in told.items():
        total = Words("en").money(Money(balance.open, currency))
        assert not balance.open or " ".join(total.split()) in text, (total, text)
    confirmation = facts_of(turn, "balance_confirmation", customer, day)
    assert sums(confirmation["items"]) == {
        c: b.in_sum for c, b in told.items() if b.open or b.credit
    }
    polish = [claim for claim in claims(turn, customer, day) if claim.country == "PL"]
    assert confirmation["interest"] == totals(claim.interest for claim in polish)


def _letters_agree(turn: Turn, customer: int, day: date, told: dict[str, Any]) -> None:
    late = claims(turn, customer, day)
    for key in ("payment_reminder", "payment_demand", "final_demand"):
        letter = facts_of(turn, key, customer, day)
        asked = sums(letter["items"])
        for currency, balance in told.items():
            whole = balance.open if key == "payment_reminder" else balance.overdue
            assert whole - balance.held <= asked.get(currency, 0) <= whole
        if key != "payment_reminder":
            numbers = {item.number for item in letter["items"]}
            mine = [claim for claim in late if claim.number in numbers]
            assert letter["interest"] == totals(claim.interest for claim in mine)
            assert letter["compensation"] == fixed(mine)
    note = facts_of(turn, "interest_note", customer, day)
    assert totals(line.interest for line in note["lines"]) == totals(
        claim.interest for claim in late
    )
    assert totals(each.amount for each in note["compensation"]) == fixed(late)


def test_hungarian_compensation_is_claimed_where_the_catalogue_says_so(
    books: Turns, rules: Catalogue
) -> None:
    company = rules.company.model_copy(update={"hungarian_compensation": True})
    claiming = {"*": rules.model_copy(update={"company": company})}
    with Turns(books.engine, books.clock, claiming).turn(HOME) as turn:
        _enter_hungarian_rates(turn)
        late = _hungarian(turn)
        assert {claim.compensation.euro for claim in late if claim.compensation} == {40}
        assert all(claim.compensation for claim in late)
        first_day = late[0].due_on + timedelta(days=1)
        row = {"table": "MNB-EUR", "from": first_day.isoformat(), "rate": "385.5"}
        book.enter(turn, book.read_rate({**row, "source": "a test"}))
        converted = _hungarian(turn)[0].compensation
    assert converted
    assert converted.converted == Money(40 * 38_550, "HUF")
    with books.turn(HOME) as turn:
        left = _hungarian(turn)
    assert [claim.number for claim in left] == [claim.number for claim in late]
    assert not any(claim.compensation for claim in left)


def _hungarian(turn: Turn) -> list[Claim]:
    """Every claim by Hungary's law on businesses."""
    return [
        claim
        for customer in customers.everybody(turn)
        if customer.debtor != "consumer"
        for claim in claims(turn, customer.id, TODAY, country="HU")
    ]


MEANINGS = {
    "kind",
    "country",
    "currency",
    "debtor",
    "cause",
    "duration",
    "working_time",
    "rate",
    "tax_id",
}
"""Texts that are keys or numbers that are written anew, and not what somebody wrote."""
markup = st.text("<>&;/{}%'\"=bparęŁ", min_size=1, max_size=12).map(
    lambda text: f"A<b>{text}</para>Z"
)


def written(value: Any, text: str, key: str, name: str = "") -> Any:
    """The same facts with this text wherever a person's words may stand."""
    if isinstance(value, str):
        is_key = name in MEANINGS or (name == "contract" and "certificate" in key)
        is_key = is_key or name in ("accounts", "account", "ksef_link", "vat_rate", "code")
        return value if is_key or not value else text
    if type(value) is tuple:  # and not a value with names
        return tuple(written(part, text, key, name) for part in value)
    if is_dataclass(value) and not isinstance(value, Money | type):
        changed = {
            each.name: written(getattr(value, each.name), text, key, each.name)
            for each in fields(value)
        }
        return replace(value, **changed)
    return value


@cache
def shown(key: str, text: str) -> int:
    """In how many places a paper shows a text that people wrote into each of its fields."""
    paper = text_of(kind(key).render(written(sample(key), text, key), MARK, Words("pl")))
    return _solid(paper).count(_solid(text))


def _solid(text: str) -> str:
    """Lines break anywhere."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("key", KEYS)
@given(text=markup)
@settings(max_examples=8, deadline=None)
def test_what_people_wrote_never_becomes_markup(key: str, text: str) -> None:
    assert shown(key, text) == shown(key, "Qxq") > 0


def test_nobody_types_the_marks_of_bold_letters() -> None:
    statement: Any = sample("account_statement")
    with pytest.raises(GlyphMissing):
        kind("account_statement").render(
            replace(statement, debtor=replace(THEM, name="\x02Bold\x03")), MARK, Words("pl")
        )
