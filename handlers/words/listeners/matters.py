"""Answers to matters with words of their own: what waits for the reader's approval, and whose
reminders are silent.
"""

from collections.abc import Sequence

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.words import N_
from handlers.home.blocks import decisions
from handlers.home.blocks import home as home_looks
from handlers.home.service import home
from handlers.invoices.blocks import card
from handlers.invoices.service.invoice_view import customer_pauses
from storage.invoices.customers import Customer
from storage.turn import Turn

Shown = tuple[str, Sequence[Block]]


def approvals(turn: Turn) -> Shown:
    """What waits for the actor's word, each with the button that Home has for it."""
    waiting = home.approvals_waiting(turn)
    return waiting.heading, decisions.listing(waiting, turn.words)


def pauses_of(turn: Turn, customer: Customer) -> Shown:
    """What is paused about a customer and the button that ends it, or one that pauses."""
    quiet = customer_pauses(turn, customer.id, turn.words)
    sentence = N_("*Reminders about {name}*: no pause is set for this customer.")
    if quiet:
        sentence = N_("*Reminders about {name}*")
    heading = turn.words.mark(sentence, name=customer.name)
    look = card.customer_pauses(customer.id, quiet, turn.words)
    return heading, [block_kit.section(heading), *look]


def pauses_of_all(turn: Turn) -> Shown:
    """Nobody is named: the overview, where everything can be paused."""
    text = turn.words.say("Whose reminders do you mean? All of them are paused in the overview.")
    button = block_kit.button(turn.words.say("Payment reminders"), home_looks.REMINDERS)
    return text, [block_kit.section(text), block_kit.actions(button)]
