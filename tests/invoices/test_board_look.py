"""The board of payments that wait: what is left of each, and a question before one is set aside."""

from datetime import date

from bot.kit.money import Money
from bot.kit.words import Words
from handlers.invoices.blocks import waiting_payments
from handlers.invoices.blocks.waiting_payments import Waiting


def test_a_payment_booked_in_part_shows_what_is_left_and_asks_before_it_is_set_aside() -> None:
    waiting = Waiting(
        7, date(2026, 11, 20), Money(25_000, "PLN"), "Kowalska", "", whole=Money(100_000, "PLN")
    )
    _, told, buttons, *_ = waiting_payments.board([waiting], 0, Words("en"), {})
    text = told["text"]["text"].replace("\xa0", " ")
    assert "250.00" in text
    assert "left of" in text
    assert "1,000.00" in text
    *_, aside = buttons["elements"]
    assert aside["action_id"] == "invoices.set_aside:7"
    assert "250.00" in aside["confirm"]["text"]["text"]
