"""Tools about invoices and customers' money."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Element
from bot.kit.language.spoken_days import NotADay
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


@routes.tool(
    "find_invoice",
    label=N_("Find an invoice"),
    description="The state of one invoice: total, paid, left, due day, dispute or promise.",
    arguments={"number": _NUMBER, "page": forms.PAGE},
    optional=("page",),
)
def find_invoice(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    text = str(arguments["number"])
    result = ledger.look_up(turn, text)
    if result.is_choice:
        return _which_customer(turn, text, result)
    if len(result.entries) != 1:
        return _listed(turn, result, "find_invoice", arguments)
    whisper = answers.answer(turn, result, {})
    return Whisper(whisper.text, cards.shown(whisper.blocks, _choices(turn, result.entries[0])))


def _choices(turn: Turn, entry: ledger.Entry) -> list[Element]:
    number, invoice = entry.invoice.number, str(entry.invoice.id)
    copy = cards.call(
        turn.words.say("Copy as PDF"),
        "request_document",
        kind="invoice_copy",
        about=number,
        invoice=invoice,
    )
    promise = cards.call(
        turn.words.say("Note a promise to pay"), "promise_payment", number=number, invoice=invoice
    )
    is_owed = entry.invoice.direction == "receivable" and entry.state.outstanding > 0
    return [copy, *([promise] if is_owed else [])]


@routes.tool(
    "customer_balance",
    label=N_("A customer's balance"),
    description="What a customer owes us and what we owe them, with the open items.",
    arguments={
        "name": {"type": "string", "maxLength": _LONGEST, "description": "The customer's name"},
        "customer": forms.CHOSEN,
        "page": forms.PAGE,
    },
    optional=("customer", "page"),
)
def customer_balance(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    name = str(arguments["name"])
    if "customer" in arguments:
        result = ledger.of_customer(turn, int(arguments["customer"]))
    else:
        result = ledger.look_up(turn, name)
    if result.is_choice:
        return _which_customer(turn, name, result)
    return _listed(turn, result, "customer_balance", arguments)


@routes.tool(
    "due_items",
    label=N_("What is due"),
    description="What the person's own customers have open, the most urgent first.",
    arguments={"page": forms.PAGE},
    optional=("page",),
)
def due_items(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    return _listed(turn, ledger.look_up(turn, ""), "due_items", arguments)


def _listed(turn: Turn, result: ledger.Found, tool: str, arguments: Mapping[str, Any]) -> Reply:
    page = forms.page(arguments)
    whisper = answers.answer(turn, result, {}, page)
    more = forms.more(tool, arguments, turn.words)
    is_last = answers.is_last_page(result, page)
    return Whisper(whisper.text, cards.shown(whisper.blocks, [] if is_last else [more]))


def _which_customer(turn: Turn, text: str, result: ledger.Found) -> Reply:
    options = forms.customers(result.customers)
    choice = forms.Choice("customer", turn.words.say("Customer"), options)
    submit = cards.call(turn.words.say("Show the balance"), "customer_balance", name=text)
    return forms.form(turn.words.mark("More than one customer fits. Which one?"), [choice], submit)


@routes.tool(
    "promise_payment",
    label=N_("Note a promise to pay"),
    description="Note that a customer promised to pay an invoice by a day; reminders wait.",
    arguments={"number": _NUMBER, "until": _DAY, "invoice": forms.CHOSEN},
    optional=("until", "invoice"),
    reads=False,
)
def promise_payment(turn: Turn, arguments: Mapping[str, Any]) -> Reply:
    text, until = str(arguments["number"]), str(arguments.get("until") or "")
    result = _promised(turn, text, arguments)
    if result.is_choice:
        return _which_customer(turn, text, result)
    if not result.entries:
        raise ledger.NothingFound(text=text)
    if not _is_one(result) or not until:
        return _which_promise(turn, text, result, until)
    entry = claims.promise(turn, result.entries[0].invoice.id, _day(until))
    whisper = answers.of_one(turn, entry)
    return Whisper(whisper.text, cards.shown(whisper.blocks))


def _promised(turn: Turn, text: str, arguments: Mapping[str, Any]) -> ledger.Found:
    """The invoice that was chosen, or what its number is like."""
    if "invoice" in arguments:
        return ledger.Found(entries=(ledger.get(turn, int(arguments["invoice"])),))
    return ledger.look_up(turn, text)


def _is_one(result: ledger.Found) -> bool:
    """One, and the one that was named: what is only like it is asked about."""
    return len(result.entries) == 1 and not result.typed


def _which_promise(turn: Turn, text: str, result: ledger.Found, until: str) -> Reply:
    """What is not known yet: which of the invoices that fit, and by which day."""
    choices, given = [], {"number": text}
    options = [_invoice(entry) for entry in result.entries]
    if _is_one(result):
        given["invoice"] = options[0]["value"]
    else:
        choices.append(forms.Choice("invoice", turn.words.say("Invoice"), options))
    if until:
        given["until"] = until
    else:
        choices.append(forms.Choice("until", turn.words.say("Promised until"), _days(turn)))
    submit = cards.call(turn.words.say("Note a promise to pay"), "promise_payment", **given)
    sentence = turn.words.mark("No reminder goes out before that day; a broken promise is noted.")
    return forms.form(sentence, choices, submit)


def _invoice(entry: ledger.Entry) -> dict[str, Any]:
    """By id, with the customer: two sellers may have given one number."""
    invoice = entry.invoice
    label = " · ".join(filter(None, (invoice.number, invoice.customer_name)))
    return block_kit.option(label, str(invoice.id))


def _days(turn: Turn) -> list[dict[str, Any]]:
    today = ledger.today(turn)
    days = [today + timedelta(days=days) for days in _PROMISES]
    return [block_kit.option(turn.words.date(day), day.isoformat()) for day in days]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotADay(text=text) from None
