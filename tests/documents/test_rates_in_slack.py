"""Rates: finance enters one in Slack with its source, and hears before the last one ends."""

from datetime import date
from decimal import Decimal

import pytest

from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.ledger.model.interest import Rate
from handlers.ledger.rates import book, expiry
from handlers.ledger.service.balance_report import customer_named
from handlers.ledger.service.customer_import import set_debtor
from storage.turn import Turn
from tests.books import books, desk, rules
from tests.driver import Office
from tests.running import Running

__all__ = ["books", "desk", "rules"]


def last_day(turn: Turn, table: str) -> date:
    return max(rate.last_day for rate in book.interest_rates(turn) if rate.table == table)


def test_finance_enters_a_rate_with_its_source(desk: Office, bot: Running) -> None:
    desk.beata.opens_home()
    desk.beata.clicks("Wprowadź stawkę…")
    desk.beata.fills(
        {"table": "PL-business", "from": "2027-01-01", "to": "2027-06-30", "rate": "13,25"}
    )
    desk.beata.fills(source="M.P. 2026 poz. 1300").submits()
    with bot.turns.turn(HOME) as turn:
        assert last_day(turn, "PL-business") == date(2027, 6, 30)
        (entered,) = [rate for rate in book.interest_rates(turn) if rate.status == "entered"]
        assert (str(entered.percent.normalize()), entered.source) == (
            "13.25",
            "M.P. 2026 poz. 1300",
        )


def test_rate_that_is_none_is_said_and_nothing_is_kept(desk: Office, bot: Running) -> None:
    desk.beata.opens_home()
    desk.beata.clicks("Wprowadź stawkę…")
    desk.beata.fills(
        {"table": "PL-business", "from": "2027-01-01", "to": "2027-06-30", "rate": "sto"}
    )
    desk.beata.fills(source="M.P.").submits()
    assert "sto" in str(desk.beata.modal)
    with bot.turns.turn(HOME) as turn:
        assert last_day(turn, "PL-business") == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("wrong", "label", "sentence"),
    [
        ({"rate": "sto"}, "Stawka", "Nie można odczytać „sto”. Zapisz to tak: 13.75."),
        ({"rate": "0,1375"}, "Stawka", "13.75 % albo 0,1375 %"),
        ({"to": "2026-12-31"}, "Do", "kończy się"),
        ({"source": " "}, "Źródło", "nie ma źródła"),
    ],
)
def test_what_is_wrong_stands_beneath_its_field(
    desk: Office, wrong: dict[str, str], label: str, sentence: str
) -> None:
    right = {"table": "PL-business", "from": "2027-01-01", "to": "2027-06-30", "rate": "13,25"}
    desk.beata.opens_home()
    desk.beata.clicks("Wprowadź stawkę…")
    desk.beata.fills({**right, "source": "M.P.", **wrong}).submits()
    assert sentence in desk.beata.modal.errors[label]


def test_only_finance_is_shown_the_button(desk: Office) -> None:
    desk.piotr.opens_home()
    with pytest.raises(AssertionError, match="to click"):
        desk.piotr.clicks("Wprowadź stawkę…")


def test_finance_hears_once_of_a_rate_that_is_over(
    desk: Office, bot: Running, rules: Catalogue
) -> None:
    with bot.turns.turn(HOME) as turn:
        set_debtor(turn, customer_named(turn, "Kowalska"), "consumer")
    for _ in range(2):
        bot.tick()
        desk.calm()
    finance = rules.finance()[0].channel
    told = [seen for seen in desk.beata.sees(f"#{finance}") if "PL-consumer" in seen]
    assert len(told) == 1


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 11, 30), []),
        (date(2026, 12, 1), [("PL-business", False)]),
        (date(2026, 12, 31), [("PL-business", False)]),
        (date(2027, 1, 1), [("PL-business", True)]),
    ],
)
def test_the_notice_begins_thirty_days_before_the_end(
    today: date, told: list[tuple[str, bool]]
) -> None:
    found = [(each.table, each.is_over) for each in expiry.endings(["PL"], book.shipped(), today)]
    assert found == told
    following = (*book.shipped(), _entered("PL-business", date(2027, 1, 1), date(2027, 6, 30)))
    assert expiry.endings(["PL"], following, today) == []
    later = (*book.shipped(), _entered("PL-business", date(2027, 7, 1), date(2027, 12, 31)))
    assert [(each.table, each.is_over) for each in expiry.endings(["PL"], later, today)] == told


def test_in_hungary_the_rate_of_other_money_counts_once_somebody_began_to_enter_it() -> None:
    last_day = date(2026, 12, 31)
    forints = [each.table for each in expiry.endings(["HU"], book.shipped(), last_day)]
    assert forints == ["HU-business"]
    euro = _entered("HU-business-EUR", date(2026, 1, 1), date(2026, 6, 30))
    told = expiry.endings(["HU"], (*book.shipped(), euro), last_day)
    assert [(each.table, each.is_over) for each in told] == [
        ("HU-business", True),
        ("HU-business-EUR", True),
    ]


def test_a_public_body_that_heals_is_a_business_outside_poland() -> None:
    today = date(2026, 12, 31)
    tables = {
        country: [e.table for e in expiry.endings([country], book.shipped(), today, ["medical"])]
        for country in ("PL", "HU")
    }
    assert tables == {"PL": ["PL-medical"], "HU": ["HU-business"]}


def _entered(table: str, first_day: date, last_day: date) -> Rate:
    return Rate(table, first_day, last_day, Decimal("13.25"), "entered", "announced")
