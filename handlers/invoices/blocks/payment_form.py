"""The form in which somebody chooses the invoices that a payment pays."""

from collections.abc import Mapping
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import View
from bot.kit.words import Words
from handlers.invoices.blocks import waiting_payments
from handlers.invoices.blocks.waiting_payments import Waiting

FORM = "invoices.payment_form"
FIND = "invoices.find_for_payment"


def view(waiting: Waiting, words: Words, field: str, metadata: Mapping[str, Any]) -> View:
    """A payment, and a menu of what is open and may be paid by it, in ``field``."""
    menu = block_kit.multi_search_select(
        FIND, placeholder=words.say("Number, customer or amount"), min_length=2
    )
    invoices = block_kit.field(
        words.say("Which invoices does it pay?"),
        menu,
        name=field,
        hint=words.say(
            "In the order in which you choose them, each as far as the money reaches. "
            "What is left goes on waiting."
        ),
    )
    return block_kit.modal(
        words.say("Choose invoices"),
        [waiting_payments.told(waiting, words), invoices],
        callback_id=FORM,
        submit=words.say("Book"),
        close=words.say("Cancel"),
        metadata=metadata,
    )
