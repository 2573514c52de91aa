"""Tools about invoices and customers' money."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Element
from bot.kit.errors import Problem
from bot.kit.replies import Reply, Whisper
from bot.kit.words import N_
from handlers.agents.blocks import cards, forms
from handlers.agents.routes import routes
from handlers.invoices.service import answers
from handlers.ledger.service import claims
from handlers.ledger.service import lookup as ledger
from storage.turn import Turn

_LONGEST = 200
_NUMBER = {
    "type": "string",
    "maxLength": _LONGEST,
    "description": "The invoice's number as it was typed, for example FV/2026/11/0042",
}
_PROMISES = (3, 7, 14, 30)
"""Days from today that are offered; any other day can be named."""
_DAY = {"type": "string", "format": "date", "description": "A day as YYYY-MM-DD"}


class NotADay(Problem):
    sentence = N_("“{text}” is not a day. Write it as 2026-11-30.")


@routes.tool(
    "find_invoice",
    title="Find an invoice",
    description="The state of one invoice: total, paid, left, due day, dispute or promise.",
    arguments={"number": _NUMBER},
)
def find_invoice(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    text = str(arguments["number"])
    result = ledger.look_up(turn, text)
    if result.is_choice:
        return _which_customer(turn, result)
    whisper = answers.answer(turn, result, {"text": text})
    buttons: list[Element] = []
    if len(result.entries) == 1:
        buttons = _choices(turn, result.entries[0])
    return Whisper(whisper.text, cards.shown(whisper.blocks, buttons))


def _choices(turn: Turn, entry: ledger.Entry) -> list[Element]:
    number = entry.invoice.number
    copy = cards.call(
        turn.words.say("Copy as PDF"), "request_document", kind="invoice_copy", about=number
    )
    promise = cards.call(turn.words.say("Note a promise to pay"), "promise_payment", number=number)
    is_owed = entry.invoice.direction == "receivable" and entry.state.outstanding > 0
    return [copy, *([promise] if is_owed else [])]


@routes.tool(
    "customer_balance",
    title="A customer's balance",
    description="What a customer owes us and what we owe them, with the open items.",
    arguments={
        "name": {"type": "string", "maxLength": _LONGEST, "description": "The customer's name"}
    },
)
def customer_balance(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    return _listed(turn, str(arguments["name"]))


@routes.tool(
    "due_items",
    title="What is due",
    description="What the person's own customers have open, the most urgent first.",
)
def due_items(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    return _listed(turn, "")


def _listed(turn: Turn, text: str) -> Reply:
    result = ledger.look_up(turn, text)
    if result.is_choice:
        return _which_customer(turn, result)
    whisper = answers.answer(turn, result, {"text": text})
    return Whisper(whisper.text, cards.shown(whisper.blocks))


def _which_customer(turn: Turn, result: ledger.Found) -> Reply:
    options = [
        block_kit.option(customer.name, customer.name)
        for customer in result.customers[: forms.MOST]
    ]
    choice = forms.Choice("name", turn.words.say("Customer"), options)
    submit = cards.call(turn.words.say("Show the balance"), "customer_balance")
    return forms.form(turn.words.mark("More than one customer fits. Which one?"), [choice], submit)


@routes.tool(
    "promise_payment",
    title="Note a promise to pay",
    description="Note that a customer promised to pay an invoice by a day; reminders wait.",
    arguments={"number": _NUMBER, "until": _DAY},
    optional=("until",),
    reads=False,
)
def promise_payment(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    result, until = ledger.look_up(turn, str(arguments["number"])), arguments.get("until")
    if result.is_choice:
        return _which_customer(turn, result)
    if not result.entries:
        raise ledger.NothingFound(text=str(arguments["number"]))
    if not _is_one(result) or until is None:
        return _which_promise(turn, result, str(until or ""))
    entry = claims.promise(turn, result.entries[0].invoice.id, _day(str(until)))
    whisper = answers.of_one(turn, entry)
    return Whisper(whisper.text, cards.shown(whisper.blocks))


def _is_one(result: ledger.Found) -> bool:
    """One, and the one that was named: what is only like it is asked about."""
    return len(result.entries) == 1 and not result.typed


def _which_promise(turn: Turn, result: ledger.Found, until: str) -> Reply:
    """What is not known yet: which of the invoices that fit, and by which day."""
    choices, given = [], {"until": until} if until else {}
    numbers = [entry.invoice.number for entry in result.entries[: forms.MOST]]
    if _is_one(result):
        given["number"] = numbers[0]
    else:
        options = [block_kit.option(number, number) for number in numbers]
        choices.append(forms.Choice("number", turn.words.say("Invoice"), options))
    if not until:
        choices.append(forms.Choice("until", turn.words.say("Promised until"), _days(turn)))
    submit = cards.call(turn.words.say("Note a promise to pay"), "promise_payment", **given)
    sentence = turn.words.mark("No reminder goes out before that day; a broken promise is noted.")
    return forms.form(sentence, choices, submit)


def _days(turn: Turn) -> list[dict[str, Any]]:
    today = ledger.today(turn)
    days = [today + timedelta(days=days) for days in _PROMISES]
    return [block_kit.option(turn.words.date(day), day.isoformat()) for day in days]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotADay(text=text) from None
