"""The ``/ticket`` command."""

from bot.kit.doors import Command
from bot.kit.replies import OpenView, Reply
from handlers.tickets.blocks import form
from handlers.tickets.doors import doors
from handlers.tickets.service import conversation, drafts
from storage.turn import Turn


@doors.command("ticket", description="Ask the back office for something", hint="[what you need]")
def ticket(turn: Turn, command: Command) -> Reply:
    """The form, with what was typed in it."""
    text = conversation.read(turn, command.text)
    return OpenView(form.new(turn.catalogue, turn.words, drafts.draft(turn, None, text, {})))
