"""All that would go if a policy were switched on, as a workbook in the actor's direct message."""

from collections.abc import Sequence

from bot.kit.tables.spreadsheet import Row, Tab, as_xlsx
from bot.kit.words import Words
from handlers.people.service import daytime
from handlers.reminders.blocks.overview import AUDIENCES
from handlers.reminders.service.plan import Planned
from handlers.reminders.service.policies.switches import PREVIEW_DAYS, Preview
from storage.documents import files
from storage.turn import Turn


def send(turn: Turn, seen: Preview) -> None:
    """The messages of the preview, a row each."""
    words = turn.words
    name = f"reminders-{daytime.stamp(turn, turn.actor)}.xlsx"
    key = f"reminders-preview:{turn.actor.id}:{turn.now.isoformat()}"
    files.keep(turn, key, as_xlsx([_tab(seen.messages, words)]))
    text = words.say("What would go in the next {days} days", days=PREVIEW_DAYS)
    turn.send_file(turn.actor.id, name, key, text, once=key)
    turn.record(
        "reminders.preview_exported", f"policy:{seen.policy.key}", messages=len(seen.messages)
    )


def _tab(messages: Sequence[Planned], words: Words) -> Tab:
    """Sums of each currency stand in a column of their own, so that they can be added up."""
    currencies = sorted({amount.currency for each in messages for amount in each.amounts})
    head = (
        words.say("Day"),
        words.say("Customer"),
        words.say("Stage"),
        *(f"{words.say('Sum')} {currency}" for currency in currencies),
        words.say("Invoices"),
        words.say("Goes to"),
        words.say("After approval"),
    )
    rows = [_row(message, currencies, words) for message in messages]
    return Tab(words.say("Reminders"), head, rows)


def _row(message: Planned, currencies: Sequence[str], words: Words) -> Row:
    amounts = {amount.currency: amount for amount in message.amounts}
    return (
        message.on,
        message.customer,
        message.stage.label.in_(words.language),
        *map(amounts.get, currencies),
        ", ".join(message.invoices),
        words.say(AUDIENCES[message.audience]),
        words.say("yes") if message.needs_approval else words.say("no"),
    )
