"""A customer's kind decides rate, compensation and law: a business, a public medical body, a
consumer."""

from datetime import date
from decimal import Decimal

import pytest

from bot.slack import HOME
from handlers.documents.kinds import FieldsMissing
from handlers.documents.service import direct_render
from handlers.documents.service.direct_render import Wanted
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balance_report import customer_named
from handlers.ledger.service.customer_import import set_debtor
from handlers.ledger.service.late_interest import claims
from storage.invoices import customers, invoices
from storage.turn import Turn
from tests.books import books, desk, rules
from tests.documents.test_kinds import text_of
from tests.driver import Office
from tests.running import Running

__all__ = ["books", "desk", "rules"]

GIVEN = {"signatory": "Beata Kamińska", "pay_by": "2026-12-07", "debtor.address": "ul. Łąkowa 7"}
DAY = date(2026, 7, 25)  # the last verified rate for consumers ends soon after


def made(turn: Turn, key: str, language: str = "pl") -> str:
    wanted = Wanted(key, "Kowalska Sp. z o.o.", language, None, GIVEN)
    _, printed = direct_render.render(turn, wanted, lambda *_: None)
    return text_of(printed.pdf)


@pytest.mark.parametrize(
    ("debtor", "percent", "law", "is_compensated"),
    [
        ("business", "13.75", "art. 7 ustawy z dnia 8 marca 2013", True),
        ("medical", "11.75", "art. 8 ustawy z dnia 8 marca 2013", True),
        ("consumer", None, "art. 481 Kodeksu cywilnego", False),
    ],
)
def test_rate_compensation_and_law_go_by_the_customers_kind(
    bot: Running, books: None, debtor: str, percent: str | None, law: str, is_compensated: bool
) -> None:
    with bot.turns.turn(HOME) as turn:
        customer = set_debtor(turn, customer_named(turn, "Kowalska"), debtor)  # type: ignore[arg-type]
        demand = made(turn, "payment_demand")
        assert law in demand
        assert ("Rekompensata" in demand) is is_compensated
        assert ("transakcjach handlowych" in demand) is (debtor != "consumer")
        if percent:
            rates = {
                line.rate
                for claim in claims(turn, customer.id, turn.now.date())
                for line in claim.lines
            }
            assert Decimal(percent) in rates
        else:
            assert "Żądamy odsetek ustawowych od" in demand  # no verified rate after July


@pytest.mark.parametrize("key", ["payment_reminder", "payment_demand"])
def test_letter_says_which_open_invoices_its_sum_leaves_out(
    bot: Running, books: None, key: str
) -> None:
    with bot.turns.turn(HOME) as turn:
        customer = customer_named(turn, "Kowalska")
        ids = ledger.of_customer(turn, customer.id).open_ids
        for id_ in ids:
            invoices.set_facts(turn, id_, promised_until=None, disputed=None)
        before = made(turn, key, "en")
        assert "Not in this sum" not in before
        number = ledger.get(turn, ids[0]).invoice.number
        invoices.set_facts(turn, ids[0], promised_until=date(2027, 1, 31))
        letter = " ".join(made(turn, key, "en").split())
        assert "Not in this sum: 1 invoice of" in letter
        assert letter.count(number) == 1
        if key == "payment_reminder":
            assert "Outstanding in total" in before
            assert "Outstanding on the invoices below" in letter


def test_consumer_needs_no_tax_number_and_a_business_does(bot: Running, books: None) -> None:
    with bot.turns.turn(HOME) as turn:
        customer = customer_named(turn, "Kowalska")
        customers.change(turn, customer.id, tax_id="")
        with pytest.raises(FieldsMissing) as missing:
            made(turn, "payment_demand")
        assert [gap.path for gap in missing.value.gaps] == ["debtor.tax_id"]
        set_debtor(turn, customer, "consumer")
        text = made(turn, "final_demand")
        assert "odsetek oraz kosztów postępowania" in text
        assert "rekompensat" not in text.lower()


def test_form_of_a_customer_asks_for_the_kind_and_keeps_it(desk: Office, bot: Running) -> None:
    desk.beata.types("/invoice Kowalska", "#general")
    desk.beata.clicks("Edytuj klienta…")
    desk.beata.fills(debtor="Konsument").submits()
    with bot.turns.turn(HOME) as turn:
        assert customer_named(turn, "Kowalska").debtor == "consumer"
