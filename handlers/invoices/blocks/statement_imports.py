"""The imported statements, in a window: each can be taken back, or what keeps it is listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.kit import block_kit
from bot.kit.block_kit import Block, View
from bot.kit.markup import Mrkdwn, escape, join, person
from bot.kit.words import Words

SHOW = "invoices.show_imports"
TAKE_BACK = "invoices.take_import_back"
_SHOWN = 10  # reasons in one list


@dataclass(frozen=True)
class Imported:
    """One file; ``by`` is nobody where the command line imported it."""

    id: int
    name: str
    at: datetime
    lines: int
    by: str | None


def view(imported: Sequence[Imported], notice: Sequence[Block], words: Words) -> View:
    """The latest imports, the newest first."""
    rows = [_row(item, words) for item in imported]
    nothing = [block_kit.section(words.mark("No statement was imported yet."))]
    return block_kit.modal(
        words.say("Imported statements"),
        [*notice, *(rows or nothing)],
        callback_id="invoices.imports",
        close=words.say("Close"),
    )


def taken_back(lines: int, words: Words) -> list[Block]:
    text = words.mark_count(
        "The import was taken back: its {n} payment is gone, and what it paid is open again.",
        "The import was taken back: its {n} payments are gone, and what they paid is open again.",
        lines,
    )
    return [block_kit.section(Mrkdwn(f"✅ {text}")), block_kit.divider()]


def refused(reasons: Sequence[str], words: Words) -> list[Block]:
    """Why an import stays: each thing that was built on it."""
    heading = words.mark("The import stays as it is, for this was built on it:")
    listed = [Mrkdwn(f"• {escape(reason)}") for reason in reasons[:_SHOWN]]
    more = len(reasons) - _SHOWN
    rest = [words.mark_count("… and {n} more.", "… and {n} more.", more)] if more > 0 else []
    text = join("\n", [Mrkdwn(f"⚠️ {heading}"), *listed, *rest])
    return [block_kit.section(text), block_kit.divider()]


def warned(text: str) -> list[Block]:
    return [block_kit.context(f"⚠️ {text}"), block_kit.divider()]


def _row(imported: Imported, words: Words) -> Block:
    sure = block_kit.confirm(
        words.say("Take it back?"),
        words.say(
            "Its payments are gone then, what they paid is open again, and payments are known only "
            "as far as other files tell."
        ),
        words.say("Take back"),
        words.say("Cancel"),
    )
    button = block_kit.button(
        words.say("Take back…"), f"{TAKE_BACK}:{imported.id}", str(imported.id), confirm=sure
    )
    moment = block_kit.moment(imported.at, imported.at.isoformat(timespec="minutes"), begins=True)
    lines = words.mark_count("{n} payment", "{n} payments", imported.lines)
    who = [person(imported.by)] if imported.by else []
    name = Mrkdwn(f"*{escape(block_kit.cut(imported.name, 200))}*") if imported.name else None
    facts = join(" · ", [moment, lines, *who])
    return block_kit.section(join("\n", [*([name] if name else []), facts]), button)
