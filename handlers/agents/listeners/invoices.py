"""Tools about invoices and customers' money."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.kit.block_kit import Element
from bot.kit.errors import Problem
from bot.kit.replies import Reply, Whisper
from bot.kit.words import N_
from handlers.agents.blocks import cards
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
_DAY = {"type": "string", "format": "date", "description": "A day as YYYY-MM-DD"}


class NotADay(Problem):
    sentence = N_("“{text}” is not a day. Write it as 2026-11-30.")


class NotOneInvoice(Problem):
    sentence = N_("“{text}” fits {count} invoices. Name one by its number.")


@routes.tool(
    "find_invoice",
    title="Find an invoice",
    description="The state of one invoice: total, paid, left, due day, dispute or promise.",
    arguments={"number": _NUMBER},
)
def find_invoice(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    text = str(arguments["number"])
    result = ledger.look_up(turn, text)
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
    return [copy]


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
    whisper = answers.answer(turn, ledger.look_up(turn, text), {"text": text})
    return Whisper(whisper.text, cards.shown(whisper.blocks))


@routes.tool(
    "promise_payment",
    title="Note a promise to pay",
    description="Note that a customer promised to pay an invoice by a day; reminders wait.",
    arguments={"number": _NUMBER, "until": _DAY},
    reads=False,
)
def promise_payment(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    text = str(arguments["number"])
    entries = ledger.look_up(turn, text).entries
    if len(entries) != 1:
        raise NotOneInvoice(text=text, count=len(entries))
    entry = claims.promise(turn, entries[0].invoice.id, _day(str(arguments["until"])))
    whisper = answers.of_one(turn, entry)
    return Whisper(whisper.text, cards.shown(whisper.blocks))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotADay(text=text) from None
