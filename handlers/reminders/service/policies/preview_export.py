"""All that would go if a policy were switched on, as a workbook in the actor's direct message."""

from bot.kit.tables.spreadsheet import Tab, as_xlsx
from handlers.reminders.blocks.overview import AUDIENCES
from handlers.reminders.service.plan import Planned
from handlers.reminders.service.policies import switches
from storage.documents import files
from storage.turn import Turn


def send(turn: Turn, policy: str, overdue: str) -> None:
    """The messages of the preview, a row each. Raises what :func:`switches.preview` raises."""
    words, seen = turn.words, switches.preview(turn, policy, overdue)
    head = (
        words.say("Day"),
        words.say("Customer"),
        words.say("Stage"),
        words.say("Sum"),
        words.say("Invoices"),
        words.say("Goes to"),
        words.say("After approval"),
    )
    rows = [_row(turn, message) for message in seen.messages]
    stamp = f"{turn.now:%Y%m%d-%H%M%S}"
    name, key = f"reminders-{stamp}.xlsx", f"reminders-preview:{turn.actor.id}:{stamp}"
    files.keep(turn, key, as_xlsx([Tab(words.say("Reminders"), head, rows)]))
    text = words.say("What would go in the next {days} days", days=switches.PREVIEW_DAYS)
    turn.send_file(turn.actor.id, name, key, text, once=key)
    turn.record("reminders.preview_exported", f"policy:{policy}", messages=len(rows))


def _row(turn: Turn, message: Planned) -> tuple[str, ...]:
    words = turn.words
    amounts = words.list([words.money(amount) for amount in message.amounts])
    return (
        message.on.isoformat(),
        message.customer,
        message.stage.label.in_(words.language),
        amounts,
        ", ".join(message.invoices),
        words.say(AUDIENCES[message.audience]),
        words.say("yes") if message.needs_approval else words.say("no"),
    )
