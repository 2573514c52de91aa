"""What a message shows of an account: values for the looks, in the reader's language."""

from collections.abc import Mapping
from dataclasses import replace

from bot.kit.block_kit import Block
from bot.kit.catalogue import Stage
from bot.kit.money import Money
from bot.kit.words import Words
from handlers.reminders.blocks import message as looks
from handlers.reminders.blocks.message import Line, Sight
from handlers.reminders.service.accounts import Account, Item
from handlers.reminders.service.audiences import Reader
from storage.reminders.messages import Message
from storage.turn import Turn


def message(
    turn: Turn,
    message: Message,
    account: Account,
    reader: Reader,
    stages: Mapping[int, Stage],
    highest: Stage,
) -> tuple[str, list[Block]]:
    """The message as one plain line, and as blocks. ``stages`` are those that it tells, by
    instalment.
    """
    lines: list[Line] = []
    for item in _in_order(account, stages):
        lines.append(_line(account, item, stages.get(item.instalment), highest))
    later = [balance for balance in account.later if balance.count]
    sight = Sight(
        message=message.id,
        audience=message.audience,
        direction=message.direction,
        customer=account.name,
        stage=highest.label,
        stage_day=highest.days,
        lines=lines,
        later=[(balance.count, Money(balance.open, balance.currency)) for balance in later],
        payments_known_until=account.context.payments_known_until,
        message_kind=highest.letter,
        invoice=_first(account, stages, highest),
    )
    sight = replace(sight, credits=_credits(account, sight))
    words = Words(reader.language)
    return looks.text_of(sight, words), looks.message(sight, words)


def _first(account: Account, stages: Mapping[int, Stage], highest: Stage) -> int:
    """The invoice by which a document of the message's stage finds the customer."""
    for item in account.items:
        stage = stages.get(item.instalment)
        if stage and stage.days == highest.days:
            return item.entry.invoice.id
    raise LookupError("the highest stage is none of those that are told")


def _credits(account: Account, sight: Sight) -> list[Money]:
    """What is to be given back in the currencies that the message is about."""
    currencies = {line.outstanding.currency for line in sight.about}
    return list(filter(None, map(account.credit, sorted(currencies))))


def _in_order(account: Account, stages: Mapping[int, Stage]) -> list[Item]:
    """What the message is about first, then what else is open; each the oldest first."""
    open_ = [item for item in account.items if item.outstanding.minor > 0 and item.due_on]
    return sorted(
        open_, key=lambda item: (item.instalment not in stages, item.due_on, item.instalment)
    )


def _line(account: Account, item: Item, stage: Stage | None, highest: Stage) -> Line:
    invoice, context = item.entry.invoice, account.context
    due = item.in_time_until or context.day
    broken = (
        invoice.promised_until
        if invoice.promised_until and invoice.promised_until < context.day
        else None
    )
    return Line(
        invoice=invoice.id,
        number=invoice.number,
        instalment=item.which,
        outstanding=item.outstanding,
        due_on=item.due_on or context.day,
        days_late=(context.day - due).days,
        stage=stage.label if stage else None,
        is_about=stage is not None and stage.days == highest.days,
        broken_promise=broken,
        is_disputed=bool(invoice.disputed),
        in_time_until=due,
    )
